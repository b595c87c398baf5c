"""Scores and measures of one patient over time, beside the treatments."""

from dataclasses import dataclass
from datetime import datetime

from mesomap.domain.score import Judge


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """One scale as one judge saw it at one site, or one measure. low, high: ends of the scale, None = of what was
    measured. higher_is: "worse" as the scale says, "" = not ordered. values: moment and value, in the order of time.
    """

    name: str
    judge: Judge | None
    site: str
    unit: str
    low: float | None
    high: float | None
    values: tuple[tuple[datetime, float], ...]
    higher_is: str = ""

    @property
    def ends(self) -> tuple[float, float]:
        """Lower and upper end of the picture."""
        found = [value for _, value in self.values]
        low = min(found) if self.low is None else self.low
        high = max(found) if self.high is None else self.high
        return (low, high) if high > low else (low - 1, high + 1)


@dataclass(frozen=True, slots=True)
class Treatment:
    """A session on the line: when, its number, its indication."""

    at: datetime
    number: int
    indication: str


@dataclass(frozen=True, slots=True)
class OutcomeOverTime:
    """Everything of one patient, in the order of time. over: the axis of time when only a part of the lines is shown,
    None = from the first moment to the last.
    """

    lines: tuple[OutcomeLine, ...]
    treatments: tuple[Treatment, ...]
    follow_ups: tuple[datetime, ...]
    events: tuple[tuple[datetime, str], ...]
    over: tuple[datetime, datetime] | None = None

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """First and last moment of all; None when there is nothing."""
        if self.over is not None:
            return self.over
        moments = [one.at for one in self.treatments] + list(self.follow_ups) + [at for at, _ in self.events]
        moments += [at for line in self.lines for at, _ in line.values]
        return (min(moments), max(moments)) if moments else None

    def missing(self, line: OutcomeLine) -> tuple[Treatment, ...]:
        """Treatments on whose day the line has no value."""
        days = {at.astimezone().date() for at, _ in line.values}
        return tuple(one for one in self.treatments if one.at.astimezone().date() not in days)
