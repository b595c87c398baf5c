"""What was charted on the first released atlas lies where it lay; both bodies share one mesh."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mesomap.atlas import Atlas, Bodies, SkinArray
from mesomap.atlas.bodies import unreadable
from mesomap.domain.errors import NewerVersionError, NotFoundError
from mesomap.domain.place import AtlasRef

FIRST = AtlasRef("mesomap-body", "1.0.0", "female")
PLACES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "data" / "places_1_0_0.json").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def bodies() -> Bodies:
    return Bodies()


@pytest.fixture(scope="module")
def places() -> SkinArray:
    skin = np.array([row["skin"] for row in PLACES])
    return SkinArray(skin[:, 0].astype(np.int64), skin[:, 1:])


def test_places_of_the_first_atlas_lie_where_they_lay(bodies: Bodies, places: SkinArray) -> None:
    atlas = bodies.of(FIRST)
    assert [atlas.regions[r].id for r in atlas.region_at(places).tolist()] == [row["region"] for row in PLACES]
    assert np.abs(atlas.position(places) - [row["xyz_mm"] for row in PLACES]).max() < 0.001
    for point, row in zip(places.points(), PLACES, strict=True):
        one = SkinArray.of([point])
        assert np.abs(atlas.to_chart(row["region"], one)[0] - row["chart_mm"]).max() < 0.001
        if row["view"]:
            assert np.abs(atlas.project(row["view"], one).xy[0] - row["view_mm"]).max() < 0.001


def test_records_are_read_on_every_version_of_their_very_skin(bodies: Bodies) -> None:
    atlas = bodies.first
    assert atlas.reads(FIRST)
    assert atlas.reads(atlas.ref)
    for other in (
        AtlasRef("mesomap-body", "1.0.0", "male"),
        AtlasRef("mesomap-body", "0.9.0", "female"),
        AtlasRef("another-body", "1.0.0", "female"),
    ):
        assert not atlas.reads(other)


def test_a_record_of_a_newer_or_unknown_atlas_is_refused_in_a_sentence(bodies: Bodies) -> None:
    with pytest.raises(NewerVersionError, match="Update MesoMap"):
        bodies.of(AtlasRef("mesomap-body", "1.10.0", "female"))
    with pytest.raises(NotFoundError, match="another-body"):
        bodies.of(AtlasRef("another-body", "1.0.0", "female"))
    with pytest.raises(NotFoundError, match="no body"):
        bodies.of(AtlasRef("mesomap-body", "1.0.0", "third"))
    assert isinstance(unreadable(AtlasRef("a", "2", "b"), AtlasRef("a", "10", "b")), NotFoundError)


def test_only_the_body_that_is_asked_for_is_opened() -> None:
    opened: list[str] = []

    def open_body(name: str) -> Atlas:
        opened.append(name)
        return Bodies().named(name)

    bodies = Bodies(open_body)
    assert opened == []
    bodies.of(FIRST)
    bodies.named("female")
    assert bodies.first is bodies.named("female")
    assert opened == ["female"]


def test_both_bodies_are_one_mesh_with_the_same_regions(bodies: Bodies) -> None:
    female, male = bodies.named("female"), bodies.named("male")
    assert set(bodies.names()) == {"female", "male"}
    assert [r.id for r in female.regions] == [r.id for r in male.regions]
    assert len(male.regions) >= 100
    for name in ("tri", "tri_region", "mirror_tri", "border_tri", "border_field"):
        np.testing.assert_array_equal(getattr(female.geometry, name), getattr(male.geometry, name))
    assert [v.key for v in female.views] == [v.key for v in male.views]
    assert {v.body for v in male.views} == {"male"}
    assert np.abs(female.geometry.positions - male.geometry.positions).max() > 20.0
