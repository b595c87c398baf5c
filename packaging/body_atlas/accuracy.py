"""Measures the shipped atlas against exact geodesics: `python packaging/body_atlas/accuracy.py [--body NAME]`.

Coverage: N random discs of 5 mm in a window of a region, as the program computes it (mesomap.coverage on the chart)
against the skin that truly lies within 5 mm of a centre, both clipped to the region. Spacing: true distances between
neighbours of the program's own fills. Everything is seeded; the same atlas gives the same figures.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from scipy.spatial import Delaunay

ROOT = Path(__file__).resolve().parents[2]
for folder in (ROOT, ROOT / "packaging"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

from body_atlas.geodesic import distances, patch_round, refine, samples_within
from body_atlas.surface import Floats, Ints
from mesomap.atlas import Atlas, SkinArray, open_atlas
from mesomap.coverage import fill
from mesomap.coverage.footprints import footprints

RADIUS_MM = 5.0
DISCS = 30
WINDOW_MM = 32.0
MESH_MM = 2.2


def skin_near(atlas: Atlas, region_id: str) -> Ints:
    """Ids of the outer-skin triangles in and near the chart of a region (a box 12 mm wider)."""
    geometry = atlas.geometry
    skin = np.flatnonzero(np.asarray(geometry.tri_region) >= 0)
    corner = geometry.positions[0][geometry.tri[atlas.chart(region_id).tri]].reshape(-1, 3)
    centre = geometry.positions[0][geometry.tri[skin]].mean(axis=1)
    near = (centre > corner.min(axis=0) - 12.0) & (centre < corner.max(axis=0) + 12.0)
    return np.asarray(skin[near.all(axis=1)])


def random_places(atlas: Atlas, region_id: str, rng: np.random.Generator) -> SkinArray:
    """Up to DISCS places of a region, evenly spread by chart area, all within a window round a random one."""
    chart = atlas.chart(region_id)
    x0, y0, x1, y1 = chart.polygon.bounds
    found: list[Floats] = []
    middle: Floats | None = None
    for _ in range(4000):
        xy = rng.uniform((x0, y0), (x1, y1))
        if middle is not None and np.hypot(*(xy - middle)) > WINDOW_MM:
            continue
        if shapely.contains_xy(chart.polygon, xy[0], xy[1]):
            middle = xy if middle is None else middle
            found.append(xy)
        if len(found) == DISCS:
            break
    places = chart.from_chart(np.array(found))
    return places[places.tri >= 0]


def coverage_error(atlas: Atlas, region_id: str, seed: int) -> tuple[float, float]:
    """(area of the program, true area) in mm² of random discs in one region."""
    rng = np.random.default_rng(seed)
    places = random_places(atlas, region_id, rng)
    chart = atlas.chart(region_id)
    geometry = atlas.geometry
    patch = patch_round(
        geometry.positions[0], geometry.tri.astype(np.int64), skin_near(atlas, region_id), places.tri, places.weights(),
        RADIUS_MM + 1.0,
    )
    at = off_the_edges(places)
    shapes = footprints(chart.metric, chart.to_chart(at), RADIUS_MM)
    ours = chart.metric.area_mm2(shapely.intersection(shapely.union_all(shapes), chart.polygon))
    tri, bary, area = samples_within(refine(patch, MESH_MM), RADIUS_MM)
    inside = atlas.region_at(SkinArray(tri, bary[:, :2])) == chart.region.index
    return float(ours), float(area[inside].sum())


def off_the_edges(places: SkinArray) -> SkinArray:
    """The places as `patch_round` inserts them: moved a little off the edges of their triangles."""
    b = np.clip(places.weights(), 0.02, None)
    return SkinArray(places.tri, (b / b.sum(axis=1, keepdims=True))[:, :2])


def spacing_ratios(atlas: Atlas, region_id: str, spacing_mm: float, most: int, seed: int) -> Floats:
    """True distance ÷ spacing for lattice neighbours of the program's fill, for up to `most` places."""
    chart = atlas.chart(region_id)
    points = fill(atlas, region_id, spacing_mm=spacing_mm).points
    if len(points) < 4:
        return np.empty(0)
    points = off_the_edges(points)
    xy = chart.to_chart(points)
    triangles = Delaunay(xy).simplices.astype(np.int64)
    pairs = np.unique(np.sort(np.concatenate([s[:, [0, 1]] for s in _turns(triangles)]), 1), axis=0)
    rough = chart.metric.lengths_mm(xy[pairs[:, 0]], xy[pairs[:, 1]], nodes=9)
    inside = shapely.covers(
        shapely.buffer(chart.polygon, 0.2), shapely.linestrings(np.stack([xy[pairs[:, 0]], xy[pairs[:, 1]]], axis=1))
    )
    pairs = pairs[(rough < 1.32 * spacing_mm) & inside]
    rng = np.random.default_rng(seed)
    centres = rng.permutation(np.unique(pairs[:, 0]))[:most]
    geometry = atlas.geometry
    xyz, tri, skin = geometry.positions[0], geometry.tri.astype(np.int64), skin_near(atlas, region_id)
    out: list[float] = []
    for centre in centres:
        near = pairs[pairs[:, 0] == centre][:, 1]
        chosen = points[np.concatenate([[centre], near])]
        patch = patch_round(xyz, tri, skin, chosen.tri, chosen.weights(), 0.75 * spacing_mm)
        found = distances(patch.verts, patch.faces, int(patch.sources[0]), patch.sources[1:])
        out += (found / spacing_mm).tolist()
    ratios = np.array(out)
    return np.asarray(ratios[np.isfinite(ratios)])


def _turns(simplices: Ints) -> list[Ints]:
    return [np.roll(simplices, k, axis=1) for k in range(3)]


def measure(atlas: Atlas, region_ids: list[str], say: Any = print) -> list[dict[str, Any]]:
    """One row of figures per region."""
    rows = []
    for n, region_id in enumerate(region_ids):
        start = time.perf_counter()
        row: dict[str, Any] = {"region": region_id}
        ours, truth = coverage_error(atlas, region_id, 1000 + n)
        row["coverage_error"] = ours / truth - 1.0
        row["true_mm2"] = truth
        for spacing, most in ((10.0, 25), (3.0, 100)):
            ratios = spacing_ratios(atlas, region_id, spacing, most, 2000 + n)
            if len(ratios) >= 8:
                row[f"spacing_{spacing:.0f}"] = [float(q) for q in np.percentile(ratios, [5, 50, 95])]
        rows.append(row)
        text = " ".join(
            f"{k} {v[0]:.3f} {v[1]:.3f} {v[2]:.3f}" for k, v in row.items() if k.startswith("spacing")
        )
        say(f"{region_id:32s} coverage {100 * row['coverage_error']:+.3f} %  {text}  "
            f"({time.perf_counter() - start:.1f} s)")
    return rows


def summary(rows: list[dict[str, Any]]) -> dict[str, float]:
    """Median and worst over the regions."""
    error = np.abs([r["coverage_error"] for r in rows])
    out = {"regions": len(rows), "coverage_median": float(np.median(error)), "coverage_worst": float(error.max())}
    for key in ("spacing_10", "spacing_3"):
        spread = np.array([max(1 - r[key][0], r[key][2] - 1) for r in rows if key in r])
        out[f"{key}_median"] = float(np.median(spread))
        out[f"{key}_worst"] = float(spread.max())
        out[f"{key}_regions"] = len(spread)
    return out


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Measure the atlas against exact geodesics.")
    parser.add_argument("--atlas", type=Path, default=ROOT / "assets" / "body_atlas")
    parser.add_argument("--body", default="female")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--regions", nargs="*")
    options = parser.parse_args()
    atlas = open_atlas(options.atlas, options.body)
    ids = options.regions or [r.id for r in atlas.regions if not r.id.endswith(".right")]
    rows = measure(atlas, ids, lambda text: print(text, flush=True))
    result = {"body": options.body, "rows": rows, "summary": summary(rows)}
    print(json.dumps(result["summary"], indent=1))
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
