"""The frame of a session: one step an edit, choices remembered, late charting dated."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError
from mesomap.domain.indication import indications
from mesomap.services import ChartingService
from mesomap.services.framing import (
    choices,
    choose_indications,
    edit_frame,
    most_used_indications,
    own_words,
)
from mesomap.services.moments import read_clock, read_day, read_moment
from mesomap.services.practitioners import Practitioner, forget_practitioner, only_practitioner, practitioners
from mesomap.services.visit_time import is_late
from tests.records import a_patient, a_session
from tests.unit.services.conftest import PAPULE, point_at, reopened

AT = datetime(2026, 11, 21, 15, 0).astimezone()


def test_every_edit_is_one_step_and_survives_a_restart(charting: ChartingService, home: Path) -> None:
    edit_frame(charting, place="Practice, room 2")
    edit_frame(charting, antisepsis="Alcohol 70 %")
    edit_frame(charting, practitioner="Dr Test", qualification="Physician")
    again = reopened(charting, home)
    session = again.session
    assert (session.frame.place, session.frame.antisepsis) == ("Practice, room 2", "Alcohol 70 %")
    assert (session.practitioner, session.frame.qualification) == ("Dr Test", "Physician")
    again.undo()
    assert (again.session.practitioner, again.session.frame.qualification) == ("", "")
    again.undo()
    assert again.session.frame.antisepsis == ""
    again.redo()
    assert again.session.frame.antisepsis == "Alcohol 70 %"
    again.practice.close()


def test_the_same_value_again_is_no_step(charting: ChartingService) -> None:
    edit_frame(charting, place="Practice")
    name = charting.undo_name
    charting.undo()
    edit_frame(charting, place="")
    assert name == "Edit frame"
    assert not charting.can_undo


@pytest.mark.parametrize(
    ("start", "end", "says"),
    [
        (timedelta(hours=1), None, "start lies in the future"),
        (-timedelta(hours=1), timedelta(hours=1), "end lies in the future"),
        (-timedelta(hours=1), -timedelta(hours=2), "before the start"),
    ],
)
def test_impossible_times_are_refused_in_a_sentence(
    charting: ChartingService, start: timedelta, end: timedelta | None, says: str
) -> None:
    before = charting.session
    with pytest.raises(BadInputError, match=says):
        edit_frame(charting, started_at=now() + start, ended_at=None if end is None else now() + end)
    assert charting.session == before


def test_indications_are_words_for_people_and_keys_for_programs(charting: ChartingService) -> None:
    choose_indications(charting, ("low_back_pain", "sciatica"), "3 of 5")
    session = charting.session
    assert session.indication == "Low back pain, Sciatica, 3 of 5"
    assert session.frame.indication_keys == ("low_back_pain", "sciatica")
    assert own_words(session) == "3 of 5"
    choose_indications(charting, ("sciatica",), own_words(session), "de")
    assert charting.session.indication == "Ischias, 3 of 5"
    assert own_words(charting.session) == "3 of 5"
    with pytest.raises(BadInputError, match="not an indication"):
        edit_frame(charting, indication_keys=("witchcraft",))


@given(st.text(alphabet="abc ,.ü–", max_size=20), st.sets(st.sampled_from(sorted(indications())), max_size=3))
def test_own_words_are_told_from_the_words_of_the_list(own: str, keys: set[str]) -> None:
    session = a_session(a_patient())
    names = [indications()[key].name("fr") for key in sorted(keys)]
    text = ", ".join([*names, *([own.strip()] if own.strip() else [])])
    framed = replace(session, indication=text, frame=replace(session.frame, indication_keys=tuple(sorted(keys))))
    parts = [part for part in own.strip().split(", ") if part]
    assert own_words(framed) == ", ".join(parts)


def test_what_is_chosen_most_often_stands_first(charting: ChartingService) -> None:
    assert most_used_indications(charting.practice) == tuple(indications())
    choose_indications(charting, ("knee_pain",), "")
    choose_indications(charting, ("knee_pain", "mesohair"), "")
    choose_indications(charting, (), "")
    choose_indications(charting, ("knee_pain",), "")
    assert most_used_indications(charting.practice)[:2] == ("knee_pain", "mesohair")


def test_own_words_come_back_as_choices_the_last_first(charting: ChartingService) -> None:
    for place in ("Room 1", "Room 2", "Practice, Room 3"):
        edit_frame(charting, place=place)
    assert choices(charting.practice, "place")[:4] == ("Room 3", "Room 2", "Room 1", "Practice")
    assert charting.session.frame.anaesthesia == ""


def test_practitioners_form_a_list_and_a_name_has_one_qualification(charting: ChartingService) -> None:
    assert only_practitioner(charting.practice) is None
    edit_frame(charting, practitioner="Dr A", qualification="GP")
    assert only_practitioner(charting.practice) == Practitioner("Dr A", "GP")
    edit_frame(charting, practitioner="Dr B", qualification="")
    edit_frame(charting, qualification="Dermatologist")
    assert practitioners(charting.practice) == (Practitioner("Dr B", "Dermatologist"), Practitioner("Dr A", "GP"))
    assert only_practitioner(charting.practice) is None
    forget_practitioner(charting.practice, Practitioner("Dr A", "GP"))
    assert practitioners(charting.practice) == (Practitioner("Dr B", "Dermatologist"),)
    assert charting.session.practitioner == "Dr B"


def test_a_session_begins_with_the_only_practitioner(charting: ChartingService) -> None:
    edit_frame(charting, practitioner="Dr A", qualification="GP")
    session = charting.practice.new_session(charting.patient.id, charting.atlas)
    assert (session.practitioner, session.frame.qualification) == ("Dr A", "GP")
    edit_frame(charting, practitioner="Dr B", qualification="")
    assert charting.practice.new_session(charting.patient.id, charting.atlas).practitioner == ""


def test_marks_of_a_session_charted_late_are_dated_to_the_visit(charting: ChartingService) -> None:
    start = now() - timedelta(days=2)
    assert not is_late(charting.session)
    edit_frame(charting, started_at=start)
    assert is_late(charting.session)
    mark = charting.place([point_at(charting.atlas, 60, 0)], PAPULE, 0.05)
    assert mark.done_at == start
    assert mark.entered_at > start + timedelta(days=1)
    edit_frame(charting, started_at=charting.session.frame.entered_at)
    mark = charting.place([point_at(charting.atlas, 65, 0)], PAPULE, 0.05)
    assert mark.done_at == mark.entered_at


def test_marks_charted_before_the_start_was_put_right_follow_it_in_the_same_step(charting: ChartingService) -> None:
    first = charting.place([point_at(charting.atlas, 60, 0)], PAPULE, 0.05)
    stated = charting.place([point_at(charting.atlas, 90, 0)], PAPULE, 0.05, done_at=now() - timedelta(hours=3))
    start = now() - timedelta(days=2)
    edit_frame(charting, started_at=start)
    assert [mark.done_at for mark in charting.marks] == [start, stated.done_at]
    assert charting.marks[0].entered_at == first.entered_at
    edit_frame(charting, started_at=start + timedelta(hours=1))
    assert charting.marks[0].done_at == start + timedelta(hours=1)
    edit_frame(charting, started_at=charting.session.frame.entered_at)
    assert charting.marks == (first, stated)
    for _ in range(3):
        charting.undo()
    assert charting.marks == (first, stated)


def test_a_mark_entered_after_the_end_was_done_by_then(charting: ChartingService) -> None:
    edit_frame(charting, ended_at=now())
    end = charting.session.frame.ended_at
    mark = charting.place([point_at(charting.atlas, 60, 0)], PAPULE, 0.05)
    assert mark.done_at == end
    assert mark.entered_at > mark.done_at
    stated = now() - timedelta(minutes=3)
    mark = charting.place([point_at(charting.atlas, 70, 0)], PAPULE, 0.05, done_at=stated)
    assert mark.done_at == stated


@pytest.mark.parametrize("text", ["2026-11-19", "19.11.2026", "19/11/26", "19 Nov 2026", "19. November", "19.11."])
def test_days_are_read_as_people_write_them(text: str) -> None:
    assert read_day(text, AT.date()) == datetime(2026, 11, 19).date()


CLOCKS = [("14:20", 860), ("14.20", 860), ("14h20", 860), ("1420", 860), ("9", 540)]


@pytest.mark.parametrize(("text", "minutes"), CLOCKS)
def test_times_of_day_are_read_as_people_write_them(text: str, minutes: int) -> None:
    assert read_clock(text).hour * 60 + read_clock(text).minute == minutes


@pytest.mark.parametrize(("day", "clock", "says"), [
    ("31.02.2026", "10:00", "does not exist"),
    ("yesterday", "10:00", "is not a date"),
    ("", "10:00", "is not a date"),
    ("2026-11-19", "25:00", "not a time of day"),
    ("2026-11-19", "", "not a time of day"),
])  # fmt: skip
def test_no_day_and_no_time_is_said(day: str, clock: str, says: str) -> None:
    with pytest.raises(BadInputError, match=says):
        read_moment(day, clock, AT)


def test_a_missing_year_is_the_last_such_day() -> None:
    assert read_day("24.12.", AT.date()).year == 2025
