"""overlays.json of a body: where danger zones, acupoints and key sensory points lie, and what could not be placed.

    {"format_version": 1,
     "zones": [{"key", "side", "parts": [{"region": id, "outline": [[[triangle, b0, b1], …], …]}]}, …],
     "points": [{"code", "part": "" or the level of a pair, "side", "estimate": "" or why it is one,
                 "skin": [triangle, b0, b1]}, …],
     "sensory": [{"level", "side", "estimate", "skin"}, …],
     "gaps": [{"kind": "zone|point|sensory", "key", "why"}, …]}

Words, sources and confidence of each row stay in the tables of mesomap/domain/data.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from body_atlas import files
from body_atlas.acupoint_measures import Cun
from body_atlas.acupoint_rules_body import body_points
from body_atlas.acupoint_rules_head import head_points
from body_atlas.arrays import F64
from body_atlas.landmark_build import Placed
from body_atlas.sensory_rules import WITHOUT_PLACE, sensory_points
from body_atlas.zone_rules import ZONES
from body_atlas.zone_skin import Part, PlaceMissingError, Skin
from mesomap.atlas import Atlas, SkinArray
from mesomap.coverage.fill import outline_on_skin

FILE = "overlays.json"
LEVELS = {"EX-B2": [*(f"T{n}" for n in range(1, 13)), *(f"L{n}" for n in range(1, 6))],
          "EX-HN1": ["front", "behind", "beside"], "EX-LE5": ["outer", "inner"]}  # fmt: skip
_SIMPLER_MM = 0.15
_ESTIMATES = Path(__file__).with_name("acupoint_estimates.csv")


@dataclass
class Overlays:
    """What is laid on a body."""

    zones: list[dict[str, Any]] = field(default_factory=list)
    points: list[dict[str, Any]] = field(default_factory=list)
    sensory: list[dict[str, Any]] = field(default_factory=list)
    gaps: list[dict[str, Any]] = field(default_factory=list)


def lay_overlays(atlas: Atlas, placed: list[Placed], missing: frozenset[str] = frozenset()) -> Overlays:
    """Every zone and point whose landmarks are there; the others as gaps with a sentence. `missing`: left out."""
    skin = Skin(atlas, placed, set(missing))
    out = Overlays()
    for key, rule in ZONES.items():
        try:
            parts = [part for part in rule(skin) if not part.shape.is_empty]
        except PlaceMissingError as error:
            out.gaps.append({"kind": "zone", "key": key, "why": str(error)})
            continue
        out.zones += [{"key": key, "side": side, "parts": _parts(atlas, parts, side)} for side in ("left", "right")]
    _lay_points(atlas, placed, missing, out)
    _lay_sensory(atlas, placed, missing, out)
    return out


def _parts(atlas: Atlas, parts: list[Part], side: str) -> list[dict[str, Any]]:
    """Areas of one side, joined by region; the right side is the mirror image."""
    by_region: dict[str, list[Any]] = {}
    for part in parts:
        by_region.setdefault(part.region_id, []).append(part.shape)
    rows = []
    for region_id, shapes in by_region.items():
        shape = shapely.simplify(shapely.union_all(shapes), _SIMPLER_MM)
        outline = outline_on_skin(atlas.chart(region_id), shape)
        home = region_id
        if side == "right":
            home = atlas.mirror_region(region_id).id
            outline = tuple(atlas.mirror(SkinArray.of(ring)).points() for ring in outline)
        rings = [[_rounded(*corner) for corner in ring] for ring in outline]
        if rings:
            rows.append({"region": home, "outline": rings})
    return rows


def _rounded(triangle: int, b0: float, b1: float) -> list[float]:
    first = float(np.clip(round(b0, 4), 0.0, 1.0))
    return [int(triangle), first, float(np.clip(round(b1, 4), 0.0, round(1.0 - first, 4)))]


def _lay_points(atlas: Atlas, placed: list[Placed], missing: frozenset[str], out: Overlays) -> None:
    """Every point; one whose words name a landmark that is missing becomes a gap."""
    skin = Skin(atlas, placed, set(missing), forgiving=True)
    cun = Cun(skin)
    found: dict[str, list[F64]] = head_points(skin, cun) | body_points(skin, cun)
    with _ESTIMATES.open(encoding="utf-8", newline="") as rows:
        estimates = {row["code"]: row["why"] for row in csv.DictReader(rows)}
    for code, places in found.items():
        levels = LEVELS.get(code, [""] * len(places))
        for level, place in zip(levels, places, strict=True):
            if np.isfinite(place).all():
                out.points += _point(atlas, code, level, place, estimates.get(code, ""))
            else:
                why = "It needs a landmark that this body does not have, or a way along the skin that ends."
                out.gaps.append({"kind": "point", "key": f"{code} {level}".strip(), "why": why})


def _lay_sensory(atlas: Atlas, placed: list[Placed], missing: frozenset[str], out: Overlays) -> None:
    """Every key sensory point; a level without a place, or whose landmark is missing, becomes a gap."""
    skin = Skin(atlas, placed, set(missing), forgiving=True)
    for level, (place, why) in sensory_points(skin).items():
        if not np.isfinite(place).all():
            missed = "It needs a landmark that this body does not have."
            out.gaps.append({"kind": "sensory", "key": level, "why": missed})
            continue
        here = atlas.nearest(place[None])
        for side, skin_point in (("left", here), ("right", atlas.mirror(here))):
            row = {"level": level, "side": side, "estimate": why}
            out.sensory.append({**row, "skin": _rounded(*skin_point.points()[0])})
    out.gaps += [{"kind": "sensory", "key": level, "why": why} for level, why in WITHOUT_PLACE.items()]


def _point(atlas: Atlas, code: str, level: str, place: F64, estimate: str) -> list[dict[str, Any]]:
    """One row on the midline, else one a side."""
    middle = abs(float(place[0])) < 0.5
    here = atlas.nearest((place * [0.0, 1.0, 1.0] if middle else place)[None])
    row = {"code": code, "part": level, "estimate": estimate}
    left = {**row, "side": "mid" if middle else "left", "skin": _rounded(*here.points()[0])}
    if middle:
        return [left]
    return [left, {**row, "side": "right", "skin": _rounded(*atlas.mirror(here).points()[0])}]


def write_overlays(atlas: Atlas, placed: list[Placed], folder: Path) -> Overlays:
    """Lays the overlays of a body and writes their page into its folder."""
    out = lay_overlays(atlas, placed)
    lists = {"zones": out.zones, "points": out.points, "sensory": out.sensory, "gaps": out.gaps}
    files.write_compact_json(folder / FILE, {"format_version": 1}, lists)
    return out
