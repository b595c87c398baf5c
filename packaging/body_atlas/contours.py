"""Inner contours: where the skin turns away from the viewer in front of other skin (exact n·v = 0
isolines).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from body_atlas.arrays import F64, I64, Bool
from body_atlas.raster import Buffer


@dataclass(frozen=True)
class Contour:
    """An open polyline in pixels (n,2) with its strength 0–1 at every point."""

    pixel: F64
    strength: F64


@dataclass(frozen=True)
class Rule:
    """Thresholds of one drawing, in mm.

    `hidden` depth tolerance, `jump` depth step that earns full strength, `rim` distance from the outline
    inside which nothing is drawn (the outline is drawn already), `shortest` length kept.
    """

    hidden: float
    jump: float
    rim: float
    shortest: float


def crossing_segments(normal_z: F64, tri: I64) -> tuple[I64, I64, F64]:
    """Segments of the zero isoline: the two mesh edges of each (S,2) as indices into the unique edges
    (E,2), and the share (E) along each edge (from its lower to its higher vertex) where n·v is 0."""
    sign = normal_z[tri] > 0
    mixed = tri[sign.any(1) & ~sign.all(1)]
    count = len(normal_z)
    keys = []
    for i in range(3):
        a, b = mixed[:, i], mixed[:, (i + 1) % 3]
        low, high = np.minimum(a, b), np.maximum(a, b)
        keys.append(np.where((normal_z[a] > 0) != (normal_z[b] > 0), low * count + high, -1))
    key = np.stack(keys, 1)
    pair = np.sort(key, 1)[:, 1:]
    unique, inverse = np.unique(pair, return_inverse=True)
    edge = np.stack([unique // count, unique % count], 1)
    z0, z1 = normal_z[edge[:, 0]], normal_z[edge[:, 1]]
    return inverse.reshape(-1, 2), edge, z0 / (z0 - z1 + 1e-15)


def outline_points(pixel: F64, normal_z: F64, tri: I64, spacing: float = 0.3) -> F64:
    """(m,2) pixels along the n·v = 0 isolines, at most `spacing` apart."""
    segments, edge, share = crossing_segments(normal_z, tri)
    node = pixel[edge[:, 0]] * (1 - share)[:, None] + pixel[edge[:, 1]] * share[:, None]
    a, b = node[segments[:, 0]], node[segments[:, 1]]
    count = np.maximum(1, np.ceil(np.linalg.norm(b - a, axis=1) / spacing)).astype(np.int64)
    which = np.repeat(np.arange(len(a)), count)
    first = np.concatenate([[0], np.cumsum(count)[:-1]])
    along = (np.arange(len(which)) - first[which] + 0.5) / count[which]
    return np.asarray(a[which] * (1 - along)[:, None] + b[which] * along[:, None])


def chained(segments: I64, count: int) -> list[I64]:
    """Joins segments (S,2) of node ids into paths; open ends first, then loops."""
    neighbours: list[list[int]] = [[] for _ in range(count)]
    for a, b in segments.tolist():
        neighbours[a].append(b)
        neighbours[b].append(a)
    used: set[tuple[int, int]] = set()
    paths = []
    starts = [i for i in range(count) if len(neighbours[i]) == 1] + list(range(count))
    for start in starts:
        path = [start]
        while True:
            here = path[-1]
            onward = [n for n in neighbours[here] if (min(here, n), max(here, n)) not in used]
            if not onward:
                break
            used.add((min(here, onward[0]), max(here, onward[0])))
            path.append(onward[0])
        if len(path) > 2:
            paths.append(np.array(path, np.int64))
    return paths


def runs(flag: Bool, bridge: int, shortest: int) -> list[tuple[int, int]]:
    """Stretches of True, gaps up to `bridge` closed, those under `shortest` dropped."""
    turn = np.flatnonzero(np.diff(np.concatenate([[0], flag.astype(np.int8), [0]])))
    merged: list[list[int]] = []
    for start, stop in zip(turn[::2].tolist(), turn[1::2].tolist(), strict=True):
        if merged and start - merged[-1][1] <= bridge:
            merged[-1][1] = stop
        else:
            merged.append([start, stop])
    return [(a, b) for a, b in merged if b - a >= shortest]


def arc_length(line: F64) -> F64:
    """(n) distance along a polyline from its start."""
    step = np.linalg.norm(np.diff(line[:, :2], axis=0), axis=1)
    return np.concatenate([[0.0], np.cumsum(step)])


def inner_contours(
    buffer: Buffer, pixel: F64, depth: F64, normal_z: F64, loud: F64, tri: I64, px: float, rule: Rule
) -> list[Contour]:
    """Visible contours inside the outline, tapered at their ends and weighted by the depth step they mark.

    `pixel` (N,2), `depth`, `normal_z` and `loud` (0 silences a place) belong to the vertices.
    """
    from scipy.ndimage import distance_transform_edt, gaussian_filter1d, maximum_filter, minimum_filter

    segments, edge, share = crossing_segments(normal_z, tri)
    place = np.concatenate([pixel, depth[:, None]], 1)
    node = place[edge[:, 0]] * (1 - share)[:, None] + place[edge[:, 1]] * share[:, None]
    volume = loud[edge[:, 0]] * (1 - share) + loud[edge[:, 1]] * share
    height, width = buffer.tri.shape
    inside = (node[:, 0] >= 0) & (node[:, 1] >= 0) & (node[:, 0] < width) & (node[:, 1] < height)
    x, y = node[:, 0].astype(int).clip(0, width - 1), node[:, 1].astype(int).clip(0, height - 1)
    nearest = minimum_filter(buffer.depth, 3)
    seen = inside & (nearest[y, x] <= node[:, 2] + rule.hidden)
    mask = buffer.mask
    reach = max(2, round(rule.rim * px))
    deep = distance_transform_edt(np.pad(mask, 1, constant_values=True))[1:-1, 1:-1]
    behind = np.where(mask, buffer.depth, buffer.depth[mask].min())
    span = 2 * max(1, round(0.5 * px)) + 1
    step = maximum_filter(behind, span) - minimum_filter(behind, span)
    out = []
    for path in chained(segments, len(edge)):
        for a, b in runs(seen[path], 4, 4):
            line = gaussian_filter1d(node[path[a:b], :2], 1.5, axis=0, mode="nearest")
            xi, yi = line[:, 0].astype(int).clip(0, width - 1), line[:, 1].astype(int).clip(0, height - 1)
            strong = gaussian_filter1d(np.clip(step[yi, xi] / rule.jump - 0.35, 0, 1) * volume[path[a:b]], 3.0)
            for c, d in runs(deep[yi, xi] > reach, 2, 4):
                out += _tapered(line[c:d], strong[c:d], px, rule)
    return out


def _tapered(line: F64, strength: F64, px: float, rule: Rule) -> list[Contour]:
    along = arc_length(line) / px
    if along[-1] < rule.shortest or strength.max() < 0.12:
        return []
    end = np.minimum(along, along[-1] - along)
    return [Contour(line, strength * np.clip(0.1 + end / (2.5 * rule.shortest), 0, 1))]
