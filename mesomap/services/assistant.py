"""Reading the plan out region by region, for one who charts while another injects."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from mesomap.atlas import Atlas, SkinArray
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Mark
from mesomap.domain.place import SkinPoint
from mesomap.services.charting import ChartingService
from mesomap.services.last_session import each_ml
from mesomap.services.planning import Planning, goes_whole, point_of, region_order, weight

#: A view that sees this share of what the best one sees may still be the better picture, when it is larger.
_NEARLY = 0.93
#: So many places say where a region is seen.
_SAMPLE = 64


@dataclass(frozen=True, slots=True)
class ReadBack:
    """One thing to say: a region, how many points, with what. about: the number is an estimate (an area).

    volume_ml: of each point; total_ml: of all of them, None = not recorded. places: of the plan, by planned mark.
    """

    order: tuple[int, int, int]
    region_id: str
    dose: Dose
    points: int
    about: bool
    volume_ml: float | None
    total_ml: float | None
    places: dict[UUID, frozenset[int] | None]
    skin: tuple[SkinPoint, ...]


def read_backs(atlas: Atlas, planning: Planning) -> tuple[ReadBack, ...]:
    """What is open of the plan, one entry for each region and dose: head to foot, right before left.

    Doses of one region follow each other in the order of last time: another syringe is another thing to say.
    """
    found: dict[tuple[str, Dose, float | None], list[tuple[int, UUID, list[int]]]] = {}
    marks = planning.marks
    for number, planned in enumerate(marks):
        rows = planning.region_rows(planned).tolist()
        by_row: dict[int, list[int]] = {}
        for place in planned.open_places:
            by_row.setdefault(rows[0 if goes_whole(planned.mark) else place], []).append(place)
        for row, places in by_row.items():
            if row >= 0:
                key = (atlas.regions[row].id, planned.mark.dose, each_ml(planned.mark))
                found.setdefault(key, []).append((number, planned.id, places))
    result: list[ReadBack] = []
    for (region_id, dose, volume_ml), parts in found.items():
        open_parts = [(marks[number], places) for number, _, places in parts]
        totals = [_share_ml(planned.mark, len(places)) for planned, places in open_parts]
        known = [total for total in totals if total is not None]
        result.append(
            ReadBack(
                order=(*region_order(atlas, atlas.region(region_id)), parts[0][0]),
                region_id=region_id,
                dose=dose,
                points=sum(weight(planned) * len(places) for planned, places in open_parts),
                about=any(isinstance(planned.mark, AreaRecord) for planned, _ in open_parts),
                volume_ml=volume_ml,
                total_ml=sum(known) if len(known) == len(totals) else None,
                places={plan_id: frozenset(places) for _, plan_id, places in parts},
                skin=tuple(point_of(planned, place) for planned, places in open_parts for place in places),
            )
        )
    return tuple(sorted(result, key=lambda item: item.order))


def last_read_back(charting: ChartingService) -> ReadBack | None:
    """The last mark, when there is no plan to read from; None without a mark."""
    if not charting.marks:
        return None
    mark = charting.marks[-1]
    atlas = charting.atlas
    region_id = mark.region_ids[-1] if mark.region_ids else atlas.regions[0].id
    areas = isinstance(mark, AreaRecord)
    skin = mark.points if isinstance(mark, InjectionSet) else tuple(mark.outline[0])
    return ReadBack(
        order=(*region_order(atlas, atlas.region(region_id)), 0),
        region_id=region_id,
        dose=mark.dose,
        points=mark.count if isinstance(mark, InjectionSet) else mark.about_n or 0,
        about=areas,
        volume_ml=each_ml(mark),
        total_ml=mark.total_ml,
        places={},
        skin=skin,
    )


def view_for(atlas: Atlas, skin: Sequence[SkinPoint]) -> str:
    """The view in which most of these places are seen most squarely, and as large as can be."""
    places = SkinArray.of(skin[:: max(1, len(skin) // _SAMPLE)])
    seen: dict[str, float] = {}
    for view in atlas.views:
        found = atlas.project(view.key, places)
        seen[view.key] = float(found.cos_angle[found.visible].sum())
    best = max(seen.values())
    nearly = [key for key, share in seen.items() if share >= best * _NEARLY]
    return max(nearly, key=lambda key: atlas.view(key).levels[-1].px_per_mm)


def _share_ml(mark: Mark, places: int) -> float | None:
    if isinstance(mark, AreaRecord):
        return mark.total_ml
    total = mark.total_ml
    return None if total is None else total * places / mark.count
