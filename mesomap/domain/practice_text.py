"""A text of the practice that comes in versions: what a patient signs, what a patient takes home."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

from mesomap.domain.entry import Entry
from mesomap.domain.errors import BadInputError

MAX_TITLE = 200
#: About forty pages.
MAX_BODY = 100_000

T = TypeVar("T", bound="PracticeText")


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeText(Entry):
    """One version in one language. series: the same text through its versions and languages.

    language: two letters. A version that was used once is never edited; a change is the next version.
    """

    series: UUID
    title: str
    language: str
    version: int = 1
    body: str = ""

    @property
    def key(self) -> str:
        """Looked up by the series it belongs to."""
        return str(self.series)

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of title and body in UTF-8: what was read before signing or was handed out."""
        return sha256(f"{self.title}\n\n{self.body}".encode()).hexdigest()

    def check(self) -> None:
        """Refuse a text without title or body, one too long, a language that is no two letters. BadInputError."""
        if not self.title.strip():
            raise BadInputError("The text has no title. Enter one.")
        if len(self.title) > MAX_TITLE:
            raise BadInputError(f"The title is longer than {MAX_TITLE} letters. Shorten it.")
        if not self.body.strip():
            raise BadInputError("The text is empty. Enter what it says.")
        if len(self.body) > MAX_BODY:
            raise BadInputError(f"The text is longer than {MAX_BODY:,} letters. Shorten it.")
        if len(self.language) != 2 or not (self.language.isascii() and self.language.isalpha()):
            raise BadInputError(f"“{self.language[:20]}” is not a language. Use two letters, for example en.")
        if self.version < 1:
            raise BadInputError(f"Version {self.version} is not possible. Versions begin with 1.")


def newest(texts: Iterable[T]) -> tuple[T, ...]:
    """The newest version of each text in each language that is in use, in the order of their titles."""
    found: dict[tuple[UUID, str], T] = {}
    for text in texts:
        here = (text.series, text.language)
        if here not in found or found[here].version < text.version:
            found[here] = text
    kept = [text for text in found.values() if not text.withdrawn]
    return tuple(sorted(kept, key=lambda text: (text.title.casefold(), text.language)))
