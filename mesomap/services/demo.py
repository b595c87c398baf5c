"""A demonstration home: invented patients, nothing real."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from mesomap.commands import NewPatient
from mesomap.domain.clock import now
from mesomap.domain.patient import Patient, Sex
from mesomap.services.demo_after import record_before_and_after
from mesomap.services.demo_courses import PATIENTS, DemoPatient, Series
from mesomap.services.demo_photos import record_photos
from mesomap.services.demo_plan import settle_half
from mesomap.services.demo_protocols import record_courses
from mesomap.services.demo_shelf import DemoShelf
from mesomap.services.demo_visits import Lattices, VisitScribe
from mesomap.services.practice import Practice

if TYPE_CHECKING:
    from mesomap.atlas import Bodies

_SATURDAY = 5
_UNDER_WAY = "D’Essai"


def record_all(practice: Practice, bodies: "Bodies", today: date) -> None:
    """All visits in the order of their days, so that chart numbers grow with time, each patient with the first of
    them; then the draft.
    """
    held = bodies.names()
    people = [_person(patient, str(number), held) for number, patient in enumerate(PATIENTS, 1)]
    visits: list[tuple[datetime, int, Series, int]] = []
    for row, patient in enumerate(PATIENTS):
        for series in patient.series:
            for number, days in enumerate(series.days_ago(), 1):
                visits.append((_moment(today, days, row), row, series, number))
    lattices = {name: Lattices(bodies.named(name)) for name in {person.body for person in people}}
    shelf = DemoShelf(practice, today)
    known: set[int] = set()
    for at, row, series, number in sorted(visits, key=lambda visit: visit[:2]):
        seed = f"{row} {series.first_days_ago} {number}"
        scribe = VisitScribe(practice, lattices[people[row].body], seed, shelf)
        scribe.write(people[row], series, number, at, is_new=row not in known)
        known.add(row)
    for row, person in enumerate(people):
        if row not in known:
            practice.run(NewPatient(person))
    _begin_under_way(practice, bodies, people, lattices)
    record_before_and_after(practice, people)
    record_courses(practice, people, today)
    record_photos(practice, people)
    first, series = people[0], PATIENTS[0].series[-1]
    VisitScribe(practice, lattices[first.body], "draft").begin(first, series, len(series.days_ago()) + 1, now())


def _begin_under_way(
    practice: Practice, bodies: "Bodies", people: Sequence[Patient], lattices: Mapping[str, Lattices]
) -> None:
    """A visit of today that another room has begun: last time as a plan, half of it settled."""
    row = next(row for row, patient in enumerate(PATIENTS) if patient.family_name == _UNDER_WAY)
    person, series = people[row], PATIENTS[row].series[-1]
    VisitScribe(practice, lattices[person.body], "under way").begin(person, series, len(series.days_ago()) + 1, now())
    settle_half(practice, bodies.named(person.body), practice.sessions()[-1].id)


def _person(patient: DemoPatient, number: str, bodies: tuple[str, ...]) -> Patient:
    return Patient(
        id=uuid4(),
        number=number,
        family_name=patient.family_name,
        given_name=patient.given_name,
        birth_date=patient.birth_date,
        sex=patient.sex,
        body="male" if patient.sex is Sex.MALE and "male" in bodies else bodies[0],
        height_cm=patient.height_cm,
        weight_kg=patient.weight_kg,
        phototype=patient.phototype,
        allergies=patient.allergies,
        notes=" ".join(part for part in ("Invented example.", patient.notes) if part),
    )


def _moment(today: date, days_ago: int, row: int) -> datetime:
    """An hour of practice on that day, on the Friday before when it is a weekend."""
    day = today - timedelta(days=days_ago)
    day -= timedelta(days=max(0, day.weekday() - _SATURDAY + 1))
    quarters = (row * 3 + days_ago) % 34
    return datetime.combine(day, time(9 + quarters // 4, quarters % 4 * 15)).astimezone()
