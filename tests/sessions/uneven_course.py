"""An invented patient and her course of six visits as courses are: one amended, one broken off, one charted on an older
version of the body, one of areas only, one with the scalp, none like the other.
"""

import copy
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

from mesomap.atlas import Atlas, Bodies
from mesomap.commands import EditSession
from mesomap.commands.entries import AddEntries
from mesomap.domain.adverse_event import Outcome
from mesomap.domain.body_measure import Measured
from mesomap.domain.follow_up import Contact
from mesomap.domain.patient import Patient, Sex
from mesomap.domain.person import Role
from mesomap.domain.score import Judge, Moment
from mesomap.domain.session import Session
from mesomap.printing.signed_chart import signed_chart
from mesomap.services import DEMO_PASSPHRASE, DEMO_PIN, Practice
from mesomap.services.aftercare import record_event, record_measure
from mesomap.services.amending import amend
from mesomap.services.courses import begin_course, courses_of, join
from mesomap.services.demo_before import BeforeScribe
from mesomap.services.demo_courses import Going, Part, Series
from mesomap.services.demo_shelf import DemoShelf
from mesomap.services.demo_visits import Lattices, VisitScribe
from mesomap.services.follow_ups import plan_follow_up, record_follow_up
from mesomap.services.scales import record_score
from mesomap.services.signing import prepare, sign
from mesomap.storage import KdfCost

FAMILY, PLANNED, OLDER = "Verlauf", 8, "0.9.0"
#: Days before today of each visit.
DAYS_AGO = (112, 98, 83, 62, 41, 13)
#: Numbers of the visits, from 1.
AMENDED, BROKEN_OFF, ON_OLDER_BODY, AREAS_ONLY, WITH_SCALP = 1, 2, 3, 4, 5
_CHEAP = KdfCost(passes=1, memory_kib=8, lanes=1)
_MIXTURES = (("A", "Hyaluronic acid (example)"), ("B", "Vitamins, minerals (example)"))


def _both(name: str) -> tuple[str, str]:
    return f"{name}.left", f"{name}.right"


_FOREHEAD = Part(("forehead.mid",), "papule", "A", 1.5, 0.02, 12.0)
_FOREHEAD_CLOSER = replace(_FOREHEAD, spacing_mm=10.6)
_CHEEKS = Part((*_both("cheek_malar"), *_both("cheek_buccal")), "serial_puncture", "A", 1.5, 0.01, 9.0)
_CHEEKS_AREA = Part((*_both("cheek_malar"), *_both("cheek_buccal")), "nappage", "B", 1.0, 0.001, 3.0)
_NECK_AREA = Part(("neck_anterior.mid", "decollete.mid"), "nappage_epidermal", "B", 0.8, 0.001, 4.0)
_EYES = Part(_both("crows_feet"), "papule", "A", 1.0, 0.01, 7.0)
_SCALP_AREA = Part(("scalp_frontal.mid",), "nappage", "B", 2.0, 0.002, 4.0)
#: What each visit treated.
_PARTS: tuple[tuple[Part, ...], ...] = (
    (_FOREHEAD, _CHEEKS, _EYES),
    (_FOREHEAD, _EYES),
    (_FOREHEAD, _CHEEKS),
    (_CHEEKS_AREA, _NECK_AREA),
    (_FOREHEAD, _CHEEKS, _SCALP_AREA),
    (_FOREHEAD_CLOSER, _CHEEKS, _NECK_AREA),
)
_GOING = {2: Going.INTERRUPTED, 5: Going.UNEVEN, 6: Going.UNDONE}


def make_course(home: Path, bodies: Bodies, today: date) -> Practice:
    """A practice with this patient alone, open. Raises typed errors."""
    practice = Practice.create(home, DEMO_PASSPHRASE, practitioner="Demonstration", cost=_CHEAP)
    atlas = bodies.named(bodies.names()[0])
    patient = Patient(
        id=uuid4(), number="1", family_name=FAMILY, given_name="Vera", birth_date=date(1978, 3, 9), sex=Sex.FEMALE,
        body=atlas.ref.body, height_cm=167.0, weight_kg=63.5, phototype="II", allergies=("latex",),
        notes="Invented example.",
    )  # fmt: skip
    visits = _visits(practice, atlas, patient, today)
    _around(practice, patient, visits, today)
    _amend_first(practice, atlas, visits[AMENDED - 1])
    return practice


def visits_of(practice: Practice) -> tuple[Session, ...]:
    """The six visits, oldest first."""
    (patient,) = practice.patients()
    return tuple(sorted(practice.sessions(patient.id), key=lambda session: session.started_at))


def _visits(practice: Practice, atlas: Atlas, patient: Patient, today: date) -> list[Session]:
    older = copy.copy(atlas)
    older.ref = replace(atlas.ref, version=OLDER)
    lattices = {False: Lattices(atlas), True: Lattices(older)}
    shelf, found = DemoShelf(practice, today), []
    for number, (days, parts) in enumerate(zip(DAYS_AGO, _PARTS, strict=True), 1):
        how = ((number, _GOING[number]),) if number in _GOING else ()
        series = Series("Mesolift", days, (), PLANNED, _MIXTURES, parts, how)
        at = datetime.combine(today - timedelta(days=days), datetime.min.time()).astimezone() + timedelta(hours=9.5)
        scribe = VisitScribe(practice, lattices[number == ON_OLDER_BODY], f"uneven {number}", shelf)
        found.append(scribe.write(patient, series, number, at, is_new=number == 1))
    return [practice.session(one.id) for one in found]


def _around(practice: Practice, patient: Patient, visits: Sequence[Session], today: date) -> None:
    """Course, consents, cautions, scores (none at one visit), measures, a follow-up, an event."""
    first = visits[0].started_at.date()
    begin_course(practice, patient.id, None, count=PLANNED, first=first, interval_days=16, name="Mesolift")
    for visit in visits:
        join(practice, courses_of(practice, patient.id)[0], visit.id)
    before = BeforeScribe(visits[0].started_at - timedelta(days=20))
    before.write(1, patient, tuple(visits))
    practice.run(AddEntries(tuple(before.entries), name="Before", attachments=tuple(before.files)))
    for number, (visit, own, hers, weight) in enumerate(
        zip(visits, (4, 4, 3, 3, 3, 2), (4, 3, None, 3, 2, 2), (63.5, None, 63.1, None, 62.4, 62.6), strict=True), 1
    ):
        at = visit.started_at - timedelta(minutes=8)
        for judge, value in ((Judge.PRACTITIONER, own), (Judge.PATIENT, hers)):
            # Nobody was asked at one visit: it stays missing.
            if value is not None and number != BROKEN_OFF:
                record_score(
                    practice, patient.id, "gais", Decimal(value), judge=judge, moment=Moment.BEFORE, site="Face",
                    scored_at=at, session_id=visit.id,
                )  # fmt: skip
        if weight is not None:
            record_measure(practice, patient.id, Measured.WEIGHT, Decimal(str(weight)), measured_at=at)
        if number != AREAS_ONLY:
            cm = Decimal(str(33.0 - 0.1 * number))
            record_measure(practice, patient.id, Measured.CIRCUMFERENCE, cm, site="Neck", measured_at=at)
    record_follow_up(
        practice, patient.id, contact=Contact.PHONE, reaction="Bruise", text="Fading, own words.",
        done_at=visits[3].started_at + timedelta(days=3), session_id=visits[3].id,
    )  # fmt: skip
    record_event(
        practice, patient.id, term="bruise", grade=1, regions=("cheek_malar.left",), session_id=visits[3].id,
        onset=visits[3].started_at + timedelta(days=1), outcome=Outcome.RECOVERED,
        ended_on=(visits[3].started_at + timedelta(days=6)).date(),
    )  # fmt: skip
    plan_follow_up(practice, patient.id, today - timedelta(days=1), "Look at the left cheek")


def _amend_first(practice: Practice, atlas: Atlas, visit: Session) -> None:
    """Signed, opened again with a reason, signed anew."""
    person = practice.people.add("Demonstration", qualification="Physician (example)", roles=tuple(Role), pin=DEMO_PIN)
    for _version in range(2):
        prepared = prepare(practice, visit.id, person, DEMO_PIN)
        sign(practice, prepared, signed_chart(practice, atlas, prepared))
        if _version == 0:
            opened = amend(practice, visit.id, "The remark was left out (example).")
            remark = f"{opened.remark} The left side was sorer (own words).".strip()
            practice.run(EditSession(opened, replace(opened, remark=remark)), opened.id)
