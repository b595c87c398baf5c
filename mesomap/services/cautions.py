"""History and cautions of a patient: the practice's list, the answers with their history, what is open or changed.

Nothing is decided from an answer and nothing is stopped by one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from mesomap.commands.entries import AddEntries, EditEntry
from mesomap.domain.caution import Answer, CautionAnswer, CautionQuestion, caution_words, latest_answers
from mesomap.domain.session import SessionStatus
from mesomap.services.entering import entering

if TYPE_CHECKING:
    from mesomap.services.practice import Practice

#: Group of the practice's own questions.
OWN = "own"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the practice asks it. shipped: the words of the list ("" for its own question)."""

    key: str
    text: str
    group: str
    asked: bool
    shipped: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class CautionLine:
    """A question and what a patient answered, newest first. changed: other than before the last session."""

    question: Question
    answers: tuple[CautionAnswer, ...]
    changed: bool

    @property
    def latest(self) -> CautionAnswer | None:
        """The answer that holds."""
        return self.answers[0] if self.answers else None

    @property
    def is_open(self) -> bool:
        """Never answered, or answered with "unknown"."""
        return self.latest is None or self.latest.answer is Answer.UNKNOWN


@dataclass(frozen=True, slots=True)
class CautionSummary:
    """Questions (their words) answered yes, left open, and changed since the last session."""

    yes: tuple[str, ...]
    open: tuple[str, ...]
    changed: tuple[str, ...]


def questions(practice: "Practice", language: str = "en", *, all_of_them: bool = False) -> tuple[Question, ...]:
    """The list in its order, the practice's own questions last; without those that are not asked any more."""
    own = {one.question: one for one in practice.entries(CautionQuestion) if not one.withdrawn}
    found: list[Question] = []
    for word in caution_words().values():
        mine = own.pop(word.key, None)
        shipped = word.name(language)
        text = mine.text if mine is not None and mine.text else shipped
        found.append(Question(word.key, text, word.group, mine is None or mine.asked, shipped, word.source))
    found += [Question(one.question, one.text, OWN, one.asked) for one in own.values()]
    return tuple(one for one in found if one.asked or all_of_them)


def add_question(practice: "Practice", text: str) -> CautionQuestion:
    """A question of the practice's own. Raises BadInputError."""
    made = CautionQuestion(question=f"{OWN}.{uuid4()}", text=" ".join(text.split()), **entering(practice))
    practice.run(AddEntries((made,), name="Add question"))
    return made


def change_question(practice: "Practice", key: str, *, text: str | None = None, asked: bool | None = None) -> None:
    """Ask a question in other words ("" = the shipped ones), or no more. Raises BadInputError."""
    before = next(iter(practice.entries(CautionQuestion, key=key)), None)
    held = before or CautionQuestion(question=key, **entering(practice))
    after = held
    if text is not None:
        shipped = caution_words().get(key)
        words = " ".join(text.split())
        after = replace(after, text="" if shipped is not None and words in shipped.names.values() else words)
    if asked is not None:
        after = replace(after, asked=asked)
    if before is None:
        practice.run(AddEntries((after,), name="Change question"))
    else:
        practice.run(EditEntry(before, after, name="Change question"))


def lines(
    practice: "Practice", patient_id: UUID, language: str = "en", *, since: datetime | None = None
) -> tuple[CautionLine, ...]:
    """The list with a patient's answers. since: the last session; answers entered after it that differ are changed."""
    given: dict[str, list[CautionAnswer]] = {}
    for answer in practice.entries(CautionAnswer, patient_id=patient_id):
        given.setdefault(answer.question, []).append(answer)
    asked = {one.key: one for one in questions(practice, language, all_of_them=True)}
    shown = [one for one in asked.values() if one.asked or one.key in given]
    found = []
    for question in shown:
        answers = sorted(given.get(question.key, []), key=lambda one: (one.answered_on, one.entered_at), reverse=True)
        found.append(CautionLine(question, tuple(answers), _changed(answers, since)))
    return tuple(found)


def summary(practice: "Practice", patient_id: UUID, language: str = "en", *, since: datetime | None) -> CautionSummary:
    """What stands out in a patient's answers."""
    found = lines(practice, patient_id, language, since=since)
    return CautionSummary(
        yes=tuple(one.question.text for one in found if one.latest and one.latest.answer is Answer.YES),
        open=tuple(one.question.text for one in found if one.is_open and one.question.asked),
        changed=tuple(one.question.text for one in found if one.changed),
    )


def last_session_start(practice: "Practice", patient_id: UUID, before: UUID | None = None) -> datetime | None:
    """Start of the patient's latest session that is not voided, beside the one that is open; None without one."""
    starts = [
        one.started_at
        for one in practice.sessions(patient_id)
        if one.status is not SessionStatus.VOIDED and one.id != before
    ]
    return max(starts, default=None)


def answer(
    practice: "Practice",
    patient_id: UUID,
    question: Question,
    given: Answer,
    *,
    comment: str = "",
    on: date | None = None,
    session_id: UUID | None = None,
) -> None:
    """Record an answer; the same answer with the same comment on the same day is not recorded twice.

    Raises BadInputError.
    """
    answer_all(practice, patient_id, [question], given, comment=comment, on=on, session_id=session_id)


def answer_all(
    practice: "Practice",
    patient_id: UUID,
    asked: Sequence[Question],
    given: Answer,
    *,
    comment: str = "",
    on: date | None = None,
    session_id: UUID | None = None,
) -> None:
    """Record the same answer to several questions as one step. Raises BadInputError."""
    held = latest_answers(practice.entries(CautionAnswer, patient_id=patient_id))
    made = []
    for question in asked:
        stamp = entering(practice)
        one = CautionAnswer(
            patient_id=patient_id,
            session_id=session_id,
            question=question.key,
            text=question.text,
            answer=given,
            answered_on=on or stamp["entered_at"].date(),
            comment=comment.strip(),
            **stamp,
        )
        same = held.get(question.key)
        if same is None or (same.answer, same.comment, same.answered_on) != (given, one.comment, one.answered_on):
            made.append(one)
    if made:
        practice.run(AddEntries(tuple(made), name="Answer cautions"))


def _changed(newest_first: Sequence[CautionAnswer], since: datetime | None) -> bool:
    """Whether the answer that holds was entered after a moment and says other than the one that held then.

    Where none held then, only a yes counts: a list filled in for the first time is not a list of changes.
    """
    if since is None or not newest_first:
        return False
    before = next((one for one in newest_first if one.entered_at <= since), None)
    now_says = (newest_first[0].answer, newest_first[0].comment)
    if before is None:
        return newest_first[0].answer is Answer.YES
    return now_says != (before.answer, before.comment)
