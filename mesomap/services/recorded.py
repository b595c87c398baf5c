"""Two visits of which one cannot be laid on this body, or not be read: what was recorded of both, by region, with no
place on the skin.

Which region a mark was set in stands in its record, so that points and volumes can be told without the body they were
charted on. What needs places (which injection is which, areas, overlaps) is not told. Of records that cannot be read
nothing is told, which is not the same as nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from mesomap.coverage import RegionFigures
from mesomap.coverage.visits import RegionChange
from mesomap.domain.errors import BadInputError, DamagedError
from mesomap.domain.marks import AreaRecord, InjectionSet, Mark
from mesomap.domain.session import Session
from mesomap.services.comparing import Comparison, Visit


@dataclass(frozen=True, slots=True)
class RecordedVisit:
    """A session with its marks, on whatever body they were charted. laid: the visit on the body that has a map of it;
    said: why there is no map, "" = there is. unread: its records are damaged, nothing is known of them.
    """

    session: Session
    marks: tuple[Mark, ...]
    said: str = ""
    laid: Visit | None = None
    unread: bool = False

    @property
    def total(self) -> RegionFigures:
        """Points and volume of all of it; areas are unknown, and all is of records that cannot be read."""
        figures = _figures("", self.marks)
        return replace(figures, points_complete=False, volume_complete=False) if self.unread else figures


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
        visits = (self.before, self.after)
        sides = [_by_regions(visit.marks) for visit in visits]
        order = dict.fromkeys([*sides[0], *sides[1]])
        rows = []
        for key in order:
            both = [
                visit.total if visit.unread else _figures("+".join(key), side[key]) if key in side else None
                for visit, side in zip(visits, sides, strict=True)
            ]
            rows.append(RecordedRow(key, RegionChange("+".join(key), both[0], both[1], 0, 0, 0, 0)))
        return tuple(rows)

    @property
    def total(self) -> RegionChange:
        """The sum of both visits."""
        return RegionChange("", self.before.total, self.after.total, 0, 0, 0, 0)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Why there is no more, one sentence for each visit that cannot be laid on the body."""
        return tuple(visit.said for visit in (self.before, self.after) if visit.said)


#: Two visits laid on each other, or what there is of them where that cannot be.
AnyComparison = Comparison | RecordedComparison


def recorded_comparison(
    before: Session,
    after: Session,
    lay: Callable[[Session], Visit],
    marks_of: Callable[[Session], tuple[Mark, ...]],
) -> RecordedComparison:
    """Each visit for itself, as far as it can be had. lay: raises BadInputError where no body here holds what the
    session was charted on, DamagedError where it cannot be read; marks_of: its marks, raises DamagedError.
    """
    return RecordedComparison(*(_recorded(session, lay, marks_of) for session in (before, after)))


def _recorded(
    session: Session, lay: Callable[[Session], Visit], marks_of: Callable[[Session], tuple[Mark, ...]]
) -> RecordedVisit:
    try:
        marks = marks_of(session)
    except DamagedError as error:
        said = f"The records of session {session.number} cannot be read. {error.sentence}"
        return RecordedVisit(session, (), said, unread=True)
    try:
        laid = lay(session)
    except (BadInputError, DamagedError) as error:
        return RecordedVisit(session, marks, error.sentence)
    return RecordedVisit(session, marks, laid=laid)


def _by_regions(marks: Sequence[Mark]) -> dict[tuple[str, ...], list[Mark]]:
    found: dict[tuple[str, ...], list[Mark]] = {}
    for mark in marks:
        found.setdefault(mark.region_ids, []).append(mark)
    return found


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
