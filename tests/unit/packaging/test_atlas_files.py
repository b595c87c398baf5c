"""Files, names and checks of the atlas generator."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from body_atlas import checks
from body_atlas.files import manifest_faults, write_json, write_manifest, write_npz
from body_atlas.regions import LANGUAGES, RegionError, list_regions, read_kinds


def test_the_same_arrays_give_the_same_bytes(tmp_path: Path) -> None:
    arrays: dict[str, NDArray[Any]] = {"b": np.arange(10, dtype=np.int16), "a": np.eye(3)}
    write_npz(tmp_path / "one.npz", arrays)
    write_npz(tmp_path / "two.npz", dict(reversed(arrays.items())))
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    with np.load(tmp_path / "one.npz", allow_pickle=False) as back:
        np.testing.assert_array_equal(back["b"], arrays["b"])


def test_the_manifest_finds_changed_missing_and_foreign_files(tmp_path: Path) -> None:
    write_json(tmp_path / "female" / "regions.json", [1])
    write_json(tmp_path / "female" / "views.json", [2])
    write_manifest(tmp_path, ["female"], [], "a test")
    assert manifest_faults(tmp_path) == []
    write_json(tmp_path / "female" / "regions.json", [3])
    (tmp_path / "female" / "views.json").unlink()
    (tmp_path / "stray.txt").write_text("x", encoding="utf-8")
    faults = manifest_faults(tmp_path)
    assert len(faults) == 3
    assert any("regions.json is not the file" in f for f in faults)
    assert any("views.json is named in the manifest but is not there" in f for f in faults)
    assert any("stray.txt is not named" in f for f in faults)
    assert json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["format_version"] == 1


def test_every_region_of_the_table_has_a_name_in_five_languages() -> None:
    kinds = read_kinds()
    assert all(set(k.names) == set(LANGUAGES) and all(k.names.values()) for k in kinds)
    for code in LANGUAGES:
        names = [k.names[code] for k in kinds]
        assert len(set(names)) == len(names), code


def test_the_table_holds_the_areas_that_practitioners_name() -> None:
    keys = {k.key for k in read_kinds()}
    wanted = {
        "forehead", "glabella", "temple", "brow", "eyelid_upper", "eyelid_lower", "crows_feet", "cheek_malar",
        "cheek_buccal", "cheek_preauricular", "nose_dorsum", "nose_side", "nose_tip", "nose_ala", "nasolabial_fold",
        "lip_upper_skin", "vermilion_upper", "vermilion_lower", "lip_lower_skin", "marionette", "chin", "jawline",
        "scalp_frontal", "scalp_mid", "scalp_temporal", "scalp_vertex", "scalp_occipital", "submental",
        "neck_anterior", "neck_lateral", "nape", "decollete", "chest", "abdomen_upper", "abdomen_lower",
        "periumbilical", "pubis", "flank", "trapezius", "interscapular", "scapular", "paravertebral_cervical",
        "paravertebral_thoracic", "paravertebral_lumbar", "sacral", "sacroiliac", "buttock", "subgluteal_fold",
        "trochanteric", "upper_arm_front", "upper_arm_back", "upper_arm_inner", "upper_arm_outer", "forearm_front",
        "forearm_back", "groin", "thigh_front", "thigh_inner", "thigh_outer", "thigh_back", "knee_front",
        "knee_medial", "knee_lateral", "popliteal", "shin", "achilles",
    }  # fmt: skip
    assert wanted <= keys
    parts = {"breast", "shoulder", "elbow", "wrist", "hand", "ankle", "foot", "calf", "ear"}
    assert parts <= {k.split("_")[0] for k in keys}


def test_regions_come_in_pairs_that_name_each_other() -> None:
    regions = list_regions(read_kinds())
    assert len({r.id for r in regions}) == len(regions) >= 60
    for k, region in enumerate(regions):
        twin = regions[region.twin]
        assert twin.twin == k
        assert (region.side == "mid") == (region.twin == k)
        assert region.id == f"{region.kind.key}.{region.side}"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("chin,face,no,1,yes,12,Chin,,Mento,Kinn,Mentón", "no name in every language"),
        ("chin,face,no,1,yes,12,a,b,c,d,e\nchin,face,no,1,yes,12,a,b,c,d,e", "occurs twice"),
    ],
)
def test_a_broken_table_of_names_is_refused(tmp_path: Path, row: str, words: str) -> None:
    table = tmp_path / "names.csv"
    table.write_text(f"key,group,sided,parts,fixed_scale,margin_mm,en,fr,it,de,es\n{row}\n", encoding="utf-8")
    with pytest.raises(RegionError, match=words):
        read_kinds(table)


def test_body_surface_formulas_give_the_published_values() -> None:
    assert checks.du_bois_m2(170.0, 70.0) == pytest.approx(1.81, abs=0.01)
    assert checks.mosteller_m2(180.0, 72.0) == pytest.approx(np.sqrt(3.6))


def test_a_skin_area_off_by_three_per_cent_is_a_fault() -> None:
    weight = 54.0 * checks.TISSUE_KG_PER_LITRE
    right = checks.du_bois_m2(163.0, weight)
    assert checks.area_report(right, 1630.0, 54.0)[1] == []
    faults = checks.area_report(right * 1.03, 1630.0, 54.0)[1]
    assert faults
    assert "Du Bois" in faults[0]


def test_a_region_without_a_name_is_a_fault() -> None:
    names = dict.fromkeys(LANGUAGES, "x")
    assert checks.name_faults([{"id": "a.mid", "names": names}]) == []
    assert checks.name_faults([{"id": "a.mid", "names": {**names, "de": " "}}]) == [
        "Region a.mid has no name in every language."
    ]
    assert "occurs twice" in checks.name_faults([{"id": "a", "names": names}, {"id": "a", "names": names}])[0]


def test_kinds_are_plain_values() -> None:
    kind = read_kinds()[0]
    assert replace(kind, key="other") != kind
