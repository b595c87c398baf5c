"""The main window: puts its parts together, tells each what it needs, and passes between the pages.

What is done is done by the desk and the session model. No part knows the window.
"""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QMainWindow, QMessageBox, QWidget

from mesomap.domain.patient import Patient
from mesomap.ui.background import BesideTheWindow, raise_again
from mesomap.ui.backups.clock import BackupClock
from mesomap.ui.controls.brand import app_icon
from mesomap.ui.desk import Desk
from mesomap.ui.guard import Guard
from mesomap.ui.opening import Opening
from mesomap.ui.pages.charting import ChartingPage
from mesomap.ui.pages.due_patients import DuePatients
from mesomap.ui.pages.last_backup import LastBackup
from mesomap.ui.pages.patients import PatientsPage
from mesomap.ui.pages.standing import attach_standing
from mesomap.ui.pages.unlock import UnlockPage
from mesomap.ui.record_pages import RecordPages, WaysOut
from mesomap.ui.region_sheets import RegionSheets
from mesomap.ui.restricted import RestrictedRecords
from mesomap.ui.same_place import way_to_record, way_to_session
from mesomap.ui.session_model import SessionModel
from mesomap.ui.signing_desk import AroundSigning, SigningDesk
from mesomap.ui.spare_page import SparePage
from mesomap.ui.sweeping import PAUSE_S, Sweeper
from mesomap.ui.theme import theme
from mesomap.ui.trust.held_back import RolesShown
from mesomap.ui.trust.notice_card import Notices
from mesomap.ui.window_pages import WindowPages

if TYPE_CHECKING:
    from mesomap.ui.dialogs.print_dialog import PrintDialog


class MainWindow(QMainWindow):
    """One window. Pages: what opens the practice, the patients, records of a patient or the practice, a session."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setWindowTitle("MesoMap")
        self.setWindowIcon(app_icon())
        self.setMinimumSize(1180, 700)
        self.resize(1440, 900)
        self.charting: ChartingPage | None = None
        self.print_dialog: PrintDialog | None = None
        self._way_back: Callable[[], None] | None = None
        self.beside = BesideTheWindow(self)
        self._pages = WindowPages()
        self.setCentralWidget(self._pages)
        self.spare = SparePage(desk, self._pages)
        self.roles = RolesShown(self, desk)
        self.sweeper = Sweeper(self, lambda: self.charting is not None and not self.guard.watch.is_idle(PAUSE_S))
        self.opening = Opening(self._pages, desk, self.beside)
        self.opening.opened.connect(self._after_opening)
        self.guard = Guard(self, self._pages, desk, self.beside, lambda: self.charting is not None)
        self.guard.lock_asked.connect(self.lock)
        self.guard.shown_again.connect(self._shown_again)
        self.restricted = RestrictedRecords(self, desk, self.say)
        self.records = RecordPages(self._pages, desk, self.roles, self.restricted, self._ways_out())
        self._make_list()
        self.backups = BackupClock(desk, self)
        self.backups.made.connect(lambda trouble: self.say(trouble) if trouble else None)
        self.backups.made.connect(lambda _trouble: self.last_backup.refresh())
        desk.taken.connect(self.guard.begin)
        desk.taken.connect(self.roles.refresh)
        desk.failed.connect(self.say)
        for keys, act in (
            ("Ctrl+L", self.guard.hide),
            ("Ctrl+Shift+L", self.lock),
            ("Ctrl+F", self._search),
            ("Ctrl+N", lambda: self.ask_new_patient("") if self._at(self.patients) else None),
            ("Ctrl+P", self.print_chart),
            ("F6", lambda: self._next_pane(1)),
            ("Shift+F6", lambda: self._next_pane(-1)),
        ):
            self._shortcut(keys, act)
        self.show_unlock()
        self.guard.begin()

    def _make_list(self) -> None:
        """Make the patient list, in the text size of the moment."""
        self.patients = PatientsPage()
        self._pages.addWidget(self.patients)
        self.patients.searched.connect(lambda text: self.patients.show_rows(self.desk.rows(text)))
        self.patients.searched.connect(self.spare.want)
        self.patients.new_patient.connect(self.ask_new_patient)
        self.patients.edit_patient.connect(self.ask_edit_patient)
        self.patients.new_session.connect(self.ask_new_session)
        self.patients.open_session.connect(self.open_session)
        self.patients.look_asked.connect(self.ask_look)
        self.patients.lock_asked.connect(self.guard.hide)
        self.due = DuePatients(self.patients, self.desk, self.beside, self.say)
        self.last_backup = LastBackup(self.patients, self.desk, self.beside)
        self.last_backup.asked.connect(lambda: self.records.open_practice("backups"))
        self.notices = Notices(self.patients.notice, self.desk)
        self.roles.watch(self.patients)
        self.patients.open_record.connect(self.records.open_patient)
        self.patients.practice_asked.connect(self.records.open_practice)

    def _ways_out(self) -> WaysOut:
        return WaysOut(
            to_patients=self.show_patients,
            open_session=self.open_session,
            new_session=self.ask_new_session,
            edit_patient=self.ask_edit_patient,
            look=self.ask_look,
            hide=self.guard.hide,
            lock=self.lock,
            say=self.say,
        )

    @property
    def unlock(self) -> UnlockPage:
        """The page that asks for the passphrase."""
        return self.opening.page

    def _shortcut(self, keys: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        # Keys do nothing to what is covered.
        shortcut.activated.connect(lambda: None if self.guard.is_hidden else act())

    def _next_pane(self, by: int) -> None:
        if self.charting is not None:
            self.charting.panes.step(by)
        else:
            self.focusNextPrevChild(by > 0)

    def _at(self, page: QWidget) -> bool:
        return self._pages.is_at(page)

    # -- pages

    def _shown_again(self) -> None:
        self.roles.refresh()
        if self.charting is not None:
            self.charting.model.figures.ask()

    def show_unlock(self) -> None:
        """Ask for what opens the practice."""
        self.opening.ask()
        self.setWindowTitle("MesoMap")

    def show_patients(self) -> None:
        """The patient list; an open session is left (everything in it is saved)."""
        self._close_session()
        self.records.close()
        if not self._at(self.patients):
            self.spare.drop()
        self.patients.show_demo(self.desk.demo)
        self.patients.show_notices(self.desk.notices())
        self.patients.show_rows(self.desk.rows(self.patients.search_text()))
        self._pages.setCurrentWidget(self.patients)
        self.patients.focus_search()
        self.due.refresh()
        self.last_backup.refresh()
        self.setWindowTitle("MesoMap")
        self.spare.want()
        self.sweeper.want()

    def open_session(self, session_id: UUID, *, view: str = "", hint: str = "") -> None:
        """Chart a session. view: key of the view that is shown, "" = the page chooses. hint: a sentence over it."""
        if self.restricted.holds_back_session(session_id, lambda: self.open_session(session_id, view=view, hint=hint)):
            return
        page = self.spare.take(session_id)
        if page is None:
            service = self.desk.charting(session_id)
            if service is None:
                return
            page = ChartingPage(SessionModel(service))
        self._close_session()
        self.records.close()
        self.sheets = RegionSheets(page.model, page)
        page.tally.region_asked.connect(self.sheets.open)
        page.totals.asked.connect(self.sheets.open_whole)
        page.left.connect(self.show_patients)
        page.top.look_asked.connect(self.ask_look)
        page.top.hide_asked.connect(self.guard.hide)
        page.top.print_asked.connect(self.print_chart)
        self.charting = page
        around = AroundSigning(self.desk, self.beside, self.guard, self.roles, self.open_session, self.say)
        self.signing = SigningDesk(page, around)
        self.restricted.show_on(page)
        self.roles.watch(page)
        attach_standing(
            page, self.desk, self.beside, lambda: self.charting is page, lambda: self._show_before(page)
        )
        self._pages.show_page(page)
        page.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setWindowTitle(f"MesoMap – {page.model.service.session.number}")
        if view:
            page.model.choose_view(view)
        if hint:
            # After what the page itself says about its tool.
            QTimer.singleShot(0, page, lambda: page.floating.hint(hint))

    def _show_before(self, page: ChartingPage) -> None:
        """Cautions and consents of the patient; the way back leads to the session."""
        session = page.model.service.session
        self.show_patients()
        self.records.open_patient(session.patient_id, "before", back=lambda: self.open_session(session.id))

    def _close_session(self) -> None:
        if self.print_dialog is not None:
            self.print_dialog.reject()
        if self.charting is not None:
            self.charting.model.figures.stop()
            self._pages.take_away(self.charting)
            self.charting = None

    # -- actions

    def _after_opening(self) -> None:
        """The patient list, or the page that was open when the practice was locked."""
        back, self._way_back = self._way_back, None
        self.show_patients()
        if back is not None:
            back()

    def _way_here(self) -> Callable[[], None] | None:
        """What opens the page again that is shown now; None at the patient list."""
        if self.charting is not None:
            return way_to_session(self.charting, self.open_session)
        return way_to_record(self.records)

    def lock(self) -> None:
        """Close the practice and ask for the passphrase; the page that was open comes back afterwards."""
        if self.desk.practice is None:
            return
        self._way_back = self._way_here()
        self.guard.drop()
        self._close_session()
        self.records.close()
        self.spare.drop()
        self.patients.show_rows([])
        self.desk.lock()
        self.sweeper.want()
        self.show_unlock()

    def ask_new_patient(self, name: str) -> None:
        """Form of a new patient; the new one is chosen in the list."""
        self._show_patient_form(name, None)

    def ask_edit_patient(self, patient_id: UUID) -> None:
        """Form of a known patient."""
        patient = self.desk.patient(patient_id)
        if patient is not None:
            self._show_patient_form("", patient)

    def _show_patient_form(self, name: str, patient: Patient | None) -> None:
        from mesomap.ui.dialogs.patient_dialog import PatientDialog

        dialog = PatientDialog(
            lambda entry: self.desk.save_patient(entry, patient),
            self,
            name=name,
            patient=patient,
            bodies=self.desk.bodies(),
            namesake=lambda entry: self.desk.namesake(entry, patient),
        )
        if dialog.exec() == QDialog.DialogCode.Accepted and dialog.saved is not None:
            if patient is None:
                self.patients.clear_search()
            self.show_patients()
            self.patients.choose(dialog.saved.id)

    def ask_new_session(self, patient_id: UUID) -> None:
        """Begin a session and chart it; what it is for is offered there."""
        session = self.desk.new_session(patient_id)
        if session is not None:
            self.open_session(session.id)

    def ask_look(self, button: QWidget) -> None:
        """Offer light and dark, and the size of the text, under the button that was tapped."""
        from mesomap.ui.dialogs.appearance import Appearance

        card = Appearance(self)
        card.theme_chosen.connect(theme.choose)
        card.text_scale_chosen.connect(lambda _scale: card.close())
        card.text_scale_chosen.connect(self.use_text_scale)
        card.open_under(button)

    def use_text_scale(self, scale: float) -> None:
        """Show every page in another text size; what is open stays open (everything in it is saved)."""
        back, at_unlock, old = self._way_here(), self._at(self.unlock), self.patients
        self._close_session()
        self.spare.drop()
        theme.choose_text_scale(scale)
        self.opening.renew()
        self._make_list()
        self._pages.take_away(old)
        if at_unlock:
            self.show_unlock()
            return
        self.show_patients()
        if back is not None:
            back()

    def print_chart(self) -> None:
        """Show the open session's chart as it will be printed; from there it goes to a printer or into a PDF."""
        if self.charting is None:
            return
        # Printing takes long to load and is needed for this alone: beside the window, the first time.
        self.beside.run(
            lambda _progress: import_module("mesomap.ui.chart_printing"),
            done=lambda _module: self._open_print_dialog(),
            failed=raise_again,
        )

    def _open_print_dialog(self) -> None:
        from mesomap.ui.chart_printing import open_print_dialog

        if self.charting is None or self.print_dialog is not None:
            return
        model = self.charting.model
        known = model.figures.for_chart().of
        self.print_dialog = open_print_dialog(self.desk, model.service.session, self.beside, self, self.say, known)
        if self.print_dialog is not None:
            self.print_dialog.finished.connect(self._print_dialog_closed)
            self.print_dialog.hide_asked.connect(self.guard.hide)

    def _print_dialog_closed(self) -> None:
        self.print_dialog = None

    def say(self, sentence: str) -> None:
        """A failure in one sentence: on the canvas when charting, else in a box."""
        if self.charting is not None:
            self.charting.floating.hint(sentence)
            return
        box = QMessageBox(self)
        box.setWindowTitle("MesoMap")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(sentence)
        box.exec()

    def _search(self) -> None:
        if self.desk.practice is not None:
            self.show_patients()
            self.patients.focus_search()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the practice with the window."""
        self.beside.finish()
        self._close_session()
        self.records.close()
        self.spare.drop()
        BesideTheWindow.finish_all()
        self.backups.at_close()
        self.desk.lock()
        super().closeEvent(event)
