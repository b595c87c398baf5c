"""Marks pushed along the skin: by the chart when one chart holds all, else in the plane of the view."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from mesomap.atlas import Atlas, SkinArray
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import InjectionSet, Mark, Outline
from mesomap.domain.place import SkinPoint
from mesomap.services.carrying import Push, carried
from mesomap.services.selection import Selected, chosen, is_whole
from mesomap.services.touched import regions_of_rows, regions_under

__all__ = ["OFF_BODY", "Push", "moved", "pushed"]

OFF_BODY = "Part of the selection would leave the body there. Nothing was moved."


def moved(atlas: Atlas, marks: Sequence[Mark], selected: Selected, push: Push) -> tuple[tuple[Mark, Mark], ...]:
    """The selected marks before and after the push. A whole mark takes its outline along.

    Raises BadInputError when a point would leave the skin: then nothing moves at all.
    """
    moving = [mark for mark in marks if mark.id in selected]
    places = [_places(mark, selected) for mark in moving]
    outlines = [_outline(mark, selected) for mark in moving]
    # All at once: a thousand single taps are moved as fast as one fill of a thousand points.
    everything = [point for part in places for point in part]
    everything += [point for outline in outlines for ring in outline for point in ring]
    landed = iter(pushed(atlas, everything, push)) if everything else iter(())
    points = [[next(landed) for _ in part] for part in places]
    rings: list[Outline] = [tuple(tuple(next(landed) for _ in ring) for ring in outline) for outline in outlines]
    sets = [mark for mark in moving if isinstance(mark, InjectionSet)]
    now = dict(zip((mark.id for mark in moving), zip(points, rings, strict=True), strict=True))
    whole = [_merged(mark, selected, now[mark.id][0]) for mark in sets]
    lies_in = atlas.region_at(SkinArray.of([p for part in whole for p in part])) if sets else np.empty(0, np.int64)
    ends = np.cumsum([len(part) for part in whole])[:-1]
    after: dict[object, Mark] = {}
    for mark, part, rows in zip(sets, whole, np.split(lies_in, ends) if sets else (), strict=True):
        outline = now[mark.id][1] or mark.outline
        after[mark.id] = replace(mark, points=part, outline=outline, region_ids=regions_of_rows(atlas, rows))
    for area in moving:
        if not isinstance(area, InjectionSet):
            outline = now[area.id][1]
            regions = regions_under(atlas, outline) or area.region_ids
            after[area.id] = replace(area, outline=outline, region_ids=regions)
    return tuple((mark, after[mark.id]) for mark in moving)


def pushed(atlas: Atlas, points: Sequence[SkinPoint], push: Push) -> tuple[SkinPoint, ...]:
    """Where the points come to lie. Raises BadInputError when one would leave the skin."""
    found = carried(atlas, SkinArray.of(points), push)
    if (found.tri < 0).any():
        raise BadInputError(OFF_BODY)
    return found.points()


def _places(mark: Mark, selected: Selected) -> list[SkinPoint]:
    return [mark.points[i] for i in chosen(mark, selected)] if isinstance(mark, InjectionSet) else []


def _outline(mark: Mark, selected: Selected) -> Outline:
    """The outline that goes along: that of an area, and of a fill that moves whole."""
    return mark.outline if not isinstance(mark, InjectionSet) or is_whole(mark, selected) else ()


def _merged(mark: InjectionSet, selected: Selected, landed: Sequence[SkinPoint]) -> tuple[SkinPoint, ...]:
    by_place = dict(zip(chosen(mark, selected), landed, strict=True))
    return tuple(by_place.get(i, point) for i, point in enumerate(mark.points))
