"""Contact sheets: every shipped view with its lines (and region borders when asked), light and dark.

    python packaging/body_atlas/contact_sheet.py --out DIR [--atlas assets/body_atlas/female]
        [--only head_front …] [--dark] [--bare] [--regions] [--height 900] [--crop x0 y0 x1 y1]

Reads only the shipped files, so it shows what the program can show.
"""

from __future__ import annotations

import argparse
import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from body_atlas.region_overlay import RegionOverlay

F32 = NDArray[np.float32]
_OVERSAMPLE = 2
_INK = {False: (58, 50, 47), True: (141, 135, 130)}
_PAPER = {False: (255, 255, 255), True: (30, 30, 32)}
_LIP_INK = (150, 96, 92)
_BROW_INK = (58, 50, 47)
SILHOUETTE, CONTOUR, FEATURE, EYE, BROW, TINTED = range(6)


def dark(picture: F32) -> F32:
    """The dark theme's tone map, as mesomap.render.picture.tone_map has it. (H,W,3) 0–255 both ways."""
    curve = 0.045 + 0.40 * (picture / 255) ** 1.25
    return np.asarray(curve * np.array([1.0, 0.97, 0.945], np.float32) * 255, np.float32)


class Sheet:
    """One view drawn at a chosen scale."""

    def __init__(self, atlas: Path, row: dict[str, Any], px: float, is_dark: bool, bare: bool = False) -> None:
        self.row, self.px, self.is_dark, self.atlas, self.bare = row, px, is_dark, atlas, bare
        x0, y0, x1, y1 = row["box_mm"]
        self.size = (round((x1 - x0) * px), round((y1 - y0) * px))
        with np.load(atlas / row["lines"]) as data:
            self.lines = {k: data[k] for k in data.files}

    def _to_pixel(self, xy_mm: NDArray[np.float64]) -> NDArray[np.float64]:
        x0, _, _, y1 = self.row["box_mm"]
        scale = self.px * _OVERSAMPLE
        return np.stack([(xy_mm[:, 0] - x0) * scale, (y1 - xy_mm[:, 1]) * scale], 1)

    def polylines(self) -> list[tuple[int, float, NDArray[np.float64], NDArray[np.uint8]]]:
        """(kind, width mm, pixels (n,2), alpha (n)) of every line."""
        x0, y0, x1, y1 = self.row["box_mm"]
        centre = np.array([(x0 + x1) / 2, (y0 + y1) / 2])
        offset = self.lines["offset"]
        out = []
        for i, (a, b) in enumerate(pairwise(offset.tolist())):
            xy = self.lines["xy"][a:b] * 0.05 + centre
            kind, width = int(self.lines["kind"][i]), float(self.lines["width"][i]) / 100
            out.append((kind, width, self._to_pixel(xy), self.lines["alpha"][a:b]))
        return out

    def draw(self) -> Image.Image:
        """The view on paper."""
        levels = self.row["levels"]
        level = next((v for v in levels if v["px_per_mm"] >= self.px), levels[-1])
        with Image.open(self.atlas / level["file"]) as file:
            skin = np.asarray(file.convert("RGB").resize(self.size, Image.Resampling.LANCZOS), np.float32)
        big = (self.size[0] * _OVERSAMPLE, self.size[1] * _OVERSAMPLE)
        lines = self.polylines()
        clip = Image.new("1", big, 0)
        for kind, _, xy, _ in lines:
            if kind == SILHOUETTE:
                ring = Image.new("1", big, 0)
                ImageDraw.Draw(ring).polygon([tuple(p) for p in xy], fill=1)
                clip = Image.fromarray(np.asarray(clip) ^ np.asarray(ring))
        cover = np.asarray(clip.convert("L").resize(self.size, Image.Resampling.BOX), np.float32)[..., None] / 255
        if self.bare:
            skin = np.full_like(skin, 255)
        if self.is_dark:
            skin = dark(skin)
        out = np.array(_PAPER[self.is_dark], np.float32) * (1 - cover) + skin * cover
        for chosen, colour in self._inks():
            ink = self._ink_layer(lines, chosen, big)[..., None] / 255
            out = out * (1 - ink) + np.array(colour, np.float32) * ink
        return Image.fromarray(np.clip(out, 0, 255).astype(np.uint8))

    def _inks(self) -> list[tuple[tuple[int, ...], tuple[int, int, int]]]:
        if self.is_dark:
            dim = (11, 10, 9)
            return [
                ((TINTED,), (90, 60, 54)),
                ((BROW,), dim),
                ((CONTOUR, FEATURE, EYE), dim),
                ((SILHOUETTE,), _INK[True]),
            ]
        plain = (SILHOUETTE, CONTOUR, FEATURE, EYE)
        return [((TINTED,), _LIP_INK), ((BROW,), _BROW_INK), (plain, _INK[False])]

    def _ink_layer(self, lines: list[Any], chosen: tuple[int, ...], big: tuple[int, int]) -> F32:
        layer = Image.new("L", big, 0)
        pen = ImageDraw.Draw(layer)
        for kind, width, xy, alpha in lines:
            if kind not in chosen:
                continue
            px = max(width * self.px, 0.7) * _OVERSAMPLE
            loop = kind in (SILHOUETTE, TINTED)
            points = np.concatenate([xy, xy[:1]]) if loop else xy
            strength = np.concatenate([alpha, alpha[:1]]) if loop else alpha
            for i in range(len(points) - 1):
                value = int((int(strength[i]) + int(strength[i + 1])) / 2)
                pen.line([tuple(points[i]), tuple(points[i + 1])], fill=value, width=max(1, round(px)))
        return np.asarray(layer.resize(self.size, Image.Resampling.BOX), np.float32)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--atlas", type=Path, default=Path("assets/body_atlas/female"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--bare", action="store_true", help="lines alone, without shading, as in print")
    parser.add_argument("--height", type=int, default=900)
    parser.add_argument("--crop", type=float, nargs=4, help="part of the picture, as shares of its width and height")
    parser.add_argument("--regions", action="store_true", help="colour the regions (needs geometry.npz)")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    rows = json.loads((chosen.atlas / "views.json").read_text(encoding="utf-8"))
    overlay = RegionOverlay(chosen.atlas) if chosen.regions else None
    for index, row in enumerate(rows):
        if chosen.only and row["key"] not in chosen.only:
            continue
        _, y0, _, y1 = row["box_mm"]
        share = chosen.crop or (0, 0, 1, 1)
        px = chosen.height / ((y1 - y0) * (share[3] - share[1]))
        picture = Sheet(chosen.atlas, row, px, chosen.dark, chosen.bare).draw()
        if overlay is not None:
            picture = overlay.drawn(picture, row, index, px)
        w, h = picture.size
        picture = picture.crop((int(share[0] * w), int(share[1] * h), int(share[2] * w), int(share[3] * h)))
        picture.save(chosen.out / f"{row['key']}{'_dark' if chosen.dark else ''}{'_bare' if chosen.bare else ''}.png")


if __name__ == "__main__":
    main()
