"""The arrays of geometry.npz, read and checked once (docs/ATLAS_FORMAT.md)."""

import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from math import prod
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from mesomap.atlas.records import Floats, Ints
from mesomap.domain.errors import DamagedError

#: Bytes of all lists together, unpacked; the shipped bodies take a fiftieth of it.
_MAX_BYTES = 1 << 28
POSITION_UNIT_MM = 0.05
CHART_UNIT_MM = 0.02

#: name: (kinds of dtype allowed, shape; a letter is a length that must agree, None is free)
_LAYOUT: dict[str, tuple[str, tuple[str | int | None, ...]]] = {
    "vert_xyz": ("i", ("P", "V", 3)),
    "tri": ("iu", ("T", 3)),
    "tri_region": ("i", ("T",)),
    "mirror_vert": ("iu", ("V",)),
    "mirror_tri": ("iu", ("T",)),
    "mirror_perm": ("u", ("T",)),
    "border_tri": ("iu", ("B",)),
    "border_regions": ("i", ("B", 4)),
    "border_field": ("i", ("B", 3, 4)),
    "region_mirror": ("iu", ("R",)),
    "chart_vert_offset": ("iu", ("R+1",)),
    "chart_vert": ("iu", ("C",)),
    "chart_xy": ("i", ("C", 2)),
    "chart_tri_offset": ("iu", ("R+1",)),
    "chart_tri": ("iu", ("K",)),
    "ring_start": ("iu", ("R+1",)),
    "ring_offset": ("iu", (None,)),
    "ring_tri": ("iu", ("G",)),
    "ring_bary": ("f", ("G", 2)),
    "view_visible": ("u", ("W", None)),
}


@dataclass(frozen=True, eq=False)
class Geometry:
    """The skin. Names and meanings as in docs/ATLAS_FORMAT.md; positions still as stored integers."""

    vert_xyz: NDArray[np.int16]
    tri: Ints
    tri_region: NDArray[np.int16]
    mirror_vert: Ints
    mirror_tri: Ints
    mirror_perm: NDArray[np.uint8]
    border_tri: NDArray[np.int32]
    border_regions: NDArray[np.int16]
    border_field: NDArray[np.int16]
    region_mirror: Ints
    chart_vert_offset: Ints
    chart_vert: NDArray[np.int32]
    chart_xy: NDArray[np.int16]
    chart_tri_offset: Ints
    chart_tri: NDArray[np.int32]
    ring_start: Ints
    ring_offset: Ints
    ring_tri: Ints
    ring_bary: Floats
    view_visible: NDArray[np.uint8]

    @cached_property
    def positions(self) -> Floats:
        """Positions (P, V, 3) in mm."""
        return np.multiply(self.vert_xyz, POSITION_UNIT_MM, dtype=np.float64)

    @property
    def region_count(self) -> int:
        """Number of regions."""
        return len(self.region_mirror)


def read_geometry(file: Path, region_count: int, view_count: int) -> Geometry:
    """Read and check geometry.npz. Raises DamagedError naming the file and what is wrong with it."""
    arrays = _read_arrays(file)
    sizes: dict[str, int] = {"R": region_count, "R+1": region_count + 1, "W": view_count}
    for name, (kinds, shape) in _LAYOUT.items():
        array = arrays.get(name)
        if array is None:
            raise _damaged(file, f"the list “{name}” is missing")
        fits = array.dtype.kind in kinds and array.ndim == len(shape)
        if fits:
            for length, want in zip(array.shape, shape, strict=True):
                known = want if isinstance(want, int) else sizes.setdefault(want, length) if want else length
                fits = fits and length == known
        if not fits:
            raise _damaged(file, f"the list “{name}” has the wrong shape or kind")
    _check_ranges(file, arrays, sizes)
    return _built(arrays)


def _built(arrays: dict[str, NDArray[Any]]) -> Geometry:
    wide = [name for name in _LAYOUT if name.endswith("_offset")]
    wide += ["tri", "mirror_vert", "mirror_tri", "region_mirror", "ring_tri", "ring_start"]
    wanted: dict[str, Any] = {name: arrays[name] for name in _LAYOUT}
    wanted.update({name: arrays[name].astype(np.int64) for name in wide})
    wanted["ring_bary"] = arrays["ring_bary"].astype(np.float64)
    return Geometry(**wanted)


def _read_arrays(file: Path) -> dict[str, NDArray[Any]]:
    try:
        with file.open("rb") as stream:
            _check_sizes(file, stream)
            with np.load(stream, allow_pickle=False) as archive:
                return {name: archive[name] for name in archive.files}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error, AttributeError) as error:
        raise _damaged(file, "it cannot be read") from error


def _check_sizes(file: Path, stream: IO[bytes]) -> None:
    """No list may claim more values than it holds, nor all together more than a body needs: memory is taken by claims.

    Leaves the stream at its begin. Raises DamagedError, and what zipfile and numpy raise for other files.
    """
    total = 0
    with zipfile.ZipFile(stream) as archive:
        for part in archive.infolist():
            total += part.file_size
            if total > _MAX_BYTES:
                raise _damaged(file, "it is larger than any body")
            with archive.open(part) as values:
                old = np.lib.format.read_magic(values) == (1, 0)
                read = np.lib.format.read_array_header_1_0 if old else np.lib.format.read_array_header_2_0
                shape, _, kind = read(values)
                if kind.hasobject or prod(shape) * kind.itemsize != part.file_size - values.tell():
                    raise _damaged(file, f"the list “{part.filename[:40]}” has the wrong shape or kind")
    stream.seek(0)


def _check_ranges(file: Path, arrays: dict[str, NDArray[Any]], sizes: dict[str, int]) -> None:
    """Every index must lie in its table, every slice table must rise from 0 to the length it slices."""
    ranges = {
        "tri": (0, "V"), "tri_region": (-1, "R"), "mirror_vert": (0, "V"), "mirror_tri": (0, "T"),
        "border_tri": (0, "T"), "border_regions": (-1, "R"), "region_mirror": (0, "R"),
        "chart_vert": (0, "V"), "chart_tri": (0, "T"), "ring_tri": (0, "T"),
    }  # fmt: skip
    for name, (low, table) in ranges.items():
        array = arrays[name]
        if array.size and (int(array.min()) < low or int(array.max()) >= sizes[table]):
            raise _damaged(file, f"the list “{name}” points outside the body")
    slices = {
        "chart_vert_offset": sizes["C"], "chart_tri_offset": sizes["K"], "ring_offset": sizes["G"],
        "ring_start": len(arrays["ring_offset"]) - 1,
    }  # fmt: skip
    for name, end in slices.items():
        array = arrays[name].astype(np.int64)
        if len(array) == 0 or array[0] != 0 or array[-1] != end or (np.diff(array) < 0).any():
            raise _damaged(file, f"the list “{name}” does not fit the list that it divides")
    if arrays["view_visible"].shape[1] != (sizes["T"] + 7) // 8:
        raise _damaged(file, "the list “view_visible” has the wrong shape or kind")
    if (np.diff(arrays["border_tri"].astype(np.int64)) <= 0).any():
        raise _damaged(file, "the list “border_tri” is not in order")
    perm = arrays["mirror_perm"]
    if perm.size and not np.isin(perm, (1, 2, 3, 5, 6, 7)).all():
        raise _damaged(file, "the list “mirror_perm” names corners that do not exist")
    bary = arrays["ring_bary"]
    if not (np.isfinite(bary).all() and (bary >= -1e-3).all() and (bary.sum(axis=1) <= 1.001).all()):
        raise _damaged(file, "the list “ring_bary” has weights outside their triangles")


def _damaged(file: Path, what: str) -> DamagedError:
    return DamagedError(
        f"The body atlas file {file.name} is damaged or foreign: {what}. Install MesoMap again to restore it."
    )
