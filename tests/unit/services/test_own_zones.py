"""The practice's own zones: drawn on the skin, kept whole, refused with a plain sentence when they cannot be."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mesomap.atlas import Atlas, SkinArray, open_atlas
from mesomap.domain.errors import BadInputError, NotFoundError
from mesomap.domain.own_zone import COLOURS
from mesomap.services import Practice
from mesomap.services.own_zones import SETTING, OwnZones, zone_parts
from tests.records import CHEAP


@pytest.fixture(scope="module")
def body() -> Atlas:
    return open_atlas()


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    with Practice.create(tmp_path / "home", "a sentence is best", cost=CHEAP) as made:
        yield made


def circle(x: float, y: float, radius: float, count: int = 40) -> list[tuple[float, float]]:
    turn = np.linspace(0, 2 * np.pi, count)
    return [(x + radius * float(np.cos(t)), y + radius * float(np.sin(t))) for t in turn]


BACK = circle(40.0, 200.0, 25.0)


def test_a_zone_is_kept_with_its_whole_outline_and_lies_there_again(practice: Practice, body: Atlas) -> None:
    zones = OwnZones(practice, body)
    made = zones.add(zones.draft("trunk_back", BACK), "  Kidney   zone ", "teal")
    assert made.name == "Kidney zone"
    again = OwnZones(practice, body).all()
    assert again == (made,)
    for region_id, outline in again[0].parts:
        for ring in outline:
            xy = body.project("trunk_back", SkinArray.of(ring)).xy
            away = np.hypot(xy[:, 0] - 40.0, xy[:, 1] - 200.0)
            assert (away < 26.0).all()
            assert region_id in {region.id for region in body.regions}


def test_a_zone_over_a_border_keeps_a_part_in_every_region(practice: Practice, body: Atlas) -> None:
    zones = OwnZones(practice, body)
    parts = zones.draft("trunk_back", circle(0.0, 200.0, 30.0))
    assert {region for region, _ in parts} >= {"paravertebral_lumbar.left", "paravertebral_lumbar.right"}


@pytest.mark.parametrize(
    ("loop", "sentence"),
    [
        ([], "no outline"),
        ([(0.0, 200.0), (5.0, 205.0)], "no outline"),
        ([(-30.0, 180.0), (30.0, 220.0), (30.0, 180.0), (-30.0, 220.0)], "across itself"),
        (circle(150.0, 200.0, 60.0), "leaves the skin"),
        (circle(900.0, 900.0, 20.0), "leaves the skin"),
        (circle(0.0, 200.0, 1.8), "too small"),
    ],
)
def test_what_cannot_be_a_zone_is_told(body: Atlas, loop: list[tuple[float, float]], sentence: str) -> None:
    with pytest.raises(BadInputError, match=sentence) as told:
        zone_parts(body, "trunk_back", loop)
    assert told.value.sentence.endswith(".")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.floats(-0.5, 0.5), min_size=30, max_size=30))
def test_a_wavering_hand_is_forgiven(body: Atlas, waver: list[float]) -> None:
    loop = [(x + w, y - w) for (x, y), w in zip(circle(40.0, 200.0, 25.0, 30), waver, strict=True)]
    assert zone_parts(body, "trunk_back", loop)


def test_names_are_needed_and_unique(practice: Practice, body: Atlas) -> None:
    zones = OwnZones(practice, body)
    parts = zones.draft("trunk_back", BACK)
    zones.add(parts, "Liver", "plum")
    for name, colour in ((" ", "teal"), ("liver", "teal"), ("x" * 61, "teal"), ("Other", "red")):
        with pytest.raises(BadInputError):
            zones.add(parts, name, colour)
    with pytest.raises(BadInputError, match="Nothing is drawn"):
        zones.add((), "Spleen", "teal")
    assert [zone.name for zone in zones.all()] == ["Liver"]


def test_a_zone_can_be_renamed_recoloured_taken_away_and_put_back(practice: Practice, body: Atlas) -> None:
    zones = OwnZones(practice, body)
    made = zones.add(zones.draft("trunk_back", BACK), "Liver", zones.next_colour())
    changed = zones.change(made.id, "Liver, upper", "moss")
    assert changed.parts == made.parts
    assert zones.remove(made.id) == changed
    assert OwnZones(practice, body).all() == ()
    with pytest.raises(NotFoundError):
        zones.find(made.id)
    zones.put_back(changed)
    assert OwnZones(practice, body).all() == (changed,)


def test_colours_are_offered_in_turn(practice: Practice, body: Atlas) -> None:
    zones = OwnZones(practice, body)
    parts = zones.draft("trunk_back", BACK)
    for number in range(len(COLOURS)):
        zones.add(parts, f"Zone {number}", zones.next_colour())
    assert {zone.colour for zone in zones.all()} == set(COLOURS)


def test_rows_that_do_not_lie_on_this_body_are_kept_and_told(practice: Practice, body: Atlas) -> None:
    zones = OwnZones(practice, body)
    zones.add(zones.draft("trunk_back", BACK), "Liver", "teal")
    rows = practice.setting(SETTING)
    foreign = {**rows[0], "id": "x", "name": "Elsewhere", "atlas": "another-body"}
    practice.set_setting(SETTING, [*rows, foreign, "nonsense"])
    read = OwnZones(practice, body)
    assert [zone.name for zone in read.all()] == ["Liver"]
    assert any("Elsewhere" in sentence for sentence in read.left_out)
    read.add(read.draft("trunk_back", BACK), "Second", "plum")
    assert foreign in practice.setting(SETTING)


def test_a_zone_drawn_on_one_body_lies_at_the_same_place_of_the_other(practice: Practice, body: Atlas) -> None:
    drawn = OwnZones(practice, body)
    made = drawn.add(drawn.draft("trunk_back", BACK), "Liver", "teal")
    other_body = open_atlas(body="male")
    (seen,) = OwnZones(practice, other_body).all()
    assert seen == made
    regions = {region for region, _ in seen.parts}
    for _region, outline in seen.parts:
        lies = {other_body.regions[row].id for row in other_body.region_at(SkinArray.of(outline[0])).tolist()}
        assert lies & regions
