"""Writes docs/ATLAS_ACCURACY.md: `python packaging/body_atlas/accuracy_page.py FIGURES.json … [--out FILE]`.

FIGURES.json is what `accuracy.py --body NAME --json` wrote, one for each body; the figures of the charts come from the
shipped regions.json. Without figures only the sections about shares and places are renewed.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "packaging"), str(ROOT)]

from body_atlas.site_map_page import short_section
from body_atlas.surface_shares import knee_shares, share_section
from mesomap.atlas import open_atlas

HEAD = """# How true the atlas is

Figures of the shipped body atlas ({id} {version}, bodies {bodies}), measured against exact geodesic distances on their
own mesh (libigl's implementation of Mitchell, Mount and Papadimitriou 1987). They say how true the flat skin charts
are to these bodies. How far a body is from a patient is larger, and is said wherever a figure is shown."""
TABLE = """| figure | goal | measured | command |
|---|---|---|---|
"""


def _percent(value: float, digits: int = 2) -> str:
    return f"{100 * value:.{digits}f} %"


def chart_lines(regions: list[dict[str, Any]]) -> list[str]:
    """Rows of the summary table about the charts."""
    errors = np.array([r["chart"]["area_error_p95"] for r in regions])
    worst = regions[int(errors.argmax())]["id"]
    most = _percent(float(errors.max()), 1)
    within, median = _percent(float((errors <= 0.05).mean()), 0), _percent(float(np.median(errors)), 1)
    return [
        f"| regions, sides apart | at least 100 | {len(regions)} | `build.py` |",
        f"| flipped triangles in all charts | 0 | {sum(r['chart']['flips'] for r in regions)} | `build.py` |",
        "| skin in no region or in two | 0 | 0 (the build fails otherwise) | `build.py` |",
        f"| charts whose p95 triangle area error is within 5 % | 90 % | {within} (median {median}) | `build.py` |",
        f"| p95 triangle area error of the worst chart | 10 % | {most} ({worst}) | `build.py` |",
    ]


def measured_lines(summary: dict[str, float], rows: list[dict[str, Any]]) -> list[str]:
    """Rows of the summary table about coverage and spacing."""
    worst = max(rows, key=lambda r: abs(r["coverage_error"]))["region"]
    lines = [
        f"| covered area of 30 random 5 mm discs, {summary['regions']:.0f} regions: median error | 0.2 % | "
        f"{_percent(summary['coverage_median'], 3)} | `accuracy.py` |",
        f"| the same: worst region | 1 % | {_percent(summary['coverage_worst'], 3)} ({worst}) | `accuracy.py` |",
    ]
    for spacing in (10, 3):
        key = f"spacing_{spacing}"
        held = [r for r in rows if key in r]
        far = max(held, key=lambda r: max(1 - r[key][0], r[key][2] - 1))["region"]
        middle, last = _percent(summary[key + "_median"], 1), _percent(summary[key + "_worst"], 1)
        what = f"neighbour spacing of a {spacing} mm hexagonal fill, p5–p95"
        lines.append(f"| {what}: median of {len(held)} regions | ± 3 % | ± {middle} | `accuracy.py` |")
        lines.append(f"| {what}: worst region | ± 8 % | ± {last} ({far}) | `accuracy.py` |")
    return lines


def region_table(regions: list[dict[str, Any]], rows: list[dict[str, Any]]) -> list[str]:
    """One line per region of the left side and the middle."""
    measured = {r["region"]: r for r in rows}
    out = [
        "| region | cm² | area error p50 / p95 | stretch p5 / p95 | discs | 10 mm p5 / p95 | 3 mm p5 / p95 |",
        "|---|---|---|---|---|---|---|",
    ]
    for region in regions:
        if region["side"] == "right":
            continue
        chart, row = region["chart"], measured.get(region["id"], {})
        spans = [
            f"{row[k][0]:.3f} / {row[k][2]:.3f}" if k in row else "–" for k in ("spacing_10", "spacing_3")
        ]
        discs = f"{100 * row['coverage_error']:+.2f} %" if row else "–"
        areas = f"{100 * chart['area_error_p50']:.1f} / {100 * chart['area_error_p95']:.1f} %"
        stretch = f"{chart['stretch_p5']:.3f} / {chart['stretch_p95']:.3f}"
        cells = [region["id"], f"{region['area_cm2']:.1f}", areas, stretch, discs, *spans]
        out.append("| " + " | ".join(cells) + " |")
    return out


def page(atlas: Path, figures: list[dict[str, Any]], area_lines: dict[str, str], sections: list[str]) -> str:
    """The whole page; `area_lines` says for a body how its area compares with the formulas, `sections` are those about
    shares, landmarks and zones."""
    manifest = json.loads((atlas / "manifest.json").read_text(encoding="utf-8"))
    bodies = [str(f["body"]) for f in figures]
    regions = {b: json.loads((atlas / b / "regions.json").read_text(encoding="utf-8")) for b in bodies}
    parts = [HEAD.format(id=manifest["id"], version=manifest["version"], bodies=" and ".join(bodies))]
    for body, found in zip(bodies, figures, strict=True):
        area = area_lines.get(body, "")
        lines = [f"| skin area against Du Bois and Mosteller | 2 % | {area} | `build.py` |"] if area else []
        lines += chart_lines(regions[body]) + measured_lines(found["summary"], found["rows"])
        parts.append(f"## The {body} body\n\n" + TABLE + "\n".join(lines))
    parts += [*sections, HOW]
    for body, found in zip(bodies, figures, strict=True):
        table = region_table(regions[body], found["rows"])
        parts.append(f"## Region by region, {body} body\n\n" + "\n".join(table))
    return "\n\n".join(parts) + "\n"


def sections_of(folder: Path) -> list[str]:
    """The sections that follow from the shipped atlas alone."""
    bodies = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["bodies"]
    regions = {b: json.loads((folder / b / "regions.json").read_text(encoding="utf-8")) for b in bodies}
    knees = {body: knee_shares(open_atlas(folder, body=body)) for body in bodies}
    return [share_section(regions, knees), short_section(folder)]


def renewed(text: str, sections: list[str]) -> str:
    """The page with those sections replaced that bear the same title; what was measured beside them stays."""
    for section in sections:
        title = section.partition("\n")[0] + "\n"
        before, found, rest = text.partition(title)
        if not found:
            name = title.strip("# \n")
            raise ValueError(f"The page has no section “{name}”.")
        after = rest.partition("\n## ")
        text = f"{before}{section.rstrip()}\n{after[1]}{after[2]}"
    return text


HOW = """## How it is measured

- `python packaging/body_atlas/build.py --only geometry` builds the charts, checks them and prints the first figures; it
  leaves with exit code 1 when a check fails. The area error of a triangle is |chart area ÷ skin area − 1|, the stretch
  are both singular values of skin → chart, weighted by skin area, over the region without its margin.
- `python packaging/body_atlas/accuracy.py --body NAME --json FIGURES.json` measures what the program itself computes
  (`mesomap.coverage`): the union of footprints of up to 30 random places in a window of a region, clipped to the
  region, against the skin within 5 mm of a place by exact distances; and the true distances between lattice
  neighbours of the program's own fills, for up to 25 places at 10 mm and 100 at 3 mm. Neighbours are Delaunay pairs
  whose chart line stays inside the region and is estimated at less than 1.32 spacings. Random numbers are seeded. The
  right side is the mirror image of the left one and is not measured again.
- `python packaging/body_atlas/accuracy_page.py FEMALE.json MALE.json` writes this page; without files it renews the
  sections about shares and places.
- `python packaging/body_atlas/checkerboards.py --out DIR` draws a 10 mm checkerboard of every chart on the body.

The charts favour true areas over true angles: the stretch of a small, strongly curved region (ear, tip of the nose,
toes) is larger than its area error. Fills and footprints correct for it place by place, so that their figures are
better than the stretch alone would allow."""


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Write docs/ATLAS_ACCURACY.md from measured figures.")
    parser.add_argument("figures", type=Path, nargs="*", help="none: renew only what follows from the atlas")
    parser.add_argument("--atlas", type=Path, default=ROOT / "assets" / "body_atlas")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "ATLAS_ACCURACY.md")
    parser.add_argument("--area", nargs="*", default=[], help="BODY=figures of its skin area as build.py printed them")
    options = parser.parse_args()
    figures = [json.loads(file.read_text(encoding="utf-8")) for file in options.figures]
    areas = dict(text.split("=", 1) for text in options.area)
    sections = sections_of(options.atlas)
    old = options.out.read_text(encoding="utf-8") if not figures else ""
    text = page(options.atlas, figures, areas, sections) if figures else renewed(old, sections)
    options.out.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
