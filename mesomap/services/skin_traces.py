"""Straight ways over the skin that leave the chart they begin in: followed from chart to chart."""

import numpy as np
from numpy.typing import NDArray

from mesomap.atlas import Atlas, SkinArray
from mesomap.atlas.chart import Chart
from mesomap.atlas.records import Bools, Floats

#: Ways are followed in steps of this, chart mm; the direction is handed on over so many steps; most charts on a way.
_STEP_MM, _BASE_STEPS, _MOST_CHARTS = 2.0, 3, 12
#: So many places of a way may lie on the edges of triangles one after the other.
_RESCUES = 4


def trace(atlas: Atlas, chart: Chart, start: Floats, ways: Floats) -> SkinArray:
    """Ends of straight ways (N, 2) that begin at a place (2,) of a chart, chart mm; −1 where the skin ends before.

    Where a way leaves a chart its last steps are looked up in the chart of the region it has reached, and it goes on
    straight from there: a geodesic, as true as the charts are.
    """
    count = len(ways)
    left = np.hypot(*ways.T)
    run = _Run(
        chart=np.full(count, chart.region.index),
        start=np.tile(start, (count, 1)),
        unit=ways / np.maximum(left, 1e-9)[:, None],
        left=left,
        end=SkinArray(np.full(count, -1), np.zeros((count, 2))),
    )
    going = np.arange(count)
    for _ in range(_MOST_CHARTS):
        if not len(going):
            break
        parts = [run.follow(atlas, index, going[run.chart[going] == index]) for index in np.unique(run.chart[going])]
        going = np.concatenate(parts)
    return run.end


def looked_up(chart: Chart, xy: Floats) -> SkinArray:
    """Skin at chart positions (N, 2), −1 where no triangle holds them; quicker than Chart.from_chart, which also
    looks whether what was missed lies on an edge.
    """
    row, bary = chart.grid.find(xy)
    return SkinArray(np.where(row >= 0, chart.tri[row], -1), bary)


class _Run:
    """Ways under way: chart, place and direction of each, what is left of it, and its end once it is reached."""

    def __init__(self, *, chart: NDArray[np.intp], start: Floats, unit: Floats, left: Floats, end: SkinArray) -> None:
        self.chart, self.start, self.unit, self.left, self.end = chart, start, unit, left, end

    def follow(self, atlas: Atlas, index: int, rows: NDArray[np.intp]) -> NDArray[np.intp]:
        """Follow the ways of one chart as far as it goes; those that go on in another one."""
        chart = atlas.chart(atlas.regions[index].id)
        steps = int(np.ceil(self.left[rows].max() / _STEP_MM)) + 1
        along = np.minimum(np.arange(steps) * _STEP_MM, self.left[rows][:, None])
        xy = self.start[rows][:, None] + self.unit[rows][:, None] * along[..., None]
        places = looked_up(chart, xy.reshape(-1, 2))
        held = places.tri.reshape(len(rows), steps) >= 0
        self._rescue(chart, xy, places, held)
        whole = held.all(axis=1)
        last = np.where(whole, steps - 1, np.argmin(held, axis=1) - 1)
        at = np.arange(len(rows)) * steps + last
        done = rows[whole]
        self.end.tri[done], self.end.bary[done] = places.tri[at[whole]], places.bary[at[whole]]
        on = np.flatnonzero(~whole & (last >= 1))
        if not len(on):
            return rows[:0]
        before = at[on] - np.minimum(last[on], _BASE_STEPS)
        return self._hand_on(atlas, index, rows[on], places[before], places[at[on]], along[on, last[on]])

    @staticmethod
    def _rescue(chart: Chart, xy: Floats, places: SkinArray, held: Bools) -> None:
        """Look at the first place that each way misses again: it may lie on the edge of a triangle, not beyond."""
        for row in np.flatnonzero(~held.all(axis=1)).tolist():
            for _ in range(_RESCUES):
                miss = int(np.argmin(held[row]))
                again = chart.from_chart(xy[row, miss][None])
                if held[row, miss] or again.tri[0] < 0:
                    break
                at = row * held.shape[1] + miss
                places.tri[at], places.bary[at] = again.tri[0], again.bary[0]
                held[row, miss] = True

    def _hand_on(
        self, atlas: Atlas, index: int, rows: NDArray[np.intp], before: SkinArray, here: SkinArray, gone: Floats
    ) -> NDArray[np.intp]:
        """Take ways up in the chart of the region that each has reached; those that can go on."""
        reached = atlas.region_at(here)
        going = []
        for other in np.unique(reached).tolist():
            mine = np.flatnonzero(reached == other)
            if other < 0 or other == index:
                continue
            chart = atlas.chart(atlas.regions[other].id)
            a, b = chart.to_chart(before[mine]), chart.to_chart(here[mine])
            step = b - a
            size = np.hypot(*step.T)
            fine = np.isfinite(step).all(axis=1) & (size > 0)
            kept = rows[mine[fine]]
            self.chart[kept], self.start[kept] = other, b[fine]
            self.unit[kept] = step[fine] / size[fine][:, None]
            self.left[kept] -= gone[mine[fine]]
            going.append(kept)
        return np.concatenate(going) if going else rows[:0]
