"""A 10 mm checkerboard of every chart on the body: `python packaging/body_atlas/checkerboards.py --out DIR`.

Where the squares look square and equally large, the charts are true. One picture per side of the body and of the head.
"""

from __future__ import annotations

import argparse
import colorsys
import sys
from pathlib import Path

import numpy as np
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
for folder in (ROOT, ROOT / "packaging"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

from body_atlas.surface import Floats, Ints
from mesomap.atlas import Atlas, SkinArray, open_atlas

SQUARE_MM = 10.0


def checker(xy: Floats) -> Floats:
    """1 on the light squares and 0 on the dark ones of a 10 mm board at chart positions (N, 2)."""
    cell = np.floor(xy / SQUARE_MM).astype(np.int64)
    return np.asarray((cell.sum(axis=1) % 2).astype(float))


def paint(atlas: Atlas, points: SkinArray, square_mm: float) -> Floats:
    """Colours (N, 3) 0…255 of skin places: the board of the region's own chart in the region's tint."""
    region = atlas.region_at(points)
    colour = np.full((len(region), 3), 255.0)
    for index in np.unique(region[region >= 0]):
        mine = np.flatnonzero(region == index)
        xy = atlas.to_chart(atlas.regions[int(index)].id, points[mine])
        light = checker(xy * (SQUARE_MM / square_mm))
        tint = np.array(colorsys.hsv_to_rgb((int(index) * 0.381966) % 1.0, 0.35, 1.0)) * 255.0
        colour[mine] = tint * (0.62 + 0.38 * light)[:, None]
    return colour


def picture(atlas: Atlas, view_key: str, long_side_px: int, square_mm: float) -> Image.Image:
    """One view of the body under the boards."""
    x0, y0, x1, y1 = atlas.view(view_key).box_mm
    scale = long_side_px / max(x1 - x0, y1 - y0)
    width, height = round((x1 - x0) * scale), round((y1 - y0) * scale)
    rows, columns = np.mgrid[:height, :width]
    xy = np.stack([x0 + (columns.ravel() + 0.5) / scale, y1 - (rows.ravel() + 0.5) / scale], axis=1)
    points = atlas.locate(view_key, xy)
    hit: Ints = np.flatnonzero(points.tri >= 0)
    image = np.full((width * height, 3), 255.0)
    seen = points[hit]
    shade = np.clip(atlas.project(view_key, seen).cos_angle, 0.0, 1.0) * 0.45 + 0.55
    image[hit] = paint(atlas, seen, square_mm) * shade[:, None]
    return Image.fromarray(image.reshape(height, width, 3).clip(0, 255).astype(np.uint8))


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Draw a 10 mm checkerboard of every chart on the body.")
    parser.add_argument("--atlas", type=Path, default=ROOT / "assets" / "body_atlas")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--px", type=int, default=1600)
    parser.add_argument("--square-mm", type=float, default=SQUARE_MM)
    parser.add_argument("--views", nargs="*")
    options = parser.parse_args()
    atlas = open_atlas(options.atlas)
    options.out.mkdir(parents=True, exist_ok=True)
    for view in atlas.views:
        if options.views and view.key not in options.views:
            continue
        picture(atlas, view.key, options.px, options.square_mm).save(options.out / f"checker_{view.key}.png")
        print(f"checker_{view.key}.png", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
