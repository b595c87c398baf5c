"""A damaged, missing, foreign or newer atlas is refused in a plain sentence that names the file."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mesomap.atlas import atlas_folder, open_atlas
from mesomap.atlas.files import atlas_faults
from mesomap.domain.errors import DamagedError, MesoMapError, NewerVersionError, NotFoundError
from tests.synthetic_atlas import write_manifest


@pytest.fixture
def folder(small_atlas_folder: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "copy"
    shutil.copytree(small_atlas_folder, copy)
    return copy


def refused(folder: Path, kind: type[MesoMapError], *words: str, verify: bool = False) -> None:
    with pytest.raises(kind) as error:
        open_atlas(folder, verify=verify)
    sentence = error.value.sentence
    assert sentence.endswith(".")
    for word in words:
        assert word in sentence


def rewrite_json(file: Path, change: Callable[[Any], object]) -> None:
    page = json.loads(file.read_text(encoding="utf-8"))
    change(page)
    file.write_text(json.dumps(page), encoding="utf-8")


def rewrite_arrays(folder: Path, **changes: Any) -> None:
    file = folder / "female" / "geometry.npz"
    with np.load(file) as archive:
        arrays = {name: archive[name] for name in archive.files}
    arrays.update(changes)
    with file.open("wb") as out:
        np.savez(out, allow_pickle=False, **{k: v for k, v in arrays.items() if v is not None})
    write_manifest(folder)


def test_a_whole_atlas_opens_and_verifies(small_atlas_folder: Path) -> None:
    atlas = open_atlas(small_atlas_folder, verify=True)
    assert atlas.ref.id == "synthetic-body"
    assert [r.id for r in atlas.regions][:2] == ["forehead.mid", "chest.left"]
    assert atlas.view("body_front").name("de") == "Body front"


def test_the_shipped_atlas_is_found() -> None:
    assert (atlas_folder() / "manifest.json").is_file()


def test_a_missing_folder_or_manifest(tmp_path: Path) -> None:
    refused(tmp_path / "none", NotFoundError, "none")
    refused(tmp_path, NotFoundError, "manifest.json")


def test_a_body_it_does_not_have(folder: Path) -> None:
    with pytest.raises(NotFoundError, match="male"):
        open_atlas(folder, "male")


@pytest.mark.parametrize("name", ["female/geometry.npz", "female/views.json", "female/views/body_front/lines.npz"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    refused(folder, DamagedError, name, "missing")


def test_a_file_cut_short_is_named(folder: Path) -> None:
    file = folder / "female" / "geometry.npz"
    file.write_bytes(file.read_bytes()[:-100])
    refused(folder, DamagedError, "geometry.npz")
    write_manifest(folder)
    refused(folder, DamagedError, "geometry.npz")


def test_changed_bytes_are_found_by_verify(folder: Path) -> None:
    file = folder / "female" / "views" / "body_back" / "level1.webp"
    file.write_bytes(bytes(b ^ 1 for b in file.read_bytes()))
    open_atlas(folder)
    refused(folder, DamagedError, "body_back/level1.webp", verify=True)


def test_every_fault_of_the_files_is_named(folder: Path) -> None:
    assert atlas_faults(folder) == []
    picture = folder / "female" / "views" / "body_back" / "level1.webp"
    picture.write_bytes(bytes(b ^ 1 for b in picture.read_bytes()))
    (folder / "female" / "views.json").unlink()
    (folder / "LICENSE.txt").write_text("", encoding="utf-8")
    faults = atlas_faults(folder)
    assert len(faults) == 3
    for name, words in (("views.json", "missing"), ("LICENSE.txt", "bytes"), ("body_back/level1.webp", "changed")):
        assert any(name in fault and words in fault and fault.endswith(".") for fault in faults), name


def test_the_versions_of_a_skin_come_from_the_manifest(folder: Path) -> None:
    rewrite_json(folder / "manifest.json", lambda m: m.update(skin={"female": {"sha256": "", "versions": ["0.9.0"]}}))
    atlas = open_atlas(folder)
    assert atlas.reads(replace(atlas.ref, version="0.9.0"))
    assert not atlas.reads(replace(atlas.ref, version="0.8.0"))
    rewrite_json(folder / "manifest.json", lambda m: m.update(skin={"female": {"versions": 1}}))
    refused(folder, DamagedError, "manifest.json")


def test_changed_bytes_of_the_geometry_are_always_found(folder: Path) -> None:
    file = folder / "female" / "geometry.npz"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0x10
    file.write_bytes(bytes(data))
    refused(folder, DamagedError, "geometry.npz")


def test_a_foreign_manifest(folder: Path) -> None:
    rewrite_json(folder / "manifest.json", lambda m: m.update(format="something.else"))
    refused(folder, DamagedError, "does not belong")


def test_a_newer_format(folder: Path) -> None:
    rewrite_json(folder / "manifest.json", lambda m: m.update(format_version=2))
    refused(folder, NewerVersionError, "newer")


def test_a_manifest_that_reaches_outside(folder: Path) -> None:
    rewrite_json(folder / "manifest.json", lambda m: m["files"].update({"../x": {"sha256": "", "bytes": 1}}))
    refused(folder, DamagedError, "manifest.json")


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"format": "mesomap.body_atlas", "format_version": 1}'])
def test_a_manifest_that_is_no_manifest(folder: Path, text: str) -> None:
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    refused(folder, DamagedError, "manifest.json")


@pytest.mark.parametrize(
    ("page", "change"),
    [
        ("regions.json", lambda rows: rows[0].pop("names")),
        ("regions.json", lambda rows: rows[0].update(area_cm2="x")),
        ("regions.json", lambda rows: rows[0].update(area_cm2=float("nan"))),
        ("regions.json", lambda rows: rows.append(rows[0])),
        ("regions.json", lambda rows: rows.clear()),
        ("views.json", lambda rows: rows[0].update(rotation=[[1, 0, 0], [0, 2, 0], [0, 0, 1]])),
        ("views.json", lambda rows: rows[0].update(box_mm=[0, 0, 0, 1])),
        ("views.json", lambda rows: rows[0].update(pose=7)),
        ("views.json", lambda rows: rows[0].pop("levels")),
    ],
)
def test_pages_that_cannot_be_understood(folder: Path, page: str, change: Callable[[Any], object]) -> None:
    rewrite_json(folder / "female" / page, change)
    write_manifest(folder)
    refused(folder, DamagedError, page)


def test_one_region_too_few(folder: Path) -> None:
    rewrite_json(folder / "female" / "regions.json", lambda rows: rows.pop())
    write_manifest(folder)
    refused(folder, DamagedError, "geometry.npz")


@pytest.mark.parametrize(
    "changes",
    [
        {"tri": None},
        {"tri": np.array([[0, 1, 99999]], dtype=np.int32)},
        {"vert_xyz": np.zeros((2, 10, 3), dtype=np.float32)},
        {"chart_tri_offset": np.array([0, 5, 4, 6, 7, 8, 9], dtype=np.int32)},
        {"mirror_tri": np.array([1, 2, -1], dtype=np.int32)},
        {"region_mirror": np.array([0, 1, 2, 3, 4, 6], dtype=np.int16)},
        {"tri_region": np.array(["a"])},
        {"view_visible": np.zeros((4, 3), dtype=np.uint8)},
        {"ring_start": np.array([0], dtype=np.int32)},
    ],
    ids=lambda c: next(iter(c)),
)
def test_arrays_that_do_not_fit(folder: Path, changes: dict[str, Any]) -> None:
    rewrite_arrays(folder, **changes)
    refused(folder, DamagedError, "geometry.npz", next(iter(changes)))


def test_border_triangles_out_of_order(folder: Path) -> None:
    with np.load(folder / "female" / "geometry.npz") as archive:
        rows = archive["border_tri"]
    rewrite_arrays(folder, border_tri=rows[::-1])
    refused(folder, DamagedError, "border_tri")


def test_weights_outside_their_triangle(folder: Path) -> None:
    with np.load(folder / "female" / "geometry.npz") as archive:
        bary = archive["ring_bary"]
        perm = archive["mirror_perm"]
    bary[0] = (0.9, 0.9)
    perm[0] = 0
    rewrite_arrays(folder, ring_bary=bary)
    refused(folder, DamagedError, "ring_bary")
    rewrite_arrays(folder, ring_bary=np.clip(bary, 0, 0.5), mirror_perm=perm)
    refused(folder, DamagedError, "mirror_perm")
