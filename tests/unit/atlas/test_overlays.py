"""Danger zones and acupoints of the shipped body: all rows placed, where their words say; bad rows become gaps."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from mesomap.atlas import Atlas, SkinArray, atlas_folder, open_atlas
from mesomap.atlas.files import read_manifest
from mesomap.atlas.landmarks import landmarks_of
from mesomap.atlas.overlays import FILE, PlacedPoint, overlays_of, read_overlays
from mesomap.atlas.records import Floats
from mesomap.domain.acupoints import acupoints
from mesomap.domain.danger_zones import danger_zones
from mesomap.domain.errors import DamagedError
from mesomap.domain.place import SkinPoint

NEAR_MM = 3.0


@pytest.fixture(scope="module", params=read_manifest(atlas_folder()).bodies)
def body(request: pytest.FixtureRequest) -> Atlas:
    """Every shipped body: the rules serve them all."""
    return open_atlas(body=request.param)


def mark(body: Atlas, key: str, side: str = "mid") -> SkinPoint:
    found = landmarks_of(body).find(key, side)
    assert found is not None, key
    return found.skin


def point(body: Atlas, code: str, side: str = "left", part: str = "") -> PlacedPoint:
    return next(p for p in overlays_of(body).points if (p.code, p.side, p.part) == (code, side, part))


def xyz(body: Atlas, skin: SkinPoint) -> Floats:
    return np.asarray(body.position(SkinArray.of([skin]))[0])


def in_view(body: Atlas, view_key: str, zone: str, side: str) -> Any:
    area = next(z for z in overlays_of(body).zones if (z.key, z.side) == (zone, side))
    return shapely.union_all([body.outline_in_view(view_key, o, r).buffer(0.2) for r, o in area.parts])


def test_every_row_of_both_tables_has_its_place_or_is_a_told_gap(body: Atlas) -> None:
    laid = overlays_of(body)
    zones = {(z.key, z.side) for z in laid.zones}
    gaps = {gap.key for gap in laid.gaps}
    assert len(danger_zones()) == 42
    assert len(acupoints()) == 77
    assert all(key in gaps or {(key, "left"), (key, "right")} <= zones for key in danger_zones())
    assert all(code in gaps or any(p.code == code for p in laid.points) for code in acupoints())


def test_sides_mirror_each_other(body: Atlas) -> None:
    left = {(p.code, p.part): p.skin for p in overlays_of(body).points if p.side == "left"}
    right = {(p.code, p.part): p.skin for p in overlays_of(body).points if p.side == "right"}
    assert left.keys() == right.keys()
    for key, skin in left.items():
        assert np.allclose(xyz(body, skin) * [-1, 1, 1], xyz(body, right[key]), atol=0.05), key
    for p in overlays_of(body).points:
        if p.side == "mid":
            assert abs(float(xyz(body, p.skin)[0])) < 0.1


@pytest.mark.parametrize(
    ("zone", "x_mm", "reference", "above_mm"),
    [
        ("supraorbital_n", 24.3, "orbital_rim_upper", 3.15),
        ("infraorbital_n", 27.5, "orbitale", -8.0),
        ("mental_n", 24.6, "cheilion", -20.4),
    ],
)
def test_a_measured_foramen_lies_in_the_middle_of_its_band(
    body: Atlas, zone: str, x_mm: float, reference: str, above_mm: float
) -> None:
    y = float(xyz(body, mark(body, reference, "left"))[1]) + above_mm
    shape = in_view(body, "head_front", zone, "left")
    assert shape.contains(shapely.Point(x_mm, y))
    assert shape.centroid.distance(shapely.Point(x_mm, y)) <= NEAR_MM


def test_the_artery_of_the_nasolabial_fold_is_a_band_not_a_line(body: Atlas) -> None:
    shape = in_view(body, "head_three_quarter_left", "facial_artery_nasolabial", "left")
    assert not shape.buffer(-6.0).is_empty


@pytest.mark.parametrize(
    ("code", "level", "share"), [("BL23", "L2", 1.5), ("BL13", "T3", 1.5), ("BL11", "T1", 1.5), ("SI14", "T1", 3.0)]
)
def test_a_point_beside_the_spine_is_level_and_as_far_out_as_its_row_says(
    body: Atlas, code: str, level: str, share: float
) -> None:
    place = xyz(body, point(body, code).skin)
    cun = float(xyz(body, mark(body, "scapula_spine", "left"))[0]) / 3
    levels = ["C7", *(f"T{n}" for n in range(1, 13)), *(f"L{n}" for n in range(1, 6))]
    below = levels[levels.index(level) + 1]
    high, low = (float(xyz(body, mark(body, name))[1]) for name in (level, below))
    assert low <= place[1] <= high
    assert place[0] == pytest.approx(share * cun, abs=NEAR_MM)


def test_points_of_the_belly_lie_along_the_skin_from_the_navel(body: Atlas) -> None:
    navel = mark(body, "navel")
    down = body.distance_mm(navel, mark(body, "symphysis"))
    up = body.distance_mm(navel, mark(body, "xiphoid"))
    assert body.distance_mm(navel, point(body, "CV4", "mid").skin) == pytest.approx(down * 3 / 5, abs=NEAR_MM)
    assert body.distance_mm(navel, point(body, "ST25").skin) == pytest.approx(down * 2 / 5, abs=NEAR_MM)
    assert body.distance_mm(navel, point(body, "CV12", "mid").skin) == pytest.approx(up / 2, abs=NEAR_MM)


def test_a_point_on_the_line_of_the_pupil(body: Atlas) -> None:
    brow, lower = xyz(body, mark(body, "brow_pupil", "left")), xyz(body, mark(body, "ala_lower", "left"))
    assert xyz(body, point(body, "GB14").skin)[0] == pytest.approx(brow[0], abs=NEAR_MM)
    place = xyz(body, point(body, "ST3").skin)
    assert place[0] == pytest.approx(brow[0], abs=NEAR_MM)
    assert place[1] == pytest.approx(lower[1], abs=NEAR_MM)


def shipped_page(body: Atlas) -> dict[str, Any]:
    page: dict[str, Any] = json.loads((body.folder / body.ref.body / FILE).read_text("utf-8"))
    return page


def test_a_bad_row_is_told_and_the_rest_works(body: Atlas, tmp_path: Path) -> None:
    page = shipped_page(body)
    page["zones"][0]["parts"][0]["region"] = "nowhere.left"
    page["zones"][1]["parts"][0]["outline"][0][0] = [10**9, 0.1, 0.1]
    page["points"][0]["skin"] = ["left", None]
    file = tmp_path / FILE
    file.write_text(json.dumps(page), encoding="utf-8")
    found, whole = read_overlays(file, body), overlays_of(body)
    assert len(found.zones) == len(whole.zones) - 2
    assert len(found.points) == len(whole.points) - 1
    assert {gap.key for gap in found.gaps} >= {page["zones"][0]["key"], page["points"][0]["code"]}
    assert all(gap.why.endswith(".") for gap in found.gaps)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format_version": 2, "zones": [], "points": [], "gaps": []}'])
def test_a_page_that_cannot_be_understood_is_told_with_its_name(body: Atlas, tmp_path: Path, content: str) -> None:
    file = tmp_path / FILE
    file.write_text(content, encoding="utf-8")
    with pytest.raises(DamagedError, match=r"overlays\.json"):
        read_overlays(file, body)


def test_rows_keep_source_status_and_confidence() -> None:
    assert all(zone.sources and zone.status and zone.confidence for zone in danger_zones().values())
    assert all(entry.source and entry.status for entry in acupoints().values())
    assert any(zone.recalled for zone in danger_zones().values())
    assert not danger_zones()["supraorbital_n"].recalled
