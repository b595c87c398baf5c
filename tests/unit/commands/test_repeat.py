"""Repeating marks as a command: what it takes over and what it refuses."""

from dataclasses import replace

import pytest

from mesomap.commands import RepeatMarks
from mesomap.domain.errors import BadInputError
from mesomap.domain.session import Mixture
from tests.records import a_patient, a_session, a_set, an_area


def test_a_named_letter_keeps_its_name_and_a_missing_one_is_taken_over() -> None:
    session = replace(a_session(a_patient()), mixtures=(Mixture(letter="B", name="here"),))
    taken = (Mixture(letter="B", name="then"), Mixture(letter="A", name="then"))
    head, *marks = RepeatMarks(session, [a_set(session), an_area(session)], taken).changes()
    assert head.after == replace(session, mixtures=(taken[1], session.mixtures[0]))
    assert [change.before for change in marks] == [None, None]


def test_without_a_missing_name_the_session_stays_as_it_is() -> None:
    session = a_session(a_patient())
    mark = a_set(session)
    (change,) = RepeatMarks(session, [mark]).changes()
    assert change.after == mark


def test_nothing_and_impossible_values_are_refused() -> None:
    session = a_session(a_patient())
    with pytest.raises(BadInputError, match="Nothing to repeat"):
        RepeatMarks(session, []).changes()
    with pytest.raises(BadInputError, match="volume"):
        RepeatMarks(session, [replace(a_set(session), volume_ml=-1.0)]).changes()
    with pytest.raises(BadInputError, match="mixture letter"):
        RepeatMarks(session, [a_set(session)], [Mixture(letter="Z", name="x")]).changes()
