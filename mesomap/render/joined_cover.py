"""Covered skin of many regions as one calm area of a view: one more mark costs the skin about it, not all there is."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from mesomap.render.paths import calmed, without_specks

#: Gaps between the mapped outlines of neighbouring regions that are closed, view mm.
_SEAM_MM = 0.4
#: Notches and slivers that steep skin at the silhouette leaves: closed, then opened by this, view mm.
_CALM_MM = 0.8
#: Closing the seams, closing and opening: a change is felt this far away, view mm, and no further.
_REACH_MM = 2 * _SEAM_MM + 4 * _CALM_MM + 0.1
#: Where windows take more than this part of the whole, the whole is made anew.
_MUCH = 0.4

_Box = tuple[float, float, float, float]


class JoinedCover:
    """Keeps the area, and makes it anew where its parts have changed since."""

    def __init__(self) -> None:
        self._parts: dict[str, BaseGeometry] = {}
        self._smooth: BaseGeometry = shapely.Polygon()
        self._shape: BaseGeometry = shapely.MultiPolygon()

    def of(self, parts: Mapping[str, BaseGeometry]) -> BaseGeometry:
        """The area of these parts (view mm, by region) without the borders between them; the same one until one is
        another object.
        """
        names = {name for name in (*parts, *self._parts) if parts.get(name) is not self._parts.get(name)}
        if not names:
            return self._shape
        nothing = shapely.Polygon()
        boxes = [changed_box(self._parts.get(name, nothing), parts.get(name, nothing)) for name in sorted(names)]
        windows = [_wider(box) for box in boxes if box is not None]
        whole = _area(tuple(shapely.total_bounds(list(parts.values())).tolist())) if parts else 0.0
        self._parts = dict(parts)
        if sum(map(_area, windows)) < _MUCH * whole and not self._smooth.is_empty:
            for window in windows:
                self._smooth = self._patched(window)
        else:
            self._smooth = _joined(list(parts.values()))
        self._shape = without_specks(self._smooth, _CALM_MM)
        return self._shape

    def _patched(self, window: _Box) -> BaseGeometry:
        """The area with what lies in the window made anew, from all that may be felt there."""
        frame, near = shapely.box(*window), shapely.box(*_wider(window))
        parts = [shapely.intersection(shape, near) for shape in self._parts.values() if shape.intersects(near)]
        fresh = shapely.intersection(_joined(parts), frame)
        return shapely.union(shapely.difference(self._smooth, frame), fresh)


def changed_box(old: BaseGeometry, new: BaseGeometry) -> _Box | None:
    """Box about all in which two areas differ: about every edge that one of them has and the other has not."""
    before, after = _edges(old), _edges(new)
    was, now = _stamps(before), _stamps(after)
    edges = np.concatenate([before[~np.isin(was, now)], after[~np.isin(now, was)]])
    if not len(edges):
        return None
    (left, top), (right, bottom) = edges.reshape(-1, 2).min(axis=0), edges.reshape(-1, 2).max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def _edges(area: BaseGeometry) -> npt.NDArray[np.float64]:
    """(N, 4) both ends of every edge, in the order in which they are drawn."""
    xy, ring = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(area)), return_index=True)
    together = ring[1:] == ring[:-1]
    return np.concatenate([xy[:-1][together], xy[1:][together]], axis=1)


def _stamps(edges: npt.NDArray[np.float64]) -> npt.NDArray[np.uint64]:
    """(N,) a number for every edge; two that differ have different ones, but for odds of 1 in 10¹⁹."""
    bits = np.ascontiguousarray(edges).view(np.uint64)
    odd = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], np.uint64)
    mixed = bits * odd
    return np.asarray(((mixed ^ (mixed >> np.uint64(29))) * odd[::-1]).sum(axis=1, dtype=np.uint64))


def _joined(parts: list[BaseGeometry]) -> BaseGeometry:
    wide = shapely.union_all([shapely.buffer(shape, _SEAM_MM, quad_segs=2) for shape in parts])
    return calmed(shapely.buffer(wide, -_SEAM_MM, quad_segs=2), _CALM_MM)


def _wider(box: _Box) -> _Box:
    return box[0] - _REACH_MM, box[1] - _REACH_MM, box[2] + _REACH_MM, box[3] + _REACH_MM


def _area(box: _Box) -> float:
    return max(box[2] - box[0], 0.0) * max(box[3] - box[1], 0.0)
