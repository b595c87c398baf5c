"""As last time: the last earlier session of a patient's course, and copies of its marks for a plan of today."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

import numpy as np
import numpy.typing as npt

from mesomap.atlas import Atlas, SkinArray
from mesomap.domain.body_size import PatientScale
from mesomap.domain.clock import now
from mesomap.domain.marks import Dose, InjectionSet, Mark, Origin
from mesomap.domain.place import SkinPoint
from mesomap.domain.session import Mixture, Session, SessionStatus
from mesomap.services.charted_already import area_charted, is_free
from mesomap.services.charting import ChartingService
from mesomap.services.practice import Practice
from mesomap.services.touched import regions_of_points


@dataclass(frozen=True, slots=True)
class LastSession:
    """An earlier session and its marks, in the order of charting."""

    session: Session
    marks: tuple[Mark, ...]

    @property
    def scale(self) -> PatientScale:
        """The patient's scale at that time."""
        return PatientScale(self.session.patient_scale, self.session.scale_basis)


@dataclass(frozen=True, slots=True)
class OtherMixture:
    """A letter that stands for something else here than last time. Names in words, "" = no name."""

    letter: str
    then: str
    here: str


@dataclass(frozen=True, slots=True)
class _Places:
    """(N,) by point of a set: wanted = in a chosen region; free = wanted, and not charted in this session."""

    wanted: npt.NDArray[np.bool_]
    free: npt.NDArray[np.bool_]


def earlier_sessions(practice: Practice, session: Session) -> tuple[Session, ...]:
    """Sessions of the same patient that began before this one and are not voided, the latest first."""
    earlier = [
        other
        for other in practice.sessions(session.patient_id)
        if (other.started_at, other.number) < (session.started_at, session.number)
        and other.status is not SessionStatus.VOIDED
    ]
    return tuple(sorted(earlier, key=lambda other: (other.started_at, other.number), reverse=True))


def last_session(practice: Practice, session: Session, atlas: Atlas) -> LastSession | None:
    """The last earlier session on the same skin as `atlas` that holds marks; None when there is none.

    One of the same course goes before a later one of another; where no course is given, the last one is meant.
    """
    earlier = earlier_sessions(practice, session)
    for other in sorted(earlier, key=lambda other: not same_course(other, session)):
        marks = practice.marks(other.id) if atlas.reads(other.atlas) else ()
        if marks:
            return LastSession(other, marks)
    return None


def same_course(one: Session, other: Session) -> bool:
    """Whether two sessions were for the same: a common entry of the list of indications, else the same words.

    What stands behind a comma ("Mesolift, 2 of 4") is not compared. Two sessions without an indication are not.
    """
    keys, others = one.frame.indication_keys, other.frame.indication_keys
    if keys and others:
        return not set(keys).isdisjoint(others)
    words = [session.indication.partition(",")[0].strip().casefold() for session in (one, other)]
    return words[0] == words[1] != ""


def other_mixtures(charting: ChartingService, last: LastSession) -> tuple[OtherMixture, ...]:
    """Letters that last time's marks carry and that mean something else in this session."""
    found: list[OtherMixture] = []
    taken = {mixture.letter for mixture in names_to_take(charting, last, last.marks)}
    for letter in sorted({mark.dose.mixture for mark in last.marks if mark.dose.mixture} - taken):
        then, here = _name(last.session, letter), _name(charting.session, letter)
        if then != here:
            found.append(OtherMixture(letter, then, here))
    return tuple(found)


def to_repeat(
    charting: ChartingService, last: LastSession, region_ids: Collection[str] | None = None
) -> tuple[Mark, ...]:
    """The copies that repeat() would record: what lies in the regions (None = all) and is not charted yet."""
    return tuple(copy for _, copy in copies_of(charting, last, region_ids))


def copies_of(
    charting: ChartingService, last: LastSession, region_ids: Collection[str] | None = None
) -> tuple[tuple[Mark, Mark], ...]:
    """Each mark of the last session with the copy that repeats it; what is charted or planned already is left out."""
    at = now()
    held = (*charting.marks, *(planned.mark for planned in charting.planned))
    open_places = _open_places(charting, last, region_ids, held)
    copies = ((mark, _copy(charting, last, mark, region_ids, open_places, held, at)) for mark in last.marks)
    return tuple((mark, copy) for mark, copy in copies if copy is not None)


def names_to_take(charting: ChartingService, last: LastSession, marks: Sequence[Mark]) -> tuple[Mixture, ...]:
    """Names for letters of the marks. A letter that marks of this session carry already stays as it is: a name
    given now would say what was in a syringe that nobody named.
    """
    carried = {mark.dose.mixture for mark in marks} - {mark.dose.mixture for mark in charting.marks}
    known = [m for m in last.session.mixtures if m.letter in carried and not _name(charting.session, m.letter)]
    # What was drawn up that day was for that day.
    return tuple(Mixture(letter=mixture.letter, name=mixture.name) for mixture in known)


def _name(session: Session, letter: str) -> str:
    mixture = session.mixture(letter)
    return mixture.name if mixture is not None else ""


def _open_places(
    charting: ChartingService, last: LastSession, region_ids: Collection[str] | None, held: Sequence[Mark]
) -> dict[UUID, _Places]:
    """By set: which of its points lie in the regions, and which of those this session does not hold yet."""
    atlas = charting.atlas
    rows = None if region_ids is None else [atlas.region_index(region_id) for region_id in region_ids]
    by_dose: dict[tuple[str, str | None], list[InjectionSet]] = {}
    for mark in last.marks:
        if isinstance(mark, InjectionSet):
            by_dose.setdefault((mark.dose.technique, mark.dose.mixture), []).append(mark)
    found: dict[UUID, _Places] = {}
    for marks in by_dose.values():
        points = [point for mark in marks for point in mark.points]
        wanted = np.ones(len(points), np.bool_)
        if rows is not None:
            wanted = np.isin(atlas.region_at(SkinArray.of(points)), rows)
        free = is_free(atlas, marks[0], points, held)
        ends = np.cumsum([mark.count for mark in marks])[:-1]
        for mark, here, new in zip(marks, np.split(wanted, ends), np.split(free, ends), strict=True):
            found[mark.id] = _Places(here, here & new)
    return found


def _copy(
    charting: ChartingService,
    last: LastSession,
    mark: Mark,
    region_ids: Collection[str] | None,
    places: Mapping[UUID, _Places],
    held: Sequence[Mark],
    at: datetime,
) -> Mark | None:
    atlas = charting.atlas
    fresh = replace(
        mark,
        id=uuid4(),
        session_id=charting.session.id,
        dose=dose_again(mark.dose),
        spacing_mm=_spacing_now(charting, last, mark),
        done_at=at,
        entered_at=at,
        # A line keeps its origin, as it is drawn by it; both are patterns.
        origin=Origin.LINE if mark.origin is Origin.LINE else Origin.REPEAT,
        remark="",
        citation="",
        plan_id=None,
    )
    if isinstance(fresh, InjectionSet):
        here = places[mark.id]
        if not (fresh.outline and here.wanted.all()):
            return _thinned(atlas, fresh, here.free)
        if not here.free.any():
            return None
        fresh = fresh.with_points(_kept(fresh, here.free))
    elif region_ids is not None and not set(fresh.region_ids) <= set(region_ids):
        return None
    return None if area_charted(atlas, fresh, fresh.outline, fresh.region_ids, held) else fresh


def dose_again(dose: Dose) -> Dose:
    """The dose for another treatment: the lot of the needle and the counter of the device were those of that day."""
    needle = None if dose.needle is None else replace(dose.needle, lot="")
    device = None if dose.device is None else replace(dose.device, shots=None)
    return replace(dose, needle=None if needle is None or needle.is_empty else needle, device=device)


def each_ml(mark: Mark) -> float | None:
    """mL of each point; of an area its total divided by about n. None = not recorded."""
    if isinstance(mark, InjectionSet):
        return mark.volume_ml
    return mark.total_ml / mark.about_n if mark.total_ml is not None and mark.about_n else None


def _thinned(atlas: Atlas, mark: InjectionSet, keep: npt.NDArray[np.bool_]) -> InjectionSet | None:
    """The set with these points only; a part of a fill has no outline of its own."""
    if keep.all():
        return mark
    points = _kept(mark, keep)
    if not points:
        return None
    part = mark.with_points(points)
    return replace(part, outline=(), spacing_mm=None, region_ids=regions_of_points(atlas, points))


def _kept(mark: InjectionSet, keep: npt.NDArray[np.bool_]) -> tuple[SkinPoint, ...]:
    return tuple(point for point, kept in zip(mark.points, keep.tolist(), strict=True) if kept)


def _spacing_now(charting: ChartingService, last: LastSession, mark: Mark) -> float | None:
    """Spacing in patient mm of today: the places on the body stay, the patient's size may have changed."""
    if mark.spacing_mm is None or not mark.region_ids:
        return mark.spacing_mm
    fixed = charting.atlas.region(mark.region_ids[0]).fixed_scale
    return mark.spacing_mm * charting.scale.factor(fixed) / last.scale.factor(fixed)
