"""How far apart two places are along the skin.

Inside one chart: the straight chart line, measured with the metric. Farther: the shortest path over the edges
of the mesh and across pairs of triangles, then straightened chart by chart. Both are paths on the skin, so
the answer is never shorter than the true (geodesic) distance but for the rounding of the metric.

Measured against exact polyhedral geodesics of the shipped body (libigl, 3 random starts, 144 targets): median 0.5 %
too long; 95 % within 4.8 % below 6 cm (folds of the face and ear), 2.4 % below 20 cm, 1.8 % beyond; worst 6.6 %;
never more than 0.1 % too short.
"""

import heapq
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from mesomap.atlas.chart import Chart
from mesomap.atlas.geometry import Geometry
from mesomap.atlas.records import Floats, Ints
from mesomap.atlas.skin import SkinArray
from mesomap.domain.place import SkinPoint

#: Places looked at along a chart line to see that it stays on the chart.
_LOOKS = 33


def chart_line_mm(chart: Chart, a: SkinPoint, b: SkinPoint) -> float | None:
    """Skin length of the straight line between two points of the chart; None when it leaves the chart."""
    start, end = chart.to_chart_one(a), chart.to_chart_one(b)
    if start is None or end is None:
        return None
    p, q = np.array([start]), np.array([end])
    steps = np.linspace(0.0, 1.0, _LOOKS)[1:-1, None]
    if (chart.grid.find(p + steps * (q - p))[0] < 0).any():
        return None
    return float(chart.metric.lengths_mm(p, q, nodes=_LOOKS)[0])


class SkinPaths:
    """Shortest paths over the mesh of pose 0."""

    def __init__(self, geometry: Geometry) -> None:
        self._geometry = geometry
        self._xyz = geometry.positions[0]
        skin = geometry.tri_region >= 0
        tri = geometry.tri[skin]
        start, end, length = _links(tri, self._xyz)
        order = np.argsort(start, kind="stable")
        self._ends: list[int] = _listed(end[order])
        self._lengths: list[float] = _listed(length[order])
        self._first: list[int] = _listed(np.searchsorted(start[order], np.arange(len(self._xyz) + 1)))
        place = np.full(len(self._xyz), -1, dtype=np.int64)
        ids = np.flatnonzero(skin)
        place[tri.ravel()] = np.repeat(ids, 3)
        self._triangle_of = place

    def vertex_point(self, vertex: int) -> SkinPoint:
        """A vertex as a skin point."""
        t = int(self._triangle_of[vertex])
        corner = int(np.flatnonzero(self._geometry.tri[t] == vertex)[0])
        return SkinPoint(t, float(corner == 0), float(corner == 1))

    def path(self, a: SkinPoint, b: SkinPoint) -> tuple[float, list[SkinPoint]] | None:
        """Length in mm and points of a short path from a to b; None when the skin does not connect them."""
        pa, pb = self._position(a), self._position(b)
        goal = {int(v): float(np.linalg.norm(self._xyz[v] - pb)) for v in self._geometry.tri[b.triangle]}
        done: dict[int, float] = {}
        came: dict[int, int] = {}
        queue: list[tuple[float, float, int, int]] = []
        for v in self._geometry.tri[a.triangle].tolist():
            d = float(np.linalg.norm(self._xyz[v] - pa))
            heapq.heappush(queue, (d + float(np.linalg.norm(self._xyz[v] - pb)), d, v, -1))
        while queue:
            _, d, v, origin = heapq.heappop(queue)
            if v == -2:
                return d, self._traced(a, b, came, origin)
            if v in done:
                continue
            done[v], came[v] = d, origin
            if v in goal:
                heapq.heappush(queue, (d + goal[v], d + goal[v], -2, v))
            for k in range(self._first[v], self._first[v + 1]):
                w = self._ends[k]
                if w not in done:
                    total = d + self._lengths[k]
                    ahead = self._xyz[w] - pb
                    heapq.heappush(queue, (total + float(ahead @ ahead) ** 0.5, total, w, v))
        return None

    def _traced(self, a: SkinPoint, b: SkinPoint, came: dict[int, int], last: int) -> list[SkinPoint]:
        path = [b]
        while last >= 0:
            path.append(self.vertex_point(last))
            last = came[last]
        path.append(a)
        return path[::-1]

    def _position(self, point: SkinPoint) -> Floats:
        weights = np.array([point.b0, point.b1, 1.0 - point.b0 - point.b1])
        place: Floats = weights @ self._xyz[self._geometry.tri[point.triangle]]
        return place


def _listed(values: npt.NDArray[Any]) -> list[Any]:
    """As a list, in small parts: all at once another thread would keep Python's lock for 10 ms and more."""
    found: list[Any] = []
    for part in np.array_split(values, len(values) // 5000 + 1):
        found += part.tolist()
    return found


def _links(tri: Ints, xyz: Floats) -> tuple[Ints, Ints, Floats]:
    """Links of the graph, both ways: mesh edges, and the straight line across each pair of neighbours."""
    start, end, tip = tri.ravel(), tri[:, [1, 2, 0]].ravel(), tri[:, [2, 0, 1]].ravel()
    size = len(xyz)
    forward = start * size + end
    order = np.argsort(forward)
    place = np.searchsorted(forward, end * size + start, sorter=order)
    place[place == len(forward)] = 0
    twin = order[place]
    has_twin = forward[twin] == end * size + start
    paired = np.flatnonzero(has_twin & (start < end))
    p, q = tip[paired], tip[twin[paired]]
    a, b = xyz[start[paired]], xyz[end[paired]]
    along = b - a
    length = np.linalg.norm(along, axis=1)
    unit = along / length[:, None]
    flat = []
    for corner in (p, q):
        away = xyz[corner] - a
        x = np.einsum("ij,ij->i", away, unit)
        flat.append((x, np.linalg.norm(away - x[:, None] * unit, axis=1)))
    (px, py), (qx, qy) = flat
    cross = px + (qx - px) * py / np.maximum(py + qy, 1e-12)
    straight = (cross > 0) & (cross < length)
    across = np.hypot(qx - px, py + qy)[straight]
    once = (start < end) | ~has_twin
    e0, e1 = start[once], end[once]
    edge = np.linalg.norm(xyz[e0] - xyz[e1], axis=1)
    p, q = p[straight], q[straight]
    return (
        np.concatenate([e0, e1, p, q]),
        np.concatenate([e1, e0, q, p]),
        np.concatenate([edge, edge, across, across]),
    )


def straightened_mm(
    path: Sequence[SkinPoint],
    position: Callable[[SkinArray], Floats],
    charts_of: Callable[[SkinPoint], list[Chart]],
) -> float:
    """Length of the path after replacing as long parts of it as possible by straight chart lines."""
    xyz = position(SkinArray.of(path))
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(xyz, axis=0), axis=1))])
    total, i = 0.0, 0
    while i < len(path) - 1:
        best_j, best = i + 1, float(along[i + 1] - along[i])
        for chart in charts_of(path[i]):
            rows = np.flatnonzero(chart.rows(np.array([p.triangle for p in path[i:]])) >= 0)
            for k in rows[::-1].tolist()[:3]:
                j = i + k
                if j <= best_j:
                    break
                line = chart_line_mm(chart, path[i], path[j])
                if line is not None:
                    best_j, best = j, min(line, float(along[j] - along[i]) * 1.02)
                    break
        total, i = total + best, best_j
    return total
