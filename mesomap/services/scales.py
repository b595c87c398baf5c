"""Scores on scales: what can be scored, what was scored, and the licences the practice has noted."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from mesomap.commands.entries import AddEntries
from mesomap.domain.scale import Scale, ScaleForm, ScaleLicence, level_at, level_words, scale, scales
from mesomap.domain.score import ItemValue, Judge, Moment, Score
from mesomap.services.entering import entering

if TYPE_CHECKING:
    from mesomap.services.practice import Practice

#: Scales of events, not of courses: they grade adverse events only.
_OF_EVENTS = "adverse event"
_USED = "scales.used"


@dataclass(frozen=True, slots=True)
class Trend:
    """Scores of one scale by one judge at one site, oldest first."""

    scale: Scale
    judge: Judge
    site: str
    scores: tuple[Score, ...]


def offered(practice: "Practice") -> tuple[Scale, ...]:
    """Scales that can be scored, those used most first, then in the order of the table."""
    kept = practice.setting(_USED)
    used: dict[str, int] = kept if isinstance(kept, dict) else {}
    found = [one for one in scales().values() if one.form is not ScaleForm.CLASS and one.domain != _OF_EVENTS]
    return tuple(sorted(found, key=lambda one: -int(used.get(one.key, 0))))


def grade_scales() -> tuple[Scale, ...]:
    """Scales that grade an adverse event."""
    return tuple(one for one in scales().values() if one.domain == _OF_EVENTS)


def licensed(practice: "Practice") -> frozenset[str]:
    """Keys of the scales whose licence the practice has noted: their words may be shown."""
    return frozenset(one.scale for one in practice.entries(ScaleLicence) if not one.withdrawn)


def note_licence(practice: "Practice", key: str, text: str) -> ScaleLicence:
    """Note the licence of a scale's words. Raises BadInputError."""
    made = ScaleLicence(scale=key, text=text.strip(), **entering(practice))
    practice.run(AddEntries((made,), name="Note licence"))
    return made


def record_score(
    practice: "Practice",
    patient_id: UUID,
    key: str,
    value: Decimal,
    *,
    items: tuple[ItemValue, ...] = (),
    judge: Judge = Judge.PRACTITIONER,
    moment: Moment = Moment.APART,
    site: str = "",
    session_id: UUID | None = None,
    scored_at: datetime | None = None,
    line_mm: Decimal | None = None,
    line_calibrated: bool = False,
    remark: str = "",
) -> Score:
    """Record a score with the label shown beside its number. Raises BadInputError, NotFoundError."""
    asked, stamp = scale(key), entering(practice)
    level = None if asked.form in (ScaleForm.ITEMS, ScaleForm.LINE) else level_at(asked.levels, value)
    made = Score(
        patient_id=patient_id,
        session_id=session_id,
        scale=key,
        value=value,
        items=items,
        label="" if level is None else level_words(asked, level, licensed(practice))[0],
        judge=judge,
        moment=moment,
        scored_at=scored_at or stamp["entered_at"],
        site=site.strip(),
        line_mm=line_mm,
        line_calibrated=line_calibrated,
        remark=remark.strip(),
        **stamp,
    )
    kept = practice.setting(_USED)
    used = Counter(kept if isinstance(kept, dict) else {})
    used[key] += 1
    practice.run(AddEntries((made,), name="Add score"), settings={f"window.{_USED}": dict(used)})
    return made


def scores(practice: "Practice", patient_id: UUID) -> tuple[Score, ...]:
    """A patient's scores that are not withdrawn, oldest first."""
    return tuple(one for one in practice.entries(Score, patient_id=patient_id) if not one.withdrawn)


def trends(found: tuple[Score, ...]) -> tuple[Trend, ...]:
    """Scores that can be compared: of one scale, by one judge, at one site; the trend scored last first."""
    groups: dict[tuple[str, Judge, str], list[Score]] = {}
    for one in found:
        groups.setdefault((one.scale, one.judge, one.site.casefold()), []).append(one)
    made = [Trend(scale(key), judge, held[0].site, tuple(held)) for (key, judge, _site), held in groups.items()]
    return tuple(sorted(made, key=lambda trend: trend.scores[-1].scored_at, reverse=True))


def line_value(fraction: float) -> Decimal:
    """The score of a place on the line (0 left end, 1 right end): 0.0-10.0, a millimetre of 100 a tenth."""
    held = min(max(fraction, 0.0), 1.0)
    return (Decimal(repr(held)) * 10).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
