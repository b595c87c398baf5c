"""Birth dates as people write them: read from a field, and spelled in every way a search may ask for."""

import re
from datetime import date

from mesomap.domain.errors import BadInputError

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_OLDEST_YEARS = 130
_MONTH_LETTERS = 3
_DAY_FIRST = re.compile(r"(\d{1,2})\W+(\d{1,2})\W+(\d+)")
_YEAR_FIRST = re.compile(r"(\d{4})\W+(\d{1,2})\W+(\d{1,2})")
_SPELLED = re.compile(r"(\d{1,2})\W*([^\W\d_]{3,})\W*(\d+)")
_DIGITS = re.compile(r"\d{8}")


def read_birth_date(text: str, today: date) -> date | None:
    """The date that 1979-05-14, 14.05.1979, 14/5/1979, 14 May 1979, 14051979 or 19790514 name; None when empty.

    A day that cannot be a month tells 5/14/1979 apart; otherwise the day stands first.
    Raises BadInputError in a sentence: no date, no such day, two-digit year, in the future, too long ago.
    """
    words = text.strip()
    if not words:
        return None
    year, month, day = _numbers(words)
    if day <= 12 < month:
        month, day = day, month
    try:
        born = date(year, month, day)
    except ValueError:
        raise BadInputError(f"“{words[:20]}” is not a date: that day does not exist.") from None
    if born > today:
        raise BadInputError("The date of birth lies in the future.")
    if today.year - born.year > _OLDEST_YEARS:
        raise BadInputError(f"The date of birth lies more than {_OLDEST_YEARS} years ago. Check the year.")
    return born


def _numbers(words: str) -> tuple[int, int, int]:
    """Year, month and day as written. Raises BadInputError."""
    if found := _YEAR_FIRST.fullmatch(words):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _SPELLED.fullmatch(words):
        start = found[2].casefold()[:_MONTH_LETTERS]
        number = next((i for i, name in enumerate(MONTHS, 1) if name.startswith(start)), 0)
        if number:
            return _full_year(found[3]), number, int(found[1])
    if found := _DAY_FIRST.fullmatch(words):
        return _full_year(found[3]), int(found[2]), int(found[1])
    if _DIGITS.fullmatch(words):
        year = int(words[:4])
        # 1979 0514 has a month where 14 05 1979 has a year of the Middle Ages.
        if 1 <= int(words[4:6]) <= 12 and year >= 1800:
            return year, int(words[4:6]), int(words[6:])
        return int(words[4:]), int(words[2:4]), int(words[:2])
    raise BadInputError(f"“{words[:20]}” is not a date. Write it like 1979-05-14 or 14.05.1979.")


def _full_year(digits: str) -> int:
    if len(digits) != 4:
        raise BadInputError("Write the year of birth with four digits, for example 1979.")
    return int(digits)


def birth_date_spellings(born: date) -> str:
    """The date as words for a search, separators as points: 14.05.1979 14.5.1979 1979.05.14 …

    The year stands first in one of them, so that 1979 and 1979.05 are beginnings of a word too.
    """
    year, short, month, day = f"{born.year:04d}", f"{born.year % 100:02d}", born.month, born.day
    spellings = (
        f"{day:02d}.{month:02d}.{year}",
        f"{day}.{month}.{year}",
        f"{year}.{month:02d}.{day:02d}",
        f"{year}.{month}.{day}",
        f"{day:02d}.{month:02d}.{short}",
        f"{day}.{month}.{short}",
        f"{day:02d}{month:02d}{year}",
        f"{year}{month:02d}{day:02d}",
    )
    return " ".join(dict.fromkeys(spellings))
