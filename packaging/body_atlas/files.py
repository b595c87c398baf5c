"""Writing the shipped files so that the same input gives the same bytes, and the manifest that names them."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from body_atlas.skin_version import ATLAS_VERSION, skin_rows

_FIXED_DATE = (2000, 1, 1, 0, 0, 0)
MANIFEST = "manifest.json"
ATLAS_ID = "mesomap-body"


def write_npz(path: Path, arrays: dict[str, NDArray[Any]]) -> None:
    """A compressed .npz whose bytes depend on the arrays only (names in order, fixed dates)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(arrays):
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, np.ascontiguousarray(arrays[name]), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=_FIXED_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, buffer.getvalue())


def write_json(path: Path, value: object) -> None:
    """Readable UTF-8 JSON with a final newline."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_compact_json(path: Path, head: dict[str, object], lists: dict[str, list[dict[str, Any]]]) -> None:
    """UTF-8 JSON of a few values and lists of rows, one row a line."""
    parts = [f'"{name}": {json.dumps(value)}' for name, value in head.items()]
    for name, rows in lists.items():
        lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
        parts.append(f'"{name}": [\n{lines}\n]')
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{" + ",\n".join(parts) + "}\n", encoding="utf-8")


def file_entry(path: Path) -> dict[str, Any]:
    """SHA-256 and size of a file, as the manifest holds them."""
    content = path.read_bytes()
    return {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}


def write_manifest(folder: Path, bodies: list[str], sources: list[dict[str, str]], built_with: str) -> None:
    """manifest.json over every other file of the atlas folder."""
    names = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    files = {name: file_entry(folder / name) for name in names if name != MANIFEST}
    write_json(
        folder / MANIFEST,
        {
            "format": "mesomap.body_atlas",
            "format_version": 1,
            "id": ATLAS_ID,
            "version": ATLAS_VERSION,
            "bodies": bodies,
            "skin": skin_rows(folder, bodies),
            "files": files,
            "sources": sources,
            "licence": "CC0-1.0",
            "built_with": built_with,
        },
    )


def manifest_faults(folder: Path) -> list[str]:
    """Plain sentences about files that are missing, foreign or not what the manifest says; empty when all is well."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    faults = []
    for name, entry in manifest["files"].items():
        if not (folder / name).is_file():
            faults.append(f"{name} is named in the manifest but is not there.")
        elif file_entry(folder / name) != entry:
            faults.append(f"{name} is not the file that the manifest describes.")
    present = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    foreign = sorted(present - set(manifest["files"]) - {MANIFEST})
    return faults + [f"{name} is not named in the manifest." for name in foreign]
