"""Follow-ups: what falls due when, and what was heard and seen."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from mesomap.commands.entries import AddEntries, EditEntry
from mesomap.domain.finding import SessionWish
from mesomap.domain.follow_up import DUE_WEEKS, Contact, FollowUp, FollowUpPlanned, check_weeks, open_due
from mesomap.domain.session import Session, SessionStatus
from mesomap.services.entering import entering

if TYPE_CHECKING:
    from mesomap.services.practice import Practice

_WEEKS = "follow_up.weeks"
#: A follow-up that nobody met for so long is no longer in the list of the practice.
LAPSE_DAYS = 60


@dataclass(frozen=True, slots=True)
class Due:
    """A follow-up that nobody has met yet. planned: set by hand; session: the one whose weeks it follows."""

    on: date
    session: Session | None = None
    planned: FollowUpPlanned | None = None


def due_weeks(practice: "Practice") -> tuple[int, ...]:
    """Weeks after the last session at which the practice asks; none = it does not."""
    kept = practice.setting(_WEEKS)
    return tuple(int(week) for week in kept) if isinstance(kept, list) else DUE_WEEKS


def set_due_weeks(practice: "Practice", weeks: tuple[int, ...]) -> None:
    """Choose the weeks, none = do not ask. Raises BadInputError, NotWritableError."""
    practice.set_setting(_WEEKS, list(check_weeks(weeks)))


def follow_ups(practice: "Practice", patient_id: UUID) -> tuple[FollowUp, ...]:
    """What was recorded of a patient and not withdrawn, oldest first."""
    return tuple(one for one in practice.entries(FollowUp, patient_id=patient_id) if not one.withdrawn)


def dues(practice: "Practice", patient_id: UUID) -> tuple[Due, ...]:
    """What is open of a patient, soonest first; those of days to come too."""
    done = follow_ups(practice, patient_id)
    sessions = [one for one in practice.sessions(patient_id) if one.status is not SessionStatus.VOIDED]
    last = max(sessions, key=lambda one: one.started_at, default=None)
    last_on = None if last is None else _day(last.started_at)
    days = open_due(last_on, due_weeks(practice), tuple(_day(one.done_at) for one in done))
    settled = {one.settles for one in done}
    planned = [
        one
        for one in practice.entries(FollowUpPlanned, patient_id=patient_id)
        if not one.withdrawn and one.id not in settled
    ]
    found = [Due(on, session=last) for on in days] + [Due(one.due_on, planned=one) for one in planned]
    return tuple(sorted(found, key=lambda due: due.on))


def due_by(practice: "Practice", today: date) -> dict[UUID, date]:
    """Patients with something due up to today, and the earliest day of it.

    What was due longer than LAPSE_DAYS ago is left to the patient's own page, so that the list stays one of this month.
    """
    weeks = due_weeks(practice)
    since = _morning(today - timedelta(days=LAPSE_DAYS + 7 * max(weeks, default=0)))
    last: dict[UUID, date] = {}
    for session in practice.finder.find(SessionWish(since=since)):
        on = _day(session.started_at)
        last[session.patient_id] = max(on, last.get(session.patient_id, on))
    met: dict[UUID, list[date]] = {}
    for one in practice.entries(FollowUp, since=since):
        if not one.withdrawn and one.patient_id is not None:
            met.setdefault(one.patient_id, []).append(_day(one.done_at))
    found: dict[UUID, date] = {}
    for patient_id, last_on in last.items():
        days = open_due(last_on, weeks, tuple(met.get(patient_id, ())))
        recent = [day for day in days if today - timedelta(days=LAPSE_DAYS) <= day <= today]
        if recent:
            found[patient_id] = recent[0]
    for plan in practice.entries(FollowUpPlanned, until=_morning(today + timedelta(days=1))):
        # Few are planned by hand: each is asked whether it was met.
        open_still = not plan.withdrawn and not practice.entries(FollowUp, refers_to=plan.id)
        if open_still and plan.patient_id is not None:
            found[plan.patient_id] = min(plan.due_on, found.get(plan.patient_id, plan.due_on))
    return found


def record_follow_up(
    practice: "Practice",
    patient_id: UUID,
    *,
    contact: Contact,
    reaction: str = "",
    text: str = "",
    done_at: datetime | None = None,
    session_id: UUID | None = None,
    settles: UUID | None = None,
) -> FollowUp:
    """Record what was heard or seen. Raises BadInputError."""
    stamp = entering(practice)
    made = FollowUp(
        patient_id=patient_id,
        session_id=session_id,
        done_at=done_at or stamp["entered_at"],
        contact=contact,
        reaction=reaction.strip(),
        text=text.strip(),
        settles=settles,
        **stamp,
    )
    practice.run(AddEntries((made,), name="Add follow-up"))
    return made


def change_follow_up(practice: "Practice", before: FollowUp, **values: Any) -> FollowUp:
    """Change a follow-up; what it said before stays in its history. Raises BadInputError."""
    after = replace(before, **values)
    practice.run(EditEntry(before, after, name="Edit follow-up"))
    return after


def plan_follow_up(practice: "Practice", patient_id: UUID, on: date, text: str = "") -> FollowUpPlanned:
    """Set a follow-up for a day. Raises BadInputError."""
    made = FollowUpPlanned(patient_id=patient_id, due_on=on, text=text.strip(), **entering(practice))
    practice.run(AddEntries((made,), name="Plan follow-up"))
    return made


def drop_planned(practice: "Practice", planned: FollowUpPlanned, reason: str) -> None:
    """Take a planned follow-up off the list. Raises BadInputError."""
    after = replace(planned, withdrawn=reason.strip() or "dropped")
    practice.run(EditEntry(planned, after, name="Drop planned follow-up"))


def _day(moment: datetime) -> date:
    return moment.astimezone().date()


def _morning(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()
