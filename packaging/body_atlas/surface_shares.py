"""Shares of the skin by part of the body, against published ones for adults.

Published, all read: head, trunk, arms, hands, legs, feet of adults from the RIVM General Fact Sheet (Bremmer,
Prud'homme de Lodder, van Engelen, RIVM report 320104002/2006) as quoted by the Opasnet page "Body surface area of
European population"; there the neck belongs to the trunk. Thighs and lower legs: adult column of the chart of Lund and
Browder (1944) as quoted by ActivHeal, "Topic Five: Burn Size" (front or back of thigh 4.75, of leg 3.5, each side).
Neck: the same chart as a table in a burn triage program (neck 2 at every age; its other adult rows agree with
ActivHeal's).

The chart names no level for the knee. It is cut where Du Bois and Du Bois measured thigh and leg from: at the lower
border of the patella ("Clinical calorimetry, tenth paper", 1916, read in an excerpt).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from body_atlas.arrays import F64
from mesomap.atlas import Atlas
from mesomap.atlas.landmarks import landmarks_of

GOAL_POINTS = 1.5
PARTS = ("head", "trunk", "arms", "hands", "legs", "feet")
PUBLISHED = {
    "female": {"head": 6.7, "trunk": 34.8, "arms": 13.8, "hands": 4.9, "legs": 32.9, "feet": 6.9},
    "male": {"head": 6.4, "trunk": 36.4, "arms": 14.3, "hands": 4.9, "legs": 31.5, "feet": 6.5},
}
CHART_1944 = {"neck": 2.0, "thighs": 19.0, "lower legs": 14.0}
KNEE = "patella_lower"
GROUPING = """Head: face and scalp. Trunk: with neck, groin, buttocks and hips (the fact sheet has no neck of its own).
Arms: from the shoulder regions to the wrist. Legs: from below the groin to the ankle. Thighs end and lower legs begin
at the height of the lower border of the patella."""
_HANDS = ("hand_", "fingers_")
_FEET = ("foot_", "toes_", "heel.")


def part_of(region: dict[str, Any]) -> str:
    """Published part that a row of regions.json counts to."""
    name, group = str(region["id"]), region["group"]
    if group in ("face", "scalp"):
        return "head"
    if name.startswith(_HANDS):
        return "hands"
    if name.startswith(_FEET):
        return "feet"
    if group == "arm":
        return "arms"
    return "legs" if group == "leg" and not name.startswith("groin.") else "trunk"


def knee_shares(atlas: Atlas) -> tuple[float, float]:
    """Per cent of the whole skin that thighs and lower legs have, cut level at the landmark KNEE of each side.

    A triangle that the level cuts counts to both by the share of its corners' heights. Raises KeyError without it.
    """
    marks, geometry = landmarks_of(atlas), atlas.geometry
    row = marks.row(KNEE, "left")
    if row < 0:
        raise KeyError(KNEE)
    skin = np.flatnonzero(geometry.tri_region >= 0)
    corners = geometry.positions[0][geometry.tri[skin]].astype(float)
    edges = corners[:, 1:] - corners[:, :1]
    area = np.linalg.norm(np.cross(edges[:, 0], edges[:, 1]), axis=1)
    part = [part_of({"id": region.id, "group": region.group}) for region in atlas.regions]
    legs = np.isin(geometry.tri_region[skin], [n for n, name in enumerate(part) if name == "legs"])
    above = share_above(corners[:, :, 1], float(marks.xyz_mm[row, 1]))
    whole = area.sum() / 100
    thighs = float((area[legs] * above[legs]).sum() / whole)
    return thighs, float(area[legs].sum() / whole) - thighs


def share_above(heights: F64, level: float) -> F64:
    """(N) share of the area of triangles, corner heights (N, 3), that lies above a level."""
    low, middle, high = np.sort(heights, axis=1).T
    span = np.maximum(high - low, 1e-9)
    top = np.clip(high - level, 0.0, None) ** 2 / (span * np.maximum(high - middle, 1e-9))
    foot = np.clip(level - low, 0.0, None) ** 2 / (span * np.maximum(middle - low, 1e-9))
    return np.asarray(np.where(level >= middle, np.clip(top, 0, 1), 1 - np.clip(foot, 0, 1)))


def shares(regions: list[dict[str, Any]], knee: tuple[float, float]) -> dict[str, float]:
    """Per cent of the whole skin: the published parts, then neck, thighs and lower legs (`knee`, see knee_shares)."""
    total = sum(float(r["area_cm2"]) for r in regions)

    def per_cent(chosen: list[dict[str, Any]]) -> float:
        return 100 * sum(float(r["area_cm2"]) for r in chosen) / total

    out = {part: per_cent([r for r in regions if part_of(r) == part]) for part in PARTS}
    out["neck"] = per_cent([r for r in regions if r["group"] == "neck"])
    out["thighs"], out["lower legs"] = knee
    return out


def share_section(regions: dict[str, list[dict[str, Any]]], knees: dict[str, tuple[float, float]]) -> str:
    """The section of docs/ATLAS_ACCURACY.md about shares; `regions` and `knees` by body."""
    bodies = [body for body in regions if body in PUBLISHED]
    found = {body: shares(regions[body], knees[body]) for body in bodies}
    head = " | ".join(f"{body} | published | off" for body in bodies)
    lines = [f"| part | {head} |", "|---" * (1 + 3 * len(bodies)) + "|"]
    for part in (*PARTS, *CHART_1944):
        cells = []
        for body in bodies:
            goal = PUBLISHED[body].get(part, CHART_1944.get(part, 0.0))
            off = found[body][part] - goal
            mark = "" if abs(off) <= GOAL_POINTS else " (goal missed)"
            cells += [f"{found[body][part]:.1f} %", f"{goal:.1f} %", f"{off:+.1f}{mark}"]
        lines.append(f"| {part}{'*' if part in CHART_1944 else ''} | " + " | ".join(cells) + " |")
    return "\n\n".join(("## Shares of the skin", INTRO, "\n".join(lines), GROUPING, CHART_NOTE))


INTRO = """Goal: each part within 1.5 points of the whole skin. Published shares of adults: RIVM report 320104002/2006
(General Fact Sheet), men and women of 15 years and more, as quoted by Opasnet, “Body surface area of European
population”."""
CHART_NOTE = """\\* Parts that the fact sheet does not name stand beside the adult column of the chart of Lund and
Browder (1944), one for both sexes: thighs and lower legs as quoted by ActivHeal, “Topic Five: Burn Size” (4.75 for the
front or back of a thigh, 3.5 of a leg), the neck as tabled in a public burn triage program (2; its other rows agree).
The chart gives no level for the knee; it is cut at the lower border of the patella, where Du Bois and Du Bois (1916,
tenth paper on clinical calorimetry) measured thigh and leg from. With half of the knee regions counted to each part
instead, the male thighs would be 1.7 points below and his lower legs 1.6 above the chart: these rows say as much about
where a part ends as about the body."""
