"""What a session says and what it leaves open, looked at before it is signed. Nothing is stopped: signing goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mesomap.domain.marks import Mark
from mesomap.domain.session import Session

if TYPE_CHECKING:
    from mesomap.services.practice import Practice


class TickKey(StrEnum):
    """What is looked at."""

    MARKS = "marks"
    CONSENT = "consent"
    LOTS = "lots"
    SIDES = "sides"
    DEPTH = "depth"
    PRACTITIONER = "practitioner"


@dataclass(frozen=True, slots=True)
class Tick:
    """done: recorded. about: what is open (mixture letters, region ids, a count), "" when it needs no words."""

    key: TickKey
    done: bool
    about: tuple[str, ...] = ()


def ticks(practice: "Practice", session: Session, marks: Sequence[Mark]) -> tuple[Tick, ...]:
    """Everything that is looked at, in a fixed order; what marks must say only where there are marks."""
    found = [Tick(TickKey.MARKS, bool(marks)), Tick(TickKey.CONSENT, _has_consent(practice, session))]
    if marks:
        found += [_lots(session, marks), _sides(marks), _depth(marks)]
    return (*found, Tick(TickKey.PRACTITIONER, bool(session.practitioner.strip())))


def _has_consent(practice: "Practice", session: Session) -> bool:
    """Whether a consent to the treatment was in date on the day of the session."""
    from mesomap.domain.consent import ConsentKind, Standing
    from mesomap.services.consents import states

    found = states(practice, session.patient_id, session.started_at.date())
    return any(one.kind is ConsentKind.TREATMENT and one.standing is Standing.IN_DATE for one in found)


def _lots(session: Session, marks: Sequence[Mark]) -> Tick:
    """Whether every mixture that was used names its lots."""
    used = sorted({mark.dose.mixture for mark in marks if mark.dose.mixture})
    without = []
    for letter in used:
        mixture = session.mixture(letter)
        lines = mixture.details.lines if mixture is not None and mixture.details is not None else ()
        if not lines or any(not line.lot_number and line.lot_id is None for line in lines):
            without.append(letter)
    nameless = any(mark.dose.mixture is None for mark in marks)
    return Tick(TickKey.LOTS, not without and not nameless, tuple(without))


def _sides(marks: Sequence[Mark]) -> Tick:
    """Whether what was charted on one side was charted on the other; regions of one side only are named."""
    regions = {region for mark in marks for region in mark.region_ids}
    other = {"left": "right", "right": "left"}
    single = []
    for region in sorted(regions):
        name, _, side = region.rpartition(".")
        if side in other and f"{name}.{other[side]}" not in regions:
            single.append(region)
    return Tick(TickKey.SIDES, not single, tuple(single))


def _depth(marks: Sequence[Mark]) -> Tick:
    """Whether every mark says how deep; the number of those that do not."""
    without = sum(mark.dose.depth_mm is None for mark in marks)
    return Tick(TickKey.DEPTH, not without, (str(without),) if without else ())
