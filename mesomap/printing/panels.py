"""Which views a chart shows, and which part of each: the views that see the marks best, then a detail."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from mesomap.atlas import Atlas, SkinArray
from mesomap.domain.complaint import Complaint
from mesomap.domain.marks import InjectionSet, Mark
from mesomap.printing.options import PanelKind, PanelWish
from mesomap.render.picture import pictured

FloatArray = npt.NDArray[np.float64]

#: A further view is added while it shows at least this share of the marks better than the views before.
WORTH_A_VIEW = 0.05
MOST_PANELS = 6
#: So many panels may be asked for by hand.
MOST_WISHES = 12
#: The pain drawing is seen from the front and from the back at most, unless more is asked for.
_MOST_COMPLAINT = 2
_SMALLEST_MM = 70.0
#: A detail is worth its place when it shows the marks at least this much nearer.
_NEARER = 0.7
#: Width by height of a panel when two stand beside each other.
_USUAL_ASPECT = 0.95
#: From this quality on a place needs no further view.
_WELL_SEEN = 0.35
#: A place shown a fifth as large as it could be counts a third, one half as large two thirds.
_CLOSENESS_WEIGHT = 0.7


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture on the chart. window_mm: x0, y0, x1, y1 of the part of the view that is shown."""

    wish: PanelWish
    window_mm: tuple[float, float, float, float]

    @property
    def view_key(self) -> str:
        """Its view."""
        return self.wish.view_key


@dataclass(frozen=True, slots=True)
class _Seen:
    xy: FloatArray
    quality: FloatArray  # 0 = not seen, 1 = seen straight on
    closeness: float  # 1 ÷ height of the view in mm


def places_of(marks: Sequence[Mark]) -> SkinArray:
    """Points and outline corners of the marks."""
    points = [
        point
        for mark in marks
        for point in (mark.points if isinstance(mark, InjectionSet) else [p for ring in mark.outline for p in ring])
    ]
    return SkinArray.of(points)


def complaint_places(complaints: Sequence[Complaint]) -> SkinArray:
    """Trigger points and outline corners of the pain drawing."""
    return SkinArray.of([p for one in complaints for p in (*one.points, *(q for ring in one.outline for q in ring))])


def choose_views(atlas: Atlas, places: SkinArray, most: int = MOST_PANELS) -> list[str]:
    """Keys of the views that show these places best, best first; front and back when there are none."""
    if len(places) == 0:
        fronts = [view.key for view in atlas.views if view.key in ("body_front", "body_back")]
        return fronts or [atlas.views[0].key]
    seen = {view.key: _seen(atlas, view.key, places) for view in atlas.views}
    return _views_worth_showing(seen, _weights(atlas, places), most)


def _weights(atlas: Atlas, places: SkinArray) -> FloatArray:
    """(N,) Share of each place in the choice, sum 1: half by number, half by region, so that none is overlooked."""
    _, region, count = np.unique(atlas.region_at(places), return_inverse=True, return_counts=True)
    shares: FloatArray = 0.5 / len(places) + 0.5 / (len(count) * count[region])
    return shares


def wished_panels(
    atlas: Atlas,
    marks: Sequence[Mark],
    complaints: Sequence[Complaint] = (),
    wanted: Sequence[PanelWish] | None = None,
) -> tuple[PanelWish, ...]:
    """The panels wanted; None = chosen by themselves.

    That is: the views that see the marks best, beside a single one a detail or another, and the pain drawing third.
    """
    if wanted:
        known = {view.key for view in atlas.views}
        return tuple(wish for wish in dict.fromkeys(wanted) if wish.view_key in known)[:MOST_WISHES]
    places = places_of(marks)
    views = choose_views(atlas, places)
    chosen = [PanelWish(key) for key in views]
    if len(views) == 1 and len(places):
        chosen.append(_second(atlas, places, views[0]))
    if not complaints:
        return tuple(chosen)
    hurting = choose_views(atlas, complaint_places(complaints), _MOST_COMPLAINT)
    drawing = [PanelWish(key, PanelKind.COMPLAINT) for key in hurting]
    if len(places) == 0:
        return tuple(drawing)
    return (*chosen[:2], *drawing[:1], *chosen[2:], *drawing[1:])


def frame_panel(atlas: Atlas, places: SkinArray, wish: PanelWish, aspect: float, *, whole: bool = False) -> Panel:
    """A panel cut to the part of its view with these places; the whole view when there are none or it is asked for.

    A trunk, whose arms end at the edge of the view, is shown no wider than the view unless the places need it.
    aspect: width by height of the panel on paper.
    """
    box = atlas.view(wish.view_key).box_mm
    view = atlas.view(wish.view_key)
    if whole or len(places) == 0:
        return Panel(wish, whole_window(box, aspect))
    seen = _seen(atlas, wish.view_key, places)
    # What a crop leaves out of its picture is not drawn, and must not widen the panel.
    drawn = np.where(pictured(atlas, wish.view_key, seen.xy), seen.quality, 0.0)
    shown = _shown(replace(seen, quality=drawn if drawn.any() else seen.quality))
    if wish.kind is PanelKind.DETAIL:
        return Panel(wish, _window(box, _densest(shown), aspect, 1.3, share=0.0))
    return Panel(wish, _window(box, shown, aspect, 1.5, share=0.5, filled=view.group == "trunk"))


def _second(atlas: Atlas, places: SkinArray, first: str) -> PanelWish:
    """Beside a single view: the marks nearer, or when they fill that view anyway, the next best view."""
    box = atlas.view(first).box_mm
    seen = _seen(atlas, first, places)
    window = _window(box, _densest(_shown(seen)), _USUAL_ASPECT, 1.3, share=0.0)
    whole = whole_window(box, _USUAL_ASPECT)
    if window[3] - window[1] < _NEARER * (whole[3] - whole[1]):
        return PanelWish(first, PanelKind.DETAIL)
    others = {view.key: _seen(atlas, view.key, places) for view in atlas.views if view.key != first}
    gains = {key: float(np.maximum(view.quality - seen.quality, 0).sum()) for key, view in others.items()}
    key = max(gains, key=lambda name: gains[name], default=first)
    return PanelWish(key) if gains.get(key, 0.0) > 0 else PanelWish(first, PanelKind.DETAIL)


def whole_window(box: tuple[float, float, float, float], aspect: float) -> tuple[float, float, float, float]:
    """The whole view, widened or heightened to the aspect."""
    x0, y0, x1, y1 = box
    height = max(y1 - y0, (x1 - x0) / aspect)
    width = height * aspect
    cx, cy = (x0 + x1) / 2, (y0 + y1) / 2
    return cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2


def _seen(atlas: Atlas, view_key: str, places: SkinArray) -> _Seen:
    x0, y0, x1, y1 = box = atlas.view(view_key).box_mm
    there = atlas.project(view_key, places)
    inside = (there.xy >= (x0, y0)).all(axis=1) & (there.xy <= (x1, y1)).all(axis=1)
    quality = np.where(there.visible & inside, np.clip(there.cos_angle, 0, 1), 0.0)
    return _Seen(there.xy, quality, 1.0 / (box[3] - box[1]))


def _views_worth_showing(seen: dict[str, _Seen], weights: FloatArray, most: int) -> list[str]:
    best = np.zeros(len(weights))
    quality = _against_nearest(seen)
    chosen: list[str] = []
    while len(chosen) < min(most, len(seen)):
        gains = {
            key: float((weights * np.maximum(q - best, 0)).sum()) for key, q in quality.items() if key not in chosen
        }
        key = max(gains, key=lambda name: gains[name])
        # Once a point is seen well enough, another view of it adds little.
        if chosen and gains[key] < WORTH_A_VIEW:
            break
        chosen.append(key)
        best = np.maximum(best, np.where(quality[key] > _WELL_SEEN, 1.0, quality[key]))
    return chosen


def _against_nearest(seen: dict[str, _Seen]) -> dict[str, FloatArray]:
    """Quality of each place in each view, less where another view that faces it shows it much larger.

    A face is a dot on the whole body: it counts as well seen only in a view of the head.
    """
    nearest = np.max([np.where(view.quality > 0.5, view.closeness, 0.0) for view in seen.values()], axis=0)
    return {
        key: view.quality * np.minimum(1.0, view.closeness / np.maximum(nearest, 1e-9)) ** _CLOSENESS_WEIGHT
        for key, view in seen.items()
    }


def _shown(view: _Seen) -> FloatArray:
    """Places this view shows well; all it shows at all when none is shown well."""
    good = view.xy[view.quality > 0.25]
    return good if len(good) else view.xy[view.quality > 0]


def _densest(xy: FloatArray) -> FloatArray:
    """The side with more places when they lie on both sides of the midline, else all of them."""
    left, right = xy[xy[:, 0] > 5], xy[xy[:, 0] < -5]
    if len(left) < 0.2 * len(xy) or len(right) < 0.2 * len(xy):
        return xy
    return left if len(left) >= len(right) else right


def _window(
    box: tuple[float, float, float, float],
    xy: FloatArray,
    aspect: float,
    room: float,
    *,
    share: float,
    filled: bool = False,
) -> tuple[float, float, float, float]:
    """Part of a view that holds these places with some room; at least `share` of the view's height.

    filled: no wider than the view as long as that holds the places.
    """
    whole = whole_window(box, aspect)
    if len(xy) == 0:
        return whole
    low, high = xy.min(axis=0), xy.max(axis=0)
    needed = max((high[1] - low[1]) * room, (high[0] - low[0]) * room / aspect, _SMALLEST_MM)
    height = max(needed, share * (whole[3] - whole[1]))
    if filled:
        height = min(height, max(needed, (box[2] - box[0]) / aspect))
    height = min(float(height), whole[3] - whole[1])
    width = height * aspect
    across = box if filled and width <= box[2] - box[0] else whole
    cx = _within((low[0] + high[0]) / 2, width, across[0], across[2])
    cy = _within((low[1] + high[1]) / 2, height, whole[1], whole[3])
    return cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2


def _within(centre: float, length: float, low: float, high: float) -> float:
    """Centre moved so that the length stays between low and high."""
    return float(min(max(centre, low + length / 2), high - length / 2))
