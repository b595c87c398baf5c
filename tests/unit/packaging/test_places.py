"""Rules of landmarks, danger zones and acupoints: what happens when a landmark is missing, and how ways are walked."""

import numpy as np
import pytest

from body_atlas.acupoint_measures import Cun
from body_atlas.landmark_build import Placed, table
from body_atlas.landmark_trunk import SPINE_MM
from body_atlas.zone_build import LEVELS, Overlays, lay_overlays
from body_atlas.zone_rules import ZONES
from body_atlas.zone_skin import PlaceMissingError, Skin, arc
from mesomap.atlas import Atlas, SkinArray, open_atlas
from mesomap.atlas.landmarks import landmarks_of
from mesomap.domain.acupoints import acupoints
from mesomap.domain.danger_zones import danger_zones


@pytest.fixture(scope="module")
def body() -> Atlas:
    return open_atlas()


@pytest.fixture(scope="module")
def placed(body: Atlas) -> list[Placed]:
    """The landmarks as shipped."""
    rows = {row["key"]: row for row in table()}
    marks = landmarks_of(body).rows
    return [Placed(rows[mark.key], mark.side, SkinArray.of([mark.skin]), 0.0) for mark in marks]


@pytest.fixture(scope="module")
def skin(body: Atlas, placed: list[Placed]) -> Skin:
    return Skin(body, placed)


@pytest.fixture(scope="module")
def without_navel(body: Atlas, placed: list[Placed]) -> Overlays:
    """Everything laid on a body whose navel and orbital rim were not found."""
    return lay_overlays(body, placed, frozenset({"navel", "orbitale"}))


def test_the_tables_and_the_rules_name_the_same_places() -> None:
    assert set(ZONES) == set(danger_zones())
    assert all(rule.__doc__ for rule in ZONES.values())
    assert {row["key"] for row in table()} >= set(SPINE_MM)
    assert all(row["side"] in ("mid", "both") and row["definition"] and row["found_by"] for row in table())


def test_a_missing_landmark_costs_only_what_its_words_name(without_navel: Overlays) -> None:
    gaps = {gap["key"]: gap["why"] for gap in without_navel.gaps}
    assert {"infraorbital_n", "CV12", "ST25", "CV4", "ST1", "ST2"} <= set(gaps)
    assert "orbitale" in gaps["infraorbital_n"]
    assert all(why.endswith(".") for why in gaps.values())
    laid = {zone["key"] for zone in without_navel.zones}
    assert set(ZONES) - laid == set(gaps) & set(ZONES)
    assert {"BL23", "GV14", "ST36", "LI4"} <= {point["code"] for point in without_navel.points}


def test_every_acupoint_is_placed_or_a_gap(without_navel: Overlays) -> None:
    named = {point["code"] for point in without_navel.points} | {gap["key"] for gap in without_navel.gaps}
    assert set(acupoints()) <= named
    pairs = [p for p in without_navel.points if p["code"] == "EX-B2" and p["side"] == "left"]
    assert [p["part"] for p in pairs] == LEVELS["EX-B2"]


def test_a_missing_landmark_is_named_by_the_rule_that_needs_it(body: Atlas, placed: list[Placed]) -> None:
    with pytest.raises(PlaceMissingError, match="gonion"):
        ZONES["facial_n_marginal"](Skin(body, placed, {"gonion"}))


def test_a_walk_is_as_long_as_it_is_told_and_stays_on_the_skin(skin: Skin, body: Atlas) -> None:
    navel = skin.at("navel")
    place = skin.walk(navel, (1.0, 0.0, 0.0), 60.0)
    points = body.nearest(np.array([navel, place]))
    first, last = points.points()
    assert np.linalg.norm(body.position(points)[1] - place) < 0.1
    assert body.distance_mm(first, last) == pytest.approx(60.0, abs=1.5)
    assert abs(float(place[1] - navel[1])) < 4.0


def test_a_way_between_landmarks_is_hardly_longer_than_the_shortest(skin: Skin, body: Atlas) -> None:
    for a, b in (("glabella", "trichion"), ("navel", "symphysis"), ("mastoid", "clavicle_sternal")):
        line = skin.path([skin.at(a), skin.at(b)])
        first, last = body.nearest(line[[0, -1]]).points()
        assert arc(line)[-1] <= 1.06 * body.distance_mm(first, last) + 1.0


def test_the_cun_of_a_part_is_its_share_of_the_landmarks(skin: Skin) -> None:
    cun = Cun(skin)
    lower = skin.length(skin.at("navel"), skin.at("symphysis"))
    assert cun.lower_abdomen == pytest.approx(lower / 5)
    assert cun.back == pytest.approx(float(skin.at("scapula_spine")[0]) / 3)
    for length in (cun.head, cun.brow, cun.forearm, cun.leg, cun.finger):
        assert 10 < length < 35


def test_a_band_is_as_wide_as_it_is_told(skin: Skin) -> None:
    (part,) = [p for p in skin.band([skin.at("navel")], 12.0) if p.region_id == "periumbilical.mid"]
    assert part.shape.area == pytest.approx(np.pi * 144, rel=0.03)
