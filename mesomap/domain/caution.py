"""History and cautions: what is asked before a treatment, and what was answered. Nothing is decided from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import ClassVar

from mesomap.domain.danger_zones import table_rows
from mesomap.domain.entry import Entry
from mesomap.domain.errors import BadInputError
from mesomap.domain.indication import RecordWord

MAX_QUESTION = 200
MAX_COMMENT = 2000


class Answer(StrEnum):
    """What was answered."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class CautionWord(RecordWord):
    """A question of the shipped list. group: where it stands in the list; status: read in the source, or recalled."""

    group: str
    source: str
    status: str


@cache
def caution_words() -> dict[str, CautionWord]:
    """The shipped questions by key, in the order of the table."""
    return {
        row["key"]: CautionWord(
            key=row["key"],
            names={name[5:]: text for name, text in row.items() if name.startswith("name_") and len(name) == 7},
            reviewed=row["names_reviewed"] == "yes",
            group=row["group"],
            source=row["source"],
            status=row["status"],
        )
        for row in table_rows("cautions.csv")
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class CautionQuestion(Entry):
    """What the practice makes of a question: its own words, its own question, or not asked any more.

    question: key of the shipped list, or a key of the practice's own. text "" = the shipped words.
    """

    KIND: ClassVar[str] = "caution_question"

    question: str
    text: str = ""
    asked: bool = True

    @property
    def key(self) -> str:
        """Looked up by the question."""
        return self.question

    def check(self) -> None:
        """Refuse a question without words and one too long. Raises BadInputError."""
        if not self.text.strip() and self.question not in caution_words():
            raise BadInputError("The question has no words. Enter what is asked.")
        if len(self.text) > MAX_QUESTION:
            raise BadInputError(f"The question is longer than {MAX_QUESTION} letters. Shorten it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CautionAnswer(Entry):
    """One answer of a patient; a later one follows it, none replaces it.

    text: the question as it was asked. answered_on: the day of the answer, which may lie before its entry.
    """

    KIND: ClassVar[str] = "caution_answer"
    SEALED: ClassVar[bool] = True

    question: str
    text: str
    answer: Answer
    answered_on: date
    comment: str = ""

    @property
    def key(self) -> str:
        """Looked up by the question."""
        return self.question

    def check(self) -> None:
        """Refuse an answer of nobody, a day to come, a comment too long. Raises BadInputError."""
        if self.patient_id is None:
            raise BadInputError("This answer names no patient. Open a patient and answer there.")
        if self.answered_on > self.entered_at.date():
            raise BadInputError("The day of an answer lies in the future. Enter a day up to today.")
        if len(self.comment) > MAX_COMMENT:
            raise BadInputError(f"The comment is longer than {MAX_COMMENT:,} letters. Shorten it.")


def latest_answers(answers: Iterable[CautionAnswer]) -> dict[str, CautionAnswer]:
    """By question, the answer that holds: the one of the latest day, of several that entered last."""
    found: dict[str, CautionAnswer] = {}
    for one in sorted(answers, key=lambda one: (one.answered_on, one.entered_at)):
        found[one.question] = one
    return found
