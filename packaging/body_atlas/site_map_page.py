"""Writes docs/ATLAS_PLACES.md: `python packaging/body_atlas/site_map_page.py [--out FILE]`.

Every landmark, danger zone, acupoint and key sensory point with its definition and how it was placed, what each region
is linked to, and every gap. accuracy_page.py takes the short section of it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

sys.path[:0] = [str(Path(__file__).resolve().parents[n]) for n in (1, 2)]

from body_atlas.zone_rules import ZONES
from mesomap.atlas import Atlas, open_atlas
from mesomap.atlas.files import read_manifest
from mesomap.atlas.landmarks import landmarks_of
from mesomap.atlas.overlays import overlays_of
from mesomap.domain.acupoints import acupoints
from mesomap.domain.danger_zones import danger_zones
from mesomap.domain.sensory_points import sensory_points
from mesomap.services.region_map import RegionLinks, region_links

ROOT = Path(__file__).resolve().parents[2]

HEAD = """# Places of the atlas: landmarks, danger zones, acupoints, key sensory points

What is placed on the skin, by which words, and what is not known. The places are found anew on every body by the same
rules (`packaging/body_atlas/landmark_*.py`, `zone_*.py`, `acupoint_*.py`, `sensory_rules.py`); the right side is the
exact mirror image of the left one. Nothing here advises, nothing is complete, and a place without a mark means nothing.

Position in words tells the straight distance from the plane that halves the body, and what separates a place from the
nearest landmark along the body axes, along the limb on arm and leg; in the patient's mm.
"""


def short_section(folder: Path) -> str:
    """The section of the accuracy page: figures and gaps."""
    atlas = open_atlas(folder, read_manifest(folder).bodies[0])
    links = region_links(atlas)
    laid, marks = overlays_of(atlas), landmarks_of(atlas)
    estimated = sum(mark.estimated for mark in marks.rows)
    guessed = len({point.code for point in laid.points if point.estimate})
    levels = {place.level for place in laid.sensory}
    unsure = len({place.level for place in laid.sensory if place.estimate})
    lines = [
        "## Landmarks, danger zones, acupoints",
        "",
        f"{len(marks)} landmarks ({estimated} of them estimates, sides counted apart), {len(danger_zones())} danger "
        f"zones as bands, {len(acupoints())} acupoints ({guessed} at an estimated place), {len(levels)} of "
        f"{len(sensory_points())} key sensory points ({unsure} at an estimated place), all by rules that serve every "
        "body; each landmark lies within 1 mm of the place that its rule names. Definitions, widths, sources and links "
        "of every region: [ATLAS_PLACES](ATLAS_PLACES.md). What is not known:",
        "",
        *gap_lines(links),
        *(f"- {gap.kind} {gap.key}: {gap.why}" for gap in laid.gaps),
        "- Bony landmarks do not show on the skin of the model; they are estimates and say so in their definitions.",
        "- The zone of the pleura leaves out the intercostal spaces.",
        "- Danger zones of the joints are those for which a source with a place was read. Not drawn, as none was: "
        "cephalic and small saphenous vein, superior gluteal nerve, digital nerves; the musculocutaneous nerve is told "
        "from the coracoid process, which does not show on the model. The depths of these zones are not in the table.",
        "- Dermatomes are not drawn: no source with borders was read, and maps differ. Instead the key sensory points "
        "of ISNCSCI show as points.",
        *(shape_line(open_atlas(folder, body)) for body in read_manifest(folder).bodies),
    ]
    return "\n".join(lines)


def shape_line(atlas: Atlas) -> str:
    """How a body stands, measured: what looks odd beside a person and no place depends on."""
    geometry = atlas.geometry
    rest = geometry.positions[0]
    skin = rest[np.unique(geometry.tri[geometry.tri_region >= 0])]
    low, high = float(skin[:, 1].min()), float(skin[:, 1].max())
    crotch = rest[np.unique(geometry.tri[geometry.tri_region == atlas.region_index("perineum.mid")]), 1]
    share = 100 * (float(crotch.min()) - low) / (high - low)
    right_x, _, toward_x = atlas.view("knee_front_left").rotation[:, 0]
    outward = float(np.degrees(np.arctan2(toward_x, right_x)))
    return (
        f"- The {atlas.ref.body} body has its crotch at {share:.0f} % of its height and kneecaps that look "
        f"{outward:.0f}° outward, as the source stands; the views of the knee are turned with them."
    )


def gap_lines(links: tuple[RegionLinks, ...]) -> list[str]:
    """Regions without thickness and without code, sides left out."""
    bare = dict.fromkeys(row.region_id.rpartition(".")[0] for row in links if row.thickness is None)
    uncoded = dict.fromkeys(row.region_id.rpartition(".")[0] for row in links if not row.code_key)
    assumed = dict.fromkeys(
        row.region_id.rpartition(".")[0] for row in links if row.thickness is not None and not row.thickness.measured
    )
    return [
        f"- No skin thickness (“no data”): {', '.join(bare)}.",
        f"- Thickness only as a working default for both sexes: {', '.join(assumed)}.",
        f"- No code: {', '.join(uncoded)}.",
    ]


def page(atlas: Atlas) -> str:
    """The whole page."""
    parts = [HEAD, _landmarks(atlas), _zones(), _points(atlas), _sensory(atlas), _regions(atlas)]
    return "\n\n".join(parts) + "\n"


def _landmarks(atlas: Atlas) -> str:
    lines = ["## Landmarks", "", "| landmark | sides | definition | found by |", "|---|---|---|---|"]
    for mark in landmarks_of(atlas).rows:
        if mark.side != "right":
            sides = "middle" if mark.side == "mid" else "both"
            lines.append(f"| {mark.name} | {sides} | {mark.definition} | {mark.found_by} |")
    return "\n".join(lines)


def _zones() -> str:
    lines = [
        "## Danger zones",
        "",
        "Where a mean and its SD are known the band reaches two SD to each side, at least 5 mm; elsewhere it is as "
        "wide as its sources leave open.",
        "",
        "| zone | drawn | row | confidence | sources |",
        "|---|---|---|---|---|",
    ]
    for key, zone in danger_zones().items():
        drawn = " ".join((ZONES[key].__doc__ or "").split())
        lines.append(f"| {zone.structure} | {drawn} | {zone.status} | {zone.confidence} | {zone.sources} |")
    return "\n".join(lines)


def _points(atlas: Atlas) -> str:
    lines = [
        "## Acupoints",
        "",
        "Lengths are in cun of the part of the body, from proportions between landmarks (recalled, WHO 2008).",
        "",
        "| point | where, in our words | estimated because | row |",
        "|---|---|---|---|",
    ]
    why = {point.code: point.estimate for point in overlays_of(atlas).points}
    for code, point in acupoints().items():
        lines.append(f"| {code} {point.name} | {point.where} | {why.get(code, 'not placed')} | {point.status} |")
    return "\n".join(lines)


def _sensory(atlas: Atlas) -> str:
    laid = overlays_of(atlas)
    why = {place.level: place.estimate for place in laid.sensory}
    missing = {gap.key: gap.why for gap in laid.gaps if gap.kind == "sensory"}
    lines = [
        "## Key sensory points",
        "",
        "The points at which the International Standards for Neurological Classification of Spinal Cord Injury "
        "(ISNCSCI) test feeling, one a level and side. They are no dermatomes: borders differ from map to map and from "
        "person to person, and none are drawn.",
        "",
        "| level | where, in our words | estimated because | source |",
        "|---|---|---|---|",
    ]
    for level, point in sensory_points().items():
        reason = why[level] if level in why else f"not placed: {missing.get(level, 'no rule')}"
        lines.append(f"| {level} | {point.where} | {reason} | {point.source} |")
    return "\n".join(lines)


def _regions(atlas: Atlas) -> str:
    lines = [
        "## Regions and what they are linked to",
        "",
        "| region | thickness | code | danger zones | acupoints |",
        "|---|---|---|---|---|",
    ]
    for row in region_links(atlas):
        if row.region_id.endswith(".right"):
            continue
        skin = "no data"
        if row.thickness is not None:
            skin = f"{row.thickness.site}, {'measured' if row.thickness.measured else 'default'}"
        cells = [row.region_id, skin, row.code_key or "–", ", ".join(row.zones) or "–", ", ".join(row.points) or "–"]
        lines.append("| " + " | ".join(cells) + " |")
    links = region_links(atlas)
    return "\n".join([*lines, "", "## Gaps", "", *gap_lines(links)])


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Write docs/ATLAS_PLACES.md from the shipped atlas.")
    parser.add_argument("--atlas", type=Path, default=ROOT / "assets" / "body_atlas")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "ATLAS_PLACES.md")
    options = parser.parse_args()
    options.out.write_text(page(open_atlas(options.atlas)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
