"""Landmarks of the shipped body: each lies where its definition says, both sides alike; a bad page is told."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from mesomap.atlas import Atlas, SkinArray, atlas_folder, open_atlas
from mesomap.atlas.files import read_manifest
from mesomap.atlas.landmarks import FILE, Landmark, landmarks_of, read_landmarks
from mesomap.atlas.records import Floats
from mesomap.domain.errors import DamagedError

NEAR_MM = 3.0


@pytest.fixture(scope="module", params=read_manifest(atlas_folder()).bodies)
def body(request: pytest.FixtureRequest) -> Atlas:
    """Every shipped body: the rules serve them all."""
    return open_atlas(body=request.param)


def xyz(body: Atlas, key: str, side: str = "mid") -> Floats:
    marks = landmarks_of(body)
    row = marks.row(key, side)
    assert row >= 0, key
    return np.asarray(marks.xyz_mm[row])


def skin_near_midline(body: Atlas) -> Floats:
    """Vertices of outer skin within 1 mm of the midline."""
    g = body.geometry
    used = np.unique(g.tri[g.tri_region >= 0])
    places = g.positions[0][used]
    return np.asarray(places[np.abs(places[:, 0]) < 1.0])


def test_there_are_landmarks_of_every_part_and_side(body: Atlas) -> None:
    rows = landmarks_of(body).rows
    assert len(rows) >= 60
    groups = {body.regions[r].group for r in body.region_at(landmarks_of(body).skin).tolist()}
    assert groups >= {"face", "scalp", "neck", "trunk", "arm", "leg"}
    assert {row.side for row in rows} == {"left", "right", "mid"}
    assert sum(row.key.startswith(("T", "L")) and row.key[1:].isdigit() for row in rows) == 17


def test_the_right_side_mirrors_the_left(body: Atlas) -> None:
    marks = landmarks_of(body)
    for row in marks.rows:
        if row.side == "left":
            a, b = xyz(body, row.key, "left"), xyz(body, row.key, "right")
            assert np.allclose(a * [-1, 1, 1], b, atol=0.05), row.key
        if row.side == "mid":
            assert abs(float(xyz(body, row.key)[0])) < 0.05, row.key


def test_the_highest_the_foremost_and_the_hindmost_point_of_the_head(body: Atlas) -> None:
    line = skin_near_midline(body)
    head = line[line[:, 1] > xyz(body, "menton")[1]]
    assert xyz(body, "vertex")[1] == pytest.approx(head[:, 1].max(), abs=NEAR_MM)
    assert xyz(body, "pronasale")[2] == pytest.approx(head[:, 2].max(), abs=0.5)
    assert xyz(body, "opisthocranion")[2] == pytest.approx(head[:, 2].min(), abs=0.5)


@pytest.mark.parametrize(
    ("above", "place", "below"),
    [
        ("glabella", "nasion", "pronasale"),
        ("pronasale", "subnasale", "labrale_superius"),
        ("labrale_inferius", "sublabiale", "pogonion"),
    ],
)
def test_a_hollow_of_the_profile_lies_behind_what_is_above_and_below_it(
    body: Atlas, above: str, place: str, below: str
) -> None:
    high, middle, low = xyz(body, above), xyz(body, place), xyz(body, below)
    assert high[1] > middle[1] > low[1]
    share = (high[1] - middle[1]) / (high[1] - low[1])
    assert middle[2] < high[2] + share * (low[2] - high[2]) - 0.5


def test_the_corners_of_the_eye_bound_its_opening(body: Atlas) -> None:
    inner, outer = xyz(body, "canthus_medial", "left"), xyz(body, "canthus_lateral", "left")
    along = np.linspace(0.15, 0.85, 9)[:, None]
    places = inner[None, :2] + along * (outer - inner)[None, :2]
    assert (body.locate("head_front", places).tri < 0).all()
    for corner, beyond in ((inner, -2.0), (outer, 2.0)):
        place = np.array([[corner[0] + beyond, corner[1]]])
        assert body.locate("head_front", place).tri[0] >= 0


def test_the_spine_goes_down_level_by_level_and_l4_is_level_with_the_iliac_crests(body: Atlas) -> None:
    levels = ["C7", *(f"T{n}" for n in range(1, 13)), *(f"L{n}" for n in range(1, 6)), "sacral_hiatus"]
    heights = np.array([xyz(body, level)[1] for level in levels])
    assert (np.diff(heights) < -10).all()
    assert xyz(body, "L4")[1] == pytest.approx(xyz(body, "iliac_crest", "left")[1], abs=NEAR_MM)


def test_the_limbs_are_named_from_the_trunk_outward(body: Atlas) -> None:
    for chain in (
        ("acromion", "epicondyle_lateral", "styloid_radial", "fingertip_3"),
        ("trochanter", "patella_upper", "patella_lower", "tibial_tuberosity", "malleolus_lateral"),
    ):
        heights = [xyz(body, key, "left")[1] for key in chain]
        assert heights == sorted(heights, reverse=True)
    for outer, inner in (("epicondyle_lateral", "epicondyle_medial"), ("malleolus_lateral", "malleolus_medial")):
        assert xyz(body, outer, "left")[0] > xyz(body, inner, "left")[0] + 20


def shipped_page(body: Atlas) -> dict[str, list[dict[str, object]]]:
    page: dict[str, list[dict[str, object]]] = json.loads((body.folder / body.ref.body / FILE).read_text("utf-8"))
    return page


@pytest.mark.parametrize("fault", ["not json", "no triangle", "no such side", "twice", "another version"])
def test_a_bad_page_is_told_with_its_name(body: Atlas, tmp_path: Path, fault: str) -> None:
    page: dict[str, object] = dict(shipped_page(body))
    rows = [dict(row) for row in shipped_page(body)["landmarks"]]
    if fault == "no triangle":
        rows[3]["skin"] = [10**9, 0.2, 0.2]
    elif fault == "no such side":
        rows[3]["side"] = "upper"
    elif fault == "twice":
        rows.append(rows[0])
    elif fault == "another version":
        page["format_version"] = 9
    page["landmarks"] = rows
    file = tmp_path / FILE
    file.write_text("{" if fault == "not json" else json.dumps(page), encoding="utf-8")
    with pytest.raises(DamagedError, match=r"landmarks\.json"):
        read_landmarks(file, body)


def test_a_body_without_the_page_has_no_landmarks(small_atlas_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "atlas"
    shutil.copytree(small_atlas_folder, folder)
    found: tuple[Landmark, ...] = landmarks_of(open_atlas(folder)).rows
    assert found == ()


def test_every_landmark_lies_on_charted_skin(body: Atlas) -> None:
    skin: SkinArray = landmarks_of(body).skin
    assert (body.region_at(skin) >= 0).all()
