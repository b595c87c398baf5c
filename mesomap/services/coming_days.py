"""Days to come and whole numbers, read from a field."""

import re
from datetime import date

from mesomap.domain.errors import BadInputError
from mesomap.services.moments import read_day

_WITH_YEAR = re.compile(r"\d{4}|\d{1,2}\W+(\d{1,2}|[^\W\d_]{3,})\W+\d{2}\b")


def read_coming_day(text: str, today: date) -> date:
    """The day that the text names; one without a year is the next such day. Raises BadInputError in a sentence."""
    found = read_day(text, today)
    if found >= today or _WITH_YEAR.search(text.strip()):
        return found
    try:
        return found.replace(year=today.year + (found.replace(year=today.year) < today))
    except ValueError:
        raise BadInputError(f"“{text.strip()[:20]}” is not a date of the coming year. Write its year too.") from None


def read_whole(text: str, what: str) -> int:
    """The whole number that was typed; what: "number of sessions". Raises BadInputError in a sentence."""
    words = text.strip()
    if not (words.isascii() and words.isdigit() and len(words) <= 6):
        raise BadInputError(f"“{words[:20]}” is no {what}. Enter a whole number.")
    return int(words)
