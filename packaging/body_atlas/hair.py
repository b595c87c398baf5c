"""The hairline: a soft fringe of short strokes just inside the hair-bearing scalp, and a slight tone of
the scalp.
"""

from __future__ import annotations

import numpy as np

from body_atlas.arrays import F64
from body_atlas.body import SKIN, Body
from body_atlas.face_lines import fine_field
from body_atlas.landmarks import read_landmarks
from body_atlas.lineart import BROW, FEATURE, Line
from body_atlas.painter import above_curve
from body_atlas.rules_head import HAIRLINE
from body_atlas.silhouette import thinned
from body_atlas.skincurves import Sight, SkinCurve, isolines

_TOLERANCE = 0.03
_FRINGE_MM = 17.0


def scalp_field(body: Body) -> F64:
    """(V) mm inside (+) or outside (−) the hairline; the same curve the regions use. Ears are outside."""
    marks = read_landmarks(body)
    field = np.asarray(above_curve(marks.face_a, marks.face_v, HAIRLINE), float)
    field = np.where(marks.face_v > 75.0, np.maximum(field, marks.face_v - 75.0), field)
    field = np.where(marks.head + body.weight("neck") > 0.5, field, -25.0)
    field = np.minimum(field, 40.0 - 150.0 * body.mask["ears"])
    return np.asarray(0.5 * (field + field[body.mirror_vert]))


def scalp_tone(body: Body) -> F64:
    """(fine vertices) 0 skin … 1 hair-bearing, rising softly over the first centimetre."""
    field = fine_field(body, scalp_field(body))
    return np.clip((field + 2.0) / 12.0, 0, 1) ** 1.2


def _fringe_starts(body: Body, field: F64, per_mm: float, random: np.random.Generator) -> tuple[F64, F64, F64]:
    """Random places just inside the hairline of the left half: positions (n,3), unit growth (n,3), depth
    inside (n).

    Growth points away from the hairline, combed a little backward.
    """
    fine = body.fine
    tri = fine.tri[fine.tri_kind == SKIN]
    corner = fine.xyz[0][tri]
    inside = field[tri]
    near = (inside.max(1) > 0) & (inside.min(1) < _FRINGE_MM) & (corner[:, :, 0].min(1) > -0.2)
    tri, corner, inside = tri[near], corner[near], inside[near]
    e1, e2 = corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]
    normal = np.cross(e1, e2)
    double = np.linalg.norm(normal, axis=1)
    count = random.poisson(double / 2 * per_mm)
    which = np.repeat(np.arange(len(tri)), count)
    r = np.sqrt(random.random(len(which)))[:, None]
    s = random.random(len(which))[:, None]
    place = corner[which, 0] * (1 - r) + corner[which, 1] * (r * (1 - s)) + corner[which, 2] * (r * s)
    d1, d2 = inside[:, 1] - inside[:, 0], inside[:, 2] - inside[:, 0]
    slope = np.cross(d1[:, None] * e2 - d2[:, None] * e1, normal) / np.maximum(double, 1e-9)[:, None] ** 2
    way = slope[which] + [0.0, 0.10, -0.30]
    unit = normal[which] / double[which][:, None]
    way -= (way * unit).sum(1, keepdims=True) * unit
    way /= np.maximum(np.linalg.norm(way, axis=1, keepdims=True), 1e-9)
    depth = (inside[which, 0] * (1 - r[:, 0]) + inside[which, 1] * r[:, 0] * (1 - s[:, 0])
             + inside[which, 2] * r[:, 0] * s[:, 0])  # fmt: skip
    return place, way, depth


def _density(depth: F64) -> F64:
    """Share of the strokes kept at a depth inside the hairline: thin at the very edge, full behind it,
    then fading.
    """
    return np.interp(depth, [0, 1.5, 5, _FRINGE_MM], [0.35, 0.9, 0.8, 0.0])


def fringe_strokes(body: Body, field: F64) -> list[tuple[F64, float]]:
    """Strokes (4,3) mm in the anatomical pose, both sides alike, with their strength."""
    random = np.random.default_rng(11)
    place, way, depth = _fringe_starts(body, field, 0.75, random)
    keep = (depth > 0) & (depth < _FRINGE_MM) & (random.random(len(depth)) < _density(depth))
    out = []
    for p, w, d in zip(place[keep], way[keep], depth[keep], strict=True):
        length = random.uniform(2.2, 5.0)
        bend = random.normal(0, 0.10, 3)
        step = np.linspace(0, 1, 4)[:, None]
        line = p + step * length * w + step**2 * length * bend
        strength = float(np.interp(d, [0, 5, _FRINGE_MM], [0.75, 0.9, 0.2]))
        out += [(line, strength), (line * [-1.0, 1.0, 1.0], strength)]
    return out


def hair_lines(sight: Sight, curves: list[SkinCurve], strokes: list[tuple[F64, float]]) -> list[Line]:
    """A faint hairline, and in head views the fringe. Strokes are only drawn in pose 0 or on its head
    (it is rigid).
    """
    out = []
    head = sight.view.style == "head"
    for curve in curves:
        for xy, fade in sight.stretches(curve, 2.5, 0.3):
            if len(xy) > 5 and not head:
                line, alpha = thinned(xy, fade, _TOLERANCE)
                out.append(Line(line, FEATURE, 0.9, 0.22 * alpha))
    if head:
        for stroke, strength in strokes:
            plane, depth = sight.view.plane(stroke)
            if sight.sees(plane, depth, 1.5).all():
                taper = np.array([0.5, 1.0, 0.7, 0.2])
                line, alpha = thinned(plane, taper * strength, _TOLERANCE)
                out.append(Line(line, BROW, 0.17, 0.20 * alpha))
    return out


def hairline(body: Body, field: F64) -> list[SkinCurve]:
    """The border of the hair-bearing scalp on the fine mesh (short bits round the ears left out)."""
    skin = body.fine.tri[body.fine.tri_kind == SKIN]
    return [c for c in isolines(skin, field) if len(c.vertex) > 80]
