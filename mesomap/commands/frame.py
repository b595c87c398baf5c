"""Command: what surrounds the injections of a session – why, when, where, by whom, with what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mesomap.commands.records import EditSession, check_text
from mesomap.domain.change import Change
from mesomap.domain.errors import BadInputError
from mesomap.domain.indication import indications
from mesomap.domain.marks import Mark
from mesomap.domain.session import Session


@dataclass(frozen=True, slots=True)
class EditFrame:
    """The frame of a session before and after. at: this moment, to refuse what has not happened yet.

    redated: marks before and after whose time of treatment follows the new start.
    """

    before: Session
    after: Session
    at: datetime
    redated: Sequence[tuple[Mark, Mark]] = ()
    name: str = "Edit frame"

    def changes(self) -> tuple[Change, ...]:
        """The edit, or nothing. Raises BadInputError: no draft, impossible times, unknown indication, text too long."""
        if not self.before.status.is_open:
            raise BadInputError(f"Session {self.before.number} is no draft any more. What surrounds it stays.")
        frame = self.after.frame
        check_times(self.after.started_at, frame.ended_at, self.at)
        for key in frame.indication_keys:
            if key not in indications():
                raise BadInputError(f"“{key[:60]}” is not an indication MesoMap knows.")
        if len(set(frame.indication_keys)) != len(frame.indication_keys):
            raise BadInputError("An indication is chosen twice.")
        for text in (frame.place, frame.qualification, frame.antisepsis, frame.anaesthesia, frame.reaction):
            check_text(text)
        edit = EditSession(self.before, self.after).changes()
        return (*edit, *(Change(before, after) for before, after in self.redated)) if edit else ()


def check_times(started_at: datetime, ended_at: datetime | None, at: datetime) -> None:
    """Refuse a start or end in the future, and an end before the start. Raises BadInputError."""
    if started_at > at:
        raise BadInputError("The start lies in the future. Enter when the treatment began.")
    if ended_at is not None and ended_at > at:
        raise BadInputError("The end lies in the future. Enter when the treatment ended.")
    if ended_at is not None and ended_at < started_at:
        raise BadInputError("The end lies before the start. Correct one of the two.")
