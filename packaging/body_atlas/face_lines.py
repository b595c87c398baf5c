"""Lines of the face: lid rims and lashes, brows, lips."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.ndimage import gaussian_filter, gaussian_filter1d
from skimage.measure import find_contours

from body_atlas.arrays import F64, Bool
from body_atlas.body import EYEBALL, SKIN, Body
from body_atlas.contours import arc_length, runs
from body_atlas.lineart import BROW, EYE, TINTED, Line, plain
from body_atlas.silhouette import simplified, thinned
from body_atlas.skincurves import Caster, Sight, SkinCurve, isolines
from body_atlas.view import View


@dataclass(frozen=True)
class Brow:
    """Left brow relative to the eye's middle, mm (x outward, y up): `spine` from the nose to the tail, `width` against
    the female one, `strokes` in a close and in a far view."""

    spine: F64
    width: float
    strokes: dict[str, int]


_BROW = Brow(
    np.array([(-17.0, 13.4), (-7.5, 17.0), (5.0, 18.9), (15.5, 15.6), (22.0, 10.2)]), 1.0, {"head": 400, "body": 100}
)
_BROWS = {
    "male": Brow(
        np.array([(-18.0, 13.2), (-8.0, 16.2), (5.0, 17.6), (16.5, 15.2), (24.0, 9.8)]), 1.3, {"head": 540, "body": 130}
    )
}
_TOLERANCE = 0.03
_IRIS = ((27.0, 0.30, 0.55), (4.1, 1.7, 0.8))
"""Rings round the line of sight: degrees off it, line width (mm) and strength of iris and pupil."""


def brow_curves(body: Body, style: str) -> list[SkinCurve]:
    """Hair strokes of both brows lying on the skin; fixed seed, the right brow mirrors the left."""
    eye = body.eye_centre("L")
    span = (float(eye[0]) - 35, float(eye[1]) - 20, float(eye[0]) + 45, float(eye[1]) + 50)
    left = Caster(body, np.eye(3), span, 10.0)
    right = Caster(body, np.eye(3), (-span[2], span[1], -span[0], span[3]), 10.0)
    random = np.random.default_rng(3)
    brow = _BROWS.get(body.key, _BROW)
    spine = CubicSpline(np.linspace(0, 1, len(brow.spine)), brow.spine)
    out = []
    for _ in range(brow.strokes[style]):
        stroke = _brow_stroke(spine, brow.width, random) + eye[:2]
        for caster, sign in ((left, 1.0), (right, -1.0)):
            curve = caster.cast(stroke * [sign, 1.0])
            if curve is not None:
                out.append(curve)
    return out


def _brow_stroke(spine: CubicSpline, width: float, random: np.random.Generator) -> F64:
    """(6,2) one hair: upright at the nose, lying along the brow further out, turned toward its middle
    line.
    """
    t = random.random() ** 0.9
    half = width * np.interp(t, [0, 0.15, 0.6, 1], [1.5, 3.3, 2.4, 0.4])
    along = spine(t, 1)
    along = along / np.linalg.norm(along)
    across = np.array([-along[1], along[0]])
    off = random.uniform(-1, 1)
    lift = np.interp(t, [0, 0.15, 0.5, 1], [0.75, 0.45, 0.08, -0.05]) - off * 0.25
    way = along * np.interp(t, [0, 0.12, 1], [0.25, 0.75, 1.0]) + across * lift
    way /= np.linalg.norm(way)
    length = random.uniform(4.5, 8.5) * np.interp(t, [0, 0.2, 1], [0.8, 1, 0.75])
    step = np.linspace(0, 1, 6)[:, None]
    return np.asarray(spine(t) + across * off * half + step * way * length + step**2 * along * length * 0.25)


def brow_lines(sight: Sight) -> list[Line]:
    """The seen brow strokes, thin at their ends."""
    style = "head" if sight.view.style == "head" else "body"
    width, strength = (0.22, 0.36) if style == "head" else (0.62, 0.34)
    out = []
    for curve in brow_curves(sight.body, style):
        for xy, fade in sight.stretches(curve, 1.5, 0.55):
            taper = np.interp(np.linspace(0, 1, len(xy)), [0, 0.25, 1], [0.55, 1, 0.35])
            line, alpha = thinned(xy, fade * taper, _TOLERANCE)
            out.append(Line(line, BROW, width, strength * alpha))
    return out


def eye_lines(view: View, eyeball: Bool, px: float) -> list[Line]:
    """Rims of the seen eyeballs (`eyeball` (H,W)) and the stronger lash line above them."""
    rows, columns = np.flatnonzero(eyeball.any(1)), np.flatnonzero(eyeball.any(0))
    if not len(rows):
        return []
    top, left = max(0, rows[0] - 8), max(0, columns[0] - 8)
    part = eyeball[top : rows[-1] + 9, left : columns[-1] + 9].astype(np.float32)
    head = view.style == "head"
    out = []
    for ring in find_contours(gaussian_filter(part, 0.12 * px if head else 0.5), 0.5):
        flat = ring[:-1, ::-1] + [left + 0.5, top + 0.5]
        plane = np.stack([view.box_mm[0] + flat[:, 0] / px, view.box_mm[3] - flat[:, 1] / px], 1)
        if arc_length(plane)[-1] < 8:
            continue
        plane = gaussian_filter1d(plane, 0.25 * px if head else 1.0, axis=0, mode="wrap")
        closed = np.concatenate([plane, plane[:1]])
        out.append(plain(simplified(closed, _TOLERANCE, closed=False), EYE, 0.22 if head else 0.5, 0.42))
        out += _lash_line(plane, head)
    return out


def iris_lines(sight: Sight) -> list[Line]:
    """The seen part of the rims of iris and pupil, so that the eye looks at someone in the bare line art."""
    body, view = sight.body, sight.view
    head = view.style == "head"
    out = []
    turn = np.linspace(0, 2 * np.pi, 97)
    ids = np.unique(body.tri[body.tri_kind == EYEBALL])
    for side, sign in (("L", 1), ("R", -1)):
        middle = body.eye_centre(side, view.pose)
        ball = body.vert_xyz[view.pose, ids[body.template[ids, 0] * sign > 0]]
        radius = float(np.median(np.linalg.norm(ball - middle, axis=1)))
        for degrees, width, strength in _IRIS if view.rotation[2, 2] > 0.4 else _IRIS[:1]:
            a = np.deg2rad(degrees)
            ring = np.stack([np.sin(a) * np.cos(turn), np.sin(a) * np.sin(turn), np.full(97, np.cos(a))], 1)
            plane, depth = view.plane(middle + radius * 1.03 * ring)
            for start, stop in runs(sight.sees(plane, depth, 0.9), 1, 3):
                xy, alpha = thinned(plane[start:stop], np.full(stop - start, strength), _TOLERANCE)
                out.append(Line(xy, EYE, width if head else 0.5, alpha if head else 0.6 * alpha))
    return out


def _lash_line(ring: F64, head: bool) -> list[Line]:
    """The upper part of a rim, heavier in its middle and toward the temple."""
    middle = ring[:, 1].mean()
    upper = ring[:, 1] > middle - 0.10 * np.ptp(ring[:, 1])
    start = int(np.argmin(upper))
    turned = np.roll(ring, -start, axis=0)
    longest = max(runs(np.roll(upper, -start), 3, 4), key=lambda r: r[1] - r[0], default=(0, 0))
    line = turned[longest[0] : longest[1]]
    if len(line) < 4:
        return []
    share = arc_length(line) / arc_length(line)[-1]
    strength = np.interp(share, [0, 0.12, 0.5, 0.88, 1], [0.1, 0.75, 1, 0.75, 0.1])
    xy, alpha = thinned(line, strength, _TOLERANCE)
    widths = (0.85, 0.45) if head else (1.0,)
    return [Line(xy, EYE, w, 0.92 * alpha) for w in widths]


def lip_lines(sight: Sight) -> list[Line]:
    """The vermilion border as a faint closed outline where all of it is seen, else as an open faint line."""
    body = sight.body
    skin = body.fine.tri[body.fine.tri_kind == SKIN]
    field = fine_field(body, body.mask["lips"] - 0.5)
    out = []
    for curve in isolines(skin, field):
        if len(curve.vertex) < 60:
            continue
        plane, depth, facing = sight.place(curve)
        seen = sight.sees(plane, depth, 2.0)
        if seen.mean() < 0.15:
            continue
        strength = 0.30 * gaussian_filter1d(np.where(seen, np.clip(facing / 0.2, 0, 1), 0), 3.0, mode="wrap")
        smooth = gaussian_filter1d(plane[:-1], 2.0, axis=0, mode="wrap")
        for a, b in runs(strength[:-1] > 0.04, 2, 6):
            xy, alpha = thinned(smooth[a:b], strength[a:b], _TOLERANCE)
            out.append(Line(xy, EYE, 0.20 if sight.view.style == "head" else 0.5, alpha))
        if seen.mean() > 0.97:
            ring = simplified(smooth, _TOLERANCE, closed=True)
            out.append(plain(ring, TINTED, 0.1, 0.0))
    return out


def fine_field(body: Body, values: F64) -> F64:
    """A level-1 vertex attribute (V) on the fine vertices (smooth)."""
    from body_atlas.subdivide import catmull_clark

    return catmull_clark(values[:, None], body.quad, body.quad_uv)[0][:, 0]
