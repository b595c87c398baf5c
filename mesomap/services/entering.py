"""What every new entry gets: an id, the moment, and who enters it."""

from datetime import datetime
from typing import TypedDict
from uuid import UUID, uuid4

from mesomap.domain.clock import now
from mesomap.services.practitioners import Staffed, only_practitioner


class Entering(TypedDict):
    """Fields of Entry that are filled in, not asked."""

    id: UUID
    entered_at: datetime
    entered_by: str


def entering(practice: Staffed, *, at: datetime | None = None, by: str = "") -> Entering:
    """A new id, the moment (or at), and who enters: by, else who is at the computer, else the only practitioner."""
    who = practice.people.current or (only_practitioner(practice) if not by else None)
    return Entering(id=uuid4(), entered_at=at or now(), entered_by=by or (who.name if who is not None else ""))
