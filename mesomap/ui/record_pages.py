"""The patient's page and the practice's page in the window; loaded when first asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from mesomap.domain.errors import MesoMapError
from mesomap.ui.background import BesideTheWindow
from mesomap.ui.controls.allergy_chip import AllergyChip
from mesomap.ui.desk import Desk
from mesomap.ui.page_context import PageContext
from mesomap.ui.restricted import RestrictedRecords
from mesomap.ui.trust.held_back import RolesShown
from mesomap.ui.window_pages import WindowPages

if TYPE_CHECKING:
    from mesomap.ui.compare.page import ComparePage
    from mesomap.ui.pages.patient import PatientPage
    from mesomap.ui.pages.practice import PracticePage


@dataclass(frozen=True)
class WaysOut:
    """Where the pages lead, and what their bar does. say: a failure in one sentence. look: under this button."""

    to_patients: Callable[[], None]
    open_session: Callable[[UUID], None]
    new_session: Callable[[UUID], None]
    edit_patient: Callable[[UUID], None]
    look: Callable[[QWidget], None]
    hide: Callable[[], None]
    lock: Callable[[], None]
    say: Callable[[str], None]


class RecordPages(QObject):
    """At most one of the pages is open."""

    def __init__(
        self, pages: WindowPages, desk: Desk, roles: RolesShown, restricted: RestrictedRecords, ways: WaysOut
    ) -> None:
        super().__init__(pages)
        self._pages, self._desk, self._roles, self._restricted, self._ways = pages, desk, roles, restricted, ways
        self._page: PatientPage | PracticePage | ComparePage | None = None
        self._beside: BesideTheWindow | None = None

    @property
    def page(self) -> "PatientPage | PracticePage | ComparePage | None":
        """The page that is open."""
        return self._page

    def open_patient(self, patient_id: UUID, tab: str = "", back: Callable[[], None] | None = None) -> None:
        """Everything recorded of a patient, at a tab. back: where the way back leads, None = to the patient list."""
        from mesomap.ui.pages.patient import PatientPage

        if self._desk.patient(patient_id) is None:
            return
        if self._restricted.holds_back(patient_id, lambda: self.open_patient(patient_id, tab, back)):
            return
        try:
            page = PatientPage(self._context(patient_id), first=tab)
        except MesoMapError as error:
            self._ways.say(error.sentence)
            return
        page.edit_patient.connect(self._edit)
        chip = self._restricted.chip_of(patient_id)
        if chip is not None:
            page.bar.add_button(chip)
        page.compare_asked.connect(self.open_comparison)
        self._show(page, back)

    def open_practice(self, section: str = "") -> None:
        """The practice's own words and records, at a section."""
        from mesomap.ui.pages.practice import PracticePage

        try:
            page = PracticePage(self._context())
            if section:
                page.show_section(section)
        except MesoMapError as error:
            self._ways.say(error.sentence)
            return
        self._show(page)

    def open_comparison(self, patient_id: UUID) -> None:
        """The last two visits of a patient compared."""
        from mesomap.ui.compare.page import ComparePage

        try:
            page = ComparePage(self._context(patient_id))
        except MesoMapError as error:
            self._ways.say(error.sentence)
            return
        patient = self._desk.patient(patient_id)
        if patient is not None:
            allergies = AllergyChip()
            page.bar.add_notice(allergies)
            allergies.show_allergies(patient.allergies)
        self._show(page, lambda: self.open_patient(patient_id))

    def close(self) -> None:
        """Let the open page go."""
        if self._page is not None:
            self._pages.take_away(self._page)
        if self._beside is not None:
            self._beside.let_go()
            self._beside.deleteLater()
        self._page = self._beside = None

    def _context(self, patient_id: UUID | None = None) -> PageContext:
        if self._beside is None:
            self._beside = BesideTheWindow(self)
        return PageContext(
            desk=self._desk,
            beside=self._beside,
            say=self._ways.say,
            open_session=self._ways.open_session,
            new_session=self._ways.new_session,
            open_patient=self.open_patient,
            changed=self._changed,
            lock=self._ways.lock,
            patient_id=patient_id,
        )

    def _show(
        self, page: "PatientPage | PracticePage | ComparePage", back: Callable[[], None] | None = None
    ) -> None:
        old, self._page = self._page, page
        if old is not None:
            self._pages.take_away(old)
        page.bar.back.connect(back or self._ways.to_patients)
        page.bar.look_asked.connect(self._ways.look)
        page.bar.lock_asked.connect(self._ways.hide)
        self._roles.watch(page)
        self._pages.show_page(page)

    def _changed(self) -> None:
        from mesomap.ui.pages.patient import PatientPage

        if isinstance(self._page, PatientPage):
            self._page.show_head()

    def _edit(self, patient_id: UUID) -> None:
        self._ways.edit_patient(patient_id)
        self.open_patient(patient_id)
