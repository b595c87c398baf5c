"""One answer on a scale: who judged, when, and the label beside the number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from mesomap.domain.entry import Entry
from mesomap.domain.errors import BadInputError
from mesomap.domain.scale import Scale, ScaleForm, level_at, scale

MAX_WORDS = 2000
#: Length of the line of a visual analogue scale, mm.
LINE_MM = 100
_CLOCK_SLACK = timedelta(minutes=5)
_TENTH = Decimal("0.1")


class Judge(StrEnum):
    """Who judged."""

    PRACTITIONER = "practitioner"
    PATIENT = "patient"


class Moment(StrEnum):
    """When in the course of the treatment."""

    BEFORE = "before"
    AFTER = "after"
    FOLLOW_UP = "follow_up"
    APART = "apart"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemValue:
    """The value of one item of a summed scale."""

    item: str
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Score(Entry):
    """One score. value: the number of the scale's table (of a summed scale the sum); label: the words shown beside it.

    site: a region id or own words, side included. line_mm: length of the line as it was shown on the screen, and
    line_calibrated whether that had been measured: a line that was not is said to be so.
    """

    KIND: ClassVar[str] = "score"

    scale: str
    value: Decimal
    items: tuple[ItemValue, ...] = ()
    label: str = ""
    judge: Judge = Judge.PRACTITIONER
    moment: Moment = Moment.APART
    scored_at: datetime
    site: str = ""
    line_mm: Decimal | None = None
    line_calibrated: bool = False
    remark: str = ""

    @property
    def key(self) -> str:
        """Looked up by the scale."""
        return self.scale

    @property
    def at(self) -> datetime:
        """When it was judged."""
        return self.scored_at

    def check(self) -> None:
        """Refuse a score of nobody, of an unknown scale, off the scale, in the future. Raises BadInputError."""
        if self.patient_id is None:
            raise BadInputError("This score names no patient. Open a patient and enter it there.")
        if self.scored_at > self.entered_at + _CLOCK_SLACK:
            raise BadInputError("The score lies in the future. Enter when it was judged.")
        if max(len(self.remark), len(self.site), len(self.label)) > MAX_WORDS:
            raise BadInputError(f"The words are longer than {MAX_WORDS:,} letters. Shorten them.")
        check_value(scale(self.scale), self.value, {one.item: one.value for one in self.items})


def check_value(asked: Scale, value: Decimal, items: Mapping[str, Decimal] | None = None) -> None:
    """Refuse a value that the scale does not have, items left out, a wrong sum. Raises BadInputError."""
    name = asked.name()
    if not value.is_finite() or not asked.low <= value <= asked.high:
        raise BadInputError(f"{value} is not on the scale {name}. Choose {asked.low} to {asked.high}.")
    if asked.form is ScaleForm.CLASS:
        raise BadInputError(f"{name} follows from a sum and is not entered.")
    if asked.form is ScaleForm.LINE:
        # One decimal: a tenth of ten is a millimetre of the line.
        if value != value.quantize(_TENTH):
            raise BadInputError(f"{value} is finer than a millimetre of the line. Enter one decimal.")
    elif asked.form is ScaleForm.BANDS:
        if value != value.to_integral_value():
            raise BadInputError(f"{value} is not on the scale {name}. Choose a whole number.")
    elif asked.form is ScaleForm.ITEMS:
        if set(items or {}) != {item.key for item in asked.items}:
            raise BadInputError(f"{name} asks {len(asked.items)} items. Choose a level of each.")
        for item in asked.items:
            if level_at(item.levels, (items or {})[item.key]) is None:
                raise BadInputError(f"An item of {name} has a level that the scale does not have. Choose again.")
        if sum((items or {}).values()) != value:
            raise BadInputError(f"The sum of {name} is not {value}. Choose the levels again.")
    elif level_at(asked.levels, value) is None:
        raise BadInputError(f"{value} is not on the scale {name}. Choose one of its levels.")


def hexsel_class(total: Decimal) -> str:
    """The class of a Hexsel sum by the table (cut-offs recalled), "" for 0."""
    level = level_at(scale("hexsel_css_class").levels, total)
    return level.label if level is not None else ""
