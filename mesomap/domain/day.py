"""A day among moments."""

from datetime import date, datetime, time


def on_day(day: date | None, entered_at: datetime) -> datetime:
    """The moment that stands for a day when things are put in order: its beginning, in the zone of entry.

    When no day is known, the moment of entry.
    """
    return entered_at if day is None else datetime.combine(day, time(), tzinfo=entered_at.tzinfo)
