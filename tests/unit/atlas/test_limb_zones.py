"""Danger zones of joints and wrist, and the key sensory points, lie where their tables say on every shipped body."""

import json
from pathlib import Path

import numpy as np
import pytest
import shapely

from mesomap.atlas import Atlas, SkinArray, atlas_folder, open_atlas
from mesomap.atlas.files import read_manifest
from mesomap.atlas.landmarks import landmarks_of
from mesomap.atlas.overlays import FILE, overlays_of, read_overlays
from mesomap.atlas.records import Floats
from mesomap.coverage.shapes import outline_in_chart
from mesomap.domain.danger_zones import danger_zones
from mesomap.domain.place import SkinPoint
from mesomap.domain.sensory_points import sensory_points

NEAR_MM = 3.0
LIMBS = list(danger_zones())[22:]


@pytest.fixture(scope="module", params=read_manifest(atlas_folder()).bodies)
def body(request: pytest.FixtureRequest) -> Atlas:
    return open_atlas(body=request.param)


def at(body: Atlas, key: str) -> Floats:
    """A landmark of the left side or the midline, mm."""
    marks = landmarks_of(body)
    row = max(marks.row(key, "left"), marks.row(key, "mid"))
    assert row >= 0, key
    return np.asarray(marks.xyz_mm[row])


def skin(body: Atlas, place: Floats) -> SkinPoint:
    return body.nearest(np.asarray(place)[None]).points()[0]


def zone_holds(body: Atlas, key: str, place: Floats, near_mm: float = NEAR_MM) -> bool:
    """Whether the left zone holds the skin nearest to a position, or passes within near_mm of it."""
    there = body.nearest(np.asarray(place)[None])
    area = next(zone for zone in overlays_of(body).zones if (zone.key, zone.side) == (key, "left"))
    for region, outline in area.parts:
        xy = body.to_chart(region, there)
        shape = outline_in_chart(body.chart(region), outline)
        if np.isfinite(xy).all() and shape.distance(shapely.Point(*xy[0])) <= near_mm:
            return True
    return False


def test_every_joint_has_zones_with_read_sources_and_both_sides(body: Atlas) -> None:
    assert len(LIMBS) == 20
    laid = {(zone.key, zone.side) for zone in overlays_of(body).zones}
    for key in LIMBS:
        row = danger_zones()[key]
        assert {(key, "left"), (key, "right")} <= laid
        assert row.status == "read"
        assert row.sources
        assert row.depth_mm is None, "no depth was read, none is told"
        assert len(row.short) <= 34


def test_the_axillary_nerve_begins_two_sd_above_its_mean_below_the_acromion(body: Atlas) -> None:
    tip = skin(body, at(body, "acromion"))
    area = next(z for z in overlays_of(body).zones if (z.key, z.side) == ("axillary_n", "left"))
    corners = [corner for _, outline in area.parts for ring in outline for corner in ring[::6]]
    assert min(body.distance_mm(tip, corner) for corner in corners) == pytest.approx(44.0, abs=NEAR_MM)


def test_places_that_the_table_names_lie_in_their_bands(body: Atlas) -> None:
    head, down = at(body, "fibular_head"), np.array([0.0, -1.0, 0.0])
    outer = at(body, "malleolus_lateral") + 12.0 * down
    mean = {"male": 38.4, "female": 34.6}[body.ref.body]
    hollow = at(body, "popliteal_crease")
    named = {
        "radial_n_elbow": (2 * at(body, "epicondyle_lateral") + at(body, "acromion")) / 3,
        "saphenous_ankle": 0.65 * at(body, "malleolus_medial") + 0.35 * at(body, "ankle_front"),
        "ulnar_n_elbow": (at(body, "epicondyle_medial") + at(body, "olecranon")) / 2,
        "median_n_wrist": at(body, "wrist_crease"),
        "radial_n_wrist": at(body, "styloid_radial"),
        "femoral_vessels": (at(body, "asis") + at(body, "symphysis")) / 2,
        "lateral_femoral_cutaneous_n": at(body, "asis"),
        "popliteal_vessels": np.array([at(body, "femur_epicondyle_medial")[0] + mean, hollow[1], hollow[2]]),
        "common_peroneal_n": head + 20.7 * down,
        "tibial_n_ankle": 0.55 * at(body, "malleolus_medial") + 0.45 * at(body, "achilles"),
        "dorsalis_pedis": at(body, "ankle_front"),
        "superficial_peroneal_n": at(body, "ankle_front"),
        "sural_n": outer + np.array([0.0, -14.0, -14.0]),
    }
    for key, place in named.items():
        assert zone_holds(body, key, place), key


def test_the_sciatic_nerve_runs_ten_centimetres_beside_the_midline(body: Atlas) -> None:
    level = float(at(body, "trochanter")[1])
    there = body.position(body.locate("body_back", np.array([[-100.0, level]])))[0]
    assert there[0] == pytest.approx(100.0, abs=0.1)
    assert zone_holds(body, "sciatic_n", there, 0.0)
    inner, outer = (body.position(body.locate("body_back", np.array([[-x, level]])))[0] for x in (70.0, 130.0))
    assert not zone_holds(body, "sciatic_n", inner, 0.0)
    assert not zone_holds(body, "sciatic_n", outer, 0.0)


def test_the_kneecap_itself_is_left_free_of_the_infrapatellar_branch(body: Atlas) -> None:
    assert not zone_holds(body, "infrapatellar_n", at(body, "patella_upper"), 0.0)
    assert not zone_holds(body, "infrapatellar_n", at(body, "patella_lower"), 0.0)


def test_every_sensory_level_has_its_place_on_both_sides_or_is_a_told_gap(body: Atlas) -> None:
    laid = overlays_of(body)
    assert len(sensory_points()) == 28
    gaps = {gap.key: gap.why for gap in laid.gaps if gap.kind == "sensory"}
    assert set(gaps) == {"T3", "S4-5"}
    left = {row.level: row.skin for row in laid.sensory if row.side == "left"}
    right = {row.level: row.skin for row in laid.sensory if row.side == "right"}
    assert set(left) == set(right) == set(sensory_points()) - set(gaps)
    for level, there in left.items():
        a, b = body.position(SkinArray.of([there, right[level]]))
        assert np.allclose(a * [-1, 1, 1], b, atol=0.05), level
        assert a[0] > 0


def test_sensory_points_stand_where_their_words_say(body: Atlas) -> None:
    rows = {row.level: row for row in overlays_of(body).sensory if row.side == "left"}
    place = {level: np.asarray(body.position(SkinArray.of([row.skin]))[0]) for level, row in rows.items()}
    x = at(body, "clavicle_mid")[0]
    top, navel = at(body, "xiphoid")[1], at(body, "navel")[1]
    for quarter, level in enumerate(("T6", "T7", "T8", "T9", "T10")):
        assert place[level][0] == pytest.approx(x, abs=NEAR_MM), level
        assert place[level][1] == pytest.approx(top + quarter / 4 * (navel - top), abs=NEAR_MM), level
        assert not rows[level].estimate
    assert np.linalg.norm(place["S2"] - at(body, "popliteal_crease")) <= NEAR_MM
    assert np.linalg.norm(place["L4"] - at(body, "malleolus_medial")) <= NEAR_MM
    groin, knee = rows["T12"].skin, skin(body, at(body, "femur_epicondyle_medial"))
    half = body.distance_mm(groin, knee) / 2
    assert body.distance_mm(groin, rows["L2"].skin) == pytest.approx(half, rel=0.05)
    assert body.distance_mm(rows["L1"].skin, groin) == pytest.approx(half / 2, rel=0.08)
    home = {level: body.regions[int(body.region_at(SkinArray.of([row.skin]))[0])].id for level, row in rows.items()}
    assert home["T2"] == "axilla.left"
    assert {home["C6"], home["C7"], home["C8"]} == {"fingers_dorsal.left"}
    assert home["L5"] == "foot_dorsum.left"


def test_a_page_from_before_the_sensory_points_is_read(body: Atlas, tmp_path: Path) -> None:
    page = json.loads((body.folder / body.ref.body / FILE).read_text("utf-8"))
    del page["sensory"]
    file = tmp_path / FILE
    file.write_text(json.dumps(page), encoding="utf-8")
    assert read_overlays(file, body).sensory == ()
    assert read_overlays(file, body).zones == overlays_of(body).zones
    page["sensory"] = [{"level": "T10", "side": "left", "estimate": "", "skin": [10**9, 0.1, 0.1]}]
    file.write_text(json.dumps(page), encoding="utf-8")
    told = [gap for gap in read_overlays(file, body).gaps if gap.key == "T10"]
    assert len(told) == 1
    assert told[0].why.endswith(".")
