"""The figures of a region at two visits as texts: the same on screen and on paper.

What was counted only about is marked with ≈; a sum in which something is not recorded with ≥; what nobody knows is a
dash. A change is the difference of the two figures as they are shown, so that anybody's sum comes out the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from mesomap.coverage import RegionFigures
from mesomap.coverage.visits import RegionChange

DASH, MINUS = "–", "−"
_ABOUT, _LEAST = "≈", "≥ "
#: A figure as text, DASH for None.
Words = Callable[[float | None], str]


@dataclass(frozen=True, slots=True)
class ChangeCells:
    """Before, after and the change of points and volume; density and covered skin before and after."""

    points: tuple[str, str, str]
    volume: tuple[str, str, str]
    density: tuple[str, str]
    covered: tuple[str, str]


def change_cells(change: RegionChange, *, volume: Words, density: Words, area: Words) -> ChangeCells:
    """The texts of one row. An untouched region has no points and no mL; region_id "" = the sum: its skin is in cm², as
    no share can be told of regions that differ from visit to visit.
    """
    both = (change.before, change.after)
    points, more_points = (_points(one) for one in both)
    ml, more_ml = (_volume(one, volume) for one in both)
    reached = (change.before or change.spilled_before, change.after or change.spilled_after)
    first, second = (
        (DASH if one is None else _with_unit(one.covered_cm2, area)) if not change.region_id else _share(one)
        for one in reached
    )
    return ChangeCells(
        (points, more_points, _difference(points, more_points)),
        (ml, more_ml, _difference(ml, more_ml)),
        (density(_density(change.before)), density(_density(change.after))),
        (first, second),
    )


def points_words(figures: RegionFigures) -> str:
    """Points of a region or of a visit, ≈ with what area records say about how many, a dash when they do not say."""
    if not figures.points_complete:
        return f"{_LEAST}{figures.about_points}" if figures.about_points else DASH
    return f"{_ABOUT if figures.has_area else ''}{figures.about_points}"


def volume_words(figures: RegionFigures, volume: Words) -> str:
    """Volume of a region or of a visit, ≥ when not all of it is recorded."""
    return f"{'' if figures.volume_complete or figures.volume_ml is None else _LEAST}{volume(figures.volume_ml)}"


def _points(figures: RegionFigures | None) -> str:
    return "0" if figures is None else points_words(figures)


def _volume(figures: RegionFigures | None, volume: Words) -> str:
    return volume(0.0) if figures is None else volume_words(figures, volume)


def _density(figures: RegionFigures | None) -> float | None:
    return None if figures is None or not figures.points_complete else figures.density_per_cm2


def _difference(before: str, after: str) -> str:
    """After less before, a true minus, a plain 0; a dash where one of them is unknown or only a least."""
    if DASH in (before, after) or before.startswith(_LEAST) or after.startswith(_LEAST):
        return DASH
    about = _ABOUT if _ABOUT in before + after else ""
    change = Decimal(after.removeprefix(_ABOUT)) - Decimal(before.removeprefix(_ABOUT))
    return f"{about}{'+' if change > 0 else MINUS}{abs(change)}" if change else f"{about}0"


def _share(figures: RegionFigures | None) -> str:
    """Covered share of a region; what neither a mark nor a neighbour's footprint reached is 0 %."""
    if figures is None:
        return "0 %"
    if figures.covered_cm2 is None or figures.region_cm2 <= 0:
        return DASH
    share = 100 * min(figures.covered_cm2 / figures.region_cm2, 1.0)
    return "< 1 %" if 0 < share < 0.5 else f"{share:.0f} %"


def _with_unit(cm2: float | None, area: Words) -> str:
    return DASH if cm2 is None else f"{area(cm2)} cm²"
