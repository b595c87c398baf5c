"""A charting service made before its session is known, so that what is built on it can be ready beforehand."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from mesomap.commands import Command
from mesomap.domain.change import Change
from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError
from mesomap.domain.patient import Patient
from mesomap.domain.session import Session
from mesomap.services.charting import ChartingService
from mesomap.services.practice import Practice
from mesomap.services.session_memory import SessionMemory

if TYPE_CHECKING:
    from mesomap.atlas import Atlas

_NOBODY = UUID(int=0)


class SessionToCome(ChartingService):
    """Holds nobody's empty session until load(), once, puts a real one in its place; nothing is recorded before.

    Listeners stay; whoever keeps something that hangs on the session (its scale, its patient) has to renew it.
    """

    def __init__(self, practice: Practice, atlas: "Atlas") -> None:
        self.practice, self.atlas = practice, atlas
        self.patient = Patient(id=_NOBODY, number="", family_name="", given_name="")
        self.session = Session(id=_NOBODY, patient_id=_NOBODY, number=0, started_at=now(), atlas=atlas.ref)
        self.mirror_live = False
        self._memory = SessionMemory(practice, _NOBODY)
        self._stack = self._stack_of(practice, _NOBODY)
        self._listeners = []
        self._tallier, self._radii = None, {}

    def load(self, session_id: UUID) -> None:
        """Take this session up.

        Raises NotFoundError, DamagedError; BadInputError: another body, or a session was taken up before.
        """
        if self.session.id != _NOBODY:
            raise BadInputError(f"Session {self.session.number} is being charted here. Open the other one by itself.")
        listeners = self._listeners
        super().__init__(self.practice, self.atlas, session_id)
        self._listeners = listeners

    def _run(self, command: Command, settings: Mapping[str, Any] | None = None) -> tuple[Change, ...]:
        if self.session.id == _NOBODY:
            raise BadInputError("No session is open yet; nothing was recorded.")
        return super()._run(command, settings)
