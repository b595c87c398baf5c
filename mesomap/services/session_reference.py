"""A session named by a person: UUID, unique prefix of it, or chart number."""

import string
from typing import TYPE_CHECKING
from uuid import UUID

from mesomap.domain.errors import BadInputError, NotFoundError
from mesomap.domain.session import Session

if TYPE_CHECKING:
    from mesomap.storage import Database

_HEX_DIGITS = 32
_MAX_NUMBER = 2**31 - 1


def find_session(database: "Database", reference: str) -> Session:
    """The one session that the text names. A chart number wins over a prefix of the same digits.

    Raises NotFoundError (none) or BadInputError (several, or no session reference at all).
    """
    text = reference.strip().casefold()
    digits = text.replace("-", "")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 11 else None
    if number is not None and number > _MAX_NUMBER:
        number = None
    is_hex = bool(digits) and len(digits) <= _HEX_DIGITS and all(letter in string.hexdigits for letter in digits)
    if not is_hex and number is None:
        raise BadInputError(f"“{reference[:60]}” names no session. Give its chart number or the start of its id.")
    low, high = (UUID(digits.ljust(_HEX_DIGITS, fill)) for fill in "0f") if is_hex else (UUID(int=0), UUID(int=0))
    found = database.find_sessions(low, high, number)
    by_number = [session for session in found if session.number == number]
    if by_number:
        return by_number[0]
    if len(found) > 1:
        raise BadInputError(f"“{reference[:60]}” fits {len(found)} sessions. Give more of the id, or the chart number.")
    if not found:
        raise NotFoundError(f"There is no session “{reference[:60]}” in this practice.")
    return found[0]
