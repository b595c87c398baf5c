"""Which skin lies beside which on the body, not only near it in space: legs touch, arms lie on the trunk."""

import numpy as np

from mesomap.atlas.atlas import Atlas
from mesomap.atlas.records import Bools, Ints


class Neighbours:
    """Regions that border on each other. Charts reach over their border by a margin: what they hold is beside them.

    small_cm2: a region smaller than this also joins the regions on both of its sides.
    """

    def __init__(self, atlas: Atlas, small_cm2: float) -> None:
        self._atlas = atlas
        geometry, count = atlas.geometry, len(atlas.regions)
        beside = np.eye(count, dtype=np.bool_)
        chart = np.repeat(np.arange(count), np.diff(geometry.chart_tri_offset))
        holds = geometry.tri_region[geometry.chart_tri]
        beside[chart[holds >= 0], holds[holds >= 0]] = True
        beside |= beside.T
        small = np.array([region.area_cm2 < small_cm2 for region in atlas.regions], dtype=np.bool_)
        beside |= (beside[:, small].astype(np.int64) @ beside[small].astype(np.int64)) > 0
        side = np.array([{"left": -1, "right": 1}.get(region.side, 0) for region in atlas.regions])
        opposite = np.outer(side, side) < 0
        self._sure: Bools = beside & ~opposite
        self._doubtful: Bools = beside & opposite

    def joined(self, region: Ints, other: Ints, other_tri: Ints) -> Bools:
        """(N,) whether a place of each region lies beside a place of another one, on that triangle.

        Right and left meet in the middle only: there the other place must lie in the margin of the region's chart.
        """
        joined: Bools = self._sure[region, other].copy()
        doubtful = np.flatnonzero(self._doubtful[region, other])
        for row in np.unique(region[doubtful]).tolist():
            own = doubtful[region[doubtful] == row]
            joined[own] = self._atlas.chart(self._atlas.regions[row].id).rows(other_tri[own]) >= 0
        return joined
