"""Places of skin carried to another place of skin, as a pen drew the way."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mesomap.atlas import Atlas, SkinArray
from mesomap.atlas.chart import Chart
from mesomap.domain.place import SkinPoint

#: Step on a chart at which the slope of the body's height is taken, mm; a slope below this is as good as level.
_STEP_MM, _LEVEL = 2.0, 0.15
#: How often places may follow their neighbours over the rim of a chart, how far at once, and among how many of them.
_HOPS, _REACH_MM, _SAMPLE = 12, 30.0, 400


@dataclass(frozen=True, slots=True)
class Push:
    """From one place of skin to another, as the pen drew it in a view."""

    view_key: str
    start: SkinPoint
    end: SkinPoint


def carried(atlas: Atlas, places: SkinArray, push: Push) -> SkinArray:
    """Where places (N) come to lie that are pushed along the skin; −1 where the skin ends.

    In a chart that holds both ends of the push the way is a step on the chart, in true mm; what no such chart
    holds goes as the view shows it.
    """
    found = SkinArray.nowhere(len(places))
    for chart in _holding_both(atlas, push):
        here = _on_chart(atlas, chart, places, push)
        if _count(here) > _count(found):
            found = here
        if _count(found) == len(places):
            return found
    return _filled(found, _in_view(atlas, places, push))


def transplanted(atlas: Atlas, places: SkinArray, push: Push) -> SkinArray:
    """Where places (N) come to lie when they are set down around the end of the push as they lay around its start.

    −1 where the skin ends. In one chart this is a step; between two charts their shape in true mm is kept, turned so
    that what pointed up the body still does. What the chart around the end does not hold follows its neighbours.
    """
    found = carried_in_charts(atlas, places, push)
    if _count(found) == len(places):
        return found
    home, target = (_home(atlas, point) for point in (push.start, push.end))
    if home is not None and target is not None:
        found = _better(found, _from_chart_to_chart(atlas, home, target, places, push))
    return _hopped(atlas, places, _better(found, _in_view(atlas, places, push)))


def carried_in_charts(atlas: Atlas, places: SkinArray, push: Push) -> SkinArray:
    """As carried(), by the charts alone."""
    found = SkinArray.nowhere(len(places))
    for chart in _holding_both(atlas, push):
        found = _better(found, _on_chart(atlas, chart, places, push))
        if _count(found) == len(places):
            break
    return found


def _holding_both(atlas: Atlas, push: Push) -> list[Chart]:
    return [chart for chart in atlas.charts_of(push.start) if chart.to_chart_one(push.end) is not None]


def _on_chart(atlas: Atlas, chart: Chart, places: SkinArray, push: Push) -> SkinArray:
    start, end = chart.to_chart(SkinArray.of([push.start, push.end]))
    return _on_skin(atlas, chart.from_chart(chart.to_chart(places) + (end - start)))


def _in_view(atlas: Atlas, places: SkinArray, push: Push) -> SkinArray:
    start, end = atlas.project(push.view_key, SkinArray.of([push.start, push.end])).xy
    seen = atlas.project(push.view_key, places)
    found = atlas.locate(push.view_key, np.where(seen.visible[:, None], seen.xy + (end - start), np.nan))
    return _on_skin(atlas, found)


def _from_chart_to_chart(atlas: Atlas, home: Chart, target: Chart, places: SkinArray, push: Push) -> SkinArray:
    start = home.to_chart(SkinArray.of([push.start]))[0]
    end = target.to_chart(SkinArray.of([push.end]))[0]
    turn = _up(atlas, target, end) - _up(atlas, home, start)
    cos, sin = np.cos(turn), np.sin(turn)
    away = (home.to_chart(places) - start) @ np.array([[cos, sin], [-sin, cos]])
    return _on_skin(atlas, target.from_chart(end + away))


def _hopped(atlas: Atlas, places: SkinArray, found: SkinArray) -> SkinArray:
    """Places that found nothing are laid beside the nearest ones that did, on the charts around those."""
    tri, bary = found.tri.copy(), found.bary.copy()
    hopeless = np.zeros(len(places), np.bool_)
    xyz = atlas.position(places)
    for _ in range(_HOPS):
        lost, on = np.flatnonzero((tri < 0) & ~hopeless), np.flatnonzero(tri >= 0)
        if not len(lost) or not len(on):
            break
        sample = on[:: max(1, len(on) // _SAMPLE)]
        away = np.linalg.norm(xyz[lost][:, None] - xyz[sample][None], axis=2)
        first, beside = np.unravel_index(int(np.argmin(away)), away.shape)
        row = int(sample[beside])
        push = Push("", places[_row(row)].points()[0], SkinArray(tri, bary)[_row(row)].points()[0])
        near = lost[away[:, beside] <= away[first, beside] + _REACH_MM]
        hop = _hop(atlas, places[near], push)
        landed = hop.tri >= 0
        tri[near[landed]], bary[near[landed]] = hop.tri[landed], hop.bary[landed]
        hopeless[lost[first]] = tri[lost[first]] < 0
    return SkinArray(tri, bary)


def _hop(atlas: Atlas, places: SkinArray, beside: Push) -> SkinArray:
    found = SkinArray.nowhere(len(places))
    homes = atlas.charts_of(beside.start)
    home = max(homes, key=lambda chart: np.isfinite(chart.to_chart(places)).all(axis=1).sum(), default=None)
    for target in atlas.charts_of(beside.end) if home is not None else ():
        if home is not None:
            found = _better(found, _from_chart_to_chart(atlas, home, target, places, beside))
    return found


def _row(row: int) -> slice:
    return slice(row, row + 1)


def _up(atlas: Atlas, chart: Chart, at: npt.NDArray[np.float64]) -> float:
    """Direction on a chart (radians) in which the body rises most; 0 where the skin is level or the chart ends."""
    around = at + _STEP_MM * np.array([[1, 0], [-1, 0], [0, 1], [0, -1]])
    height = atlas.position(chart.from_chart(around))[:, 1]
    slope = np.array([height[0] - height[1], height[2] - height[3]]) / (2 * _STEP_MM)
    if not np.isfinite(slope).all() or np.hypot(*slope) < _LEVEL:
        return 0.0
    return float(np.arctan2(slope[1], slope[0]))


def _home(atlas: Atlas, point: SkinPoint) -> Chart | None:
    region = atlas.region_id_at(point)
    return None if region is None else atlas.chart(region)


def _on_skin(atlas: Atlas, found: SkinArray) -> SkinArray:
    """The same with −1 where no region is charted."""
    off = atlas.region_at(found) < 0
    return SkinArray(np.where(off, -1, found.tri), np.where(off[:, None], np.nan, found.bary))


def _count(found: SkinArray) -> int:
    return int((found.tri >= 0).sum())


def _better(one: SkinArray, other: SkinArray) -> SkinArray:
    """The one that found more; mixing them would tear a pattern apart."""
    return other if _count(other) > _count(one) else one


def _filled(one: SkinArray, other: SkinArray) -> SkinArray:
    """The first, and where it found nothing the other."""
    lost = one.tri < 0
    return SkinArray(np.where(lost, other.tri, one.tri), np.where(lost[:, None], other.bary, one.bary))
