"""The practice's numbers over a period: sessions, points, mL, adverse events, changes of scales. No effect is shown."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from mesomap.domain.adverse_event import AdverseEvent
from mesomap.domain.finding import SessionSums, SessionWish
from mesomap.domain.scale import scale
from mesomap.domain.score import Judge, Score

if TYPE_CHECKING:
    from mesomap.services.practice import Practice


#: Scales that compare with an earlier state themselves, or grade an event: a change of theirs says nothing.
_NO_COURSE = frozenset({"gais", "ctcae"})


@dataclass(frozen=True, slots=True)
class ScaleChange:
    """How a scale changed from the first to the last score of a patient, over n such pairs.

    One pair for each patient and site that was judged at least twice in the period by the same (judge). low, high:
    the smallest and the largest change; spread: standard deviation of the sample, None for one pair. worse_up: a
    higher number is worse.
    """

    scale: str
    judge: Judge
    n: int
    mean: float
    spread: float | None
    low: float
    high: float
    worse_up: bool


@dataclass(frozen=True, slots=True)
class PracticeNumbers:
    """Figures of a period; since is within it, until is not, None = open."""

    since: datetime | None
    until: datetime | None
    sums: SessionSums
    adverse_events: int
    changes: tuple[ScaleChange, ...]

    @property
    def events_per_1000(self) -> float | None:
        """Adverse events on record per 1,000 sessions; None without a session, or when none is on record: a rate of 0
        would say that there were none.
        """
        if not self.sums.sessions or not self.adverse_events:
            return None
        return 1000.0 * self.adverse_events / self.sums.sessions


def practice_numbers(practice: "Practice", since: datetime | None, until: datetime | None) -> PracticeNumbers:
    """Figures of the period from what is on record. Void sessions and withdrawn entries are left out.

    An adverse event counts in the period of its onset, a score in that of its judgement.
    """
    events = [e for e in practice.entries(AdverseEvent, since=since, until=until) if not e.withdrawn]
    scores = [s for s in practice.entries(Score, since=since, until=until) if not s.withdrawn]
    return PracticeNumbers(
        since,
        until,
        practice.finder.count(SessionWish(since=since, until=until)),
        len(events),
        scale_changes(scores),
    )


def scale_changes(scores: Iterable[Score]) -> tuple[ScaleChange, ...]:
    """Change of every scale that is ordered by severity, by scale and judge in alphabetical order.

    Scores are taken in the order of their moments; those of one patient, scale, site and judge belong together.
    """
    rows: dict[tuple[UUID | None, str, str, Judge], list[Score]] = {}
    for score in sorted(scores, key=lambda score: score.scored_at):
        site = " ".join(score.site.split()).casefold()
        rows.setdefault((score.patient_id, score.scale, site, score.judge), []).append(score)
    found: dict[tuple[str, Judge], list[Decimal]] = {}
    for (_, key, _, judge), group in rows.items():
        if len(group) > 1 and _is_ordered(key):
            found.setdefault((key, judge), []).append(group[-1].value - group[0].value)
    return tuple(_change(key, judge, found[key, judge]) for key, judge in sorted(found))


def _is_ordered(key: str) -> bool:
    return key not in _NO_COURSE and scale(key).higher_is in ("worse", "better")


def _change(key: str, judge: Judge, changes: list[Decimal]) -> ScaleChange:
    n = len(changes)
    mean = sum(changes, Decimal(0)) / n
    spread = None
    if n > 1:
        spread = math.sqrt(sum((change - mean) ** 2 for change in changes) / (n - 1))
    return ScaleChange(
        scale=key,
        judge=judge,
        n=n,
        mean=float(mean),
        spread=spread,
        low=float(min(changes)),
        high=float(max(changes)),
        worse_up=scale(key).higher_is == "worse",
    )
