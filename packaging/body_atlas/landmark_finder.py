"""Finds places on one body: along its midline, at its farthest points, straight out from its joints, on its borders.

Every rule of landmark_head, landmark_trunk and landmark_limbs is written with these few ways of looking, so that
the same words place the same landmark on every body. Positions are mm of the anatomical pose; the left side is
looked at, the right one is its mirror image.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from body_atlas.arrays import F64, Bool
from body_atlas.body import SKIN, Body
from mesomap.atlas import Atlas, SkinArray
from mesomap.atlas.nearest import closest_in_triangles


class LandmarkError(ValueError):
    """A rule found no place on this body; the sentence names the rule."""


class Finder:
    """One body with its atlas."""

    def __init__(self, body: Body, atlas: Atlas) -> None:
        self.body = body
        self.atlas = atlas
        self.eye = body.eye_centre("L")
        fine = body.fine
        self.corner = fine.xyz[0][fine.tri[fine.tri_kind == SKIN]]
        self.xyz: F64 = atlas.geometry.positions[0]
        skin = atlas.geometry.tri_region >= 0
        self.skin_vertex = np.unique(atlas.geometry.tri[skin])

    # midline

    @cached_property
    def _midline(self) -> F64:
        """(n, 2, 2) edges of the fine skin on the midline as (y, z)."""
        fine = self.body.fine
        tri = fine.tri[fine.tri_kind == SKIN]
        edge = np.concatenate([tri[:, [0, 1]], tri[:, [1, 2]], tri[:, [2, 0]]])
        on = np.abs(fine.xyz[0][:, 0]) < 1e-6
        edge = np.unique(np.sort(edge[on[edge].all(1)], axis=1), axis=0)
        return np.asarray(fine.xyz[0][edge][:, :, 1:])

    def midline(self, y: float, front: bool) -> F64:
        """Foremost (or hindmost) skin of the midline at height y."""
        low, high = self._midline[:, :, 0].min(1), self._midline[:, :, 0].max(1)
        hit = self._midline[(low <= y) & (y <= high)]
        if not len(hit):
            raise LandmarkError(f"The midline has no skin at height {y:.0f} mm.")
        (ya, za), (yb, zb) = hit[:, 0].T, hit[:, 1].T
        share = np.where(yb == ya, 0.0, (y - ya) / np.where(yb == ya, 1.0, yb - ya))
        z = za + share * (zb - za)
        return np.array([0.0, y, z.max() if front else z.min()])

    def profile(self, low: float, high: float, front: bool = True, step: float = 0.2) -> F64:
        """(n, 3) the midline from height `high` down to `low`."""
        return np.array([self.midline(y, front) for y in np.arange(high, low, -step)])

    def deepest(self, start: F64, end: F64, front: bool = True) -> F64:
        """Place of the midline between two of its places that lies farthest behind their chord."""
        line = self.profile(min(start[1], end[1]), max(start[1], end[1]), front)
        chord = (end - start) / np.linalg.norm(end - start)
        away = line - start
        off = away - (away @ chord)[:, None] * chord
        return np.asarray(line[int(np.argmax(np.linalg.norm(off, axis=1)))])

    def where_it_faces(self, line: F64, degrees: float, front: bool = True) -> F64:
        """First place of a midline run (n, 3) whose skin faces `degrees` below the horizontal."""
        way = np.gradient(line[:, 1:], axis=0)
        down = np.degrees(np.arctan2(way[:, 1] * (-1 if front else 1), -way[:, 0]))
        found = np.flatnonzero(down >= degrees)
        if not len(found):
            raise LandmarkError(f"The midline nowhere faces {degrees:.0f}° down.")
        return np.asarray(line[int(found[0])])

    # farthest points, and straight out

    def extreme(self, direction: tuple[float, float, float], where: Bool) -> F64:
        """Vertex of the skin farthest in a direction among those chosen (V)."""
        ids = self.skin_vertex[where[self.skin_vertex]]
        if not len(ids):
            raise LandmarkError("No skin lies where this landmark is looked for.")
        return np.asarray(self.xyz[ids[int(np.argmax(self.xyz[ids] @ np.array(direction)))]])

    def out(self, start: F64, direction: F64, reach: float = 150.0) -> F64:
        """First skin that a ray from inside the body meets within `reach` mm."""
        d = direction / np.linalg.norm(direction)
        near = np.linalg.norm(self.corner.mean(1) - start, axis=1) < reach + 10
        a, b, c = (self.corner[near, k] for k in range(3))
        e1, e2 = b - a, c - a
        p = np.cross(d, e2)
        det = np.einsum("ij,ij->i", e1, p)
        with np.errstate(divide="ignore", invalid="ignore"):
            s = start - a
            u = np.einsum("ij,ij->i", s, p) / det
            q = np.cross(s, e1)
            v = q @ d / det
            t = np.einsum("ij,ij->i", e2, q) / det
        hit = (u >= -1e-9) & (v >= -1e-9) & (u + v <= 1 + 1e-9) & (t > 0) & (t < reach)
        if not hit.any():
            raise LandmarkError("A line straight out of the body meets no skin.")
        return np.asarray(start + t[hit].min() * d)

    # borders

    def region(self, *region_ids: str) -> Bool:
        """(V) vertices of triangles of these regions of the left side or midline."""
        rows = [self.atlas.region_index(name) for name in region_ids]
        g = self.atlas.geometry
        chosen = np.zeros(len(self.xyz), bool)
        chosen[g.tri[np.isin(g.tri_region, rows)].ravel()] = True
        return chosen

    def outline(self, region_id: str) -> F64:
        """(n, 3) outer border of a region."""
        g = self.atlas.geometry
        row = self.atlas.region_index(region_id)
        first = g.ring_start[row]
        a, b = g.ring_offset[first], g.ring_offset[first + 1]
        ring = SkinArray(g.ring_tri[a:b].astype(np.int64), g.ring_bary[a:b].astype(np.float64))
        return self.atlas.position(ring)

    def centre(self, region_id: str) -> F64:
        """Middle of a region in its chart."""
        middle = self.atlas.chart(region_id).polygon.centroid
        place = self.atlas.from_chart(region_id, np.array([[middle.x, middle.y]]))
        return np.asarray(self.atlas.position(place)[0])

    def border(self, region_id: str, direction: tuple[float, float, float]) -> F64:
        """Place of a region's border farthest in a direction."""
        line = self.outline(region_id)
        return np.asarray(line[int(np.argmax(line @ np.array(direction)))])

    def border_at(self, region_id: str, x: float, upper: bool) -> F64:
        """Where the border of a region crosses a plane beside the midline: its upper or lower place."""
        line = self.outline(region_id)
        after = np.roll(line, -1, axis=0)
        cut = (line[:, 0] - x) * (after[:, 0] - x) <= 0
        if not cut.any():
            raise LandmarkError(f"The border of {region_id} does not cross the plane {x:.0f} mm from the midline.")
        a, b = line[cut], after[cut]
        share = (x - a[:, 0]) / np.where(a[:, 0] == b[:, 0], 1.0, b[:, 0] - a[:, 0])
        place = a + share[:, None] * (b - a)
        return np.asarray(place[int(np.argmax(place[:, 1] * (1 if upper else -1)))])

    def border_level(self, region_id: str, y: float) -> F64:
        """Hindmost place where the border of a region crosses height y."""
        line = self.outline(region_id)
        after = np.roll(line, -1, axis=0)
        cut = (line[:, 1] - y) * (after[:, 1] - y) <= 0
        if not cut.any():
            raise LandmarkError(f"The border of {region_id} does not reach the height {y:.0f} mm.")
        place = line[cut]
        return np.asarray(place[int(np.argmin(place[:, 2]))])

    # places of the mesh

    def of_template(self, template: tuple[float, float, float]) -> F64:
        """The place of the skin that lies at these coordinates (dm) of the unshaped base mesh.

        The mesh is the same for every body, so this names the same place of each.
        """
        tri = self.atlas.geometry.tri[self.atlas.geometry.tri_region >= 0]
        place = np.array(template)
        corner = self.body.template[tri]
        near = np.argsort(np.linalg.norm(corner.mean(1) - place, axis=1))[:40]
        weights, distance = closest_in_triangles(corner[near], place)
        best = int(np.argmin(distance))
        return np.asarray(weights[best] @ self.xyz[tri[near[best]]])

    def eye_opening(self) -> F64:
        """(n, 2) places (x, y) of a 0.25 mm raster of the front view where the left eyeball is seen."""
        x = np.arange(self.eye[0] - 20, self.eye[0] + 20, 0.25)
        y = np.arange(self.eye[1] - 10, self.eye[1] + 12, 0.25)
        grid = np.stack([a.ravel() for a in np.meshgrid(x, y)], 1)
        seen = self.atlas.locate("head_front", grid).tri < 0
        return np.asarray(grid[seen])
