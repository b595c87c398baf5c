"""Where a place lies: from the midline and from the nearest landmark, in the patient's mm."""

import functools
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mesomap.atlas import Atlas, SkinArray, open_atlas
from mesomap.atlas.landmarks import Landmark, landmarks_of
from mesomap.domain.body_size import PatientScale
from mesomap.domain.place import SkinPoint
from mesomap.services.position import Way, positions_of


@pytest.fixture(scope="module")
def body() -> Atlas:
    return _body()


def skin(body: Atlas, key: str, side: str = "mid") -> SkinPoint:
    mark = landmarks_of(body).find(key, side)
    assert mark is not None
    return mark.skin


def moved(body: Atlas, key: str, side: str, by: tuple[float, float, float]) -> SkinPoint:
    """Skin nearest to a landmark moved along the body axes."""
    start = body.position(SkinArray.of([skin(body, key, side)]))
    return body.nearest(start + np.array([by])).points()[0]


def test_a_place_below_the_eye_is_told_from_its_corner(body: Atlas) -> None:
    found = positions_of(body).at(moved(body, "canthus_lateral", "left", (2.0, -12.0, -2.0)))
    assert found is not None
    assert found.region_id == "cheek_malar.left" or found.region_id.startswith(("crows_feet", "eyelid_lower"))
    assert found.near is not None
    assert (found.near.landmark.key, found.near.landmark.side) == ("canthus_lateral", "left")
    way, length = found.near.ways[0]
    assert way is Way.BELOW
    assert length == pytest.approx(12.0, abs=1.5)


def test_lateral_is_the_straight_distance_from_the_plane_that_halves_the_body(body: Atlas) -> None:
    place = skin(body, "zygion", "right")
    found = positions_of(body).at(place)
    x = float(body.position(SkinArray.of([place]))[0, 0])
    assert found is not None
    assert found.side == "right"
    assert found.lateral_mm == pytest.approx(-x)


@pytest.mark.parametrize("key", ["navel", "L3", "glabella", "vertex"])
def test_a_place_of_the_midline_is_at_its_landmark(body: Atlas, key: str) -> None:
    found = positions_of(body).at(skin(body, key))
    assert found is not None
    assert found.side == "mid"
    assert found.near is not None
    assert found.near.ways == ((Way.AT, 0.0),)


def test_a_limb_is_measured_along_itself(body: Atlas) -> None:
    start = body.position(SkinArray.of([skin(body, "patella_upper", "left"), skin(body, "patella_lower", "left")]))
    place = body.nearest(start[:1] + np.array([[-6.0, 90.0, 0.0]])).points()[0]
    found = positions_of(body).at(place)
    assert found is not None
    assert found.lateral_mm is None
    assert found.near is not None
    assert found.near.landmark.key == "patella_upper"
    way, length = found.near.ways[0]
    assert way is Way.ABOVE
    higher = body.position(SkinArray.of([place]))[0, 1] - start[0, 1]
    assert 0.9 * higher < length < 1.1 * higher


def test_trunk_and_limbs_are_told_in_the_patients_millimetres_but_the_face_is_not(body: Atlas) -> None:
    tall = PatientScale(1.1, "scaled")
    for key, side, factor in (("asis", "left", 1.1), ("cheilion", "left", 1.0)):
        place = skin(body, key, side)
        once, scaled = positions_of(body).at(place), positions_of(body).at(place, tall)
        assert once is not None
        assert scaled is not None
        assert once.lateral_mm is not None
        assert scaled.lateral_mm == pytest.approx(once.lateral_mm * factor)


@functools.cache
def _body() -> Atlas:
    return open_atlas()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9))
def test_right_is_told_as_left_mirrored(seed: int) -> None:
    body = _body()
    rng = np.random.default_rng(seed)
    tri = rng.choice(np.flatnonzero(body.geometry.tri_region >= 0), 1)
    here = SkinArray(tri, rng.dirichlet([1, 1, 1], 1)[:, :2])
    there = body.mirror(here)
    a, b = (positions_of(body).at(place.points()[0]) for place in (here, there))
    assert a is not None
    assert b is not None
    if a.lateral_mm is not None and b.lateral_mm is not None:
        assert a.lateral_mm == pytest.approx(b.lateral_mm, abs=1e-6)
    assert (a.near is None) == (b.near is None)
    if a.near is not None and b.near is not None:
        assert a.near.landmark.key == b.near.landmark.key
        assert [way for way, _ in a.near.ways] == [way for way, _ in b.near.ways]


def test_an_atlas_without_landmarks_still_tells_region_and_midline(small_atlas: Atlas) -> None:
    place = small_atlas.locate_one("body_front", 30.0, 40.0)
    assert place is not None
    found = positions_of(small_atlas).at(place)
    assert found is not None
    assert found.near is None
    assert found.lateral_mm is None or found.lateral_mm == pytest.approx(30.0, abs=1e-6)


def test_every_landmark_names_its_definition_and_how_it_was_found(body: Atlas) -> None:
    marks: tuple[Landmark, ...] = landmarks_of(body).rows
    assert len(marks) >= 60
    assert all(mark.name and mark.definition and mark.found_by for mark in marks)
    assert (body.region_at(landmarks_of(body).skin) >= 0).all()


def test_a_damaged_page_of_landmarks_leaves_region_and_midline(body: Atlas, tmp_path: Path) -> None:
    folder = tmp_path / "atlas"
    shutil.copytree(body.folder, folder)
    page = folder / body.ref.body / "landmarks.json"
    page.write_text("x" * page.stat().st_size)
    found = positions_of(open_atlas(folder)).at(skin(body, "zygion", "left"))
    assert found is not None
    assert found.near is None
    assert found.lateral_mm is not None


@pytest.mark.parametrize(
    ("key", "side", "by", "way"),
    [
        ("orbitale", "left", (9.0, 0.0, 0.0), Way.LATERAL),
        ("orbitale", "left", (-9.0, 0.0, 0.0), Way.MEDIAL),
        ("orbitale", "right", (-9.0, 0.0, 0.0), Way.LATERAL),
        ("psis", "right", (18.0, 0.0, 0.0), Way.MEDIAL),
        ("zygion", "left", (0.0, 0.0, -6.0), Way.BEHIND),
        ("zygion", "right", (0.0, 0.0, 9.0), Way.FRONT),
    ],
)
def test_directions_are_those_of_the_patients_side(
    body: Atlas, key: str, side: str, by: tuple[float, float, float], way: Way
) -> None:
    found = positions_of(body).at(moved(body, key, side, by))
    assert found is not None
    assert found.near is not None
    assert (found.near.landmark.key, found.near.landmark.side) == (key, side)
    assert found.near.ways[0][0] is way
