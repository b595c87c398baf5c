"""Two visits of which one cannot be laid on this body: what was recorded of both, by region, with no place on the skin.

Which region a mark was set in stands in its record, so that points and volumes can be told without the body they were
charted on. What needs places (which injection is which, areas, overlaps) is not told.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mesomap.coverage import RegionFigures
from mesomap.coverage.visits import RegionChange
from mesomap.domain.marks import AreaRecord, InjectionSet, Mark
from mesomap.domain.session import Session


@dataclass(frozen=True, slots=True)
class RecordedVisit:
    """A session with its marks, on whatever body they were charted. said: why it cannot be laid on the body, "" = it
    can.
    """

    session: Session
    marks: tuple[Mark, ...]
    said: str = ""

    @property
    def total(self) -> RegionFigures:
        """Points and volume of all of it; areas are unknown."""
        return _figures("", self.marks)


@dataclass(frozen=True, slots=True)
class RecordedRow:
    """What was recorded in these regions, of marks that reach exactly them; change: no injection is matched in it."""

    region_ids: tuple[str, ...]
    change: RegionChange


@dataclass(frozen=True, slots=True)
class RecordedComparison:
    """before, after: the visits; rows: by regions, in the order in which they were recorded."""

    before: RecordedVisit
    after: RecordedVisit

    @property
    def rows(self) -> tuple[RecordedRow, ...]:
        """One row for each set of regions that a mark of one of the visits reaches."""
        sides = [_by_regions(visit.marks) for visit in (self.before, self.after)]
        order = dict.fromkeys([*sides[0], *sides[1]])
        return tuple(RecordedRow(key, _change("+".join(key), sides[0].get(key), sides[1].get(key))) for key in order)

    @property
    def total(self) -> RegionChange:
        """The sum of both visits."""
        return RegionChange("", self.before.total, self.after.total, 0, 0, 0, 0)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Why there is no more, one sentence for each visit that cannot be laid on the body."""
        return tuple(visit.said for visit in (self.before, self.after) if visit.said)


def _by_regions(marks: Sequence[Mark]) -> dict[tuple[str, ...], list[Mark]]:
    found: dict[tuple[str, ...], list[Mark]] = {}
    for mark in marks:
        found.setdefault(mark.region_ids, []).append(mark)
    return found


def _change(key: str, before: Sequence[Mark] | None, after: Sequence[Mark] | None) -> RegionChange:
    first, second = (None if marks is None else _figures(key, marks) for marks in (before, after))
    return RegionChange(key, first, second, 0, 0, 0, 0)


def _figures(key: str, marks: Sequence[Mark]) -> RegionFigures:
    """Points and volume as they were recorded; nothing about areas."""
    volumes = [mark.total_ml for mark in marks]
    known = [volume for volume in volumes if volume is not None]
    areas = [mark for mark in marks if isinstance(mark, AreaRecord)]
    return RegionFigures(
        region_id=key,
        marks=len(marks),
        about_points=sum(mark.count for mark in marks if isinstance(mark, InjectionSet))
        + sum(area.about_n or 0 for area in areas),
        volume_ml=sum(known) if known else None,
        volume_complete=len(known) == len(volumes),
        treated_cm2=None,
        covered_cm2=None,
        region_cm2=0.0,
        spacing_mm=None,
        radii_mm=(),
        has_area=bool(areas),
        points_complete=all(area.about_n is not None for area in areas),
    )
