"""Marks pushed along the skin: by the chart when one chart holds all, else in the plane of the view."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from mesomap.atlas import Atlas, SkinArray
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import AreaRecord, InjectionSet, Mark, Outline
from mesomap.domain.place import SkinPoint
from mesomap.services.selection import Selected, chosen, is_whole
from mesomap.services.touched import regions_of_points, regions_under

OFF_BODY = "Part of the selection would leave the body there. Nothing was moved."


@dataclass(frozen=True, slots=True)
class Push:
    """From one place of skin to another, as the pen drew it in a view."""

    view_key: str
    start: SkinPoint
    end: SkinPoint


def moved(atlas: Atlas, marks: Sequence[Mark], selected: Selected, push: Push) -> tuple[tuple[Mark, Mark], ...]:
    """The selected marks before and after the push. A whole mark takes its outline along.

    Raises BadInputError when a point would leave the skin: then nothing moves at all.
    """
    return tuple(
        (mark, _moved_set(atlas, mark, selected, push))
        if isinstance(mark, InjectionSet)
        else (mark, _moved_area(atlas, mark, push))
        for mark in marks
        if mark.id in selected
    )


def pushed(atlas: Atlas, points: Sequence[SkinPoint], push: Push) -> tuple[SkinPoint, ...]:
    """Where the points come to lie. Raises BadInputError when one would leave the skin."""
    places = SkinArray.of(points)
    ends = SkinArray.of([push.start, push.end])
    for chart in atlas.charts_of(push.start):
        (start, end), xy = chart.to_chart(ends), chart.to_chart(places)
        if not (np.isfinite(end).all() and np.isfinite(xy).all()):
            continue
        found = chart.from_chart(xy + (end - start))
        if bool((atlas.region_at(found) >= 0).all()):
            return found.points()
    projection = atlas.project(push.view_key, places)
    start, end = atlas.project(push.view_key, ends).xy
    found = atlas.locate(push.view_key, projection.xy + (end - start))
    if not projection.visible.all() or not (atlas.region_at(found) >= 0).all():
        raise BadInputError(OFF_BODY)
    return found.points()


def _moved_set(atlas: Atlas, mark: InjectionSet, selected: Selected, push: Push) -> InjectionSet:
    indices = chosen(mark, selected)
    landed = dict(zip(indices, pushed(atlas, [mark.points[i] for i in indices], push), strict=True))
    points = tuple(landed.get(i, point) for i, point in enumerate(mark.points))
    outline = _pushed_outline(atlas, mark.outline, push) if is_whole(mark, selected) else mark.outline
    return replace(mark, points=points, outline=outline, region_ids=regions_of_points(atlas, points))


def _moved_area(atlas: Atlas, mark: AreaRecord, push: Push) -> AreaRecord:
    outline = _pushed_outline(atlas, mark.outline, push)
    return replace(mark, outline=outline, region_ids=regions_under(atlas, outline) or mark.region_ids)


def _pushed_outline(atlas: Atlas, outline: Outline, push: Push) -> Outline:
    return tuple(pushed(atlas, ring, push) for ring in outline)
