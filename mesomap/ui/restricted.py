"""Restricted records are used for a reason: it is asked once each time the practice is open, and recorded."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSizePolicy, QWidget

from mesomap.domain.errors import MesoMapError
from mesomap.services.practice import Practice
from mesomap.ui.controls.chips import StateChip

if TYPE_CHECKING:
    from mesomap.ui.desk import Desk
    from mesomap.ui.pages.charting import ChartingPage


class RestrictedRecords(QObject):
    """Knows for whom a reason was given since the practice was opened."""

    def __init__(self, window: QWidget, desk: "Desk", say: Callable[[str], None]) -> None:
        super().__init__(window)
        self._window, self._desk, self._say = window, desk, say
        self._practice: Practice | None = None
        self._given: set[UUID] = set()
        self.dialog: QObject | None = None

    def holds_back(self, patient_id: UUID, go: Callable[[], None]) -> bool:
        """True when a reason is asked for first; go() is called once it was given."""
        practice = self._desk.practice
        if practice is None:
            return False
        if practice is not self._practice:
            self._practice, self._given = practice, set()
        from mesomap.services.rights import restriction  # late: the window paints first

        try:
            entry = restriction(practice, patient_id)
        except MesoMapError as error:
            self._say(error.sentence)
            return True
        if entry is None or patient_id in self._given:
            return False
        self._ask(practice, patient_id, entry.reason, go)
        return True

    def holds_back_session(self, session_id: UUID, go: Callable[[], None]) -> bool:
        """As holds_back() for the patient of a session."""
        practice = self._desk.practice
        try:
            session = None if practice is None else practice.session(session_id)
        except MesoMapError:
            return False  # Opening it says what is wrong.
        if session is None:
            return False
        return self.holds_back(session.patient_id, go)

    def _ask(self, practice: Practice, patient_id: UUID, why: str, go: Callable[[], None]) -> None:
        from mesomap.services.rights import use_restricted
        from mesomap.ui.trust.reason_dialog import ReasonDialog

        words = self.tr("The use of these records is restricted: {0}. What you enter is kept with the records.")
        dialog = ReasonDialog(
            self.tr("Restricted records"), words.format(why), self.tr("Open"), "", self._window
        )

        def confirmed(reason: str) -> None:
            try:
                use_restricted(practice, patient_id, reason)
            except MesoMapError as error:
                dialog.show_error(error.sentence)
                return
            self._given.add(patient_id)
            dialog.accept()
            go()

        dialog.asked.connect(confirmed)
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def chip_of(self, patient_id: UUID) -> StateChip | None:
        """A chip that says so; None for a patient who is not restricted."""
        from mesomap.services.rights import restriction

        practice = self._desk.practice
        if practice is None or restriction(practice, patient_id) is None:
            return None
        chip = StateChip("amber", "shield")
        chip.show_text(self.tr("Restricted"))
        chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return chip

    def show_on(self, page: "ChartingPage") -> None:
        """A chip in the bar of a restricted patient."""
        chip = self.chip_of(page.model.service.patient.id)
        if chip is not None:
            page.top.add_button(chip)
