"""Every region of the body: the painted fields in atlas order and the table of their names."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from body_atlas.border_cut import all_pieces, region_share
from body_atlas.border_fields import find_borders, quantise, smooth_fields
from body_atlas.landmarks import read_landmarks
from body_atlas.painter import REACH_MM, Painter, split_sides
from body_atlas.rules_head import paint_head
from body_atlas.rules_limbs import paint_arm, paint_leg
from body_atlas.rules_trunk import paint_trunk
from body_atlas.surface import Floats, Ints, Surface

if TYPE_CHECKING:
    from body_atlas.body import Body

TABLE = Path(__file__).with_name("region_names.csv")
LANGUAGES = ("en", "fr", "it", "de", "es")
FIXED_SCALE_GROUPS = frozenset({"face", "scalp", "neck"})


class RegionError(Exception):
    """The rules and the table of names do not agree."""


@dataclass(frozen=True)
class RegionKind:
    """A row of region_names.csv: one region, or a left and a right one."""

    key: str
    group: str
    sided: bool
    parts: int
    fixed_scale: bool
    margin_mm: float
    names: dict[str, str]


def read_kinds(path: Path = TABLE) -> list[RegionKind]:
    """The table of region kinds in atlas order; raises RegionError on a doubled key or an empty name."""
    kinds = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names = {code: row[code].strip() for code in LANGUAGES}
            if not all(names.values()):
                raise RegionError(f"Region {row['key']} has no name in every language; complete region_names.csv.")
            kinds.append(
                RegionKind(
                    row["key"], row["group"], row["sided"] == "yes", int(row["parts"]), row["fixed_scale"] == "yes",
                    float(row["margin_mm"]), names,
                )
            )
    keys = [k.key for k in kinds]
    if len(set(keys)) != len(keys):
        raise RegionError("A region key occurs twice in region_names.csv.")
    return kinds


@dataclass(frozen=True)
class Region:
    """One region of the atlas: `id` is `key.side`, `twin` the index of the other side (itself in the middle)."""

    id: str
    side: str
    kind: RegionKind
    twin: int


def list_regions(kinds: list[RegionKind]) -> list[Region]:
    """Regions in atlas order: the kinds, left before right."""
    out: list[Region] = []
    for kind in kinds:
        at = len(out)
        if kind.sided:
            out.append(Region(f"{kind.key}.left", "left", kind, at + 1))
            out.append(Region(f"{kind.key}.right", "right", kind, at))
        else:
            out.append(Region(f"{kind.key}.mid", "mid", kind, at))
    return out


def painted_fields(body: Body, kinds: list[RegionKind]) -> Floats:
    """Fields before smoothing, (V, kinds), equal on both sides; raises RegionError when table and rules differ."""
    marks = read_landmarks(body)
    painter = Painter(len(marks.u))
    paint_trunk(painter, marks)
    paint_leg(painter, marks)
    paint_arm(painter, marks)
    paint_head(painter, marks)
    painted, named = set(painter.fields), {k.key for k in kinds}
    if painted != named:
        odd = ", ".join(sorted(painted ^ named))
        raise RegionError(f"The rules and region_names.csv do not hold the same regions: {odd}.")
    return np.stack([painter.fields[k.key] for k in kinds], axis=1)


def without_stray_parts(surface: Surface, fields: Floats, regions: list[Region]) -> tuple[Floats, list[str]]:
    """Fields (V, R) in which every region has only its allowed number of parts; strays go to the neighbours.

    `surface` is the outer skin. A stray part loses its claim at its vertices. Returns the fields and the ids of the
    regions that still have strays (they need another rule).
    """
    fields = fields.copy()
    whole = np.ones(len(surface.tri), dtype=bool)
    stubborn: list[str] = []
    for _ in range(6):
        borders = find_borders(surface.tri, whole, quantise(fields))
        pieces = all_pieces(borders)
        stubborn = []
        for k, region in enumerate(regions):
            part = surface.components(region_share(borders, pieces, k) > 0)
            if part.max() < region.kind.parts:
                continue
            stubborn.append(region.id)
            kept = np.unique(surface.tri[(part >= 0) & (part < region.kind.parts)])
            stray = np.unique(surface.tri[part >= region.kind.parts])
            alone = np.setdiff1d(stray, kept)
            fields[alone if len(alone) else stray, k] = -REACH_MM
        if not stubborn:
            break
    return fields, stubborn


def symmetric(fields: Floats, mirror_vert: Ints) -> Floats:
    """Mean of the fields and their mirror images (kinds have no side)."""
    return np.asarray(0.5 * (fields + fields[mirror_vert]))


def sided_fields(fields: Floats, kinds: list[RegionKind], x_mm: Floats) -> Floats:
    """Columns of `list_regions` from the columns of the kinds, cut at the midline, (V, R)."""
    middle = frozenset(k.key for k in kinds if not k.sided)
    named = {k.key: fields[:, i] for i, k in enumerate(kinds)}
    split = split_sides(named, x_mm, middle)
    return np.stack([split[r.id] for r in list_regions(kinds)], axis=1)


def region_fields(body: Body, kinds: list[RegionKind], surface: Surface) -> NDArray[np.int16]:
    """The quantised fields that ship, (V, R) int16; `surface` is the outer skin over all vertices of the body."""
    x_mm = surface.verts[:, 0]
    raw = symmetric(painted_fields(body, kinds), body.mirror_vert)
    smooth = symmetric(smooth_fields(surface, raw), body.mirror_vert)
    regions = list_regions(kinds)
    clean, stubborn = without_stray_parts(surface, sided_fields(smooth, kinds, x_mm), regions)
    if stubborn:
        raise RegionError(f"These regions fall apart on the skin: {', '.join(stubborn)}; change their rules.")
    return quantise(clean)
