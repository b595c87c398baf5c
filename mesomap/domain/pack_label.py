"""Text copied from a pack: “LOT ABC123 EXP 03/2027”, with the words packs of several countries use."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from mesomap.domain.errors import BadInputError
from mesomap.domain.gs1_numbers import PackDate, checked_number

_WORDS = {
    "gtin": r"GTIN|UDI-?DI|PC|EAN",
    "pzn": r"PZN",
    "lot": r"LOT(?:TO|E|\.?\s*N[°o.]?)?|BATCH|BN|CH\.?-?\s?B\.?|CHARGE|CH\.",
    "expiry": r"EXP(?:IRY|\.)?|VERW(?:ENDBAR|\.)?\s*BIS|USE\s*BY|SCAD(?:\.|ENZA)?|CAD\.?|PER(?:\.|EMPTION)",
    "serial": r"S\.?/?N\.?|SERIAL",
}
_LABEL = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    + "|".join(f"(?P<{key}>{words})" for key, words in _WORDS.items())
    + r")(?![A-Za-z0-9])\s*[:=]?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What the words say; "" and None = nothing."""

    gtin: str = ""
    pzn: str = ""
    lot: str = ""
    expiry: PackDate | None = None
    serial: str = ""


def read_label(text: str) -> Label | None:
    """The labelled values of a text, or None when it does not begin with a label. Raises BadInputError."""
    marks = list(_LABEL.finditer(text))
    if not marks or marks[0].start() > 0:
        return None
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    found: dict[str, str] = {}
    for mark, end in zip(marks, ends, strict=True):
        key = mark.lastgroup or ""
        value = text[mark.end() : end].strip(" \t\r\n,;|")
        if not value:
            raise BadInputError(f"Behind “{mark.group(0).strip()}” stands nothing. Copy the whole text of the pack.")
        if found.setdefault(key, value) != value:
            raise BadInputError(f"The text says “{mark.group(0).strip()}” twice. Paste one pack at a time.")
    gtin = re.sub(r"\s", "", found.get("gtin", ""))
    if gtin:
        if not re.fullmatch(r"\d{8}|\d{12,14}", gtin):
            raise BadInputError(f"“{gtin[:40]}” is no whole product number (8, 12, 13 or 14 digits).")
        gtin = checked_number(gtin, "product number").zfill(14)
    return Label(
        gtin=gtin,
        pzn=re.sub(r"\D", "", found.get("pzn", "")),
        lot=_word(found.get("lot", ""), "lot"),
        expiry=label_date(found["expiry"]) if "expiry" in found else None,
        serial=_word(found.get("serial", ""), "serial number"),
    )


def _word(value: str, what: str) -> str:
    if len(value) > 40 or "\n" in value:
        raise BadInputError(f"The {what} “{value[:40]}” is too long. Copy one value behind each word.")
    return value


def label_date(text: str) -> PackDate:
    """A date as labels print it: 2027-03, 03/2027, 2027-03-31, 31.03.2027. Raises BadInputError.

    A day and a month that could be exchanged (03/04/2027) are refused, as countries write them differently.
    """
    parts = [part for part in re.split(r"[\s./\-]+", text.strip()) if part]
    sentence = f"The expiry “{text[:30]}” cannot be read for certain. Enter it as year-month, for example 2027-03."
    if not all(part.isdigit() and part.isascii() for part in parts):
        raise BadInputError(sentence)
    sizes = [len(part) for part in parts]
    numbers = [int(part) for part in parts]
    try:
        if sizes == [4, 2] or sizes == [4, 1]:
            return _month(numbers[0], numbers[1])
        if sizes in ([2, 4], [1, 4]):
            return _month(numbers[1], numbers[0])
        if len(parts) == 3 and sizes[0] == 4:
            return PackDate(date(*numbers))
        if len(parts) == 3 and sizes[2] == 4:
            first, second, year = numbers
            if "." in text or first > 12 or first == second:
                return PackDate(date(year, second, first))
            if second > 12:
                return PackDate(date(year, first, second))
    except ValueError:
        pass
    raise BadInputError(sentence)


def _month(year: int, month: int) -> PackDate:
    return PackDate(date(year, month, calendar.monthrange(year, month)[1]), day_given=False)
