"""The figures of a session: what was treated and covered, by region, in the patient's own mm and cm²."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mesomap.atlas.records import Floats


@dataclass(frozen=True, slots=True)
class Spacing:
    """Distance to the nearest neighbour along the skin, patient mm."""

    median: float
    p5: float
    p95: float

    @classmethod
    def of(cls, gaps_mm: Floats) -> "Spacing | None":
        """Median, 5th and 95th percentile of the distances (N,) of points to their nearest; None without any."""
        if len(gaps_mm) == 0:
            return None
        p5, median, p95 = np.percentile(gaps_mm, [5, 50, 95]).tolist()
        return cls(median, p5, p95)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionFigures:
    """Figures of one region, or of the whole session (region_id "").

    marks: gestures that reach the region; about_points: single injections plus the "about n" of area records;
    volume_ml: sum of what was recorded, None when nothing was; volume_complete: every mark has a volume.
    treated_cm2: fill outlines, and footprints of single points closed by their median spacing.
    covered_cm2: union of footprints; None when a technique has no radius of effect. radii_mm: radii assumed.
    depths_mm, mixtures: those recorded, each once, in order. has_area: an area record is among the marks, so that the
    points are about so many; points_complete: every area record says about how many.
    density_per_cm2: about_points / treated_cm2. Areas and lengths are the patient's (estimate, see basis).
    """

    region_id: str
    marks: int
    about_points: int
    volume_ml: float | None
    volume_complete: bool
    treated_cm2: float | None
    covered_cm2: float | None
    region_cm2: float
    spacing_mm: Spacing | None
    radii_mm: tuple[float, ...]
    has_pattern: bool = False
    depths_mm: tuple[float, ...] = ()
    mixtures: tuple[str, ...] = ()
    has_area: bool = False
    points_complete: bool = True

    @property
    def density_per_cm2(self) -> float | None:
        """Points per cm² of treated area; None without a treated area, or when nobody counted points."""
        return self.about_points / self.treated_cm2 if self.treated_cm2 and self.about_points else None


@dataclass(frozen=True, slots=True)
class Tally:
    """Figures of all regions reached (also those a footprint only spills into, with 0 marks) and their total.

    basis: what the figures rest on, in words ("reference body", "scaled by BSA …").
    """

    regions: tuple[RegionFigures, ...]
    total: RegionFigures
    basis: str

    @property
    def rows(self) -> tuple[RegionFigures, ...]:
        """Regions that hold marks of their own."""
        return tuple(row for row in self.regions if row.marks)

    @property
    def spilled_cm2(self) -> float:
        """Covered skin in regions that hold no mark of their own; it is part of the total."""
        return sum(row.covered_cm2 or 0.0 for row in self.regions if not row.marks)


def total_of(regions: Sequence[RegionFigures], marks: int) -> RegionFigures:
    """Sum of the regions. marks: number of gestures in all, as one may reach several regions."""
    own = [row for row in regions if row.marks]
    volumes = [row.volume_ml for row in own if row.volume_ml is not None]
    return RegionFigures(
        region_id="",
        marks=marks,
        about_points=sum(row.about_points for row in own),
        volume_ml=sum(volumes) if volumes else None,
        volume_complete=all(row.volume_complete for row in own),
        treated_cm2=_sum([row.treated_cm2 for row in own]),
        covered_cm2=_sum([row.covered_cm2 for row in regions]),
        region_cm2=sum(row.region_cm2 for row in own),
        spacing_mm=None,
        radii_mm=tuple(sorted({radius for row in regions for radius in row.radii_mm})),
        has_pattern=any(row.has_pattern for row in own),
        depths_mm=tuple(sorted({depth for row in own for depth in row.depths_mm})),
        mixtures=tuple(sorted({letter for row in own for letter in row.mixtures})),
        has_area=any(row.has_area for row in own),
        points_complete=all(row.points_complete for row in own),
    )


def _sum(values: list[float | None]) -> float | None:
    """Sum, or None when one is unknown: a sum of what happens to be known would mislead."""
    known = [value for value in values if value is not None]
    return sum(known) if values and len(known) == len(values) else None
