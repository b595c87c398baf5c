"""Cautions of a patient: the practice's list, answers with history, open and changed ones."""

from datetime import timedelta
from uuid import UUID

import pytest

from mesomap.domain.caution import Answer, CautionAnswer
from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError
from mesomap.services import Practice
from mesomap.services.cautions import (
    CautionLine,
    Question,
    add_question,
    answer,
    answer_all,
    change_question,
    lines,
    questions,
    summary,
)


@pytest.fixture
def patient_id(practice: Practice) -> UUID:
    return practice.new_patient(family_name="Beispiel", given_name="Anna").id


def _question(practice: Practice, key: str) -> Question:
    return next(one for one in questions(practice, all_of_them=True) if one.key == key)


def _line(practice: Practice, patient_id: UUID, key: str) -> CautionLine:
    return next(one for one in lines(practice, patient_id) if one.question.key == key)


def test_everything_is_open_at_first(practice: Practice, patient_id: UUID) -> None:
    found = summary(practice, patient_id, since=None)
    assert len(found.open) == len(questions(practice))
    assert not found.yes


def test_answers_follow_each_other_and_the_first_stays(practice: Practice, patient_id: UUID) -> None:
    asked = _question(practice, "pregnancy")
    answer(practice, patient_id, asked, Answer.UNKNOWN)
    answer(practice, patient_id, asked, Answer.YES, comment="week 9")
    line = _line(practice, patient_id, "pregnancy")
    assert [one.answer for one in line.answers] == [Answer.YES, Answer.UNKNOWN]
    assert not line.is_open
    assert summary(practice, patient_id, since=None).yes == ("Pregnancy",)


def test_unknown_stays_open(practice: Practice, patient_id: UUID) -> None:
    answer(practice, patient_id, _question(practice, "keloids"), Answer.UNKNOWN)
    assert _line(practice, patient_id, "keloids").is_open


def test_only_what_differs_since_the_last_session_is_changed(practice: Practice, patient_id: UUID) -> None:
    keloids, herpes = _question(practice, "keloids"), _question(practice, "herpes")
    answer_all(practice, patient_id, [keloids, herpes], Answer.NO)
    since = now() + timedelta(microseconds=1)
    answer(practice, patient_id, keloids, Answer.YES)
    answer(practice, patient_id, herpes, Answer.NO, comment="")
    assert summary(practice, patient_id, since=since).changed == ("Tendency to keloids",)


def test_the_same_answer_on_the_same_day_is_one_entry(practice: Practice, patient_id: UUID) -> None:
    for _again in range(3):
        answer(practice, patient_id, _question(practice, "allergy"), Answer.NO)
    assert len(practice.entries(CautionAnswer, patient_id=patient_id)) == 1


def test_own_question_is_asked_after_the_shipped_ones(practice: Practice, patient_id: UUID) -> None:
    add_question(practice, "  Contact   lenses ")
    assert questions(practice)[-1].text == "Contact lenses"
    with pytest.raises(BadInputError, match="no words"):
        add_question(practice, " ")
    answer(practice, patient_id, questions(practice)[-1], Answer.YES)
    assert summary(practice, patient_id, since=None).yes == ("Contact lenses",)


def test_question_not_asked_any_more_keeps_its_answers(practice: Practice, patient_id: UUID) -> None:
    answer(practice, patient_id, _question(practice, "gallstones"), Answer.YES)
    change_question(practice, "gallstones", asked=False)
    change_question(practice, "pacemaker", asked=False)
    assert "gallstones" not in {one.key for one in questions(practice)}
    shown = {one.question.key for one in lines(practice, patient_id)}
    assert "gallstones" in shown
    assert "pacemaker" not in shown
    change_question(practice, "pacemaker", asked=True)
    assert "pacemaker" in {one.key for one in questions(practice)}


def test_own_words_of_a_shipped_question_and_back(practice: Practice) -> None:
    change_question(practice, "allergy", text="Allergies of any kind")
    assert _question(practice, "allergy").text == "Allergies of any kind"
    change_question(practice, "allergy", text="Allergy")
    assert _question(practice, "allergy").text == "Allergy"
    assert {one.key: one.text for one in questions(practice, "de")}["allergy"] == "Allergie"


def test_records_stay_whole(practice: Practice, patient_id: UUID) -> None:
    answer_all(practice, patient_id, questions(practice), Answer.NO)
    assert practice.verify().ok
