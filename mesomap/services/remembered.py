"""Values last used with a technique.

Asked at its first use, then remembered. Nothing is pre-filled from tables.
"""

from dataclasses import asdict, dataclass
from typing import Any

#: Key of the settings table: "dose.<technique>".
DOSE_PREFIX = "dose."
#: Key of the settings table: "radius.<technique>", mm.
RADIUS_PREFIX = "radius."


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """Depth (mm), volume of each point (mL), spacing (patient mm), mixture letter; None = never entered."""

    depth_mm: float | None = None
    volume_ml: float | None = None
    spacing_mm: float | None = None
    mixture: str | None = None

    def as_setting(self) -> dict[str, Any]:
        """Values for the settings table."""
        return asdict(self)

    @classmethod
    def from_setting(cls, value: Any) -> "Remembered | None":
        """From the settings table; None when nothing (or nothing sensible) is there."""
        if not isinstance(value, dict):
            return None
        return cls(**{key: value.get(key) for key in ("depth_mm", "volume_ml", "spacing_mm", "mixture")})
