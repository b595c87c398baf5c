"""What is recorded after a treatment: follow-ups, adverse events, measures, notes, sheets given."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.domain.adverse_event import AdverseEvent, Reported, adverse_terms, days_after
from mesomap.domain.advice import AdviceGiven
from mesomap.domain.body_measure import BodyMeasure, Measured
from mesomap.domain.errors import BadInputError
from mesomap.domain.follow_up import Contact, FollowUp, check_weeks, due_days, open_due
from mesomap.domain.nutrition import NutritionNote

_NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
_SESSION = date(2026, 9, 1)
_WEEKS = (2, 12)


def _event(**values: Any) -> AdverseEvent:
    event = AdverseEvent(id=uuid4(), entered_at=_NOW, patient_id=uuid4(), onset=_NOW - timedelta(days=9), term="nodule")
    return replace(event, **values)


def test_nothing_is_due_without_a_session() -> None:
    assert open_due(None, _WEEKS, ()) == ()


def test_both_are_open_until_somebody_asks() -> None:
    assert open_due(_SESSION, _WEEKS, ()) == (date(2026, 9, 15), date(2026, 11, 24))


def test_a_day_early_meets_the_first_and_leaves_the_second() -> None:
    assert open_due(_SESSION, _WEEKS, (date(2026, 9, 14),)) == (date(2026, 11, 24),)


def test_the_late_one_meets_all_before_it() -> None:
    assert open_due(_SESSION, _WEEKS, (date(2026, 11, 23),)) == ()


def test_a_follow_up_before_the_last_session_meets_nothing() -> None:
    assert open_due(_SESSION, _WEEKS, (date(2026, 8, 30),)) == due_days(_SESSION, _WEEKS)


@given(st.lists(st.integers(1, 520), min_size=1, max_size=6), st.lists(st.integers(-30, 4000), max_size=6))
def test_more_follow_ups_never_leave_more_open(weeks: list[int], days: list[int]) -> None:
    asked = check_weeks(tuple(weeks))
    done = tuple(_SESSION + timedelta(days=day) for day in days)
    for count in range(len(done)):
        assert set(open_due(_SESSION, asked, done[: count + 1])) <= set(open_due(_SESSION, asked, done[:count]))


@given(st.integers(1, 520))
def test_a_follow_up_on_its_day_meets_it(week: int) -> None:
    assert open_due(_SESSION, (week,), due_days(_SESSION, (week,))) == ()


def test_weeks_outside_the_calendar_are_refused() -> None:
    with pytest.raises(BadInputError, match="not possible"):
        check_weeks((2, 0))


def test_follow_up_must_say_something() -> None:
    contact = FollowUp(id=uuid4(), entered_at=_NOW, patient_id=uuid4(), done_at=_NOW, contact=Contact.PHONE)
    with pytest.raises(BadInputError, match="says nothing"):
        contact.check()
    replace(contact, reaction="Bruise").check()


def test_days_after_count_days_of_the_calendar() -> None:
    began = datetime(2026, 9, 1, 18, 0).astimezone()
    assert days_after(datetime(2026, 9, 2, 7, 0).astimezone(), began) == 1
    assert days_after(began + timedelta(weeks=12), began) == 84
    assert days_after(began - timedelta(days=1), began) is None


def test_event_lasts_from_its_first_to_its_last_day() -> None:
    assert _event(onset=_NOW - timedelta(days=9), ended_on=_NOW.date()).lasted_days == 10
    assert _event().lasted_days is None


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"term": ""}, "no name"),
        ({"grade": 6}, "Choose 1 to 5"),
        ({"grade": 0}, "Choose 1 to 5"),
        ({"onset": _NOW + timedelta(days=1)}, "future"),
        ({"ended_on": date(2026, 11, 1)}, "before it began"),
        ({"reported_on": date(2026, 11, 20)}, "not reported"),
        ({"reported": Reported.YES, "reported_on": date(2026, 1, 1)}, "reported before"),
        ({"patient_id": None}, "no patient"),
    ],
)
def test_impossible_event_is_refused(values: dict[str, Any], words: str) -> None:
    with pytest.raises(BadInputError, match=words):
        _event(**values).check()


def test_event_finds_its_lot() -> None:
    lot = uuid4()
    assert _event(lot_id=lot).refers_to == (lot,)


def test_terms_have_five_languages_a_source_and_a_status() -> None:
    assert {"necrosis", "abscess", "vasovagal", "numbness", "granuloma"} <= set(adverse_terms())
    for term in adverse_terms().values():
        assert all(term.names[language].strip() for language in ("en", "fr", "it", "de", "es"))
        assert term.source
        assert term.status in ("read", "recalled")


def test_measures_nobody_has_are_refused() -> None:
    waist = BodyMeasure(
        id=uuid4(), entered_at=_NOW, patient_id=uuid4(), measured=Measured.CIRCUMFERENCE, value=Decimal("81.5"),
        site="waist", measured_at=_NOW,
    )  # fmt: skip
    waist.check()
    for values, words in (
        ({"value": Decimal(900)}, "900 cm is not possible"),
        ({"value": Decimal("NaN")}, "not possible"),
        ({"site": ""}, "where"),
        ({"measured": Measured.WEIGHT, "value": Decimal(1)}, "1 kg"),
    ):
        with pytest.raises(BadInputError, match=words):
            replace(waist, **values).check()


def test_empty_note_and_sheet_for_nobody_are_refused() -> None:
    with pytest.raises(BadInputError, match="empty"):
        NutritionNote(id=uuid4(), entered_at=_NOW, patient_id=uuid4(), noted_on=_NOW.date(), text=" ").check()
    with pytest.raises(BadInputError, match="no patient"):
        AdviceGiven(id=uuid4(), entered_at=_NOW, sheet_id=uuid4(), title="After", given_at=_NOW).check()
