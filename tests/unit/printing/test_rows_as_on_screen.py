"""The rows of the printed table say of a region what the tally on the screen says of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import numpy as np
import pytest

from mesomap.domain.marks import Dose, InjectionSet, Mark, Origin
from mesomap.printing import ChartData
from mesomap.printing.table import basis_text
from tests.unit.printing.conftest import COMMON

SEVERAL = "Where a region has several rows"


def taps(atlas: Any, number: int, technique: str, mixture: str, *places: tuple[float, float]) -> Mark:
    found = atlas.locate("body_front", np.array(places))
    regions = tuple(dict.fromkeys(atlas.regions[row].id for row in atlas.region_at(found).tolist()))
    return InjectionSet(
        id=UUID(int=number), points=found.points(), dose=Dose(technique=technique, mixture=mixture, depth_mm=1.5),
        volume_ml=0.02, origin=Origin.TAP, region_ids=regions, **COMMON,
    )  # fmt: skip


@pytest.fixture
def across(small_atlas: Any) -> tuple[Mark, ...]:
    """Two techniques on both sides of a border, so near that each covers skin of the other's region."""
    left = taps(small_atlas, 1, "papule", "A", (4.0, 10.0), (5.0, -10.0))
    right = taps(small_atlas, 2, "point_by_point", "B", (-4.0, 0.0), (-30.0, 0.0))
    assert {*left.region_ids}.isdisjoint(right.region_ids)
    return left, right


def test_a_region_with_one_row_says_what_the_tally_says(
    make_data: Callable[..., ChartData], across: tuple[Mark, ...]
) -> None:
    data = make_data(marks=across)
    whole = {figures.region_id: figures for figures in data.whole.rows}
    assert len(data.rows) == 2
    for row in data.rows:
        assert row.figures == whole[row.region_id]
    covered = sum(row.figures.covered_cm2 or 0.0 for row in data.rows)
    assert covered + data.whole.spilled_cm2 == pytest.approx(data.whole.total.covered_cm2)
    assert SEVERAL not in basis_text(data)


def test_a_region_with_two_rows_says_that_each_has_its_own(
    make_data: Callable[..., ChartData], small_atlas: Any, across: tuple[Mark, ...]
) -> None:
    data = make_data(marks=(*across, taps(small_atlas, 3, "papule", "B", (-4.0, 12.0))))
    here = [row for row in data.rows if row.region_id == across[1].region_ids[0]]
    assert [row.figures.about_points for row in here] == [1, 2]
    assert SEVERAL in basis_text(data)
