"""Draws every view: the shaded pictures, the line art and the rows of views.json."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter, maximum_filter, minimum_filter

from body_atlas import colour, shade
from body_atlas.arrays import F32, F64, I64, Bool
from body_atlas.body import EYEBALL, Body
from body_atlas.hair import scalp_tone
from body_atlas.lineart import Line, write_lines
from body_atlas.occlusion import fine_openness
from body_atlas.raster import Buffer, rasterise
from body_atlas.source import sample_mask
from body_atlas.view import View
from body_atlas.view_names import MIRRORED
from body_atlas.viewlines import skin_art, view_lines
from body_atlas.views import LONG_SIDE_PX, all_views

QUALITY = 88


@dataclass(frozen=True)
class Scene:
    """A view being drawn: the fine triangles that belong to it and what each pixel shows at `px` per mm."""

    body: Body
    view: View
    px: float
    triangle: I64
    tri: I64
    buffer: Buffer

    def eyeball(self) -> Bool:
        """(H,W) pixels that show an eyeball."""
        kind = np.concatenate([self.body.fine.tri_kind[self.triangle], [0]])
        return np.asarray(kind[self.buffer.tri] == EYEBALL)


def scene(body: Body, view: View, px: float, width: int, height: int) -> Scene:
    """Rasterises the fine mesh of a view."""
    xyz = body.fine.xyz[view.pose]
    kept = np.flatnonzero(view.drawn(xyz, body.fine.tri))
    pixel, depth = view.pixels(xyz, px)
    tri = body.fine.tri[kept]
    return Scene(body, view, px, kept, tri, rasterise(pixel, depth, tri, width, height))


def painted(s: Scene, open_sky: F64, scalp: F64) -> F32:
    """(H,W,3) 0–255 picture without any line; `open_sky` and `scalp` (N) are attributes of the fine
    vertices.
    """
    b, fine, view = s.buffer, s.body.fine, s.view
    look = shade.LOOKS[view.style]
    normal = b.interpolate(s.tri, fine.normal[view.pose])
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    normal = normal @ view.rotation.T.astype(np.float32)
    sky = b.interpolate(s.tri, open_sky)
    quiet = b.interpolate(s.tri, shade.tear_trough(s.body, view))
    lum = shade.lit(normal, sky, look, view.key == "scalp_top", quiet)
    mask = b.mask
    deep = shade.inset(mask)
    field = b.image(normal)
    bend = shade.curvature(field, mask, deep, look, s.px)[b.row, b.column] * (1 - 0.8 * quiet)
    lum = shade.soft_top(np.asarray(0.95 * lum * (1 + look.curvature * 0.15 * bend), np.float32))
    lum = _calmed(b, lum, quiet, s.px)
    crease = shade.valleys(np.clip(field[..., 2], 0, 1), mask, deep, look, s.px)[b.row, b.column] * (1 - 0.9 * quiet)
    uv = (fine.uv[s.triangle[b.hit]] * b.weight[..., None]).sum(1)
    eye = fine.tri_kind[s.triangle[b.hit]] == EYEBALL
    lips = np.where(eye, 0, sample_mask("lips", uv))
    nails = np.where(eye, 0, np.clip(sample_mask("fingernails", uv) + sample_mask("toenails", uv), 0, 1))
    skin = colour.tint(colour.ramp(lum), lips, nails, np.where(eye, 0, b.interpolate(s.tri, scalp)))
    skin *= (1 - np.clip(crease * 1.6 * look.valley, 0, 0.42))[:, None]
    _paint_eyes(s, skin, eye, lum, sky)
    picture = b.image(skin, 255.0)
    picture = colour.lid_shadow(picture, b.image(eye.astype(np.float32)) > 0.5, s.px)
    return _soft_steps(colour.bled(picture, mask), b.depth, mask)


def _calmed(b: Buffer, lum: F32, quiet: F32, px: float) -> F32:
    """Luminance blended toward its surroundings (8 mm) where `quiet` is 1."""
    if not quiet.any():
        return lum
    solid = b.mask.astype(np.float32)
    wide = shade.low_pass(b.image(lum), 8 * px) / (shade.low_pass(solid, 8 * px) + 1e-6)
    return np.asarray(lum + 0.65 * quiet * (wide[b.row, b.column] - lum), np.float32)


def _paint_eyes(s: Scene, skin: F32, eye: Bool, lum: F32, sky: F32) -> None:
    if not eye.any():
        return
    points = s.buffer.interpolate(s.tri, s.body.fine.xyz[s.view.pose])
    for side, sign in (("L", 1), ("R", -1)):
        mine = eye & (points[:, 0] * sign > 0)
        off = colour.direction_from(points[mine], s.body.eye_centre(side, s.view.pose))
        skin[mine] = colour.eyeball(off, lum[mine], sky[mine])


def _soft_steps(picture: F32, depth: F32, mask: Bool) -> F32:
    """Softens the pixel steps where one part of the body passes in front of another."""
    filled = np.where(mask, depth, depth[mask].min() if mask.any() else 0)
    jump = maximum_filter(filled, 3) - minimum_filter(filled, 3)
    edge = gaussian_filter((maximum_filter(((jump > 3.0) & mask).astype(np.float32), 3)), 0.6)[..., None]
    soft = gaussian_filter(picture, (0.8, 0.8, 0))
    return np.asarray(picture * (1 - edge) + soft * edge, np.float32)


def save_levels(picture: Image.Image, view: View, out_dir: Path) -> list[dict[str, Any]]:
    """Writes the detail and the fitted picture of a view; returns their rows, coarse first."""
    rows = []
    folder = out_dir / "views" / view.key
    folder.mkdir(parents=True, exist_ok=True)
    for name, long_side in zip(("fitted", "detail"), LONG_SIDE_PX, strict=True):
        px, width, height = view.scale(long_side)
        level = picture if picture.size == (width, height) else picture.resize((width, height), Image.Resampling.BOX)
        path = folder / f"{name}.webp"
        level.save(path, "WEBP", quality=QUALITY, method=6)
        rows.append(
            {
                "file": f"views/{view.key}/{name}.webp",
                "px_per_mm": round(px, 9),
                "width": width,
                "height": height,
            }
        )
    return rows


def write_views(
    body: Body,
    pattern: Body,
    out_dir: Path,
    progress: Callable[[str], None] = print,
    only: frozenset[str] = frozenset(),
) -> list[dict[str, Any]]:
    """Draws all views into `out_dir`/views and writes views.json beside; returns its rows.

    What is drawn on the skin is carried over from the `pattern` body. `only` draws just these keys; the other rows of
    views.json stay. Right-hand twins are mirrored from the left.
    """
    views = {v.key: v for v in all_views(body)}
    tone, art = scalp_tone(pattern), skin_art(body, pattern)
    sky: dict[int, F64] = {}
    rows: dict[str, dict[str, Any]] = {}
    for key, view in views.items():
        if key in MIRRORED or (only and key not in only):
            continue
        if view.pose not in sky:
            progress(f"occlusion of the {body.poses[view.pose]} pose")
            sky[view.pose] = fine_openness(body, view.pose)
        progress(f"drawing {key}")
        px, width, height = view.scale(LONG_SIDE_PX[1])
        s = scene(body, view, px, width, height)
        picture = Image.fromarray(np.clip(painted(s, sky[view.pose], tone), 0, 255).astype(np.uint8))
        lines = view_lines(body, view, s.buffer, s.eyeball(), px, art)
        rows[key] = _write_view(view, picture, lines, out_dir)
        for twin in (k for k, source in MIRRORED.items() if source == key):
            flipped = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
            rows[twin] = _write_view(views[twin], flipped, [line.mirrored() for line in lines], out_dir)
    page = out_dir / "views.json"
    if only:
        kept = {str(row["key"]): row for row in json.loads(page.read_text(encoding="utf-8"))}
        rows = kept | rows
    ordered = [rows[k] for k in views if k in rows]
    page.write_text(json.dumps(ordered, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return ordered


def _write_view(view: View, picture: Image.Image, lines: list[Line], out_dir: Path) -> dict[str, Any]:
    levels = save_levels(picture, view, out_dir)
    write_lines(out_dir / "views" / view.key / "lines.npz", lines, view.box_mm)
    return view.row(levels)
