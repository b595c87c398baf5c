"""The tally by tiles equals the plain geometry, whatever comes and goes."""

from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from mesomap.atlas import Atlas
from mesomap.atlas.areas import polygonal
from mesomap.atlas.chart import Chart
from mesomap.coverage.footprints import footprints
from mesomap.coverage.gaps import NearestGaps
from mesomap.coverage.shapes import closed, nearest_mm, union
from mesomap.coverage.tiles import TiledArea

place = st.tuples(st.integers(-70, 70), st.integers(-70, 70))


@pytest.fixture(scope="module")
def chart(small_atlas: Any) -> Chart:
    assert isinstance(small_atlas, Atlas)
    return small_atlas.chart("chest.left")


def plain_mm2(chart: Chart, shapes: list[Any], gap_mm: float, solids: list[Any]) -> float:
    """The same area without tiles."""
    whole = union([closed(union(shapes), gap_mm), *solids])
    return chart.metric.area_mm2(polygonal(shapely.intersection(whole, chart.polygon)))


@given(
    marks=st.lists(st.tuples(place, st.sampled_from([1.0, 6.0, 25.0])), max_size=14),
    gone=st.sets(st.integers(0, 13), max_size=6),
    tile_mm=st.sampled_from([7.0, 31.0, 90.0]),
)
def test_coming_and_going_leaves_the_area_of_what_is_there(
    small_atlas: Any, marks: list[tuple[tuple[int, int], float]], gone: set[int], tile_mm: float
) -> None:
    chart = small_atlas.chart("chest.left")
    area = TiledArea(chart, tile_mm)
    shapes = [footprints(chart.metric, np.array([at], dtype=float), radius)[0] for at, radius in marks]
    for key, shape in enumerate(shapes):
        area.add(key, [shape])
        if key % 3 == 0:
            area.area_mm2()
    for key in gone:
        area.remove(key)
    left = [shape for key, shape in enumerate(shapes) if key not in gone]
    assert area.area_mm2() == pytest.approx(plain_mm2(chart, left, 0.0, []), rel=1e-3, abs=0.05)


@given(marks=st.lists(place, min_size=1, max_size=9, unique=True), gap_mm=st.floats(0.5, 30.0))
def test_closing_by_tiles_equals_closing_the_whole(
    small_atlas: Any, marks: list[tuple[int, int]], gap_mm: float
) -> None:
    chart = small_atlas.chart("chest.left")
    shapes = list(footprints(chart.metric, np.array(marks, dtype=float), 4.0))
    solid = shapely.box(-20.0, 10.0, 35.0, 60.0)
    area = TiledArea(chart, 40.0, gap_mm)
    for key, shape in enumerate(shapes):
        area.add(key, [shape])
    area.add("fill", [], [solid])
    want = plain_mm2(chart, shapes, gap_mm, [solid])
    assert area.area_mm2() == pytest.approx(want, rel=2e-3, abs=0.5)
    area.remove("fill")
    assert area.area_mm2() == pytest.approx(plain_mm2(chart, shapes, gap_mm, []), rel=5e-3, abs=0.5)


def test_a_shape_over_many_tiles_counts_once(chart: Chart) -> None:
    area = TiledArea(chart, 8.0)
    area.add(1, [chart.polygon])
    assert area.area_mm2() == pytest.approx(chart.metric.area_mm2(chart.polygon), rel=1e-4)
    area.remove(1)
    area.remove("never there")
    assert area.area_mm2() == 0.0


def test_nothing_outside_the_region_counts(chart: Chart) -> None:
    x1, y1 = chart.polygon.bounds[2:]
    area = TiledArea(chart, 20.0)
    area.add(1, [shapely.box(x1 + 1, y1 + 1, x1 + 30, y1 + 30), shapely.Polygon()])
    assert area.area_mm2() == 0.0


@given(
    steps=st.lists(st.tuples(st.booleans(), st.lists(place, max_size=5), st.integers(0, 8)), min_size=1, max_size=14)
)
def test_gaps_kept_up_to_date_equal_gaps_made_anew(
    small_atlas: Any, steps: list[tuple[bool, list[tuple[int, int]], int]]
) -> None:
    chart = small_atlas.chart("chest.left")
    gaps = NearestGaps(chart)
    there: dict[int, np.ndarray[Any, Any]] = {}
    for key, (comes, places, other) in enumerate(steps):
        if comes:
            xy = np.array(places, dtype=float).reshape(-1, 2)
            there[key] = xy
            gaps.add(np.full(len(xy), key), xy, np.ones(len(xy), dtype=np.bool_))
        else:
            there.pop(other, None)
            gaps.remove(other)
    every = np.concatenate([np.empty((0, 2)), *there.values()])
    if len(np.unique(every, axis=0)) < 2:
        assert len(gaps.mm()) == 0
        return
    flat = np.hypot(*(every[:, None] - every[None]).transpose(2, 0, 1))
    flat[flat == 0] = np.inf
    assert len(gaps.mm()) == len(every)
    # several neighbours may be equally near in the chart: their true distances differ by the metric only
    assert np.allclose(np.sort(gaps.mm()), np.sort(nearest_mm(chart, every)), rtol=0.12)
    assert np.allclose(np.sort(gaps.mm()), np.sort(flat.min(axis=1)), rtol=0.12)


def test_many_places_at_once_equal_one_by_one(chart: Chart) -> None:
    xy = np.random.default_rng(2).uniform(-60, 60, (700, 2))
    at_once, single = NearestGaps(chart), NearestGaps(chart)
    counted = np.arange(700) % 2 == 0
    at_once.add(np.zeros(700, dtype=np.int64), xy, counted)
    for i in range(700):
        single.add(np.array([i]), xy[i : i + 1], counted[i : i + 1])
    assert np.allclose(at_once.mm(), single.mm())
    assert np.allclose(at_once.counted_mm(), single.counted_mm())
    assert len(at_once.counted_mm()) == 350
