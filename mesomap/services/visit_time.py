"""When a session was entered, whether it was charted late, and to which moment its marks are dated."""

from datetime import datetime, timedelta

from mesomap.domain.session import Session

#: A record begun so much later than the treatment is charted late; before that it is the usual delay at the chair.
LATE_AFTER = timedelta(hours=1)


def entered_at(session: Session) -> datetime:
    """When the record was begun; when the treatment began where that is not recorded."""
    return session.frame.entered_at or session.started_at


def is_late(session: Session) -> bool:
    """Whether the session was charted afterwards: done at one time, entered at another."""
    return entered_at(session) - session.started_at > LATE_AFTER


def visit_moment(session: Session, at: datetime) -> datetime | None:
    """The moment that marks charted now are dated to when the visit is over: its end if known, else its start.

    None while the visit goes on: marks are then done when they are entered.
    """
    ended = session.frame.ended_at
    if ended is not None and ended < at:
        return session.started_at if is_late(session) else ended
    return session.started_at if is_late(session) else None
