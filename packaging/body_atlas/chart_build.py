"""One chart per region: grow, flatten, scale, turn upright, check; several islands lie side by side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from body_atlas.chart_area import favour_area
from body_atlas.chart_disc import grow_disc, submesh
from body_atlas.chart_flatten import flatten
from body_atlas.chart_metrics import ChartAccuracy, chart_accuracy, jacobians, local_frames, scale_to_area
from body_atlas.surface import Bools, Floats, Ints, Surface, boundary_loops

XY_UNIT_MM = 0.02
MARGIN_WEIGHT = 0.02
MARGIN_STEPS = (1.0, 0.7, 0.45, 0.25, 0.1, 0.0)
ISLAND_GAP_MM = 6.0


class ChartError(Exception):
    """A region cannot be charted; the message says which and why."""


@dataclass(frozen=True)
class Chart:
    """Flat skin of one region and its margin; `xy` mm (quantised to 0.02), `verts` and `tris` ascending ids."""

    verts: Ints
    xy: Floats
    tris: Ints
    margin_mm: float
    accuracy: ChartAccuracy
    lost_mm2: float


@dataclass(frozen=True)
class _Island:
    tris: Ints
    verts: Ints
    local: Ints
    xy: Floats
    margin_mm: float


def upright(surface: Surface, tris: Ints, local: Ints, xy: Floats, share: Floats, verts: Ints) -> Floats:
    """The chart turned so that the mean body-up is +y (back is up on top of the head, front under the foot)."""
    points = surface.verts[verts]
    flat, areas = local_frames(points, local)
    jac = jacobians(flat, local, xy)
    e1 = points[local[:, 1]] - points[local[:, 0]]
    e1 /= np.maximum(np.linalg.norm(e1, axis=1, keepdims=True), 1e-12)
    normal = surface.normals[tris]
    e2 = np.cross(normal, e1)
    weight = areas * share
    mean_normal = (normal * weight[:, None]).sum(axis=0) / weight.sum()

    def mean_of(direction: Floats) -> Floats:
        tangent = np.stack([e1 @ direction, e2 @ direction], axis=1)
        return np.asarray((np.einsum("tij,tj->ti", jac, tangent) * weight[:, None]).sum(axis=0) / weight.sum())

    up = mean_of(np.array([0.0, 1.0, 0.0]))
    if np.linalg.norm(up) < 0.3:
        up = mean_of(np.array([0.0, 0.0, -1.0 if mean_normal[1] > 0 else 1.0]))
    c, s = up[1], up[0]
    norm = float(np.hypot(c, s))
    turn = np.array([[c, -s], [s, c]]) / norm
    turned = np.asarray(xy @ turn.T)
    centre = np.average(turned[local].mean(axis=1), axis=0, weights=weight)
    return np.asarray(turned - centre)


def _simple(local: Ints, xy: Floats) -> bool:
    """Whether the flat part covers no place twice (its outline is one simple ring)."""
    loops = boundary_loops(local)
    return len(loops) == 1 and bool(shapely.Polygon(xy[loops[0]]).is_valid)


def _island(
    surface: Surface, share: Floats, chosen: Bools, margin_mm: float, allowed: Bools, anywhere: Bools,
    mirror: Ints | None, mirror_vert: Ints | None,
) -> _Island:
    """Flattens one connected part, with as much margin as fits without overlap.

    When no margin among the `allowed` triangles fits, a stiff one `anywhere` holds the outline open (between the toes).
    """
    tries = [(step, allowed, MARGIN_WEIGHT) for step in MARGIN_STEPS]
    tries += [(step, anywhere, 1.0) for step in MARGIN_STEPS]
    for step, limit, soft in tries:
        margin = margin_mm * step
        inside = grow_disc(surface, chosen, margin, limit, mirror)
        tris, verts, local = submesh(surface.tri, inside)
        part_share = np.where(chosen[tris], share[tris], 0.0)
        weight = np.where(part_share > 0, 1.0, soft)
        points = surface.verts[verts]
        xy = favour_area(points, local, flatten(points, local, weight), weight)
        xy = upright(surface, tris, local, scale_to_area(points, local, xy, part_share), part_share, verts)
        if mirror_vert is not None:
            twin = np.searchsorted(verts, mirror_vert[verts])
            xy = 0.5 * (xy + xy[twin] * np.array([-1.0, 1.0]))
        if _simple(local, xy):
            return _Island(tris, verts, local, xy, margin)
    raise ChartError("the flat skin overlaps itself even without a margin; split the region.")


def build_chart(
    surface: Surface,
    share: Floats,
    margin_mm: float,
    allowed: Bools,
    mirror: Ints | None = None,
    mirror_vert: Ints | None = None,
) -> Chart:
    """The chart of the region that owns `share` (0…1) of every triangle.

    `allowed` limits the margin; `mirror`/`mirror_vert` make it exactly symmetric (midline regions of one part).
    Raises ChartError when the region cannot be laid flat without folds.
    """
    touched = share > 0
    part = surface.components(touched)
    islands: list[_Island] = []
    taken = np.zeros(len(surface.verts), dtype=bool)
    count = int(part.max()) + 1
    for k in range(count):
        chosen = part == k
        others = np.zeros(len(surface.verts), dtype=bool)
        others[surface.tri[touched & ~chosen]] = True
        free = ~np.asarray((others | taken)[surface.tri].any(axis=1))
        if count > 1 and taken[surface.tri[chosen]].any():
            raise ChartError(f"two of its {count} parts touch at a vertex; part the region from itself.")
        single = count == 1
        limit = allowed if single else allowed & free
        anywhere = np.ones(len(surface.tri), dtype=bool) if single else free
        island = _island(surface, share, chosen, margin_mm, limit, anywhere, mirror if single else None,
                         mirror_vert if single else None)
        taken[island.verts] = True
        islands.append(island)
    return _assemble(surface, share, islands)


def _assemble(surface: Surface, share: Floats, islands: list[_Island]) -> Chart:
    """Islands side by side from left to right as they lie on the body, as one chart, quantised."""
    islands = sorted(islands, key=lambda i: float(surface.verts[i.verts][:, 0].mean()))
    x = 0.0
    placed = []
    for island in islands:
        low, high = island.xy.min(axis=0), island.xy.max(axis=0)
        placed.append(island.xy + np.array([x - low[0], 0.0]) if len(islands) > 1 else island.xy)
        x += float(high[0] - low[0]) + ISLAND_GAP_MM
    verts = np.concatenate([i.verts for i in islands])
    xy = np.concatenate(placed)
    if len(islands) > 1:
        xy = xy - (xy.min(axis=0) + xy.max(axis=0)) / 2.0
    order = np.argsort(verts)
    verts, xy = verts[order], np.round(xy[order] / XY_UNIT_MM) * XY_UNIT_MM
    tris = np.sort(np.concatenate([i.tris for i in islands]))
    local = np.searchsorted(verts, surface.tri[tris])
    accuracy = chart_accuracy(surface.verts[verts], local, xy, share[tris])
    missing = share.copy()
    missing[tris] = 0.0
    return Chart(verts, xy, tris, min(i.margin_mm for i in islands), accuracy, float((missing * surface.areas).sum()))


def mirrored_chart(chart: Chart, mirror_vert: Ints, mirror_tri: Ints) -> Chart:
    """The same chart on the other side of the body."""
    verts = mirror_vert[chart.verts]
    order = np.argsort(verts)
    xy = (chart.xy * np.array([-1.0, 1.0]))[order]
    return Chart(verts[order], xy, np.sort(mirror_tri[chart.tris]), chart.margin_mm, chart.accuracy, chart.lost_mm2)
