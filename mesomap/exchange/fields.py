"""Typed reading of one JSON value that knows its place in the file, so that every refusal can name it."""

import math
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NoReturn, TypeVar
from uuid import UUID

from mesomap.domain.errors import BadInputError, MesoMapError
from mesomap.exchange.strict_json import Json

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Field:
    """A value and its path, e.g. marks[3].depth_mm. Every method raises BadInputError naming that path."""

    path: str
    value: Json

    def fail(self, what: str) -> NoReturn:
        """Refuse the file because of this value."""
        raise BadInputError(f"{self.path or 'The file'}: {what}")

    def keys(self, *, required: tuple[str, ...], allowed: tuple[str, ...] = ()) -> None:
        """Check that this is an object with all required keys and no unknown one."""
        if not isinstance(self.value, dict):
            self.fail("an object {…} is needed here.")
        for key in self.value:
            if key not in required and key not in allowed:
                self.fail(f"“{_shown(key)}” is not a field MesoMap knows.")
        for key in required:
            if key not in self.value:
                self.fail(f"“{key}” is missing.")

    def has(self, key: str) -> bool:
        """True when this object has the key with a value other than null."""
        return isinstance(self.value, dict) and self.value.get(key) is not None

    def get(self, key: str) -> "Field":
        """The field of this key (value None when it is absent)."""
        inner = self.value.get(key) if isinstance(self.value, dict) else None
        return Field(f"{self.path}.{key}" if self.path else key, inner)

    def optional(self, key: str, read: "Callable[[Field], _T]", default: _T) -> _T:
        """What read makes of the field of this key, or the default when it is absent or null."""
        return read(self.get(key)) if self.has(key) else default

    def items(self, *, most: int, least: int = 0) -> "Iterator[Field]":
        """The fields of a list, in order, with their index in the path."""
        if not isinstance(self.value, list):
            self.fail("a list […] is needed here.")
        if not least <= len(self.value) <= most:
            self.fail(f"{least} to {most:,} entries are possible here, not {len(self.value):,}.")
        return (Field(f"{self.path}[{i}]", item) for i, item in enumerate(self.value))

    def text(self, most: int = 10_000) -> str:
        """Text of at most so many characters, without control characters other than line breaks and tabs."""
        if not isinstance(self.value, str):
            self.fail("text in quotes is needed here.")
        if len(self.value) > most:
            self.fail(f"the text is longer than {most:,} characters.")
        for char in self.value:
            if unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t\r":
                self.fail(f"the text holds the character U+{ord(char):04X}, which cannot be stored.")
        return self.value

    def number(self, low: float, high: float, unit: str = "") -> float:
        """A finite number from low to high (both included)."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            self.fail("a number is needed here.")
        if not math.isfinite(self.value) or not low <= self.value <= high:
            self.fail(f"{self.value:g} is not possible; {low:g} to {high:g}{' ' + unit if unit else ''} is.")
        return float(self.value)

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            self.fail("a whole number is needed here.")
        if not low <= self.value <= high:
            self.fail(f"{self.value} is not possible; {low} to {high} is.")
        return self.value

    def yes_or_no(self) -> bool:
        """true or false."""
        if not isinstance(self.value, bool):
            self.fail("true or false is needed here.")
        return self.value

    def uuid(self) -> UUID:
        """An id in the usual form of 32 hexadecimal digits with hyphens."""
        text = self.text(60)
        try:
            found = UUID(text)
        except ValueError:
            self.fail(f"“{_shown(text)}” is not an id (UUID).")
        if str(found) != text.lower():
            self.fail(f"“{_shown(text)}” is not an id (UUID).")
        return found

    def moment(self) -> datetime:
        """A date and time with its offset from UTC, e.g. 2026-11-21T14:22:05+01:00."""
        text = self.text(60)
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            self.fail(f"“{_shown(text)}” is not a date and time such as 2026-11-21T14:22:05+01:00.")
        if found.tzinfo is None:
            self.fail("the time needs its offset from UTC, e.g. +01:00 or Z.")
        if not 1900 <= found.year <= 2200:
            self.fail(f"the year {found.year} is not possible.")
        return found

    def day(self) -> date:
        """A date, e.g. 1980-03-12."""
        text = self.text(20)
        try:
            found = date.fromisoformat(text)
        except ValueError:
            self.fail(f"“{_shown(text)}” is not a date such as 1980-03-12.")
        if not 1850 <= found.year <= 2200:
            self.fail(f"the year {found.year} is not possible.")
        return found

    def one_of(self, known: "tuple[str, ...] | list[str]", what: str) -> str:
        """One of these words; what says in words which kind is expected."""
        text = self.text(200)
        if text not in known:
            hint = f" Known: {', '.join(known)}." if len(known) <= 12 else ""
            self.fail(f"“{_shown(text)}” is not {what} MesoMap knows.{hint}")
        return text

    def checked(self, check: "Callable[[], _T]") -> _T:
        """Run a domain check; its sentence is passed on with this path in front."""
        try:
            return check()
        except MesoMapError as error:
            self.fail(error.sentence)


def _shown(text: str) -> str:
    """Text as it may stand in a sentence: short, printable."""
    plain = "".join(char if char.isprintable() else "?" for char in text)
    return plain if len(plain) <= 60 else plain[:60] + "…"
