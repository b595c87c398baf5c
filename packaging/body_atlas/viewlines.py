"""All lines of one view: outline, inner contours, features, eyes, brows, tinted areas."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from body_atlas.arrays import F64, I64, Bool
from body_atlas.body import Body
from body_atlas.contours import Rule, inner_contours, outline_points
from body_atlas.creases import digit_creases, nail_rims
from body_atlas.face_lines import brow_lines, eye_lines, fine_field, iris_lines, lip_lines
from body_atlas.features import Placed, body_strokes, feature_lines
from body_atlas.hair import fringe_strokes, hair_lines, hairline, scalp_field
from body_atlas.lineart import CONTOUR, SILHOUETTE, Line
from body_atlas.raster import Buffer
from body_atlas.shade import tear_trough
from body_atlas.silhouette import closed_outlines, simplified, thinned, unseen_along
from body_atlas.skincurves import Sight, SkinCurve
from body_atlas.view import View

CONTOUR_RULES = {
    "body": Rule(hidden=5.0, jump=5.0, rim=2.2, shortest=7.0),
    "limb": Rule(hidden=2.5, jump=2.2, rim=1.0, shortest=4.0),
    "head": Rule(hidden=2.0, jump=1.6, rim=0.8, shortest=3.0),
}
CONTOUR_STRENGTH = {"body": 0.85, "limb": 0.8, "head": 0.72}
TOLERANCE_MM = 0.04


def pen_mm(view: View) -> float:
    """Width of the outline: finer where the view is closer."""
    return 0.12 + max(view.size_mm) / 960


def to_plane(view: View, pixel: F64, px: float) -> F64:
    """Pixel positions (n,2) to the view plane, mm, y up."""
    return np.stack([view.box_mm[0] + pixel[:, 0] / px, view.box_mm[3] - pixel[:, 1] / px], 1)


@dataclass(frozen=True)
class Turned:
    """The fine mesh as one view sees it: pixels (N,2), depth and n·v (N), and the triangles drawn."""

    pixel: F64
    depth: F64
    facing: F64
    tri: I64


def turned(body: Body, view: View, px: float) -> Turned:
    """Projects the fine mesh into a view."""
    fine = body.fine
    xyz = fine.xyz[view.pose]
    pixel, depth = view.pixels(xyz, px)
    facing = np.asarray(fine.normal[view.pose] @ view.rotation[2])
    return Turned(pixel, depth, facing, fine.tri[view.drawn(xyz, fine.tri)])


def outline(view: View, buffer: Buffer, seen: Turned, px: float) -> list[Line]:
    """The closed silhouette rings; where they run along the crop their strength is 0 (they clip but do not
    show)."""
    out = []
    exact = outline_points(seen.pixel, seen.facing, seen.tri)
    for ring in closed_outlines(buffer.mask, px, exact):
        plane = simplified(to_plane(view, ring, px), TOLERANCE_MM, closed=True)
        xy, alpha = unseen_along(plane, view.box_mm, 0.6 / px)
        out.append(Line(xy, SILHOUETTE, pen_mm(view), alpha))
    return out


def contours(body: Body, view: View, buffer: Buffer, seen: Turned, px: float) -> list[Line]:
    """Where skin passes in front of skin."""
    loud = 1 - tear_trough(body, view)
    rule = CONTOUR_RULES[view.style]
    out = []
    for c in inner_contours(buffer, seen.pixel, seen.depth, seen.facing, loud, seen.tri, px, rule):
        xy, alpha = thinned(to_plane(view, c.pixel, px), c.strength, TOLERANCE_MM)
        width = pen_mm(view) * (0.5 + 0.3 * float(c.strength.max()))
        out.append(Line(xy, CONTOUR, width, CONTOUR_STRENGTH[view.style] * alpha))
    return out


@dataclass(frozen=True)
class SkinArt:
    """What is drawn on the skin in every view; made once for a body."""

    hairline: list[SkinCurve]
    fringe: list[tuple[F64, float]]
    strokes: list[Placed]


def skin_art(body: Body, pattern: Body) -> SkinArt:
    """Hairline, fringe and anatomical strokes of a body, where they lie on the skin of the pattern."""
    field = fine_field(pattern, scalp_field(pattern))
    strokes = [s for s in body_strokes(pattern) if s.stroke.drawn_on(body.key)]
    return SkinArt(hairline(body, field), fringe_strokes(body, field), strokes + digit_creases(body) + nail_rims(body))


def view_lines(body: Body, view: View, buffer: Buffer, eyeball: Bool, px: float, art: SkinArt) -> list[Line]:
    """The line art of a view; `eyeball` (H,W) marks the pixels that show an eyeball."""
    seen = turned(body, view, px)
    out = outline(view, buffer, seen, px) + contours(body, view, buffer, seen, px)
    sight = Sight(body, view, buffer, px)
    out += feature_lines(sight, art.strokes, pen_mm(view))
    out += hair_lines(sight, art.hairline, art.fringe)
    if eyeball.any():
        out += eye_lines(view, eyeball, px) + iris_lines(sight) + brow_lines(sight)
    return out + lip_lines(sight)
