"""Stamps: the needles of a plate lie on the skin as far apart as on the plate, turned as asked."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.atlas import Atlas, SkinArray
from mesomap.domain.body_size import PatientScale
from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import Origin
from mesomap.services import ChartingService
from mesomap.services.skin_plane import SkinPlane
from mesomap.services.stamping import Plate, record_stamp, stamp_points
from tests.unit.services.conftest import PAPULE, point_at


@given(rows=st.integers(1, 10), columns=st.integers(1, 10), angle=st.floats(-360, 360), pitch=st.floats(0.3, 50))
def test_needles_are_one_pitch_apart_around_the_middle(rows: int, columns: int, angle: float, pitch: float) -> None:
    xy = Plate(rows, columns, pitch).offsets_mm(angle)
    assert len(xy) == rows * columns
    assert np.abs(xy.mean(axis=0)) == pytest.approx([0, 0], abs=1e-9)
    grid = xy.reshape(rows, columns, 2)
    for axis in (0, 1):
        steps = np.linalg.norm(np.diff(grid, axis=axis), axis=2)
        assert steps == pytest.approx(np.full(steps.shape, pitch))


def test_a_stamp_keeps_its_size_on_skin_seen_at_a_slant(charting: ChartingService) -> None:
    atlas, plate = charting.atlas, Plate(3, 3, 8.0)
    for x, y in ((50.0, 0.0), (125.0, 40.0)):
        at = point_at(atlas, x, y)
        points = stamp_points(charting, "body_front", at, (x, y), plate, 0.0)
        assert len(points) == plate.count
        xyz = atlas.position(SkinArray.of(points)).reshape(3, 3, 3)
        for axis in (0, 1):
            steps = np.linalg.norm(np.diff(xyz, axis=axis), axis=2) * charting.scale.factor(False)
            assert steps == pytest.approx(np.full(steps.shape, 8.0), rel=0.06)
        assert xyz[1, 1] == pytest.approx(atlas.position(SkinArray.of([at]))[0], abs=0.5)


@pytest.mark.parametrize("view", ["body_front", "body_back", "body_left"])
def test_a_row_runs_as_the_view_shows_it(charting: ChartingService, view: str) -> None:
    atlas = charting.atlas
    at = point_at(atlas, 30.0, 20.0, view)
    for angle, way in ((0.0, (1, 0)), (90.0, (0, 1)), (45.0, (1, 1))):
        points = stamp_points(charting, view, at, (30.0, 20.0), Plate(1, 5, 5.0), angle)
        xy = atlas.project(view, SkinArray.of(points)).xy
        run = (xy[-1] - xy[0]) / np.linalg.norm(xy[-1] - xy[0])
        assert float(run @ (np.array(way) / np.linalg.norm(way))) > 0.97


def test_needles_beside_charted_skin_are_left_out(charting: ChartingService) -> None:
    """The mouth of the synthetic body is not skin."""
    at = point_at(charting.atlas, 26.0, 55.0)
    points = stamp_points(charting, "body_front", at, (26.0, 55.0), Plate(1, 9, 10.0), 0.0)
    assert 2 < len(points) < 9
    assert (charting.atlas.region_at(SkinArray.of(points)) >= 0).all()


@given(
    x=st.floats(-90, 90), y=st.floats(-120, 120), dx=st.floats(-25, 25), dy=st.floats(-25, 25), size=st.floats(0.7, 1.4)
)
def test_an_offset_comes_back_and_is_as_long_on_the_skin(
    atlas: Atlas, x: float, y: float, dx: float, dy: float, size: float
) -> None:
    at, scale = atlas.locate_one("body_front", x, y), PatientScale(size)
    if at is None or atlas.region_id_at(at) is None:
        return
    plane = SkinPlane(atlas, scale, "body_front", at, (x, y))
    found = plane.places(np.array([[dx, dy]]))
    if not (found.tri >= 0).all():
        return
    (place,) = found.points()
    xy = atlas.project("body_front", found).xy[0]
    assert plane.offset_of(place, (float(xy[0]), float(xy[1]))) == pytest.approx((dx, dy), abs=0.1)
    chord = float(np.linalg.norm(atlas.position(found)[0] - atlas.position(SkinArray.of([at]))[0])) * size
    assert chord <= np.hypot(dx, dy) * 1.06 + 0.1
    assert chord >= np.hypot(dx, dy) * 0.85 - 0.1


def test_a_stamp_is_one_set_and_one_step(charting: ChartingService) -> None:
    plate = Plate(2, 3, 5.0)
    points = stamp_points(charting, "body_front", point_at(charting.atlas, 50, 0), (50, 0), plate, 30.0)
    mark = record_stamp(charting, points, PAPULE, 0.02, plate, now())
    assert charting.marks == (mark,)
    assert (mark.origin, mark.count, mark.spacing_mm) == (Origin.STAMP, 6, 5.0)
    assert mark.total_ml == pytest.approx(0.12)
    total = record_stamp(charting, points, PAPULE, 0.02, plate, now(), total_ml=0.3)
    assert (total.volume_ml, total.total_ml) == (None, 0.3)
    charting.undo()
    charting.undo()
    assert not any(charting.marks)


def test_live_mirror_stamps_both_sides(charting: ChartingService) -> None:
    charting.mirror_live = True
    plate = Plate(2, 2, 5.0)
    points = stamp_points(charting, "body_front", point_at(charting.atlas, 50, 0), (50, 0), plate, 0.0)
    record_stamp(charting, points, PAPULE, 0.02, plate, now())
    assert [mark.region_ids for mark in charting.marks] == [("chest.left",), ("chest.right",)]


@pytest.mark.parametrize(
    "plate", [Plate(0, 3, 5.0), Plate(21, 1, 5.0), Plate(20, 20, 5.0), Plate(3, 3), Plate(3, 3, 0.1), Plate(3, 3, 60.0)]
)
def test_impossible_plates_are_refused(plate: Plate) -> None:
    with pytest.raises(BadInputError):
        plate.offsets_mm(0.0)


def test_a_plate_is_remembered_and_nonsense_is_not() -> None:
    plate = Plate(5, 5, 2.5)
    assert Plate.from_setting(plate.as_setting()) == plate
    nonsense = ({"rows": 0, "columns": 5, "pitch_mm": 1.0}, {"rows": "5", "columns": 5, "pitch_mm": 1.0})
    for value in (None, 7, {}, *nonsense):
        assert Plate.from_setting(value) == Plate()


@pytest.mark.parametrize(
    ("view", "x", "y"),
    [
        ("head_front", 45.0, 650.0),
        ("scalp_top", 14.0, 12.0),
        ("scalp_top", -13.0, 48.0),
        ("head_profile_left", 21.0, 773.0),
        ("head_profile_right", -9.0, 533.0),
    ],
)
def test_on_the_shipped_body_a_row_runs_as_the_view_shows_it(real_atlas: Atlas, view: str, x: float, y: float) -> None:
    """Some of its charts lie across or upside down in some views, unlike those of the synthetic body."""
    at = real_atlas.locate_one(view, x, y)
    assert at is not None
    plane = SkinPlane(real_atlas, PatientScale(), view, at, (x, y))
    for angle, way in ((0.0, (1.0, 0.0)), (90.0, (0.0, 1.0))):
        places = plane.places(Plate(1, 5, 3.0).offsets_mm(angle))
        assert (places.tri >= 0).all()
        xy = real_atlas.project(view, places).xy
        run = (xy[-1] - xy[0]) / np.linalg.norm(xy[-1] - xy[0])
        # at a slant both axes give way a little
        assert float(run @ np.array(way)) > 0.7


def test_a_way_over_several_regions_of_the_shipped_body_has_no_jumps(real_atlas: Atlas) -> None:
    xy = (45.0, 650.0)
    at = real_atlas.locate_one("head_front", *xy)
    assert at is not None
    plane = SkinPlane(real_atlas, PatientScale(), "head_front", at, xy)
    whole, crossed = 0, set()
    for angle in np.linspace(0, 2 * np.pi, 24, endpoint=False):
        way = np.array([np.cos(angle), np.sin(angle)])
        places = plane.places(np.linspace(0, 60, 61)[:, None] * way)
        held = places.tri >= 0
        crossed |= set(real_atlas.region_at(places[held]).tolist())
        steps = np.linalg.norm(np.diff(real_atlas.position(places[held]), axis=0), axis=1)
        gaps = steps[np.diff(np.flatnonzero(held)) == 1]
        assert gaps.max() < 1.35
        assert np.median(gaps) == pytest.approx(1.0, abs=0.05)
        whole += int(held.all())
    assert whole > 12
    assert len(crossed) > 8


def test_the_offset_of_a_place_in_another_region_comes_back(real_atlas: Atlas) -> None:
    xy, there = (31.0, 636.0), (51.0, 656.0)
    at, other = (real_atlas.locate_one("head_front", *place) for place in (xy, there))
    assert at is not None
    assert other is not None
    assert real_atlas.region_id_at(at) != real_atlas.region_id_at(other)
    plane = SkinPlane(real_atlas, PatientScale(), "head_front", at, xy)
    found = plane.places(np.array([plane.offset_of(other, there)]))
    assert float(np.linalg.norm(real_atlas.position(found)[0] - real_atlas.position(SkinArray.of([other]))[0])) < 1.5
