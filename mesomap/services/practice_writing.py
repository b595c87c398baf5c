"""What an open practice writes: steps of records, settings, and the values that it remembers."""

import logging
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from mesomap.commands import Command
from mesomap.domain.change import Change, UndoStep
from mesomap.domain.errors import BadInputError
from mesomap.domain.person import Role
from mesomap.domain.technique import technique, techniques
from mesomap.services.patient_book import PatientBook
from mesomap.services.practice_entries import PracticeEntries, as_step
from mesomap.services.remembered import DOSE_PREFIX, RADIUS_PREFIX, Remembered
from mesomap.services.roles import role_of_setting
from mesomap.storage import SavedStep, StepAction

if TYPE_CHECKING:
    from mesomap.services.people import People
    from mesomap.storage import Database

_log = logging.getLogger(__name__)


class PracticeWriting(PracticeEntries):
    """The part of Practice that writes, and that knows who may."""

    def __init__(self, database: "Database") -> None:
        super().__init__(database)
        self._book: PatientBook | None = None
        self._radii: dict[str, float | None] | None = None
        #: Read once, as every gesture compares with them.
        self._doses: dict[str, Remembered | None] = {}

    @cached_property
    def people(self) -> "People":
        """Who works here, who is at the computer, and what they may do."""
        from mesomap.services.people import People

        return People(self, self._database)

    def _patient_book(self) -> PatientBook:
        if self._book is None:
            self._book = PatientBook(self._database)
        return self._book

    def forget_book(self) -> None:
        """Patients were taken away past the commands: read them anew."""
        self._book = None

    # -- steps ------------------------------------------------------------------------------------

    def run(
        self,
        command: Command,
        session_id: UUID | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> tuple[SavedStep | None, tuple[Change, ...]]:
        """Run a command and commit its changes.

        SavedStep None = there was nothing to change. Raises typed errors.
        """
        changes = command.changes()
        if not changes:
            return None, ()
        self.people.allow(changes)
        entry = self._database.commit(as_step(command, changes, session_id), settings=settings)
        self.people.seen(changes)
        for key in settings or {}:
            self._doses.pop(key.removeprefix(DOSE_PREFIX), None)
        if self._book is not None:
            self._book.apply(changes)
        _log.info("step %d saved, session %s", entry.number, session_id)
        return entry, changes

    def history(self, session_id: UUID) -> tuple[SavedStep, ...]:
        """Steps of a session in order."""
        return self._database.steps(session_id)

    def replay(self, action: StepAction, step: int, name: str, session_id: UUID) -> tuple[Change, ...]:
        """Commit a step of the history backwards (UNDO) or again (REDO). Raises typed errors."""
        changes = self._database.changes_of(step)
        if action is StepAction.UNDO:
            changes = tuple(change.reversed() for change in changes)
        self.people.allow(changes)
        entry = self._database.commit(UndoStep(name, changes, session_id), action=action, undoes=step)
        if self._book is not None:
            self._book.apply(changes)
        _log.info("step %d saved (%s %d), session %s", entry.number, action.value, step, session_id)
        return changes

    # -- remembered --------------------------------------------------------------------------------

    def remembered(self, technique_key: str) -> Remembered | None:
        """Values last used with the technique, or None when it was never used: they are asked then."""
        if technique_key not in self._doses:
            self._doses[technique_key] = Remembered.from_setting(self._database.setting(DOSE_PREFIX + technique_key))
        return self._doses[technique_key]

    def used_techniques(self) -> tuple[str, ...]:
        """Keys of the techniques that were used before, in the order of the table."""
        used = self._database.settings(DOSE_PREFIX)
        return tuple(key for key in techniques() if key in used)

    def effect_radius_mm(self, technique_key: str) -> float | None:
        """Radius of effect in patient mm: the practice's own, else the shipped one; None = not set (a dash)."""
        own = self._database.setting(RADIUS_PREFIX + technique_key)
        return float(own) if own is not None else technique(technique_key).effect_radius_mm

    def effect_radii_mm(self) -> dict[str, float | None]:
        """Radius of effect of every technique in patient mm; read once, as every tap asks for them."""
        if self._radii is None:
            own = self._database.settings(RADIUS_PREFIX)
            self._radii = {
                key: known.effect_radius_mm if own.get(key) is None else float(own[key])
                for key, known in techniques().items()
            }
        return dict(self._radii)

    def set_effect_radius_mm(self, technique_key: str, radius_mm: float | None) -> None:
        """Set the practice's own radius, None = back to the shipped one. Raises BadInputError, NotFoundError."""
        technique(technique_key)
        self.people.require(Role.ADMINISTER)
        if radius_mm is not None and not 0.1 <= radius_mm <= 100.0:
            raise BadInputError(f"The radius {radius_mm:g} mm is not possible. Enter 0.1 to 100 mm.")
        self._database.note(f"radius of effect: {technique_key}", {RADIUS_PREFIX + technique_key: radius_mm})
        self._radii = None

    def setting(self, key: str) -> Any:
        """A value that the window keeps (theme, favourites …), or None."""
        return self._database.setting(f"window.{key}")

    def set_setting(self, key: str, value: Any) -> None:
        """Keep a value of the window (anything JSON holds). Raises NotWritableError, or BadInputError (the role)."""
        self.people.require(role_of_setting(key))
        self._database.set_setting(f"window.{key}", value)
