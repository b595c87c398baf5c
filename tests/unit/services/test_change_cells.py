"""Figures of two visits as texts: about, at least, unknown, and differences that anybody can add up."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.coverage import RegionFigures
from mesomap.coverage.visits import RegionChange
from mesomap.services.change_cells import ChangeCells, change_cells
from mesomap.ui.words import area, density, volume

_FIGURES = RegionFigures(
    region_id="forehead.mid", marks=1, about_points=10, volume_ml=0.2, volume_complete=True, treated_cm2=5.0,
    covered_cm2=4.0, region_cm2=40.0, spacing_mm=None, radii_mm=(),
)  # fmt: skip


def _cells(before: RegionFigures | None, after: RegionFigures | None, region: str = "forehead.mid") -> ChangeCells:
    change = RegionChange(region, before, after, 0, 0, 0, 0)
    return change_cells(change, volume=volume, density=density, area=area)


def test_an_untouched_region_has_no_points_and_no_skin_covered() -> None:
    cells = _cells(_FIGURES, None)
    assert cells.points == ("10", "0", "−10")
    assert cells.volume == ("0.20", "0.00", "−0.20")
    assert cells.density == ("2.0", "–")
    assert cells.covered == ("10 %", "0 %")


def test_what_spills_into_an_untouched_region_covers_it() -> None:
    spilled = replace(_FIGURES, marks=0, about_points=0, volume_ml=None, covered_cm2=8.0)
    change = RegionChange("forehead.mid", _FIGURES, None, 0, 0, 0, 10, spilled_after=spilled)
    cells = change_cells(change, volume=volume, density=density, area=area)
    assert cells.covered == ("10 %", "20 %")
    assert cells.points[1] == "0"


@pytest.mark.parametrize(
    ("count", "complete", "points", "change"),
    [(300, True, "≈300", "≈+290"), (0, False, "–", "–"), (12, False, "≥ 12", "–")],
)
def test_points_of_areas_are_about_so_many_or_unknown(count: int, complete: bool, points: str, change: str) -> None:
    areas = replace(_FIGURES, has_area=True, about_points=count, points_complete=complete)
    cells = _cells(_FIGURES, areas)
    assert cells.points == ("10", points, change)
    assert (cells.density[1] == "–") is (points != "≈300")


def test_a_sum_with_something_unrecorded_is_a_least_and_has_no_difference() -> None:
    some, none = (replace(_FIGURES, volume_ml=value, volume_complete=False) for value in (0.1, None))
    assert _cells(_FIGURES, some).volume == ("0.20", "≥ 0.10", "–")
    assert _cells(none, _FIGURES).volume == ("–", "0.20", "–")


def test_the_sum_tells_covered_skin_in_square_centimetres() -> None:
    # Footprints spill over the border of the regions that hold marks: their share would be more than all of it.
    total = replace(_FIGURES, region_id="", covered_cm2=45.0)
    assert _cells(total, None, "").covered == ("45.0 cm²", "–")


@given(st.floats(0, 50), st.floats(0, 50))
def test_differences_are_those_of_the_figures_shown(before_ml: float, after_ml: float) -> None:
    cells = _cells(replace(_FIGURES, volume_ml=before_ml), replace(_FIGURES, volume_ml=after_ml))
    before, after, change = cells.volume
    assert Decimal(before) + Decimal(change.replace("−", "-")) == Decimal(after)
