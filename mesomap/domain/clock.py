"""The time of a record."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment in local time with its offset from UTC: what every record keeps."""
    return datetime.now(UTC).astimezone()
