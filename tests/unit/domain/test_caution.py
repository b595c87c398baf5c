"""What is asked before a treatment, and which answer holds."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.domain.caution import Answer, CautionAnswer, CautionQuestion, caution_words, latest_answers
from mesomap.domain.errors import BadInputError

_NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
_PATIENT = uuid4()


def _answer(
    question: str = "allergy", answer: Answer = Answer.YES, days_ago: int = 0, minute: int = 0
) -> CautionAnswer:
    return CautionAnswer(
        id=uuid4(),
        entered_at=_NOW + timedelta(minutes=minute),
        patient_id=_PATIENT,
        question=question,
        text="Allergy",
        answer=answer,
        answered_on=_NOW.date() - timedelta(days=days_ago),
    )


def test_list_names_what_the_base_texts_and_the_issue_name() -> None:
    asked = set(caution_words())
    assert asked >= {
        "allergy", "cardiovascular", "metabolic", "autoimmune", "circulatory", "pregnancy", "breast_feeding",
        "anticoagulants", "infection", "skin_disease", "isotretinoin", "keloids",
    }  # fmt: skip


def test_every_question_has_five_languages_a_source_and_a_status() -> None:
    for word in caution_words().values():
        assert all(word.names[language].strip() for language in ("en", "fr", "it", "de", "es"))
        assert word.source
        assert word.status in ("read", "recalled")
        assert not word.reviewed


def test_latest_day_counts_not_the_order_of_entry() -> None:
    old, new = _answer(answer=Answer.NO, days_ago=30, minute=5), _answer(answer=Answer.YES, days_ago=2)
    assert latest_answers([new, old])["allergy"] == new


def test_of_one_day_the_answer_entered_last_counts() -> None:
    first, second = _answer(answer=Answer.NO), _answer(answer=Answer.UNKNOWN, minute=1)
    assert latest_answers([second, first])["allergy"] == second


@given(st.lists(st.tuples(st.sampled_from(["a", "b"]), st.integers(0, 400), st.integers(0, 50)), max_size=8))
def test_order_of_reading_makes_no_difference(rows: list[tuple[str, int, int]]) -> None:
    answers = [
        _answer(question, days_ago=days, minute=number * 60 + minute)
        for number, (question, days, minute) in enumerate(rows)
    ]
    assert latest_answers(answers) == latest_answers(reversed(answers))
    assert set(latest_answers(answers)) == {question for question, _days, _minute in rows}


def test_answer_of_tomorrow_is_refused() -> None:
    with pytest.raises(BadInputError, match="future"):
        replace(_answer(), answered_on=date(2026, 11, 23)).check()


def test_answer_of_nobody_is_refused() -> None:
    with pytest.raises(BadInputError, match="no patient"):
        replace(_answer(), patient_id=None).check()


def test_own_question_needs_words_a_shipped_one_does_not() -> None:
    shipped = CautionQuestion(id=uuid4(), entered_at=_NOW, question="allergy", asked=False)
    shipped.check()
    with pytest.raises(BadInputError, match="no words"):
        replace(shipped, question="own.1").check()
