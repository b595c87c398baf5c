"""The first start: practice, first practitioner, passphrase, recovery code, second place for backups. Two minutes."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from mesomap.domain.errors import MesoMapError
from mesomap.services.first_start import Setup
from mesomap.ui.controls.brand import Brand
from mesomap.ui.controls.card_page import card_page
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.tall_label import TallLabel
from mesomap.ui.pages.first_start_steps import (
    COLUMN_PX,
    BackupStep,
    PassphraseStep,
    PersonStep,
    PracticeStep,
    RecoveryStep,
    Step,
    empty_setup,
)

_CARD_PX = COLUMN_PX + 66


class FirstStart(QWidget):
    """Asks one step after the other.

    create_asked(Setup) when the practice is to be made: the window makes it and calls show_code(). code_kept when the
    code was typed back; finished(folder or "") at the end; restore_asked where a backup is there. ask_folder:
    chooses a folder ("" = none), for tests.
    """

    create_asked = Signal(object)
    code_kept = Signal()
    finished = Signal(str)
    restore_asked = Signal()

    def __init__(self, where: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.ask_folder: Callable[[str], str] = self._ask_folder
        self.ask_file: Callable[[str], str] = self._ask_file
        self._setup: Setup = empty_setup()
        self._head: tuple[str, ...] = ()
        self._code, self._only_code = "", False
        self.practice, self.person, self.passphrase = PracticeStep(), PersonStep(), PassphraseStep()
        self.recovery, self.backup = RecoveryStep(), BackupStep()
        self.steps: tuple[Step, ...] = (self.practice, self.person, self.passphrase, self.recovery, self.backup)
        self._count, self._title = plain_label("small"), plain_label("display")
        self._why, self._error = TallLabel("small2", "", COLUMN_PX), TallLabel("error", "", COLUMN_PX)
        self._shown = 0
        for step in self.steps:
            for editor in step.findChildren(QLineEdit):
                editor.returnPressed.connect(self.next)
        self._back, self._next = QPushButton(self.tr("Back")), QPushButton()
        self._next.setProperty("kind", "primary")
        self._back.clicked.connect(self.back)
        self._next.clicked.connect(self.next)
        self.restore_button = QPushButton(self.tr("Restore a backup instead…"))
        self.restore_button.setProperty("kind", "plain")
        self.restore_button.clicked.connect(self.restore_asked)
        self.recovery.save_asked.connect(self._save_code)
        self.recovery.print_asked.connect(self._print_code)
        self.backup.folder_asked.connect(self._choose_folder)
        self._assemble(where)
        self._show(self.practice)

    def _assemble(self, where: str) -> None:
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(_CARD_PX)
        column = QVBoxLayout(card)
        column.setContentsMargins(32, 26, 32, 26)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(Brand())
        head.addStretch(1)
        head.addWidget(self._count)
        column.addLayout(head)
        column.addWidget(self._title)
        column.addWidget(self._why)
        column.addSpacing(4)
        for step in self.steps:
            column.addWidget(step)
        column.addWidget(self._error)
        buttons = QHBoxLayout()
        buttons.addWidget(self._back)
        buttons.addWidget(self.restore_button)
        buttons.addStretch(1)
        buttons.addWidget(self._next)
        column.addLayout(buttons)
        card_page(self, card, self.tr("The records will lie in {0}").format(where) if where else "", _CARD_PX)

    # -- steps

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self.steps[self._shown]

    def _show(self, step: Step) -> None:
        index = self._shown = self.steps.index(step)
        for other in self.steps:
            other.setVisible(other is step)
        self._count.setText("" if self._only_code else f"{index + 1} / {len(self.steps)}")
        self._title.setText(step.title)
        self._why.show_text(step.why)
        self.show_error("")
        self._back.setVisible(step in (self.person, self.passphrase))
        self.restore_button.setVisible(step is self.practice)
        self.show_busy(False)
        first = step.findChild(QLineEdit)
        (first or self._next).setFocus(Qt.FocusReason.OtherFocusReason)

    def next(self) -> None:
        """Go on, when what was entered can be."""
        if not self._next.isEnabled():
            return
        step = self.step
        read = step.read(self._setup)
        if read is None:
            return
        self._setup = read
        if step is self.passphrase:
            self.show_busy(True)
            self.create_asked.emit(self._setup)
        elif step is self.recovery:
            self.code_kept.emit()
            if self._only_code:
                self.finished.emit("")
            else:
                self._show(self.backup)
        elif step is self.backup:
            self.finished.emit(self.backup.folder)
        else:
            self._show(self.steps[self.steps.index(step) + 1])

    def back(self) -> None:
        """To the step before."""
        if self._back.isVisible():
            self._show(self.steps[self.steps.index(self.step) - 1])

    def show_busy(self, busy: bool) -> None:
        """While the practice is made, the button says so."""
        last = self.step is self.backup
        word = self.tr("Done") if last else self.tr("Next")
        self._next.setText(self.tr("Setting up …") if busy else word)
        self._next.setEnabled(not busy)

    def show_error(self, sentence: str) -> None:
        """A sentence above the buttons."""
        self._error.show_text(sentence)
        self._error.setVisible(bool(sentence))
        self.show_busy(False)

    def show_code(self, code: str, head: tuple[str, ...] = (), *, only_code: bool = False) -> None:
        """The practice was made: its recovery code. only_code: it was made earlier, only the code is missing."""
        self._code, self._head, self._only_code = code, head, only_code
        self._setup = empty_setup()
        self.passphrase.forget()
        self.recovery.show_code(code)
        self._show(self.recovery)

    # -- the code on paper

    def _pdf(self) -> bytes:
        from mesomap.printing.recovery_sheet import recovery_pdf

        return recovery_pdf(self._code, self._head, datetime.now().astimezone())

    def _save_code(self) -> None:
        chosen = self.ask_file("MesoMap-recovery-code.pdf")
        if not chosen:
            return
        from mesomap.storage.files import write_atomic

        try:
            write_atomic(Path(chosen), self._pdf())
        except MesoMapError as error:
            self.show_error(error.sentence)
            return
        self.recovery.show_done(self.tr("Saved as {0}. Print it, and take the file off this computer.").format(chosen))

    def _print_code(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from mesomap.printing.recovery_sheet import print_recovery

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() != QPrintDialog.DialogCode.Accepted:
            return
        try:
            print_recovery(printer, self._code, self._head, datetime.now().astimezone())
        except MesoMapError as error:
            self.show_error(error.sentence)
            return
        self.recovery.show_done(self.tr("Sent to {0}.").format(printer.printerName()))

    def _choose_folder(self) -> None:
        chosen = self.ask_folder(self.tr("A folder on another disk"))
        if chosen:
            self.backup.show_folder(chosen)

    def _ask_folder(self, title: str) -> str:
        return QFileDialog.getExistingDirectory(self, title)

    def _ask_file(self, name: str) -> str:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        path = str(Path(folder) / name)
        chosen, _kind = QFileDialog.getSaveFileName(self, self.tr("Save as PDF"), path, "PDF (*.pdf)")
        return chosen
