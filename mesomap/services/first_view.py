"""The view a session opens at: where its injections lie, else what else is known of where it will be."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, islice

import numpy as np

from mesomap.atlas import Atlas, SkinArray
from mesomap.atlas.sight import squareness
from mesomap.domain.complaint import Complaint
from mesomap.domain.errors import MesoMapError
from mesomap.domain.indication import indications
from mesomap.domain.marks import InjectionSet, Mark, Outline
from mesomap.domain.place import SkinPoint
from mesomap.services.charting import ChartingService

#: Where nothing is known.
FACE = "head_front"
#: So many places, evenly taken, stand for all of a region or an outline.
_SAMPLE = 100
#: How much a view that draws the skin larger is preferred: the share it may lack is its scale to this power. More where
#: work is only expected: there no mark would be out of sight.
_LARGER, _LARGER_TO_COME = 1 / 3, 2 / 3
#: Group of the views of the whole body, in which a needle's place is hard to hit, and the share of what they see that a
#: nearer view must show to go before them.
_WHOLE, _NEAR_ENOUGH = "body", 0.4


def first_view(charting: ChartingService, last_marks: Callable[[], Sequence[Mark]]) -> str:
    """The view to begin at: the one with most marks of the session, else of its plan, of the pain drawing, of the last
    session of the course, else the one that its indication names, else the face.

    last_marks: marks of that last session, asked for only when nothing nearer is known; may raise typed errors.
    """
    atlas = charting.atlas
    if view := view_of_marks(atlas, charting.marks):
        return view
    if view := view_of_marks(atlas, [planned.mark for planned in charting.planned], evenly=True):
        return view
    if view := view_of_complaints(atlas, charting.complaints):
        return view
    try:
        view = view_of_marks(atlas, last_marks(), evenly=True)
    except MesoMapError:
        view = None  # Damage is told when the last session is asked for; a session can begin without it.
    return view or view_of_indications(atlas, charting.session.frame.indication_keys) or view_of_nothing(atlas)


def view_of_nothing(atlas: Atlas) -> str:
    """The face, or the first view of a body that shows none."""
    keys = [view.key for view in atlas.views]
    return FACE if FACE in keys else keys[0]


def view_of_indications(atlas: Atlas, keys: Iterable[str]) -> str | None:
    """The view that the first of these indications to name one is charted in; None when none does."""
    known, shown = indications(), {view.key for view in atlas.views}
    named = (known[key].view for key in keys if key in known)
    return next((view for view in named if view in shown), None)


def view_of_marks(atlas: Atlas, marks: Sequence[Mark], *, evenly: bool = False) -> str | None:
    """The view that shows most injections, squarely and large; None without any. An area counts as its about-points.

    evenly: a region counts by the root of its injections, as when it is asked where work will begin: there several
    regions weigh more than the densest pattern.
    """
    counts: Counter[tuple[str, ...]] = Counter()
    for mark in marks:
        counts[mark.region_ids] += _count(mark)
    places: list[SkinPoint] = []
    weights: list[float] = []
    singles: dict[tuple[str, ...], list[SkinPoint]] = {}
    for mark in marks:
        if isinstance(mark, InjectionSet):
            singles.setdefault(mark.region_ids, []).extend(mark.points)
            continue
        corners, each = _few(_corners(mark.outline), _weight(_count(mark), counts[mark.region_ids], evenly))
        places, weights = places + corners, weights + each
    for regions, points in singles.items():
        few, each = _few(points, _weight(len(points), counts[regions], evenly))
        places, weights = places + few, weights + each
    return _best(atlas, places, weights, _LARGER_TO_COME if evenly else _LARGER)


def _count(mark: Mark) -> int:
    return mark.count if isinstance(mark, InjectionSet) else mark.about_n or 1


def _weight(count: int, of_region: int, evenly: bool) -> float:
    return count / math.sqrt(of_region) if evenly and of_region else float(count)


def view_of_complaints(atlas: Atlas, complaints: Sequence[Complaint]) -> str | None:
    """The view that shows most of a pain drawing; None without one. Every area and trigger point counts the same."""
    places: list[SkinPoint] = []
    weights: list[float] = []
    for complaint in complaints:
        corners, each = _few(_corners(complaint.outline) or list(complaint.points), 1.0)
        places, weights = places + corners, weights + each
    return _best(atlas, places, weights)


def _corners(outline: Outline) -> list[SkinPoint]:
    return list(chain.from_iterable(outline))


def _few(points: Sequence[SkinPoint], weight: float) -> tuple[list[SkinPoint], list[float]]:
    """Some of the points, evenly taken, which carry the weight of all between them."""
    kept = list(islice(points, 0, None, max(-(-len(points) // _SAMPLE), 1)))
    return kept, [weight / len(kept)] * len(kept) if kept else []


def _best(atlas: Atlas, places: Sequence[SkinPoint], weights: Sequence[float], larger: float = _LARGER) -> str | None:
    if not places:
        return None
    seen = squareness(atlas, SkinArray.of(places)) @ np.array(weights)
    boxes = np.array([view.box_mm for view in atlas.views])
    across = np.sqrt((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]))
    near = seen / across**larger * [view.group != _WHOLE for view in atlas.views]
    best = int(np.argmax(near))
    if seen[best] < _NEAR_ENOUGH * seen.max() or not near[best]:
        best = int(np.argmax(seen))
    return atlas.views[best].key if seen[best] > 0 else None
