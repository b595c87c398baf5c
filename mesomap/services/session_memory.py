"""An open session in memory: its marks, its pain drawing and its plan, as the last commit left them."""

from typing import TypeVar
from uuid import UUID

from mesomap.domain.change import Change
from mesomap.domain.complaint import Complaint
from mesomap.domain.marks import AreaRecord, InjectionSet, Mark
from mesomap.domain.plan import PlannedMark
from mesomap.services.practice import Practice

_Part = TypeVar("_Part", Mark, Complaint, PlannedMark)


class SessionMemory:
    """What hangs on one session, by id, in the order in which it was recorded."""

    def __init__(self, practice: Practice, session_id: UUID) -> None:
        self._practice, self._session_id = practice, session_id
        self.marks: dict[UUID, Mark] = {mark.id: mark for mark in practice.marks(session_id)}
        self.complaints: dict[UUID, Complaint] = {}
        self.planned: dict[UUID, PlannedMark] = {}
        self._read_parts()

    def _read_parts(self) -> None:
        self.complaints = {found.id: found for found in self._practice.complaints(self._session_id)}
        self.planned = {found.id: found for found in self._practice.planned(self._session_id)}

    def read_after_replay(self, changes: tuple[Change, ...]) -> None:
        """A record that comes back takes its old place in the order of recording; the database knows it.

        Marks that stayed keep their identity: the tally recognises them by it. What only changed or went keeps its
        place, so nothing is read for it. Of the marks only the order is read: hundreds of taps would take long.
        """
        back = [change.after for change in changes if change.before is None]
        came = {record.id: record for record in back if isinstance(record, (InjectionSet, AreaRecord))}
        if came:
            held = self.marks | came
            self.marks = {mark_id: held[mark_id] for mark_id in self._practice.mark_ids(self._session_id)}
        if any(isinstance(record, (Complaint, PlannedMark)) for record in back):
            self._read_parts()

    def apply(self, change: Change) -> None:
        """Take a committed change into memory; changes of patients and sessions are not its business."""
        record = change.record
        if isinstance(record, Complaint):
            _settle(self.complaints, record, change)
        elif isinstance(record, PlannedMark):
            _settle(self.planned, record, change)
        elif isinstance(record, (InjectionSet, AreaRecord)):
            _settle(self.marks, record, change)


def _settle(held: dict[UUID, _Part], record: _Part, change: Change) -> None:
    if change.after is None:
        held.pop(record.id, None)
    else:
        held[record.id] = record
