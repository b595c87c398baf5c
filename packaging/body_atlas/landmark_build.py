"""landmarks.json of a body: the places found by the rules, laid on the shipped skin, the right side mirrored.

{"format_version": 1, "landmarks": [{"key", "side": "left|right|mid", "name", "near": ["face", …],
 "estimated": true, "definition", "found_by", "off_mm": distance of the skin point from the place the rule
 names, "skin": [triangle, b0, b1]}, …]}
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from body_atlas import files
from body_atlas.arrays import F64
from body_atlas.body import Body
from body_atlas.landmark_finder import Finder, LandmarkError
from body_atlas.landmark_head import head_landmarks
from body_atlas.landmark_limbs import limb_landmarks
from body_atlas.landmark_trunk import trunk_landmarks
from mesomap.atlas import Atlas, SkinArray

FILE = "landmarks.json"
#: A rule's place may lie this far from the skin of the run-time mesh.
LARGEST_OFF_MM = 3.0
_TABLE = Path(__file__).with_name("landmark_table.csv")


@dataclass(frozen=True)
class Placed:
    """Every landmark on the skin: row of the table, side, skin point, distance to the place of its rule (mm)."""

    row: dict[str, str]
    side: str
    skin: SkinArray
    off_mm: float

    def xyz(self, atlas: Atlas) -> F64:
        """(3) position, mm."""
        return np.asarray(atlas.position(self.skin)[0])


def table() -> list[dict[str, str]]:
    """The landmarks in words."""
    with _TABLE.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def place_landmarks(body: Body, atlas: Atlas) -> list[Placed]:
    """Every landmark of the table on a body. Raises LandmarkError naming one without a rule or a place."""
    finder = Finder(body, atlas)
    found = head_landmarks(finder) | trunk_landmarks(finder) | limb_landmarks(finder)
    rows = table()
    if {row["key"] for row in rows} != set(found):
        odd = sorted({row["key"] for row in rows} ^ set(found))
        raise LandmarkError(f"Landmarks without a rule or without a row in the table: {', '.join(odd)}.")
    out = []
    for row in rows:
        place = found[row["key"]]
        skin = atlas.nearest(place[None])
        off = float(np.linalg.norm(atlas.position(skin)[0] - place))
        if skin.tri[0] < 0 or off > LARGEST_OFF_MM:
            raise LandmarkError(f"The landmark {row['key']} lies {off:.1f} mm from the skin.")
        if row["side"] == "mid":
            out.append(Placed(row, "mid", skin, off))
        else:
            out += [Placed(row, "left", skin, off), Placed(row, "right", atlas.mirror(skin), off)]
    return out


def landmark_rows(placed: list[Placed]) -> dict[str, object]:
    """The page landmarks.json."""
    rows = [
        {
            "key": p.row["key"],
            "side": p.side,
            "name": p.row["name"],
            "near": p.row["near"].split(),
            "estimated": p.row["estimated"] == "yes",
            "definition": p.row["definition"],
            "found_by": p.row["found_by"],
            "off_mm": round(p.off_mm, 2),
            "skin": skin_of(p.skin),
        }
        for p in placed
    ]
    return {"format_version": 1, "landmarks": rows}


def skin_of(skin: SkinArray) -> list[float]:
    """[triangle, b0, b1] of one place, to a millionth."""
    b0, b1 = (float(np.clip(round(float(b), 6), 0.0, 1.0)) for b in skin.bary[0])
    return [int(skin.tri[0]), b0, b1]


def write_landmarks(body: Body, atlas: Atlas, folder: Path) -> list[Placed]:
    """Places the landmarks and writes their page into the folder of the body."""
    placed = place_landmarks(body, atlas)
    files.write_json(folder / FILE, landmark_rows(placed))
    return placed
