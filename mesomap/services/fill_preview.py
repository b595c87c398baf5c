"""What a fill would place, before it is committed."""

from dataclasses import dataclass

from mesomap.domain.marks import Outline
from mesomap.domain.place import SkinPoint


@dataclass(frozen=True, slots=True, kw_only=True)
class FillPreview:
    """Points and outline of a fill that is not yet recorded.

    total_ml: None when the volume is not entered.
    """

    region_id: str
    points: tuple[SkinPoint, ...]
    outline: Outline
    total_ml: float | None
    area_cm2: float = 0.0

    @property
    def count(self) -> int:
        """Number of points (for a density technique: about n)."""
        return len(self.points)
