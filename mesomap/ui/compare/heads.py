"""Words over the maps: one visit, two on one map, or a stretch of the course."""

from collections.abc import Sequence

from mesomap.coverage import RegionFigures
from mesomap.domain.session import Session
from mesomap.services.change_cells import points_words, volume_words
from mesomap.ui.compare.shown import Mode
from mesomap.ui.words import day, tr, volume


def head_words(session: Session, total: RegionFigures) -> str:
    """Number, day, points and volume of a visit."""
    return tr("Visit {0} · {1} · {2} points · {3} mL").format(
        session.number, day(session.started_at.astimezone()), points_words(total), volume_words(total, volume)
    )


def map_heads(mode: Mode, sides: Sequence[tuple[Session, RegionFigures]], period: Sequence[Session]) -> tuple[str, str]:
    """The words over both maps. period: the visits that a map over time counts, by time."""
    first, second = (head_words(*side) for side in sides)
    if mode is Mode.OVER_TIME:
        ends = (period[0].number, period[-1].number) if period else tuple(session.number for session, _ in sides)
        second = tr("{0} to {1} · {2} visits").format(*ends, len(period))
    elif mode in (Mode.OVERLAY, Mode.DIFFERENCE):
        # One map shows both.
        parts = [(session.number, day(session.started_at.astimezone())) for session, _ in sides]
        second = tr("Visit {0} · {1} and visit {2} · {3}").format(*parts[0], *parts[1])
    return first, second
