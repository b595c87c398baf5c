"""Two visits on the same body: which injections were repeated, moved, new or dropped, and which skin was treated twice.

All distances are reference mm along the skin: visits of one patient compare although height and weight have changed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from mesomap.atlas.areas import EMPTY, polygonal
from mesomap.atlas.atlas import Atlas
from mesomap.atlas.records import Bools, Floats, Ints
from mesomap.atlas.skin import SkinArray
from mesomap.coverage.assignment import ALONE, assign
from mesomap.coverage.figures import RegionFigures, Tally
from mesomap.coverage.neighbours import Neighbours
from mesomap.coverage.shapes import outline_in_chart, union
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import InjectionSet, Mark

#: As shipped: nearer than the first counts as repeated, up to the second as moved.
REPEATED_MM, MOVED_MM = 3.0, 6.0
#: More than this apart nobody calls the same place.
MOST_MM = 50.0


@dataclass(frozen=True, slots=True, eq=False)
class VisitPoints:
    """The single injections of a visit. skin: N places; mark (N,): which mark of the visit; region (N,): row in
    atlas.regions, -1 = none; volume_ml (N,): of each, NaN = not recorded.
    """

    skin: SkinArray
    mark: Ints
    region: Ints
    volume_ml: Floats
    marks: tuple[InjectionSet, ...]

    def place(self, row: int) -> tuple[UUID, int]:
        """Id of the mark of a row, and which of its points it is."""
        own = int(self.mark[row])
        return self.marks[own].id, row - int(np.searchsorted(self.mark, own))


@dataclass(frozen=True, slots=True, eq=False)
class VisitMatch:
    """before, after: the injections of two visits. partner (N before,): row of after, -1 = dropped. distance_mm
    (N before,): along the skin, NaN = dropped. Rows of after that are nobody's partner are new.
    """

    before: VisitPoints
    after: VisitPoints
    partner: Ints
    distance_mm: Floats
    repeated_mm: float
    moved_mm: float

    @property
    def repeated(self) -> Bools:
        """(N before,) within repeated_mm of its partner."""
        near: Bools = np.nan_to_num(self.distance_mm, nan=np.inf) <= self.repeated_mm
        return near

    @property
    def moved(self) -> Bools:
        """(N before,) has a partner farther than repeated_mm."""
        far: Bools = (self.partner != ALONE) & ~self.repeated
        return far

    @property
    def dropped(self) -> Bools:
        """(N before,) has no partner."""
        alone: Bools = self.partner == ALONE
        return alone

    @property
    def new(self) -> Bools:
        """(N after,) is nobody's partner."""
        fresh = np.ones(len(self.after.mark), dtype=np.bool_)
        fresh[self.partner[self.partner != ALONE]] = False
        return fresh


def visit_points(atlas: Atlas, marks: Iterable[Mark]) -> VisitPoints:
    """The single injections of these marks, in their order; area records have none."""
    sets = tuple(mark for mark in marks if isinstance(mark, InjectionSet) and mark.count)
    skin = SkinArray.of([point for mark in sets for point in mark.points])
    counts = [mark.count for mark in sets]
    each = [np.nan if mark.total_ml is None else mark.total_ml / mark.count for mark in sets]
    return VisitPoints(
        skin,
        np.repeat(np.arange(len(sets)), counts).astype(np.int64),
        atlas.region_at(skin),
        np.repeat(np.array(each, dtype=np.float64), counts),
        sets,
    )


def match_visits(
    atlas: Atlas,
    before: Sequence[Mark],
    after: Sequence[Mark],
    *,
    repeated_mm: float = REPEATED_MM,
    moved_mm: float = MOVED_MM,
) -> VisitMatch:
    """The assignment of injections with the least sum of distances in which none is farther than moved_mm.

    Whoever stays without a partner counts as moved_mm. Raises BadInputError for limits that cannot be.
    """
    if not 0 < repeated_mm <= moved_mm <= MOST_MM:
        raise BadInputError(
            f"Repeated within {repeated_mm:g} mm and moved up to {moved_mm:g} mm is not possible. "
            f"Enter distances above 0 and up to {MOST_MM:g} mm, the second not below the first."
        )
    a, b = visit_points(atlas, before), visit_points(atlas, after)
    row, column, distance = _near(atlas, a, b, moved_mm)
    # A pair at the limit itself still counts: what lies alone costs a hair more.
    partner = assign(row, column, distance, len(a.mark), len(b.mark), float(np.nextafter(moved_mm, np.inf)))
    lengths = np.full(len(a.mark), np.nan)
    made = partner[row] == column
    lengths[row[made]] = distance[made]
    return VisitMatch(a, b, partner, lengths, repeated_mm, moved_mm)


def _near(atlas: Atlas, a: VisitPoints, b: VisitPoints, limit_mm: float) -> tuple[Ints, Ints, Floats]:
    """Pairs of injections within the limit along the skin: rows of a, rows of b, mm."""
    nothing = np.empty(0, dtype=np.int64)
    if not len(a.mark) or not len(b.mark):
        return nothing, nothing, np.empty(0)
    at, bt = atlas.position(a.skin), atlas.position(b.skin)
    tree = shapely.STRtree(np.asarray(shapely.points(bt[:, :2])))
    row, column = tree.query(np.asarray(shapely.points(at[:, :2])), predicate="dwithin", distance=limit_mm)
    straight = np.linalg.norm(at[row] - bt[column], axis=1)
    # One side of the body to the other through the air is no way along the skin: the places must lie beside each other.
    close = straight <= limit_mm
    row, column, straight = row[close], column[close], straight[close]
    beside = Neighbours(atlas, (2 * limit_mm) ** 2 / 100.0)
    joined = beside.joined(a.region[row], b.region[column], b.skin.tri[column])
    row, column, straight = row[joined], column[joined], straight[joined]
    distance = np.maximum(_along_skin(atlas, a, b, row, column, straight), straight)
    held = distance <= limit_mm
    return row[held].astype(np.int64), column[held].astype(np.int64), distance[held]


def _along_skin(atlas: Atlas, a: VisitPoints, b: VisitPoints, row: Ints, column: Ints, straight: Floats) -> Floats:
    """Length of the chart line of each pair, or the straight one where no chart holds both."""
    length = straight.copy()
    for region in np.unique(a.region[row]).tolist():
        own = np.flatnonzero(a.region[row] == region)
        chart = atlas.chart(atlas.regions[region].id)
        start = chart.to_chart(a.skin[row[own]])
        end = chart.to_chart(b.skin[column[own]])
        known = np.isfinite(start).all(axis=1) & np.isfinite(end).all(axis=1)
        length[own[known]] = chart.metric.lengths_mm(start[known], end[known])
    return length


@dataclass(frozen=True, slots=True)
class AreaOverlap:
    """Skin of one region that the outlines of two visits hold, reference cm² (True area on the skin)."""

    region_id: str
    before_cm2: float
    after_cm2: float
    both_cm2: float

    @property
    def share_of_before(self) -> float | None:
        """Part of the earlier skin that was treated again, 0–1; None when there was none."""
        return None if self.before_cm2 <= 0 else min(self.both_cm2 / self.before_cm2, 1.0)


def shapes_overlap(
    atlas: Atlas, before: Mapping[str, BaseGeometry], after: Mapping[str, BaseGeometry]
) -> tuple[AreaOverlap, ...]:
    """Overlap of skin given as chart shapes by region id, in the order of the atlas; empty regions are left out."""
    rows: list[AreaOverlap] = []
    for region in atlas.regions:
        first, second = before.get(region.id, EMPTY), after.get(region.id, EMPTY)
        if first.is_empty and second.is_empty:
            continue
        metric = atlas.chart(region.id).metric
        both = polygonal(shapely.intersection(first, second))
        sizes = [metric.area_mm2(shape) / 100.0 if not shape.is_empty else 0.0 for shape in (first, second, both)]
        rows.append(AreaOverlap(region.id, sizes[0], sizes[1], sizes[2]))
    return tuple(rows)


def outlines_overlap(atlas: Atlas, before: Sequence[Mark], after: Sequence[Mark]) -> tuple[AreaOverlap, ...]:
    """Overlap of the outlines (area records, fills) of two visits, by region, in the order of the atlas."""
    return shapes_overlap(atlas, _outlines(atlas, before), _outlines(atlas, after))


def _outlines(atlas: Atlas, marks: Sequence[Mark]) -> dict[str, BaseGeometry]:
    regions = {region for mark in marks if mark.outline for region in mark.region_ids}
    return {
        region: union([outline_in_chart(atlas.chart(region), m.outline) for m in marks if region in m.region_ids])
        for region in regions
    }


@dataclass(frozen=True, slots=True)
class RegionChange:
    """What became of a region: its figures at both visits (None = untouched) and its injections by difference.

    spilled_before, spilled_after: figures of an untouched region that footprints of its neighbours reach.
    """

    region_id: str
    before: RegionFigures | None
    after: RegionFigures | None
    repeated: int
    moved: int
    new: int
    dropped: int
    spilled_before: RegionFigures | None = None
    spilled_after: RegionFigures | None = None


def region_changes(atlas: Atlas, match: VisitMatch, before: Tally, after: Tally) -> tuple[RegionChange, ...]:
    """One row for each region that one of the visits touches, in the order of the atlas."""
    a, b = match.before.region, match.after.region
    first, second = ({row.region_id: row for row in tally.rows} for tally in (before, after))
    spilled, spilled_after = (
        {row.region_id: row for row in tally.regions if not row.marks} for tally in (before, after)
    )
    rows: list[RegionChange] = []
    for region in atlas.regions:
        if region.id not in first and region.id not in second:
            continue
        own_a, own_b = a == region.index, b == region.index
        rows.append(
            RegionChange(
                region.id,
                first.get(region.id),
                second.get(region.id),
                _count(match.repeated, own_a),
                _count(match.moved, own_a),
                _count(match.new, own_b),
                _count(match.dropped, own_a),
                spilled.get(region.id),
                spilled_after.get(region.id),
            )
        )
    return tuple(rows)


def _count(flags: Bools, own: NDArray[np.bool_]) -> int:
    return int((flags & own).sum())
