"""Numbers, dates and fixed words as they stand on paper, after the wording rules of the design system."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache

from PySide6.QtCore import QCoreApplication

from mesomap.domain.technique import techniques

DASH = "–"


def tr(text: str) -> str:
    """The text in the language of the program."""
    return QCoreApplication.translate("Chart", text)


def ml(value: float | None) -> str:
    """Volume, two decimals; three below 0.01 mL so that nappage does not print as nothing."""
    if value is None:
        return DASH
    return (f"{value:.3f}" if 0 < value < 0.01 else f"{value:.2f}").replace("-", "−")


def mm(value: float | None) -> str:
    """Depth or spacing, one decimal; two when a tenth would hide a digit."""
    if value is None:
        return DASH
    return f"{value:.1f}" if abs(value * 10 - round(value * 10)) < 1e-9 else f"{value:.2f}"


def cm2(value: float | None) -> str:
    """Area, one decimal; none from 100 upward, two below 1."""
    if value is None:
        return DASH
    return f"{value:.0f}" if value >= 100 else f"{value:.2f}" if 0 < value < 1 else f"{value:.1f}"


def density(value: float | None) -> str:
    """Points per cm², one decimal; two below 1."""
    if value is None:
        return DASH
    return f"{value:.2f}" if value < 1 else f"{value:.1f}"


def day(value: date | None) -> str:
    """A date such as 21 Nov 2026; months in English letters so that day and month cannot be exchanged."""
    return DASH if value is None else f"{value.day} {value:%b} {value.year}"


def moment(value: datetime) -> str:
    """Date and time with the offset from UTC, e.g. 21 Nov 2026, 14:22 +01:00."""
    offset = value.strftime("%z")
    zone = f" {offset[:3]}:{offset[3:5]}" if offset else ""
    return f"{day(value.date())}, {value:%H:%M}{zone}"


def clock(value: datetime) -> str:
    """Time of day with the offset from UTC, e.g. 14:22 +01:00."""
    return moment(value).partition(", ")[2]


def span(start: datetime, end: datetime | None) -> str:
    """From when to when: 21 Nov 2026, 13:50–14:31 +01:00; the end with its own day when it is another."""
    if end is None:
        return moment(start)
    if start.utcoffset() != end.utcoffset():
        end = end.astimezone(start.tzinfo)
    if start.date() == end.date():
        return f"{day(start.date())}, {start:%H:%M}–{clock(end)}"
    return f"{day(start.date())}, {start:%H:%M} – {moment(end)}"


def number_list(numbers: Sequence[int]) -> str:
    """Numbers as people write them: 1–4, 6, 8–9."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


@cache
def short_names(language: str) -> dict[str, str]:
    """Names of the techniques by key without what stands in brackets or after a slash: "Papule".

    A name that would no longer tell its technique from another one stays whole.
    """
    whole = {key: known.name(language) for key, known in techniques().items()}
    short = {key: re.split(r" \(| / |; ", name, maxsplit=1)[0] for key, name in whole.items()}
    count = Counter(short.values())
    return {key: name if count[name] == 1 else whole[key] for key, name in short.items()}


def age_years(born: date, on: date) -> int:
    """Full years of age on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
