"""Scores, measures and treatments on one line of time; what is missing is said to be missing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest

from mesomap.commands.entries import AddEntries
from mesomap.commands.records import NewSession
from mesomap.domain.adverse_event import AdverseEvent
from mesomap.domain.body_measure import BodyMeasure, Measured
from mesomap.domain.follow_up import Contact, FollowUp
from mesomap.domain.score import Judge, Score
from mesomap.domain.session import Session, SessionStatus
from mesomap.services import Practice
from mesomap.services.outcomes import outcome_over_time
from tests.records import ATLAS, CHEAP

FIRST = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    """A practice with one patient."""
    made = Practice.create(tmp_path / "home", "a sentence is best", cost=CHEAP)
    made.new_patient(family_name="Beispiel", given_name="Anna")
    yield made
    made.close()


def _session(practice: Practice, day: int, status: SessionStatus = SessionStatus.DRAFT) -> Session:
    patient = practice.patients()[0]
    session = Session(
        id=uuid4(),
        patient_id=patient.id,
        number=practice.next_session_number(),
        started_at=FIRST + timedelta(days=day),
        atlas=ATLAS,
        status=status,
    )
    practice.run(NewSession(session))
    return session


def _score(practice: Practice, day: int, value: int) -> Score:
    at = FIRST + timedelta(days=day)
    return Score(
        id=uuid4(), entered_at=at, patient_id=practice.patients()[0].id, scale="nrs", value=Decimal(value),
        judge=Judge.PATIENT, scored_at=at,
    )  # fmt: skip


def test_scores_stand_above_the_treatments_and_days_without_one_are_missing(practice: Practice) -> None:
    for day in (0, 14, 28):
        _session(practice, day)
    practice.run(AddEntries((_score(practice, 28, 3), _score(practice, 0, 7))))
    found = outcome_over_time(practice, practice.patients()[0].id)
    (line,) = found.lines
    assert [value for _, value in line.values] == [7.0, 3.0]
    assert (line.ends, line.judge, line.higher_is) == ((0.0, 10.0), Judge.PATIENT, "worse")
    assert [one.number for one in found.missing(line)] == [2]
    assert found.span == (FIRST, FIRST + timedelta(days=28))


def test_measures_follow_ups_and_events_are_on_the_same_line_void_sessions_are_not(practice: Practice) -> None:
    patient = practice.patients()[0]
    _session(practice, 0)
    _session(practice, 5, SessionStatus.VOIDED)
    at = FIRST + timedelta(days=40)
    practice.run(
        AddEntries(
            (
                BodyMeasure(
                    id=uuid4(), entered_at=at, patient_id=patient.id, measured=Measured.WEIGHT, value=Decimal("61.5"),
                    measured_at=at,
                ),
                FollowUp(
                    id=uuid4(), entered_at=at, patient_id=patient.id, done_at=at, contact=Contact.PHONE, text="well"
                ),
                AdverseEvent(id=uuid4(), entered_at=at, patient_id=patient.id, onset=at, description="bruise"),
            )
        )
    )  # fmt: skip
    found = outcome_over_time(practice, patient.id)
    assert [one.number for one in found.treatments] == [1]
    assert [(line.name, line.unit, line.ends) for line in found.lines] == [("weight", "kg", (60.5, 62.5))]
    assert found.follow_ups == (at,)
    assert found.events == ((at, "bruise"),)


def test_nothing_recorded_is_nothing_shown(practice: Practice) -> None:
    found = outcome_over_time(practice, practice.patients()[0].id)
    assert (found.span, found.lines) == (None, ())
