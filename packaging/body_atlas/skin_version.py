"""Which atlas versions share the skin of a body, and the digest that proves it.

A recorded place is a triangle and two weights, so it keeps its meaning as long as every array that says where skin,
regions and charts lie stays the same, bit by bit. New views, pictures or bodies raise the atlas version and leave the
skin alone; the build fails when a skin that was released changes.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np

ATLAS_VERSION = "1.2.0"
SKIN_VERSIONS = {"female": ("1.0.0", "1.1.0", "1.2.0"), "male": ("1.1.0", "1.2.0")}
"""Atlas versions that have this very skin, the oldest first."""
RELEASED_SKIN = {
    "female": "c32f4aed026ec117972c3f66d5a3cd75bc8e984701867760141ff2a73fcd2194",
    "male": "34f7bce62c65e9e4c43c76e2a1d9134b2ae24db99c794c446c653af364aa4b78",
}
"""Digest of every released skin."""
_SEEN_FROM = "view_visible"


def skin_digest(folder: Path) -> str:
    """SHA-256 over the region ids and every array of a body but the one that depends on its views."""
    whole = hashlib.sha256()
    regions = json.loads((folder / "regions.json").read_text(encoding="utf-8"))
    whole.update("\n".join(str(row["id"]) for row in regions).encode())
    with np.load(folder / "geometry.npz", allow_pickle=False) as arrays:
        for name in sorted(arrays.files):
            if name != _SEEN_FROM:
                array = np.ascontiguousarray(arrays[name])
                whole.update(f"{name} {array.dtype.str} {array.shape}".encode())
                whole.update(array.tobytes())
    return whole.hexdigest()


def skin_rows(folder: Path, bodies: list[str]) -> dict[str, Any]:
    """The `skin` entry of the manifest: digest and versions of every body that has a geometry."""
    return {
        body: {"sha256": skin_digest(folder / body), "versions": list(SKIN_VERSIONS[body])}
        for body in bodies
        if (folder / body / "geometry.npz").is_file() and (folder / body / "regions.json").is_file()
    }


def skin_faults(folder: Path, bodies: list[str]) -> list[str]:
    """A sentence for each body whose skin is not the released one."""
    return [
        f"The skin of the {body} body is not the one released with atlas {SKIN_VERSIONS[body][0]}: "
        "recorded places would move. Give the changed skin a folder and a version of its own."
        for body, row in skin_rows(folder, bodies).items()
        if body in RELEASED_SKIN and row["sha256"] != RELEASED_SKIN[body]
    ]
