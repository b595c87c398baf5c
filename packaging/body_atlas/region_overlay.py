"""Region colours over a contact sheet, straight from geometry.npz and regions.json."""

from __future__ import annotations

import colorsys
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from body_atlas.arrays import F64, Bool

_OVERSAMPLE = 2
_GOLDEN = 0.61803398875


def region_colour(name: str, order: list[str]) -> tuple[int, int, int]:
    """A colour of its own for every region name; both sides share it."""
    hue = (order.index(name) * _GOLDEN) % 1
    r, g, b = colorsys.hls_to_rgb(hue, 0.55, 0.65)
    return round(r * 255), round(g * 255), round(b * 255)


class RegionOverlay:
    """The regions of one atlas, drawn over any of its views."""

    def __init__(self, atlas: Path) -> None:
        with np.load(atlas / "geometry.npz") as data:
            self.arrays = {k: data[k] for k in ("vert_xyz", "tri", "tri_region", "view_visible")}
            rings = ("ring_start", "ring_offset", "ring_tri", "ring_bary")
            self.rings = {k: data[k] for k in rings}
        self.names = [
            str(r["id"]).split(".")[0] for r in json.loads((atlas / "regions.json").read_text(encoding="utf-8"))
        ]
        self.order = sorted(set(self.names))

    def _plane(self, row: dict[str, Any]) -> F64:
        xyz = self.arrays["vert_xyz"][row["pose"]] * 0.05
        return np.asarray(xyz @ np.array(row["rotation"])[:2].T)

    def _visible(self, index: int) -> Bool:
        bits: NDArray[np.uint8] = np.unpackbits(self.arrays["view_visible"][index], count=len(self.arrays["tri"]))
        return np.asarray(bits > 0)

    def drawn(self, picture: Image.Image, row: dict[str, Any], index: int, px: float) -> Image.Image:
        """The picture with the seen regions tinted and outlined; `index`: place of the row in views.json."""
        plane, seen = self._plane(row), self._visible(index)
        x0, _, _, y1 = row["box_mm"]
        scale = px * _OVERSAMPLE
        pixel = np.stack([(plane[:, 0] - x0) * scale, (y1 - plane[:, 1]) * scale], 1)
        size = (picture.width * _OVERSAMPLE, picture.height * _OVERSAMPLE)
        layer = Image.new("RGBA", size, (0, 0, 0, 0))
        pen = ImageDraw.Draw(layer)
        tri, region = self.arrays["tri"], self.arrays["tri_region"]
        for t in np.flatnonzero(seen & (region >= 0)):
            colour = region_colour(self.names[region[t]], self.order)
            pen.polygon([tuple(p) for p in pixel[tri[t]]], fill=(*colour, 90))
        self._outlines(pen, pixel, seen)
        small = layer.resize(picture.size, Image.Resampling.BOX)
        return Image.alpha_composite(picture.convert("RGBA"), small).convert("RGB")

    def _outlines(self, pen: ImageDraw.ImageDraw, pixel: F64, seen: Bool) -> None:
        """Region borders where the skin is seen."""
        offset, tri = self.rings["ring_offset"], self.arrays["tri"]
        for a, b in pairwise(offset.tolist()):
            on, bary = self.rings["ring_tri"][a:b], self.rings["ring_bary"][a:b]
            weight = np.column_stack([bary, 1 - bary.sum(1)])
            place = (pixel[tri[on]] * weight[..., None]).sum(1)
            for i in range(len(place)):
                j = (i + 1) % len(place)
                if seen[on[i]] and seen[on[j]]:
                    pen.line([tuple(place[i]), tuple(place[j])], fill=(40, 30, 60, 220), width=2)
