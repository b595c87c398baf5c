"""What the atlas is made of, as its JSON pages say: regions, views, their pictures, measured accuracy."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

LANGUAGES = ("en", "fr", "it", "de", "es")


@dataclass(frozen=True, slots=True)
class ChartAccuracy:
    """Measured flattening error of a chart. Errors and stretches are fractions (0.05 = 5 %)."""

    area_error_p50: float
    area_error_p95: float
    stretch_p5: float
    stretch_p95: float
    flips: int
    margin_mm: float


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """A named area of skin. index: row in the atlas arrays; area_cm2 of the reference body.

    fixed_scale: head, neck, hands and feet keep the reference size whatever the patient's scale.
    """

    id: str
    index: int
    side: str
    group: str
    names: dict[str, str]
    names_reviewed: bool
    area_cm2: float
    fixed_scale: bool
    accuracy: ChartAccuracy

    def name(self, language: str = "en") -> str:
        """Name without side, in the language or else in English."""
        return self.names.get(language) or self.names["en"]


@dataclass(frozen=True, slots=True)
class ViewLevel:
    """One picture of a view. Pixel of (x, y): ((x − box x0) · px_per_mm, (box y1 − y) · px_per_mm)."""

    file: Path
    px_per_mm: float
    width: int
    height: int


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """An orthographic picture of the body. rotation (3, 3): rows right, up, toward the viewer.

    box_mm: x0, y0, x1, y1 in the view plane, y up. Letters: the patient's sides as they lie in the picture.
    back_mm: skin not nearer to the viewer than this depth does not belong to the view.
    """

    key: str
    index: int
    body: str
    group: str
    names: dict[str, str]
    pose: int
    rotation: Floats
    box_mm: tuple[float, float, float, float]
    left_letter: str
    right_letter: str
    levels: tuple[ViewLevel, ...]
    lines: Path
    back_mm: float = -np.inf

    @property
    def fixed_scale(self) -> bool:
        """Whether what it shows keeps the reference size whatever the patient's scale: head, hands, feet."""
        return self.group in ("head", "hand", "foot")

    def name(self, language: str = "en") -> str:
        """Name in the language or else in English."""
        return self.names.get(language) or self.names["en"]


class Projection(NamedTuple):
    """Points in a view: xy (N, 2) mm; cos_angle (N,) between skin normal and line of sight; visible (N,).

    visible: inside the picture, turned to the viewer and its triangle not hidden behind other skin.
    """

    xy: Floats
    cos_angle: Floats
    visible: Bools
