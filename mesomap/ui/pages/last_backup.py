"""At the foot of the patient list: when the last verified backup was made, and whether something is wrong with it."""

from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QSizePolicy

from mesomap.domain.clock import now
from mesomap.services.backup_state import BackupState, Worry, backup_state
from mesomap.ui.background import BesideTheWindow
from mesomap.ui.backups.words import ago
from mesomap.ui.desk import Desk
from mesomap.ui.icons import icon
from mesomap.ui.pages.patients import PatientsPage
from mesomap.ui.practice_look import PracticeLook
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import grown


class LastBackup(QObject):
    """A quiet line; amber, with a triangle and the reason, when something is wrong. asked: the backups are wanted."""

    asked = Signal()

    def __init__(self, page: PatientsPage, desk: Desk, beside: BesideTheWindow) -> None:
        super().__init__(page)
        self._look = PracticeLook(self, desk, beside)
        self.state = BackupState()
        self.line = QPushButton()
        self.line.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.line.setAutoDefault(False)
        self.line.hide()
        self.line.clicked.connect(self.asked)
        page.add_at_foot(self.line)
        theme.changed.connect(self._restyle)

    def refresh(self) -> None:
        """Look again, beside the window."""
        if not self._look.look(backup_state, self._show):
            self.line.hide()

    def _show(self, state: BackupState) -> None:
        self.state = state
        self.line.setText(self.words(state, now()))
        more = self.tr("Opens the backups.")
        self.line.setToolTip(f"{state.trouble}\n{more}" if state.trouble else more)
        self.line.setAccessibleName(self.line.text())
        self.line.setAccessibleDescription(self.line.toolTip())
        self._restyle()
        self.line.show()

    def words(self, state: BackupState, at: datetime) -> str:
        """The line in words."""
        if state.first is None and state.second is not None:
            words = self.tr("Last backup verified %1, in the second folder only")
            return words.replace("%1", ago(state.second, at))
        if state.first is None:
            failed, none = self.tr("No backup yet: the last attempt failed"), self.tr("No backup yet")
            return failed if state.trouble else none
        said = [self.tr("Last backup verified %1").replace("%1", ago(state.first, at))]
        if Worry.FUTURE in state.worries:
            said.append(self.tr("dated in the future: look at the clock"))
        if Worry.FAILED in state.worries:
            said.append(self.tr("the last attempt failed"))
        elif Worry.OLD in state.worries:
            said.append(self.tr("what came later is in no backup"))
        if state.second is not None:
            said.append(self.tr("second folder %1").replace("%1", ago(state.second, at)))
        elif state.second_wanted:
            said.append(self.tr("second folder not reached"))
        return "  ·  ".join(said)

    def _restyle(self) -> None:
        tokens = theme.tokens()
        worried = bool(self.state.worries)
        self.line.setIcon(icon("alert", tokens.amber) if worried else QIcon())
        colour = tokens.amber if worried else tokens.text2
        ground = f"background: {tokens.amber_bg};" if worried else "background: transparent;"
        edge = tokens.amber_line if worried else "transparent"
        self.line.setStyleSheet(
            f"QPushButton {{ color: {colour}; {ground} border: 1px solid {edge}; border-radius: 9px; min-height: 36px; "
            f"font-weight: 500; font-size: {grown(12)}px; padding: 0 10px; }}"
            f"QPushButton:hover {{ background: {tokens.hover}; }}"
            f"QPushButton:focus {{ border: 2px solid {tokens.text}; padding: 0 9px; }}"
        )
