"""The patient's page and the practice's page in the window; loaded when first asked for."""

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from mesomap.domain.errors import MesoMapError
from mesomap.ui.background import BesideTheWindow
from mesomap.ui.controls.allergy_chip import AllergyChip
from mesomap.ui.pages.page_context import PageContext

if TYPE_CHECKING:
    from mesomap.ui.compare.page import ComparePage
    from mesomap.ui.main_window import MainWindow
    from mesomap.ui.pages.patient import PatientPage
    from mesomap.ui.pages.practice import PracticePage


class RecordPages(QObject):
    """At most one of the two pages is open."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._page: PatientPage | PracticePage | ComparePage | None = None
        self._beside: BesideTheWindow | None = None

    @property
    def page(self) -> "PatientPage | PracticePage | ComparePage | None":
        """The page that is open."""
        return self._page

    def open_patient(self, patient_id: UUID, tab: str = "") -> None:
        """Everything recorded of a patient, at a tab."""
        from mesomap.ui.pages.patient import PatientPage

        if self._window.desk.patient(patient_id) is None:
            return
        if self._window.restricted.holds_back(patient_id, lambda: self.open_patient(patient_id, tab)):
            return
        try:
            page = PatientPage(self._context(patient_id), first=tab)
        except MesoMapError as error:
            self._window.say(error.sentence)
            return
        page.edit_patient.connect(self._edit)
        chip = self._window.restricted.chip_of(patient_id)
        if chip is not None:
            page.bar.add_button(chip)
        page.compare_asked.connect(self.open_comparison)
        self._show(page)

    def open_practice(self, section: str = "") -> None:
        """The practice's own words and records, at a section."""
        from mesomap.ui.pages.practice import PracticePage

        try:
            page = PracticePage(self._context())
            if section:
                page.show_section(section)
        except MesoMapError as error:
            self._window.say(error.sentence)
            return
        self._show(page)

    def open_comparison(self, patient_id: UUID) -> None:
        """The last two visits of a patient compared."""
        from mesomap.ui.compare.page import ComparePage

        try:
            page = ComparePage(self._context(patient_id))
        except MesoMapError as error:
            self._window.say(error.sentence)
            return
        patient = self._window.desk.patient(patient_id)
        if patient is not None:
            allergies = AllergyChip()
            page.bar.add_notice(allergies)
            allergies.show_allergies(patient.allergies)
        self._show(page)
        page.bar.back.disconnect(self._window.show_patients)
        page.back.connect(lambda: self.open_patient(patient_id))

    def close(self) -> None:
        """Let the open page go."""
        if self._page is not None:
            self._window.take_away(self._page)
        if self._beside is not None:
            self._beside.let_go()
            self._beside.deleteLater()
        self._page = self._beside = None

    def _context(self, patient_id: UUID | None = None) -> PageContext:
        window = self._window
        if self._beside is None:
            self._beside = BesideTheWindow(window)
        return PageContext(
            desk=window.desk,
            beside=self._beside,
            say=window.say,
            open_session=window.open_session,
            new_session=window.ask_new_session,
            open_patient=self.open_patient,
            changed=self._changed,
            lock=window.lock,
            patient_id=patient_id,
        )

    def _show(self, page: "PatientPage | PracticePage | ComparePage") -> None:
        old, self._page = self._page, page
        if old is not None:
            self._window.take_away(old)
        page.bar.back.connect(self._window.show_patients)
        page.bar.look_asked.connect(self._window.ask_look)
        page.bar.lock_asked.connect(self._window.guard.hide)
        self._window.roles.watch(page)
        self._window.show_page(page)

    def _changed(self) -> None:
        from mesomap.ui.pages.patient import PatientPage

        if isinstance(self._page, PatientPage):
            self._page.show_head()

    def _edit(self, patient_id: UUID) -> None:
        self._window.ask_edit_patient(patient_id)
        self.open_patient(patient_id)
