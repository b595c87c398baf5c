"""Anatomical lines drawn by hand on the pattern body, so that the line art can stand without the shading.

Curves are written in millimetres of the front or back view of the female anatomical pose and cast on her skin; other
bodies carry them at the same places of the mesh (x toward the patient's
left seen from the front, toward the right seen from the back; y up), on one side; the other side is its
mirror image.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.interpolate import CubicSpline

from body_atlas.arrays import F64
from body_atlas.body import SKIN, Body
from body_atlas.contours import arc_length, runs
from body_atlas.face_lines import fine_field
from body_atlas.lineart import FEATURE, Line
from body_atlas.silhouette import thinned
from body_atlas.skincurves import Caster, Sight, SkinCurve, isolines

_TABLE = Path(__file__).with_name("strokes.csv")
_STEP_MM = 1.5
_TOLERANCE = 0.05


@dataclass(frozen=True)
class Stroke:
    """A hand-drawn line of strokes.csv.

    `view` it is drawn in, `body` it belongs to ("" every body), `points` (n,2) mm, `strength` 0–1, `weight` width
    against the view's pen, `taper` share of its length that fades at each end.
    """

    view: str
    body: str
    name: str
    points: F64
    strength: float
    weight: float
    taper: float

    def drawn_on(self, body: str) -> bool:
        """Whether a body has this line."""
        return self.body in ("", body)

    @property
    def paired(self) -> bool:
        """Drawn on both sides: a line that neither starts on nor crosses the midline."""
        return bool(self.points[0, 0] > 1e-6)


def read_strokes(table: Path = _TABLE) -> list[Stroke]:
    """The hand-drawn lines; points are written as "x y; x y; …"."""
    out = []
    with table.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            points = np.array([[float(v) for v in p.split()] for p in row["points"].split(";")])
            numbers = (float(row[k]) for k in ("strength", "weight", "taper"))
            out.append(Stroke(row["view"], row["body"], row["name"], points, *numbers))
    return out


@dataclass(frozen=True)
class Placed:
    """A stroke on the skin."""

    curve: SkinCurve
    stroke: Stroke


def _dense(points: F64) -> F64:
    """The smooth curve through the points, sampled evenly."""
    along = arc_length(points)
    count = max(4, round(float(along[-1]) / _STEP_MM))
    return np.asarray(CubicSpline(along, points)(np.linspace(0, along[-1], count)))


def body_strokes(body: Body) -> list[Placed]:
    """Every hand-drawn stroke cast on the skin, both sides."""
    low, high = body.vert_xyz[0].min(0), body.vert_xyz[0].max(0)
    out = []
    for name, rotation in (("front", np.eye(3)), ("back", np.diag([-1.0, 1.0, -1.0]))):
        caster = Caster(body, rotation, (float(low[0]), float(low[1]), float(high[0]), float(high[1])), 1.5)
        for stroke in (s for s in read_strokes() if s.view == name):
            line = _dense(stroke.points)
            for sign in (1.0, -1.0) if stroke.paired else (1.0,):
                curve = caster.cast(line * [sign, 1.0])
                if curve is None:
                    raise ValueError(f"The drawn line “{stroke.name}” misses the body; move its points.")
                out.append(Placed(curve, stroke))
    return out


def nail_rims(body: Body) -> list[Placed]:
    """The rims of the finger nails."""
    skin = body.fine.tri[body.fine.tri_kind == SKIN]
    field = fine_field(body, body.mask["fingernails"] - 0.5)
    rim = Stroke("", "", "nail", np.zeros((0, 2)), 0.45, 0.4, 0.0)
    return [Placed(c, rim) for c in isolines(skin, field) if len(c.vertex) > 8]


def feature_lines(sight: Sight, placed: list[Placed], pen_mm: float) -> list[Line]:
    """The seen parts of the strokes, tapered."""
    out = []
    for item in placed:
        s = item.stroke
        along = np.linspace(0, 1, len(item.curve.vertex))
        ends = np.clip(np.minimum(along, 1 - along) / max(s.taper, 1e-6), 0, 1) if s.taper else np.ones(len(along))
        for start, stop, xy, fade in _seen(sight, item.curve):
            line, alpha = thinned(xy, s.strength * fade * ends[start:stop], _TOLERANCE)
            if alpha.max() > 0.03 and len(line) > 1:
                out.append(Line(line, FEATURE, pen_mm * s.weight, alpha))
    return out


def _seen(sight: Sight, curve: SkinCurve) -> list[tuple[int, int, F64, F64]]:
    """Seen stretches with their place in the curve."""
    plane, depth, facing = sight.place(curve)
    seen = sight.sees(plane, depth, 4.0) & (facing > 0.03)
    fade = np.clip((facing - 0.03) / 0.25, 0, 1)
    return [(a, b, plane[a:b], fade[a:b]) for a, b in runs(seen, 2, 3)]
