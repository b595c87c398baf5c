"""Anatomical lines drawn by hand on the pattern body, so that the line art can stand without the shading.

Curves are written in millimetres of a drawing board of the female anatomical pose (see `boards`) and cast on her skin;
other bodies carry them at the same places of the mesh (x toward the patient's
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
from body_atlas.body import Body
from body_atlas.contours import arc_length, runs
from body_atlas.lineart import FEATURE, Line
from body_atlas.silhouette import thinned
from body_atlas.skincurves import Caster, Sight, SkinCurve
from body_atlas.subdivide import mirror_of_finer
from body_atlas.view import View
from body_atlas.view_limbs import limb_views

_TABLE = Path(__file__).with_name("strokes.csv")
_STEP_MM = 1.5
_IN_PROFILE = frozenset({"lid fold", "ala", "nostril", "mouth"})
"""lines of the face that read well in profile, too"""
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
        """Drawn on both sides: not a line of the front, back or face that starts on or beyond the midline."""
        return self.view not in ("front", "back", "face") or bool(self.points[0, 0] > 1e-6)

    def shown_in(self, view: View) -> bool:
        """Whether a view shows the line: lines of ear and face from where they read as such, fine lines of hands and
        feet close up only; what little of the trunk a head view shows stays without stray ends of strokes."""
        aside = abs(float(view.rotation[2, 0]))
        match self.view:
            case "front" | "back":
                return view.style != "head"
            case "profile":
                return aside > 0.5 and view.style != "limb"
            case "face":
                return (aside < 0.9 or self.name in _IN_PROFILE) and view.style != "limb"
            case "":
                return True
            case _:
                return view.style == "limb"


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


@dataclass(frozen=True)
class Board:
    """Where strokes are drawn: a direction, the place (mm of its plane) that the points are counted from, a crop."""

    rotation: F64
    origin: F64
    box_mm: tuple[float, float, float, float]
    px: float


def boards(pattern: Body) -> dict[str, Board]:
    """Drawing boards by name: front and back of the body (from the body's middle), face and profile (from the height of
    the eyes and the midline or the middle of the eye), and every limb view (from the middle of its crop)."""
    low, high = pattern.vert_xyz[0].min(0), pattern.vert_xyz[0].max(0)
    whole = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
    eye = pattern.eye_centre("L")
    level, behind = float(eye[1]), float(-eye[2])
    left = np.array([[0.0, 0, -1], [0, 1, 0], [1, 0, 0]])
    out = {
        "front": Board(np.eye(3), np.zeros(2), whole, 1.5),
        "back": Board(np.diag([-1.0, 1.0, -1.0]), np.zeros(2), whole, 1.5),
        "face": Board(np.eye(3), np.array([0.0, level]), (-95.0, level - 130, 95.0, level + 60), 6.0),
        "profile": Board(left, np.array([behind, level]), (behind - 60, level - 160, behind + 130, level + 60), 6.0),
    }
    for view in limb_views(pattern):
        if view.key.endswith("_left"):
            x0, y0, x1, y1 = view.box_mm
            middle = np.array([(x0 + x1) / 2, (y0 + y1) / 2])
            out[view.key.removesuffix("_left")] = Board(view.rotation, middle, view.box_mm, 5.0)
    return out


def body_strokes(pattern: Body) -> list[Placed]:
    """Every hand-drawn stroke cast on the skin, both sides."""
    out = []
    mirrored = mirror_of_finer(pattern.quad, pattern.mirror_vert)
    for name, board in boards(pattern).items():
        caster = Caster(pattern, board.rotation, board.box_mm, board.px)
        for stroke in (s for s in read_strokes() if s.view == name):
            curve = caster.cast(_dense(stroke.points) + board.origin)
            if curve is None:
                raise ValueError(f"The drawn line “{stroke.name}” misses the body; move its points.")
            out.append(Placed(curve, stroke))
            if stroke.paired:
                out.append(Placed(SkinCurve(mirrored[curve.vertex], curve.weight), stroke))
    return out


def feature_lines(sight: Sight, placed: list[Placed], pen_mm: float) -> list[Line]:
    """The seen parts of the strokes, tapered."""
    out = []
    for item in placed:
        s = item.stroke
        if not s.shown_in(sight.view):
            continue
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
