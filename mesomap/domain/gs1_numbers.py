"""Check digits and dates of pack codes."""

import calendar
from dataclasses import dataclass
from datetime import date

from mesomap.domain.errors import BadInputError


def gs1_check_digit(body: str) -> int:
    """Check digit of a GTIN, SSCC or GLN without it: weights 3 and 1 from the right (General Specifications 7.9)."""
    return -sum(int(digit) * (3 if i % 2 == 0 else 1) for i, digit in enumerate(reversed(body))) % 10


def checked_number(number: str, what: str) -> str:
    """The number if its last digit is the right check digit. Raises BadInputError."""
    if int(number[-1]) != gs1_check_digit(number[:-1]):
        raise BadInputError(f"The check digit of the {what} {number} is wrong. Scan it again, or look at the pack.")
    return number


def checked_pzn(pzn: str) -> str:
    """A German PZN of eight digits (seven are filled up), checked modulo 11. Raises BadInputError."""
    full = pzn.zfill(8)
    rest = sum(weight * int(digit) for weight, digit in enumerate(full[:7], start=1)) % 11
    if len(full) != 8 or rest == 10 or rest != int(full[7]):
        raise BadInputError(f"The check digit of the PZN {pzn} is wrong. Scan it again, or look at the pack.")
    return full


def checked_ppn(ppn: str) -> str:
    """A PPN (IFA coding system): its last two digits are a sum of character codes modulo 97. Raises BadInputError."""
    body, check = ppn[:-2], ppn[-2:]
    found = sum(weight * ord(character) for weight, character in enumerate(body, start=2)) % 97
    if not 4 <= len(ppn) <= 22 or not ppn.isalnum() or not ppn.isascii() or check != f"{found:02d}":
        raise BadInputError(f"The check digits of the PPN {ppn[:30]} are wrong. Scan it again.")
    return ppn


@dataclass(frozen=True, slots=True)
class PackDate:
    """A date of a pack. day_given False: the pack names a month only, day is its last."""

    day: date
    day_given: bool = True


def pack_date(digits: str, what: str, today: date) -> PackDate:
    """A date YYMMDD; day 00 = the last of the month. Raises BadInputError.

    The century by the sliding window of the General Specifications (7.12): 51 years back to 50 ahead of this year.
    """
    year = _full_year(int(digits[:2]), today)
    month, day = int(digits[2:4]), int(digits[4:6])
    if not 1 <= month <= 12:
        raise BadInputError(f"The {what} {digits} names no month. Scan it again, or enter it by hand.")
    last = calendar.monthrange(year, month)[1]
    if day > last:
        raise BadInputError(f"The {what} {digits} names no day of that month. Scan it again, or enter it by hand.")
    return PackDate(date(year, month, day or last), day_given=day > 0)


def _full_year(two_digits: int, today: date) -> int:
    ahead = two_digits - today.year % 100
    century = today.year - today.year % 100
    if ahead >= 51:
        century -= 100
    elif ahead <= -50:
        century += 100
    return century + two_digits
