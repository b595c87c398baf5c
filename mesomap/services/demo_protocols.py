"""Protocols, courses, prices and payments of the demonstration: invented, uneven as real ones are."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from mesomap.commands.entries import AddEntries
from mesomap.domain.clock import now
from mesomap.domain.course import Course, CourseStatus, CourseVisit
from mesomap.domain.entry import Entry
from mesomap.domain.patient import Patient
from mesomap.domain.price import PaidBy, Payment, Price
from mesomap.domain.protocol import Protocol, ProtocolKind, ProtocolStep
from mesomap.domain.session import Session
from mesomap.services.costs import last_currency
from mesomap.services.demo_courses import PATIENTS, Going, Part, Series
from mesomap.services.protocols import add_examples
from mesomap.services.receipts import issue_receipt

if TYPE_CHECKING:
    from mesomap.services.practice import Practice

#: Indication of a course → kind, key of the list, days between sessions, price of a session.
_KINDS: dict[str, tuple[ProtocolKind, str, int, str]] = {
    "Mesolift": (ProtocolKind.MESOLIFT, "mesolift", 14, "120.00"),
    "Mesoglow": (ProtocolKind.MESOLIFT, "mesoglow", 14, "110.00"),
    "Mesobotox": (ProtocolKind.MESOBOTOX, "mesobotox", 120, "190.00"),
    "Mesohair": (ProtocolKind.MESOHAIR, "mesohair", 14, "95.00"),
    "Mesocellulite": (ProtocolKind.MESOCELLULITE, "mesocellulite", 7, "85.50"),
    "Body contour": (ProtocolKind.BODY_CONTOUR, "body_contour", 21, "140.00"),
    "Low back pain": (ProtocolKind.PAIN, "low_back_pain", 7, "60.00"),
    "Neck pain": (ProtocolKind.PAIN, "neck_pain", 7, "60.00"),
    "Knee pain, right": (ProtocolKind.PAIN, "knee_pain", 7, "60.00"),
}
_CURRENCY = "EUR"
#: Number of the receipt that is corrected.
_WRONG = 2
_WORDS = {
    Going.INTERRUPTED: "Interrupted: the patient felt faint. The rest was left for another day.",
    Going.UNEVEN: "Rows left out where the skin was sore.",
}
#: A course nobody came back to for so long was stopped.
_STOPPED_AFTER = timedelta(days=150)
_PAID = (PaidBy.CARD, PaidBy.CASH, PaidBy.TRANSFER)


def record_courses(practice: "Practice", people: Sequence[Patient], today: date) -> None:
    """The shipped examples, the practice's own protocols, and a course with its costs for every series. Raises typed
    errors.
    """
    add_examples(practice)
    known: dict[str, Protocol] = {}
    entries: list[Entry] = []
    for person, patient in zip(people, PATIENTS, strict=True):
        left = sorted(practice.sessions(person.id), key=lambda session: session.started_at)
        for turn, series in enumerate(patient.series):
            last = turn == len(patient.series) - 1
            count = len(left) if last else len(series.days_ago())
            held, left = left[:count], left[count:]
            protocol = known.setdefault(series.indication, _protocol(series))
            course = _course(series, protocol, person, held, today)
            entries += [course, *_costs(series, course, held, person)]
    practice.run(AddEntries((*known.values(), *entries), name="Example courses"))
    if not last_currency(practice):
        practice.set_setting("costs.currency", _CURRENCY)
    _receipts(practice, people)


def _protocol(series: Series) -> Protocol:
    kind, key, days, price = _KINDS[series.indication]
    names = dict(series.mixtures)
    return Protocol(
        id=uuid4(),
        entered_at=now(),
        name=f"{series.indication} (demonstration)",
        kind=kind,
        indication_keys=(key,),
        steps=tuple(_step(part, names[part.mixture]) for part in series.parts),
        sessions_min=min(series.planned, 3),
        sessions_max=series.planned,
        interval_min_days=days,
        interval_max_days=days,
        sources="Invented for the demonstration; nothing here is a recommendation.",
        price_session=Decimal(price),
        currency=_CURRENCY,
    )


def _step(part: Part, mixture: str) -> ProtocolStep:
    bases = [region.rpartition(".")[0] for region in part.regions]
    pairs = [base if bases.count(base) > 1 else region for base, region in zip(bases, part.regions, strict=True)]
    return ProtocolStep(
        regions=tuple(dict.fromkeys(pairs)),
        technique=part.technique,
        spacing_mm=part.spacing_mm,
        depth_mm=part.depth_mm,
        volume_ml=part.volume_ml,
        mixture=part.mixture,
        mixture_words=mixture,
    )


def _course(series: Series, protocol: Protocol, person: Patient, held: Sequence[Session], today: date) -> Course:
    days = _KINDS[series.indication][2]
    first = held[0].started_at.date()
    visits = []
    due = first
    for number in range(1, max(series.planned, len(held)) + 1):
        session = held[number - 1] if number <= len(held) else None
        words = next((_WORDS[how] for how in series.going_of(number) if how in _WORDS), "")
        visits.append(CourseVisit(due=due, session_id=None if session is None else session.id, deviation=words))
        due = (due if session is None else session.started_at.date()) + timedelta(days=days)
    course = Course(
        id=uuid4(),
        entered_at=held[0].started_at,
        patient_id=person.id,
        protocol_id=protocol.id,
        protocol_name=protocol.name,
        began_on=first,
        interval_days=days,
        visits=tuple(visits),
    )
    if course.next_visit is None:
        return replace(course, status=CourseStatus.FINISHED)
    if today - held[-1].started_at.date() > _STOPPED_AFTER:
        return replace(course, status=CourseStatus.STOPPED, reason="Did not come again (example).")
    return course


def _costs(series: Series, course: Course, held: Sequence[Session], person: Patient) -> list[Entry]:
    """A price for every session, or one for the course; most of it paid, the last session of some not."""
    price = Decimal(_KINDS[series.indication][3])
    common: dict[str, Any] = {"entered_at": held[0].started_at, "patient_id": person.id, "currency": _CURRENCY}
    if series.planned >= 8:
        whole = price * series.planned
        paid_on = held[0].started_at.date()
        return [
            Price(id=uuid4(), amount=whole, course_id=course.id, **common),
            Payment(
                id=uuid4(), amount=whole / 2, course_id=course.id, paid_on=paid_on, paid_by=PaidBy.TRANSFER, **common
            ),
        ]
    found: list[Entry] = []
    for number, session in enumerate(held):
        found.append(Price(id=uuid4(), amount=price, session_id=session.id, **common))
        if number < len(held) - 1 or len(held) % 2:
            paid_on, how = session.started_at.date(), _PAID[number % len(_PAID)]
            found.append(
                Payment(id=uuid4(), amount=price, session_id=session.id, paid_on=paid_on, paid_by=how, **common)
            )
    return found


def _receipts(practice: "Practice", people: Sequence[Patient]) -> None:
    """Receipts for the first payments of some patients; one was wrong and is corrected by another."""
    for person in people[::3]:
        payments = practice.entries(Payment, patient_id=person.id)[:2]
        if payments:
            day = payments[-1].paid_on or date.today()
            receipt = issue_receipt(practice, person.id, payments, issued_on=day)
            if receipt.number == _WRONG:
                only, why = payments[:1], "The second payment was to stand on a receipt of its own."
                issue_receipt(practice, person.id, only, issued_on=day, corrects=receipt, reason=why)
