"""How far each injection is from its nearest neighbour, kept while injections come and go."""

import numpy as np
import shapely

from mesomap.atlas.chart import Chart
from mesomap.atlas.records import Bools, Floats, Ints

#: Up to this many pairs are compared outright; beyond, a tree is built.
_PAIRS = 200_000


class NearestGaps:
    """Skin distance of every position to its nearest neighbour, reference mm.

    The neighbour is the nearest other place in the chart (a second injection at the very same place is no
    neighbour); the distance to it is measured with the chart's metric.
    """

    def __init__(self, chart: Chart) -> None:
        self._chart = chart
        self._keys: Ints = np.empty(0, dtype=np.int64)
        self._counted: Bools = np.empty(0, dtype=np.bool_)
        self._xy: Floats = np.empty((0, 2))
        self._nearest: Ints = np.empty(0, dtype=np.int64)
        self._flat: Floats = np.empty(0)
        self._mm: Floats = np.empty(0)

    def add(self, keys: Ints, xy: Floats, counted: Bools) -> None:
        """Add positions (N, 2) under keys (N,); only those counted (N,) are given by `counted_mm`."""
        if len(xy) == 0:
            return
        old = len(self._xy)
        self._keys = np.concatenate([self._keys, keys])
        self._counted = np.concatenate([self._counted, counted])
        self._xy = np.concatenate([self._xy, xy])
        self._nearest = np.concatenate([self._nearest, np.full(len(xy), -1)])
        self._flat = np.concatenate([self._flat, np.full(len(xy), np.inf)])
        self._mm = np.concatenate([self._mm, np.full(len(xy), np.nan)])
        fresh = np.arange(old, len(self._xy))
        self._seek(fresh)
        # above _PAIRS everybody's neighbour has just been sought
        if old and len(fresh) * len(self._xy) <= _PAIRS:
            gap = _apart(self._xy[:old], xy)
            best = np.argmin(gap, axis=1)
            gap = gap[np.arange(old), best]
            nearer = np.flatnonzero(gap < self._flat[:old])
            self._set(nearer, old + best[nearer], gap[nearer])

    def remove(self, key: int) -> None:
        """Take away the positions of a key."""
        gone = self._keys == key
        if not gone.any():
            return
        kept = ~gone
        orphaned = kept & gone[self._nearest] & (self._nearest >= 0)
        place = np.cumsum(kept) - 1
        self._nearest = np.where(orphaned | (self._nearest < 0), -1, place[self._nearest])[kept]
        self._flat = np.where(orphaned, np.inf, self._flat)[kept]
        self._mm = np.where(orphaned, np.nan, self._mm)[kept]
        self._keys, self._xy, self._counted = self._keys[kept], self._xy[kept], self._counted[kept]
        self._seek(np.flatnonzero(orphaned[kept]))

    def positions(self) -> Floats:
        """Chart positions (N, 2) of all that was added."""
        return self._xy

    def mm(self) -> Floats:
        """The known gaps of all positions; empty when there are fewer than two places."""
        return self._mm[np.isfinite(self._mm)]

    def counted_mm(self) -> Floats:
        """The known gaps of the counted positions."""
        return self._mm[self._counted & np.isfinite(self._mm)]

    def _seek(self, rows: Ints) -> None:
        """Find the nearest neighbour of these rows anew."""
        count = len(self._xy)
        if len(rows) == 0 or count < 2:
            return
        if len(rows) * count > _PAIRS:
            # so many at once: find everybody's neighbour
            points = np.asarray(shapely.points(self._xy))
            first, second = shapely.STRtree(points).query_nearest(points, exclusive=True, all_matches=False)
            self._set(first, second, np.hypot(*(self._xy[first] - self._xy[second]).T))
            return
        gap = _apart(self._xy[rows], self._xy)
        best = np.argmin(gap, axis=1)
        gap = gap[np.arange(len(rows)), best]
        found = np.isfinite(gap)
        self._set(rows[found], best[found], gap[found])

    def _set(self, rows: Ints, nearest: Ints, flat: Floats) -> None:
        self._nearest[rows], self._flat[rows] = nearest, flat
        self._mm[rows] = self._chart.metric.lengths_mm(self._xy[rows], self._xy[nearest])


def _apart(a: Floats, b: Floats) -> Floats:
    """Chart distances (N, M) between two sets of positions; inf for the very same place."""
    gap: Floats = np.hypot(a[:, None, 0] - b[None, :, 0], a[:, None, 1] - b[None, :, 1])
    gap[gap == 0.0] = np.inf
    return gap
