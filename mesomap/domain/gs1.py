"""GS1 element strings as scanners send them: fields by application identifier. Nothing is guessed.

Format after the GS1 General Specifications (release 24, sections 3 and 7.8): a field of fixed length ends by itself,
one of variable length at a separator (FNC1, sent as GS) or at the end of the code.
"""

import re
from dataclasses import dataclass
from datetime import date

from mesomap.domain.errors import BadInputError
from mesomap.domain.gs1_numbers import checked_number, pack_date
from mesomap.domain.gs1_table import CSET82, Ai, ai_at
from mesomap.domain.gs1_text import GS

#: What else may stand behind a lot or a serial number whose separator got lost.
_MAY_FOLLOW = {"10", "11", "17", "21", *(str(n) for n in range(710, 718))}
_DATES = {"11", "12", "13", "15", "16", "17", "7006"}
_CHECKED = {"00": "SSCC", "01": "GTIN", "02": "GTIN", "8017": "GSRN", "8018": "GSRN"}
#: More readings than this of one code are no help to anyone.
_MOST_READINGS = 20
#: No code of a pack needs more tries to be divided; one that was made up to keep the program busy does.
_MOST_TRIES = 2_000
_UNCLEAR = (
    "The code was sent without its separators and can be read in more than one way. Set the scanner to send FNC1 as "
    "GS, or enter lot and serial number by hand."
)


@dataclass(frozen=True, slots=True)
class Gs1Field:
    """One field as it stands in the code. title: short English name, "" for one whose identifier is not known."""

    key: str
    title: str
    value: str


@dataclass(frozen=True, slots=True)
class Elements:
    """Fields of one code. unread: parts whose identifier is not in our table, as text.

    others: other ways to divide it that would be right as well, when no separator came with it.
    mended: separators are missing and only this one way to divide the code is right.
    """

    fields: tuple[Gs1Field, ...]
    unread: tuple[str, ...] = ()
    others: tuple[tuple[Gs1Field, ...], ...] = ()
    mended: bool = False

    def value(self, key: str) -> str:
        """Value of a field, "" when the code has none."""
        return next((field.value for field in self.fields if field.key == key), "")


def read_elements(text: str, today: date, *, separates: bool = False) -> Elements:
    """Fields of a clean element string with GS as separator. separates: the scanner is known to send separators.

    Raises BadInputError: no identifier at the start, cut short, wrong check digit, impossible date or character.
    """
    if ai_at(text) is None:
        raise BadInputError(
            f"“{text[:40]}” is no product code that can be read here. Enter product, lot and expiry by hand."
        )
    if separates or GS in text:
        fields, unread = _fields(text, today)
        return Elements(fields, unread)
    readings = _readings(text, today, first=True, seen=(), tries=[_MOST_TRIES])
    if len(readings) > _MOST_READINGS:
        raise BadInputError(_UNCLEAR)
    try:
        fields, unread = _fields(text, today)
    except BadInputError:
        if len(readings) == 1:
            return Elements(readings[0], mended=True)
        if readings:
            raise BadInputError(_UNCLEAR) from None
        raise
    return Elements(fields, unread, tuple(reading for reading in readings if reading != fields))


def read_bracketed(text: str, today: date) -> Elements:
    """Fields of the text below a code: (01)…(17)…(10)…, square brackets and spaces as well. Raises BadInputError."""
    marks = [
        found for found in re.finditer(r"[(\[]\s*(\d{2,4})\s*[)\]]", text)
        if (known := ai_at(found.group(1))) is not None and known.key == found.group(1)
    ]  # fmt: skip
    if not marks or text[: marks[0].start()].strip(" \t" + GS):
        raise BadInputError(f"“{text[:40]}” is no product code that can be read here. Enter it by hand.")
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    fields: list[Gs1Field] = []
    for mark, end in zip(marks, ends, strict=True):
        ai = ai_at(mark.group(1))
        assert ai is not None
        value = re.sub(rf"[\s{GS}]+", "", text[mark.end() : end])
        _add(fields, _checked(ai, value, today))
    return Elements(tuple(fields))


def _fields(text: str, today: date) -> tuple[tuple[Gs1Field, ...], tuple[str, ...]]:
    """The one way to divide a code by the rules. Raises BadInputError."""
    fields: list[Gs1Field] = []
    unread: list[str] = []
    at = 0
    while at < len(text):
        if text[at] == GS:
            at += 1
            continue
        end = text.find(GS, at)
        end = len(text) if end < 0 else end
        ai = ai_at(text, at)
        if ai is None:
            unread.append(text[at:end])
            at = end
            continue
        start = at + len(ai.key)
        stop = end if ai.variable else min(end, start + ai.digits)
        _add(fields, _checked(ai, text[start:stop], today))
        at = stop
    return tuple(fields), tuple(unread)


def _readings(
    text: str, today: date, *, first: bool, seen: tuple[str, ...], tries: list[int]
) -> list[tuple[Gs1Field, ...]]:
    """Every way to divide a code without separators in which a field we expect on a pack follows a variable one."""
    tries[0] -= 1
    if tries[0] < 0:
        raise BadInputError(_UNCLEAR)
    ai = ai_at(text)
    if ai is None or ai.key in seen or not (first or ai.key in _MAY_FOLLOW):
        return []
    start = len(ai.key)
    longest = min(len(text), start + ai.digits + ai.text)
    stops = range(start + 1, longest + 1) if ai.variable else [start + ai.digits]
    found: list[tuple[Gs1Field, ...]] = []
    for stop in stops:
        try:
            field = _checked(ai, text[start:stop], today)
        except BadInputError:
            continue
        if stop >= len(text):
            found.append((field,))
            continue
        # Behind a field of fixed length anything may follow; the end of a variable one is what is in question.
        rest = _readings(text[stop:], today, first=not ai.variable, seen=(*seen, ai.key), tries=tries)
        found += [(field, *others) for others in rest]
        if len(found) > _MOST_READINGS:
            return found
    return found


def _add(fields: list[Gs1Field], field: Gs1Field) -> None:
    known = next((other for other in fields if other.key == field.key), None)
    if known is None:
        fields.append(field)
    elif known.value != field.value:
        raise BadInputError(
            f"The code names its {field.title} twice, as {known.value} and as {field.value}. Scan one code at a time."
        )


def _checked(ai: Ai, value: str, today: date) -> Gs1Field:
    """A field whose value is whole. Raises BadInputError."""
    if len(value) < ai.digits or (ai.variable and len(value) == ai.digits and not ai.numeric) or not value:
        raise BadInputError(f"The code was read only in part: its {ai.title} is cut short. Scan it again.")
    if ai.variable and len(value) > ai.digits + ai.text:
        raise BadInputError(
            f"The {ai.title} has {len(value)} characters and may have {ai.digits + ai.text}. Does the scanner send "
            "separators (FNC1 as GS)? Enter it by hand otherwise."
        )
    head = value if ai.numeric else value[: ai.digits]
    if head and not (head.isdigit() and head.isascii()):
        raise BadInputError(f"The {ai.title} “{value[:40]}” may hold digits only. Scan the code again.")
    if not CSET82.fullmatch(value):
        raise BadInputError(f"The {ai.title} holds a character that no such code has. Scan the code again.")
    if ai.key in _CHECKED or (ai.key.startswith("41") and len(ai.key) == 3):
        checked_number(value, _CHECKED.get(ai.key, "GLN"))
    elif ai.key in _DATES:
        pack_date(value, ai.title, today)
    elif ai.key == "7003":
        pack_date(value[:6], ai.title, today)
        if int(value[6:8]) > 23 or int(value[8:]) > 59:
            raise BadInputError(f"The {ai.title} {value} names no time of day. Scan the code again.")
    return Gs1Field(ai.key, ai.title, value)
