"""Shares of the skin by part of the body, against published ones for adults.

Published: head, trunk, arms, hands, legs, feet of adults from the RIVM General Fact Sheet (Bremmer, Prud'homme de
Lodder, van Engelen, RIVM report 320104002/2006), read as quoted by the Opasnet page "Body surface area of European
population"; there the neck belongs to the trunk. Neck, thighs and lower legs: the adult column of the chart of Lund and
Browder 1944 (neck 2, thighs 19, lower legs 14), from general knowledge and not read in the source.
"""

from __future__ import annotations

from typing import Any

GOAL_POINTS = 1.5
PARTS = ("head", "trunk", "arms", "hands", "legs", "feet")
PUBLISHED = {
    "female": {"head": 6.7, "trunk": 34.8, "arms": 13.8, "hands": 4.9, "legs": 32.9, "feet": 6.9},
    "male": {"head": 6.4, "trunk": 36.4, "arms": 14.3, "hands": 4.9, "legs": 31.5, "feet": 6.5},
}
RECALLED = {"neck": 2.0, "thighs": 19.0, "lower legs": 14.0}
GROUPING = """Head: face and scalp. Trunk: with neck, groin, buttocks and hips (the fact sheet has no neck of its own).
Arms: from the shoulder regions to the wrist. Legs: from below the groin to the ankle; the knee regions count half to
the thigh and half to the lower leg."""
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


def shares(regions: list[dict[str, Any]]) -> dict[str, float]:
    """Per cent of the whole skin: the published parts, then neck, thighs and lower legs."""
    total = sum(float(r["area_cm2"]) for r in regions)

    def per_cent(chosen: list[dict[str, Any]]) -> float:
        return 100 * sum(float(r["area_cm2"]) for r in chosen) / total

    out = {part: per_cent([r for r in regions if part_of(r) == part]) for part in PARTS}
    thighs = [r for r in regions if str(r["id"]).startswith("thigh_")]
    knees = [r for r in regions if str(r["id"]).startswith(("knee_", "popliteal."))]
    out["neck"] = per_cent([r for r in regions if r["group"] == "neck"])
    out["thighs"] = per_cent(thighs) + per_cent(knees) / 2
    out["lower legs"] = out["legs"] - out["thighs"]
    return out


def share_section(regions: dict[str, list[dict[str, Any]]]) -> str:
    """The section of docs/ATLAS_ACCURACY.md about shares; `regions` by body."""
    bodies = [body for body in regions if body in PUBLISHED]
    found = {body: shares(regions[body]) for body in bodies}
    head = " | ".join(f"{body} | published | off" for body in bodies)
    lines = [f"| part | {head} |", "|---" * (1 + 3 * len(bodies)) + "|"]
    for part in (*PARTS, *RECALLED):
        cells = []
        for body in bodies:
            goal = PUBLISHED[body].get(part, RECALLED.get(part, 0.0))
            off = found[body][part] - goal
            mark = "" if abs(off) <= GOAL_POINTS else " (goal missed)"
            cells += [f"{found[body][part]:.1f} %", f"{goal:.1f} %", f"{off:+.1f}{mark}"]
        lines.append(f"| {part}{'*' if part in RECALLED else ''} | " + " | ".join(cells) + " |")
    return "\n\n".join(("## Shares of the skin", INTRO, "\n".join(lines), GROUPING, RECALLED_NOTE))


INTRO = """Goal: each part within 1.5 points of the whole skin. Published shares of adults: RIVM report 320104002/2006
(General Fact Sheet), men and women of 15 years and more, as quoted by Opasnet, “Body surface area of European
population”."""
RECALLED_NOTE = """\\* Parts that the fact sheet does not name stand beside the adult column of the chart of Lund and
Browder (1944), which was not read for this page and does not tell the sexes apart; its cuts (neck, knee, hip) are not
given exactly, so these rows say more about where a part ends than about the body."""
