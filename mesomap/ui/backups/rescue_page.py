"""The page of a restore where no practice is open: choose and unlock, see what it changes, restore, open."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from mesomap.services.rescue import FoundBackup, Looked
from mesomap.ui.backups.rescue_choice import RescueChoice
from mesomap.ui.backups.rescue_preview import RescueLook
from mesomap.ui.backups.words import PROGRESS_SHEET, moment, stage_words
from mesomap.ui.controls.brand import Brand
from mesomap.ui.controls.card_page import card_page
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.tall_label import TallLabel
from mesomap.ui.typefaces import grown

_COLUMN_PX = 520


class RescuePage(QWidget):
    """Shows one step at a time and sends what is asked; nothing is done here.

    look_asked(path, secret), restore_asked, keys_asked, open_asked, stop_asked, left.
    """

    look_asked = Signal(object, str)
    restore_asked = Signal()
    keys_asked = Signal()
    open_asked = Signal()
    stop_asked = Signal()
    left = Signal()

    def __init__(self, home: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._home = home
        width = grown(_COLUMN_PX)
        self.title, self.why = plain_label("display"), TallLabel("small2", "", width)
        self.choice, self.look = RescueChoice(width), RescueLook(width)
        self.outcome, self.trouble = TallLabel("", "", width), TallLabel("error", "", width)
        self.stage = TallLabel("small2", "", width)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 100)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.setStyleSheet(PROGRESS_SHEET)
        self.back_button, self.stop_button = QPushButton(self.tr("Back")), QPushButton(self.tr("Stop"))
        self.second_button, self.go_button = QPushButton(self.tr("Restore the whole backup")), QPushButton()
        self.go_button.setProperty("kind", "primary")
        self.back_button.clicked.connect(self._back)
        self.stop_button.clicked.connect(self.stop_asked)
        self.second_button.clicked.connect(self.restore_asked)
        self.go_button.clicked.connect(self._go)
        self.choice.confirmed.connect(self._go)
        self._assemble(width)
        self._looked: Looked | None = None
        self._done = False
        self.show_choice()

    def _assemble(self, width: int) -> None:
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(width + 66)
        column = QVBoxLayout(card)
        column.setContentsMargins(32, 26, 32, 26)
        column.setSpacing(12)
        for widget in (Brand(), self.title, self.why, self.choice, self.look, self.outcome, self.trouble):
            column.addWidget(widget)
        column.addWidget(self.stage)
        column.addWidget(self.bar)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.back_button)
        buttons.addStretch(1)
        for button in (self.stop_button, self.second_button, self.go_button):
            buttons.addWidget(button)
        column.addLayout(buttons)
        card_page(self, card, self.tr("The practice lies in {0}").format(self._home), width + 66)

    # -- steps

    def show_choice(self) -> None:
        """Which backup."""
        self._looked = None
        self._show_step(
            self.tr("Restore a backup"),
            self.tr("Nothing is changed before you have seen what would be lost and what would come back."),
            self.choice,
        )
        self.go_button.setText(self.tr("Look at it"))
        self.go_button.setVisible(self.choice.chosen() is not None)

    def show_found(self, found: Sequence[FoundBackup], own: Path, nowhere: str) -> None:
        """Backups to choose from."""
        self.choice.show_found(found, own, nowhere)
        self.show_choice()
        self.focus_secret()

    def focus_secret(self) -> None:
        """What opens the backup can be typed at once; where there is none, the folder can be chosen."""
        chosen = self.choice.chosen() is not None
        (self.choice.secret.editor if chosen else self.choice.elsewhere).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_looked(self, looked: Looked) -> None:
        """What the restore would change."""
        self._looked = looked
        self.choice.forget()
        self.look.show_looked(looked)
        title = self.tr("Restore the backup of {0}?").format(moment(looked.opened.seen.made_at))
        self._show_step(title, "", self.look)
        keys_only = looked.preview.keys_only
        self.go_button.setText(self.tr("Put back the key file") if keys_only else self.tr("Restore"))
        self.second_button.setVisible(keys_only)
        self.back_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_done(self, sentence: str) -> None:
        """It is done; the practice can be opened."""
        self._done = True
        self.outcome.show_text(sentence)
        self._show_step(self.tr("The practice is back"), "", self.outcome)
        self.back_button.hide()
        self.go_button.setText(self.tr("Open the practice"))
        self.go_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_step(self, title: str, why: str, step: QWidget) -> None:
        self.title.setText(title)
        self.why.show_text(why)
        self.why.setVisible(bool(why))
        for each in (self.choice, self.look, self.outcome):
            each.setVisible(each is step)
        self.show_trouble("")
        self.back_button.show()
        self.second_button.hide()
        self.go_button.show()
        self.show_work(None)

    # -- work

    def show_work(self, stage: str | None, part: float = 0.0) -> None:
        """What is being done and how far it is; None = nothing."""
        working = stage is not None
        self.stage.show_text(stage_words(stage) if stage is not None else "")
        self.bar.setValue(round(part * 100))
        for widget in (self.stage, self.bar, self.stop_button):
            widget.setVisible(working)
        self.choice.setEnabled(not working)
        for button in (self.back_button, self.go_button, self.second_button):
            button.setEnabled(not working)

    def show_trouble(self, sentence: str) -> None:
        """A sentence above the buttons."""
        self.trouble.show_text(sentence)
        self.trouble.setVisible(bool(sentence))

    def _back(self) -> None:
        if self._looked is None:
            self.left.emit()
        else:
            self.show_choice()
            self.focus_secret()

    def _go(self) -> None:
        if not self.go_button.isEnabled():
            return
        if self._done:
            self.open_asked.emit()
        elif self._looked is not None:
            (self.keys_asked if self._looked.preview.keys_only else self.restore_asked).emit()
        else:
            chosen, typed = self.choice.chosen(), self.choice.typed()
            if chosen is None:
                return
            if not typed:
                self.choice.secret.show_error(self.tr("Type the passphrase or the recovery code."))
                return
            self.choice.secret.show_error("")
            self.choice.say("")
            self.look_asked.emit(chosen.seen.path, typed)
