"""Above the patient list: how many follow-ups are due, and the list of just those patients."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSizePolicy

from mesomap.domain.errors import MesoMapError
from mesomap.services import Practice
from mesomap.ui.background import BesideTheWindow
from mesomap.ui.controls.toggle_chip import ToggleChip
from mesomap.ui.desk import Desk
from mesomap.ui.pages.patients import PatientsPage
from mesomap.ui.patient_rows import PatientRows
from mesomap.ui.practice_look import PracticeLook


class DuePatients(QObject):
    """A chip beside the number of patients, there only while something is due; on = only those are listed."""

    def __init__(
        self, page: PatientsPage, desk: Desk, beside: BesideTheWindow, say: Callable[[str], None]
    ) -> None:
        super().__init__(page)
        self._page, self._desk, self._say = page, desk, say
        self._look = PracticeLook(self, desk, beside)
        self._due: dict[UUID, date] = {}
        self.chip = ToggleChip("")
        self.chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.chip.hide()
        self.chip.clicked.connect(self._switch)
        page.add_beside_count(self.chip)
        page.searched.connect(lambda _text: self.chip.setChecked(False))

    def refresh(self) -> None:
        """Look again what is due, beside the window: a large practice takes a moment."""
        self._look.look(_due, self._show)

    def due(self) -> dict[UUID, date]:
        """Patients with something due, and since when."""
        return dict(self._due)

    def _show(self, found: dict[UUID, date]) -> None:
        self._due = found
        count = len(found)
        words = self.tr("1 follow-up due") if count == 1 else self.tr("{0} follow-ups due").format(count)
        self.chip.show_words(words)
        self.chip.setChecked(False)
        self.chip.setVisible(bool(count))

    def _switch(self) -> None:
        practice = self._desk.practice
        if practice is None:
            return
        if not self.chip.isChecked():
            self._page.show_rows(self._desk.rows(self._page.search_text()))
            return
        try:
            patients = [practice.patient(one) for one in sorted(self._due, key=lambda one: self._due[one])]
        except MesoMapError as error:
            self._say(error.sentence)
            return
        self._page.show_rows(PatientRows(patients, practice.sessions))


def _due(practice: Practice) -> dict[UUID, date]:
    # Needed for this alone.
    from mesomap.services.follow_ups import due_by

    return due_by(practice, date.today())
