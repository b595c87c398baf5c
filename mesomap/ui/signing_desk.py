"""Signing at the charting page: the button and the state in the bar, the dialogs, and what they ask the services."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton

from mesomap.domain.errors import MesoMapError
from mesomap.domain.person import Person, Role
from mesomap.domain.session import Session, SessionStatus
from mesomap.services.pin import checked_pin
from mesomap.services.practice import Practice
from mesomap.services.signing import Prepared, last_signature, may_sign, prepare, sign, signed_pdf
from mesomap.ui.controls.asked_role import asks
from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.trust.signed_words import state_words
from mesomap.ui.words import region_name

if TYPE_CHECKING:
    from mesomap.ui.background import BesideTheWindow
    from mesomap.ui.desk import Desk
    from mesomap.ui.guard import Guard
    from mesomap.ui.pages.charting import ChartingPage
    from mesomap.ui.same_place import OpenSession
    from mesomap.ui.trust.held_back import RolesShown
    from mesomap.ui.trust.sign_dialog import SignDialog, Signing

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class AroundSigning:
    """What signing needs of the window. say: a failure in one sentence."""

    desk: "Desk"
    beside: "BesideTheWindow"
    guard: "Guard"
    roles: "RolesShown"
    open_session: "OpenSession"
    say: Callable[[str], None]


class SigningDesk(QObject):
    """One open page. ask_file: where a PDF goes ("" = nowhere), for tests."""

    def __init__(self, page: "ChartingPage", around: AroundSigning) -> None:
        super().__init__(page)
        self._page, self._around = page, around
        self.ask_file: Callable[[str], str] = self._ask_file
        self.dialog: QDialog | None = None
        self.button = QPushButton()
        self.button.clicked.connect(self.act)
        self.history_button = IconButton("doc", self.tr("Signed versions"))
        self.history_button.clicked.connect(self.open_history)
        page.top.add_button(self.history_button)
        page.top.add_button(asks(self.button, Role.SIGN))
        for part in (page.tools_bar, page.dose):
            asks(part, Role.CHART)
        QShortcut(QKeySequence("Ctrl+Return"), page).activated.connect(self.act)
        self._show_state()

    @property
    def _session(self) -> Session:
        return self._page.model.service.session

    @property
    def _practice(self) -> Practice:
        return self._page.model.service.practice

    def _region(self, region_id: str) -> str:
        return region_name(self._page.model.atlas, region_id)

    # -- what is shown

    def _show_state(self) -> None:
        session = self._session
        signature = last_signature(self._practice, session.id)
        words, kind, icon = state_words(session, signature)
        if words:
            self._page.top.show_signed(words, kind, icon)
        may_be_signed = session.status.is_open
        self.button.setText(self.tr("Sign") if may_be_signed else self.tr("Amend"))
        self.button.setProperty("kind", "primary" if may_be_signed else "")
        self.button.setToolTip(self.tr("Finish and sign (Ctrl Enter)") if may_be_signed else "")
        self.button.setVisible(session.status is not SessionStatus.VOIDED)
        self.history_button.setVisible(signature is not None or session.status is SessionStatus.VOIDED)
        if not may_be_signed:
            self._close_tools()

    def _close_tools(self) -> None:
        """Nothing can be charted: tools rest, the one that measures stays, as it records nothing."""
        page = self._page
        page.top.hide_undo()
        page.tools_bar.setEnabled(False)
        page.dose.setEnabled(False)
        page.tools = dict.fromkeys(page.tools, page.tools["measure"])
        page.use_tool("measure")
        # The page suggests a tool once it is shown.
        QTimer.singleShot(0, page, lambda: page.use_tool("measure"))

    # -- acting

    def act(self) -> None:
        """Sign what is open; amend what is signed."""
        if self._around.guard.is_hidden:
            return
        if self._session.status.is_open:
            self.open_sign()
        elif self._session.status is not SessionStatus.VOIDED:
            self.open_amend()

    def open_sign(self) -> None:
        """What is open, and who signs."""
        from mesomap.services.completeness import ticks
        from mesomap.ui.trust.sign_dialog import SignDialog

        session = self._session
        if not self._practice.people.may(Role.SIGN):
            self._try(lambda: self._practice.people.require(Role.SIGN))
            return
        found = ticks(self._practice, session, self._page.model.marks)
        title = self.tr("Sign session {0}").format(session.number)
        dialog = SignDialog(title, found, may_sign(self._practice), self._region, self._page.window())
        missing = [dialog.tick_words(tick) for tick in found if not tick.done]
        dialog.asked.connect(lambda signing: self._sign(dialog, signing, missing))
        dialog.void_asked.connect(lambda: self._instead(dialog, self.open_void))
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        dialog.open()

    @staticmethod
    def _instead(dialog: QDialog, action: Callable[[], None]) -> None:
        dialog.reject()
        action()

    def _sign(self, dialog: "SignDialog", signing: "Signing", missing: list[str]) -> None:
        practice, session_id = self._practice, self._session.id
        try:
            person = signing.person or self._first_person(signing)
            prepared = prepare(practice, session_id, person, signing.pin, missing)
        except MesoMapError as error:
            dialog.show_error(error.sentence)
            return
        dialog.show_busy(True)
        self._around.beside.run(
            lambda _progress: self._paper(prepared),
            done=partial(self._paper_came, dialog, prepared),
            failed=partial(self._paper_failed, dialog),
        )

    def _first_person(self, signing: "Signing") -> Person:
        people = self._practice.people
        checked_pin(signing.pin)
        roles = tuple(Role) if not people.active() else (Role.CHART, Role.SIGN)
        person = people.add(signing.name, qualification=signing.qualification, roles=roles, pin=signing.pin)
        if people.current is None:
            people.take(person)
        return person

    def _paper(self, prepared: Prepared) -> bytes:
        """The chart as it will have been signed; in another thread."""
        from mesomap.printing.chart import pdf_bytes
        from mesomap.printing.options import PrintOptions
        from mesomap.printing.pages import ChartPages

        atlas, data = self._around.desk.chart_of(prepared.before.id)
        signed = replace(data, session=prepared.after, signature=prepared.signature)
        return pdf_bytes(ChartPages(atlas, signed, PrintOptions()))

    def _paper_failed(self, dialog: "SignDialog", error: Exception) -> None:
        if not isinstance(error, MesoMapError):
            raise error
        dialog.show_error(error.sentence)

    def _paper_came(self, dialog: "SignDialog", prepared: Prepared, pdf: bytes) -> None:
        try:
            session = sign(self._practice, prepared, pdf)
        except MesoMapError as error:
            dialog.show_error(error.sentence)
            return
        log.info("session %s signed, version %d", session.id, prepared.signature.version)
        dialog.accept()
        self._again(self.tr("Signed. Corrections are amendments from now on."))

    def _again(self, hint: str) -> None:
        """The page anew, as the session stands now; the same view stays."""
        self._around.open_session(self._session.id, view=self._page.model.view_key, hint=hint)

    def open_amend(self) -> None:
        """Ask why, then open the session again."""
        from mesomap.services.amending import amend
        from mesomap.ui.trust.reason_dialog import ReasonDialog

        dialog = ReasonDialog(
            self.tr("Amend session {0}").format(self._session.number),
            self.tr("What was signed is kept. The session opens again, and is signed once more when it is right."),
            self.tr("Amend"),
            self.tr("for example: a point was forgotten"),
            self._page.window(),
        )

        def confirmed(reason: str) -> None:
            try:
                amend(self._practice, self._session.id, reason)
            except MesoMapError as error:
                dialog.show_error(error.sentence)
                return
            dialog.accept()
            self._again(self.tr("Opened to be amended. Sign it again when it is right."))

        dialog.asked.connect(confirmed)
        self._open(dialog)

    def open_void(self) -> None:
        """Ask why, and on whom it should have been, then take the session out of use."""
        from mesomap.services.amending import void
        from mesomap.ui.trust.reason_dialog import VoidDialog

        practice = self._practice
        own = self._session.patient_id
        dialog = VoidDialog(
            self.tr("Void session {0}").format(self._session.number),
            self.tr("It stays visible with the reason and is counted nowhere. This cannot be taken back."),
            lambda text: [patient for patient in practice.find_patients(text) if patient.id != own],
            self._page.window(),
        )

        def confirmed(reason: str) -> None:
            if dialog.needs_patient():
                dialog.show_error(self.tr("Choose the right patient, or switch the copy off."))
                return
            right = dialog.right_patient
            try:
                copy = void(
                    practice, self._session.id, reason, right_patient=right.id if right else None,
                    atlas=self._page.model.atlas,
                )  # fmt: skip
            except MesoMapError as error:
                dialog.show_error(error.sentence)
                return
            dialog.accept()
            if copy is None:
                self._again(self.tr("Voided. It is counted nowhere."))
            else:
                self._around.open_session(copy.id)

        dialog.asked.connect(confirmed)
        self._open(dialog)

    def open_history(self) -> None:
        """Every signed version, its reason and what changed."""
        from mesomap.services.amending import amendments, versions
        from mesomap.ui.trust.history_dialog import HistoryDialog

        practice, session = self._practice, self._session
        try:
            found = versions(practice, session.id)
        except MesoMapError as error:
            self._around.say(error.sentence)
            return
        reasons = amendments(practice, session.id)
        dialog = HistoryDialog(session, found, reasons, self._page.model.atlas, self._region, self._page.window())
        self._around.roles.watch(dialog)
        dialog.view_asked.connect(partial(self._view_paper, dialog))
        dialog.save_asked.connect(self._save_pdf)
        dialog.amend_asked.connect(lambda: self._instead(dialog, self.open_amend))
        dialog.void_asked.connect(lambda: self._instead(dialog, self.open_void))
        dialog.other_asked.connect(lambda other: self._instead(dialog, partial(self._around.open_session, other)))
        self._open(dialog)

    def _view_paper(self, above: QDialog, version: int) -> None:
        """The paper as it was signed, from memory."""
        from mesomap.services.signed_paper import signed_paper
        from mesomap.ui.trust.paper_dialog import SignedPaperDialog

        try:
            paper = signed_paper(self._practice, self._session.id, version)
        except MesoMapError as error:
            self._around.say(error.sentence)
            return
        title = self.tr("Session {0}, version {1}").format(self._session.number, version)
        self.paper_dialog = SignedPaperDialog(title, paper, self._around.beside, above)
        self.paper_dialog.resize(self._page.window().size().shrunkBy(QMargins(30, 30, 30, 30)))
        self.paper_dialog.save_asked.connect(lambda: self._save_pdf(version))
        self.paper_dialog.hide_asked.connect(self._around.guard.hide)
        self.paper_dialog.finished.connect(self.paper_dialog.deleteLater)
        self.paper_dialog.open()

    def _save_pdf(self, version: int) -> None:
        from mesomap.storage.files import write_atomic

        moment = datetime.now().astimezone()
        chosen = self.ask_file(f"chart-{self._session.number}-signed-{version}-{moment:%Y%m%d}.pdf")
        if chosen:
            self._try(lambda: write_atomic(Path(chosen), signed_pdf(self._practice, self._session.id, version)))

    def _ask_file(self, name: str) -> str:
        return QFileDialog.getSaveFileName(self._page.window(), self.tr("Save PDF"), name, "PDF (*.pdf)")[0]

    def _try(self, action: Callable[[], object]) -> None:
        try:
            action()
        except MesoMapError as error:
            self._around.say(error.sentence)
