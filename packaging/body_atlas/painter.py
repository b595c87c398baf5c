"""Regions as signed fields: each rule paints a region over those painted before.

A field is positive inside its region, negative outside, in millimetres near the border. At a vertex the region with the
largest value owns the skin; between vertices the fields are interpolated, so borders are curves, not triangle edges.
Rules see one side only (|x|): the other side is the mirror image.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from body_atlas.surface import Bools, Floats

REACH_MM = 25.0
"""Fields are clipped to this: farther from a border nothing depends on them."""


def smooth_curve(points: Sequence[tuple[float, float]], closed: bool, per_span: int = 8) -> Floats:
    """Catmull–Rom curve through the points, (N, 2)."""
    p = np.asarray(points, dtype=float)
    if closed:
        padded = np.concatenate([p[-1:], p, p[:2]])
    else:
        padded = np.concatenate([2 * p[:1] - p[1:2], p, 2 * p[-1:] - p[-2:-1]])
    t = (np.arange(per_span) / per_span)[:, None]
    spans = []
    for k in range(len(padded) - 3):
        a, b, c, d = padded[k : k + 4]
        spans.append(
            0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        )
    if not closed:
        spans.append(p[-1:])
    return np.concatenate(spans)


def _distance(x: Floats, y: Floats, line: Floats) -> tuple[Floats, Floats]:
    """Distance of each point to a polyline (N, 2) and the share (0…1) of the line at the nearest place."""
    start, step = line[:-1], np.diff(line, axis=0)
    length = np.maximum(np.linalg.norm(step, axis=1), 1e-12)
    begun = np.concatenate([[0.0], np.cumsum(length)])
    best = np.full(len(x), np.inf)
    where = np.zeros(len(x))
    for k in range(len(start)):
        rx, ry = x - start[k, 0], y - start[k, 1]
        t = np.clip((rx * step[k, 0] + ry * step[k, 1]) / length[k] ** 2, 0.0, 1.0)
        d = np.hypot(rx - t * step[k, 0], ry - t * step[k, 1])
        nearer = d < best
        best = np.where(nearer, d, best)
        where = np.where(nearer, (begun[k] + t * length[k]) / begun[-1], where)
    return best, where


def _close_by(x: Floats, y: Floats, line: Floats) -> Bools:
    """Points whose distance to the line can matter."""
    low, high = line.min(axis=0) - REACH_MM, line.max(axis=0) + REACH_MM
    close: Bools = (x > low[0]) & (x < high[0]) & (y > low[1]) & (y < high[1])
    return close


def inside_shape(x: Floats, y: Floats, points: Sequence[tuple[float, float]]) -> Floats:
    """Signed distance (mm, positive inside, −25 far away) of plane points to the smooth closed curve."""
    ring = smooth_curve(points, closed=True)
    out = np.full(len(x), -REACH_MM)
    close = _close_by(x, y, ring)
    distance, _ = _distance(x[close], y[close], np.concatenate([ring, ring[:1]]))
    polygon = shapely.Polygon(ring).buffer(0)
    shapely.prepare(polygon)
    out[close] = np.where(shapely.contains_xy(polygon, x[close], y[close]), distance, -distance)
    return out


def near_curve(x: Floats, y: Floats, points: Sequence[tuple[float, float]], half_widths: Sequence[float]) -> Floats:
    """Signed distance to a ribbon along the smooth curve through `points`; its half width (mm) varies along it."""
    curve = smooth_curve(points, closed=False)
    out = np.full(len(x), -REACH_MM)
    close = _close_by(x, y, curve)
    distance, along = _distance(x[close], y[close], curve)
    out[close] = np.interp(along, np.linspace(0.0, 1.0, len(half_widths)), half_widths) - distance
    return out


def above_curve(x: Floats, y: Floats, points: Sequence[tuple[float, float]]) -> Floats:
    """y minus the smooth curve y(x) through `points` (x ascending; constant beyond the ends)."""
    return np.asarray(y - curve_at(x, points))


def curve_at(t: Floats, points: Sequence[tuple[float, float]]) -> Floats:
    """Value of the smooth curve through (t, value) points, t ascending, constant beyond the ends."""
    curve = smooth_curve(points, closed=False, per_span=12)
    return np.asarray(np.interp(t, curve[:, 0], curve[:, 1]))


def all_of(*fields: Floats) -> Floats:
    """Inside every one."""
    return np.asarray(np.minimum.reduce(fields))


def any_of(*fields: Floats) -> Floats:
    """Inside at least one."""
    return np.asarray(np.maximum.reduce(fields))


class Painter:
    """Collects the painted fields of N vertices; names without side."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.fields: dict[str, Floats] = {}

    def paint(self, name: str, field: Floats) -> None:
        """Paint a region over everything painted so far; painting a name again enlarges it."""
        field = np.clip(np.asarray(field, dtype=float), -REACH_MM, REACH_MM)
        for other in self.fields:
            if other != name:
                self.fields[other] = np.minimum(self.fields[other], -field)
        self.fields[name] = np.maximum(self.fields[name], field) if name in self.fields else field

    def uncovered(self) -> Bools:
        """Vertices that no region claims, (N,)."""
        best = np.maximum.reduce(list(self.fields.values()))
        none: Bools = best < 0
        return none


def split_sides(painted: dict[str, Floats], x_mm: Floats, middle: frozenset[str]) -> dict[str, Floats]:
    """Ids with a side: `name.mid` for those in `middle`, else `name.left` (x > 0) and `name.right`.

    Fields were computed from |x|, so they are equal on both sides; a region that reaches the midline is cut there.
    """
    out: dict[str, Floats] = {}
    for name, field in painted.items():
        if name in middle:
            out[f"{name}.mid"] = field
        else:
            out[f"{name}.left"] = np.minimum(field, x_mm)
            out[f"{name}.right"] = np.minimum(field, -x_mm)
    return out
