"""Texts of the practice in versions: consent texts and advice sheets. A version that was used is never edited."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from mesomap.commands.entries import AddEntries, EditEntry
from mesomap.domain.advice import AdviceGiven
from mesomap.domain.clock import now
from mesomap.domain.consent import Consent
from mesomap.domain.practice_text import PracticeText, newest
from mesomap.services.entering import entering

if TYPE_CHECKING:
    from mesomap.services.practice import Practice

T = TypeVar("T", bound=PracticeText)


def texts(practice: "Practice", kind: type[T]) -> tuple[T, ...]:
    """The newest version of each text in each language, those in use, by title."""
    return newest(practice.entries(kind))


def for_language(found: tuple[T, ...], language: str) -> tuple[T, ...]:
    """One text of each series: in the language where there is one, else in English, else in any."""
    best: dict[Any, T] = {}
    for text in found:
        held = best.get(text.series)
        if held is None or _rank(text, language) < _rank(held, language):
            best[text.series] = text
    return tuple(best.values())


def was_used(practice: "Practice", text: PracticeText) -> bool:
    """Whether somebody signed this version or was given it."""
    return bool(practice.entries(Consent, refers_to=text.id) or practice.entries(AdviceGiven, refers_to=text.id))


def new_text(practice: "Practice", kind: type[T], **values: Any) -> T:
    """The first version of a new text, or of a known one (series=…) in a new language. Raises BadInputError."""
    fresh = {"series": uuid4(), **entering(practice), **values}
    made = kind(**_tidy(fresh))
    practice.run(AddEntries((made,), name="Add text"))
    return made


def change_text(practice: "Practice", before: T, **values: Any) -> T:
    """The text with other words: the same version while nobody used it, else the next one. Raises BadInputError."""
    after = replace(before, **_tidy(values))
    if after == before:
        return before
    if not was_used(practice, before):
        practice.run(EditEntry(before, after, name="Edit text"))
        return after
    after = replace(after, version=before.version + 1, **entering(practice))
    practice.run(AddEntries((after,), name="Add text"))
    return after


def put_aside(practice: "Practice", text: PracticeText) -> None:
    """Offer the text no more. What was signed under it stays."""
    practice.run(EditEntry(text, replace(text, withdrawn=f"put aside {now():%Y-%m-%d}"), name="Put text aside"))


def _rank(text: PracticeText, language: str) -> tuple[int, str]:
    return (0 if text.language == language else 1 if text.language == "en" else 2, text.language)


def _tidy(values: dict[str, Any]) -> dict[str, Any]:
    """Without blanks at the ends, line ends as one sign: the digest is that of the words, not of the keyboard."""
    return {
        name: value.replace("\r\n", "\n").strip() if type(value) is str else value for name, value in values.items()
    }
