"""Day and time of day as people write them, read from two fields."""

import re
from datetime import date, datetime, time

from mesomap.domain.errors import BadInputError
from mesomap.services.birth_dates import MONTHS

_YEAR_FIRST = re.compile(r"(\d{4})\W+(\d{1,2})\W+(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\W+(\d{1,2})\W*(\d{4}|\d{2})?\W?")
_SPELLED = re.compile(r"(\d{1,2})\W*([^\W\d_]{3,})\W*(\d{4}|\d{2})?")
_CLOCK = re.compile(r"(\d{1,2})\s*[:.h]\s*(\d{2})|(\d{1,2})(\d{2})?\s*h?")
_MONTH_LETTERS = 3


def read_day(text: str, today: date) -> date:
    """The day that 2026-11-19, 19.11.2026, 19.11., 19/11/26 or 19 Nov 2026 names; a missing year is the last such day.

    Raises BadInputError in a sentence.
    """
    words = text.strip()
    year, month, day = _day_numbers(words)
    try:
        if year is not None:
            return date(year + 2000 if year < 100 else year, month, day)
        found = date(today.year, month, day)
        return found if found <= today else date(today.year - 1, month, day)
    except ValueError:
        raise BadInputError(f"“{words[:20]}” is not a date: that day does not exist.") from None


def _day_numbers(words: str) -> tuple[int | None, int, int]:
    """Year (None = not written), month and day. Raises BadInputError."""
    if found := _YEAR_FIRST.fullmatch(words):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _SPELLED.fullmatch(words):
        start = found[2].casefold()[:_MONTH_LETTERS]
        month = next((number for number, name in enumerate(MONTHS, 1) if name.startswith(start)), 0)
        if month:
            return int(found[3]) if found[3] else None, month, int(found[1])
    if found := _DAY_FIRST.fullmatch(words):
        return int(found[3]) if found[3] else None, int(found[2]), int(found[1])
    raise BadInputError(f"“{words[:20]}” is not a date. Write it like 2026-11-19 or 19.11.2026.")


def read_clock(text: str) -> time:
    """The time of day that 14:20, 14.20, 14h20, 1420 or 14 names. Raises BadInputError in a sentence."""
    words = text.strip()
    found = _CLOCK.fullmatch(words)
    if found is not None:
        hour, minute = (found[1], found[2]) if found[1] else (found[3], found[4] or "0")
        if int(hour) < 24 and int(minute) < 60:
            return time(int(hour), int(minute))
    raise BadInputError(f"“{words[:20]}” is not a time of day. Write it like 14:20.")


def read_moment(day_text: str, clock_text: str, at: datetime) -> datetime:
    """Day and time together, in the local time of that day. at: this moment. Raises BadInputError."""
    return datetime.combine(read_day(day_text, at.date()), read_clock(clock_text)).astimezone()
