"""The demonstration's visit that is under way: last time as a plan, half of it settled."""

from typing import TYPE_CHECKING
from uuid import UUID

from mesomap.services.practice import Practice

if TYPE_CHECKING:
    from mesomap.atlas import Atlas

#: Points of the first set that are tapped one by one, skipped, and set down beside their place.
_TAPPED, _SKIPPED = 5, 2
_ASIDE_MM = 4.0


def settle_half(practice: Practice, atlas: "Atlas", session_id: UUID) -> None:
    """Lay the last session as the plan of this one and settle part of it, as an assistant would.

    Nothing when there is no last session. Raises typed errors.
    """
    # Late: the window paints first.
    from mesomap.atlas import SkinArray
    from mesomap.domain.marks import InjectionSet
    from mesomap.services.charting import ChartingService
    from mesomap.services.last_session import last_session
    from mesomap.services.moving import Push
    from mesomap.services.planning import Planning, lay, point_of

    service = ChartingService(practice, atlas, session_id)
    last = last_session(practice, service.session, atlas)
    if last is None:
        return
    planned = lay(service, last)
    planning = Planning(service)
    regions = [count.region_id for count in planning.counts()]
    sets = [plan for plan in planned if isinstance(plan.mark, InjectionSet) and plan.mark.count > _TAPPED + _SKIPPED]
    by_hand = sets[0] if sets else None
    kept = set() if by_hand is None else {atlas.regions[row].id for row in planning.region_rows(by_hand).tolist()}
    for region_id in [region for region in regions if region not in kept][: len(regions) // 3]:
        planning.confirm(planning.open_places({region_id}))
    if by_hand is None:
        return
    for place in range(_TAPPED):
        planning.confirm({by_hand.id: frozenset({place})}, by_tap=True)
    planning.skip({by_hand.id: frozenset(range(_TAPPED, _TAPPED + _SKIPPED))})
    place = _TAPPED + _SKIPPED
    start = point_of(by_hand, place)
    view, _ = atlas.views_of(start)[0]
    x, y = atlas.project(view, SkinArray.of([start])).xy[0].tolist()
    end = atlas.locate_one(view, x, y - _ASIDE_MM)
    if end is not None and atlas.region_id_at(end) is not None:
        planning.move(by_hand.id, place, Push(view, start, end))
