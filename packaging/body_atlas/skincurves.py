"""Curves that lie on the skin: isolines of a vertex field, and curves drawn in a plane and cast on the body.

Both are kept as places on the fine mesh, so that they follow every pose and show in every view.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import minimum_filter

from body_atlas.arrays import F32, F64, I64, Bool
from body_atlas.body import Body
from body_atlas.contours import chained, crossing_segments, runs
from body_atlas.raster import NOTHING, Buffer, rasterise
from body_atlas.view import View


@dataclass(frozen=True)
class SkinCurve:
    """Points on the fine mesh: each is a weighted mix (n,3) of three vertices (n,3)."""

    vertex: I64
    weight: F64

    def at(self, values: F64) -> F64:
        """A vertex attribute (N,…) along the curve."""
        shape = (-1, 3) + (1,) * (values.ndim - 1)
        return np.asarray((values[self.vertex] * self.weight.reshape(shape)).sum(1))

    def part(self, start: int, stop: int) -> SkinCurve:
        """A stretch of the curve."""
        return SkinCurve(self.vertex[start:stop], self.weight[start:stop])


def isolines(tri: I64, field: F64) -> list[SkinCurve]:
    """Where a vertex field (N) is 0 on the triangles (T,3), chained into curves (a loop repeats its
    first point).
    """
    segments, edge, share = crossing_segments(field, tri)
    out = []
    for path in chained(segments, len(edge)):
        ends = edge[path]
        weight = np.stack([1 - share[path], share[path], np.zeros(len(path))], 1)
        out.append(SkinCurve(np.concatenate([ends, ends[:, :1]], 1), weight))
    return out


class Caster:
    """Casts plane curves on the body: a picture of which fine triangle is seen from one direction."""

    def __init__(self, body: Body, rotation: F64, box_mm: tuple[float, float, float, float], px: float) -> None:
        self.tri = body.fine.tri
        self.px, self.box = px, box_mm
        view = View("", "", 0, rotation, box_mm, ("", ""), {})
        self.pixel, depth = view.pixels(body.fine.xyz[0], px)
        width, height = round((box_mm[2] - box_mm[0]) * px), round((box_mm[3] - box_mm[1]) * px)
        self.seen = rasterise(self.pixel, depth, self.tri, width, height).tri

    def cast(self, plane: F64) -> SkinCurve | None:
        """The curve under plane points (n,2) mm; None when one of them misses the body."""
        x, y = (plane[:, 0] - self.box[0]) * self.px, (self.box[3] - plane[:, 1]) * self.px
        row, column = y.astype(int), x.astype(int)
        if row.min() < 0 or column.min() < 0 or row.max() >= self.seen.shape[0] or column.max() >= self.seen.shape[1]:
            return None
        hit = self.seen[row, column]
        if hit.min() < 0:
            return None
        corner = self.tri[hit]
        a, b, c = (self.pixel[corner[:, k]] for k in range(3))
        double = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (c[:, 0] - a[:, 0]) * (b[:, 1] - a[:, 1])
        w0 = ((b[:, 0] - x) * (c[:, 1] - y) - (c[:, 0] - x) * (b[:, 1] - y)) / double
        w1 = ((c[:, 0] - x) * (a[:, 1] - y) - (a[:, 0] - x) * (c[:, 1] - y)) / double
        return SkinCurve(corner, np.stack([w0, w1, 1 - w0 - w1], 1))


class Sight:
    """Depth test of one drawn view."""

    def __init__(self, body: Body, view: View, buffer: Buffer, px: float) -> None:
        self.body, self.view, self.px = body, view, px
        self.nearest: F32 = minimum_filter(buffer.depth, 3)
        self.facing = body.fine.normal[view.pose] @ view.rotation[2]

    def place(self, curve: SkinCurve) -> tuple[F64, F64, F64]:
        """Plane positions (n,2) mm, depth (n) and n·v (n) of a curve."""
        plane, depth = self.view.plane(curve.at(self.body.fine.xyz[self.view.pose]))
        return plane, depth, curve.at(self.facing)

    def sees(self, plane: F64, depth: F64, tolerance: float) -> Bool:
        """(n) inside the crop and not hidden by more than `tolerance` mm."""
        height, width = self.nearest.shape
        x = np.floor((plane[:, 0] - self.view.box_mm[0]) * self.px).astype(int)
        y = np.floor((self.view.box_mm[3] - plane[:, 1]) * self.px).astype(int)
        inside = (x >= 0) & (y >= 0) & (x < width) & (y < height)
        near = self.nearest[y.clip(0, height - 1), x.clip(0, width - 1)]
        return np.asarray(inside & (near > NOTHING / 2) & (near <= depth + tolerance))

    def stretches(self, curve: SkinCurve, tolerance: float, grazing: float = 0.1) -> list[tuple[F64, F64]]:
        """The seen parts of a curve: plane points (n,2) and a strength (n) that fades where the skin
        turns away.
        """
        plane, depth, facing = self.place(curve)
        seen = self.sees(plane, depth, tolerance) & (facing > 0.02)
        fade = np.clip((facing - 0.02) / grazing, 0, 1)
        return [(plane[a:b], fade[a:b]) for a, b in runs(seen, 1, 2)]
