"""Named places on the skin: their page beside the geometry, and where they lie.

An atlas without the page (the first one, a test body) has no landmarks: nothing that uses them fails, it says less.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from mesomap.atlas.atlas import Atlas
from mesomap.atlas.files import read_page
from mesomap.atlas.normals import cross_rows
from mesomap.atlas.records import Floats
from mesomap.atlas.skin import SkinArray
from mesomap.domain.errors import BadInputError, DamagedError
from mesomap.domain.place import SkinPoint, checked_point

FILE = "landmarks.json"
SIDES = ("left", "right", "mid")


@dataclass(frozen=True, slots=True)
class Landmark:
    """One landmark of one side.

    near: groups of regions whose places may be described from it; estimated: its definition rests on the model
    rather than on the shape of its skin; definition and found_by say where it lies and how it was found.
    """

    key: str
    side: str
    name: str
    near: tuple[str, ...]
    estimated: bool
    definition: str
    found_by: str
    skin: SkinPoint

    @property
    def id(self) -> str:
        """Key and side: canthus_lateral.left."""
        return f"{self.key}.{self.side}"


class Landmarks:
    """The landmarks of one body."""

    def __init__(self, atlas: Atlas, rows: tuple[Landmark, ...]) -> None:
        self._atlas = atlas
        self.rows = rows
        self._row = {(mark.key, mark.side): n for n, mark in enumerate(rows)}

    def __len__(self) -> int:
        return len(self.rows)

    def find(self, key: str, side: str = "mid") -> Landmark | None:
        """The landmark of this key and side, or None."""
        row = self._row.get((key, side))
        return None if row is None else self.rows[row]

    def row(self, key: str, side: str = "mid") -> int:
        """Its row, −1 when there is none."""
        return self._row.get((key, side), -1)

    @cached_property
    def skin(self) -> SkinArray:
        """All of them as places (N)."""
        return SkinArray.of([mark.skin for mark in self.rows])

    @cached_property
    def xyz_mm(self) -> Floats:
        """Positions (N, 3), reference mm, body at rest."""
        return self._atlas.position(self.skin)

    @cached_property
    def normals(self) -> Floats:
        """Outward unit normals of their triangles (N, 3)."""
        return triangle_normals(self._atlas, self.skin)


def triangle_normals(atlas: Atlas, points: SkinArray) -> Floats:
    """Outward unit normals (N, 3) of the triangles that places lie on, body at rest."""
    a, b, c = np.moveaxis(atlas.geometry.positions[0][atlas.geometry.tri[points.tri]], 1, 0)
    normal = cross_rows(b - a, c - a)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-12)
    return normal


_KEPT: WeakKeyDictionary[Atlas, Landmarks] = WeakKeyDictionary()


def landmarks_of(atlas: Atlas) -> Landmarks:
    """The landmarks of an atlas, read once; none when it has no page of them. Raises DamagedError."""
    if atlas not in _KEPT:
        file = atlas.folder / atlas.ref.body / FILE
        _KEPT[atlas] = Landmarks(atlas, read_landmarks(file, atlas) if file.is_file() else ())
    return _KEPT[atlas]


def read_landmarks(file: Path, atlas: Atlas) -> tuple[Landmark, ...]:
    """Rows of landmarks.json, each checked to lie on outer skin. Raises DamagedError naming the file."""
    try:
        page = read_page(file, dict)
        if page["format_version"] != 1:
            raise ValueError("format_version")
        rows = tuple(_landmark(row, atlas) for row in page["landmarks"])
        if len({(row.key, row.side) for row in rows}) != len(rows):
            raise ValueError("key")
    except (KeyError, TypeError, ValueError, AttributeError, BadInputError) as error:
        raise DamagedError(
            f"The body atlas file {file.name} is damaged or foreign: it cannot be understood. "
            "Install MesoMap again to restore it."
        ) from error
    return rows


def _landmark(row: dict[str, Any], atlas: Atlas) -> Landmark:
    triangle, b0, b1 = row["skin"]
    skin = checked_point(int(triangle), float(b0), float(b1))
    if row["side"] not in SIDES or not atlas.holds(skin):
        raise ValueError("side or skin")
    return Landmark(
        key=str(row["key"]),
        side=row["side"],
        name=str(row["name"]),
        near=tuple(str(group) for group in row["near"]),
        estimated=bool(row["estimated"]),
        definition=str(row["definition"]),
        found_by=str(row["found_by"]),
        skin=skin,
    )
