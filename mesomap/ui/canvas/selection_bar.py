"""What can be done with the selection: a card at the foot of the canvas, only there while something is selected."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from mesomap.ui.canvas.foot_card import FootCard


class SelectionBar(FootCard):
    """Sends details_asked, dose_asked, technique_asked, copy_asked, erase_asked; shows how much is selected."""

    details_asked = Signal()
    dose_asked = Signal()
    technique_asked = Signal()
    erase_asked = Signal()
    copy_asked = Signal()

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._set = QPushButton()
        self._same = QPushButton(self.tr("Same technique"))
        self._erase = QPushButton(self.tr("Erase"))
        self._copy = QPushButton(self.tr("Copy"))
        self._copy.setToolTip(self.tr("Copy the selection, to paste it elsewhere or in another session (Ctrl C)"))
        self._details = QPushButton(self.tr("Details"))
        self._details.setProperty("kind", "primary")
        self._details.setToolTip(self.tr("Everything these marks carry, to read and to change (Enter)"))
        self._set.setToolTip(self.tr("Give the selection what the panel shows"))
        self._same.setToolTip(self.tr("Select every mark of this technique"))
        self._erase.setToolTip(self.tr("Take the selection away (Delete)"))
        self._dose = ""
        for button, signal in (
            (self._same, self.technique_asked),
            (self._copy, self.copy_asked),
            (self._erase, self.erase_asked),
            (self._set, self.dose_asked),
            (self._details, self.details_asked),
        ):
            button.clicked.connect(signal)
        buttons = self._flow(self._same, self._copy, self._erase, self._set, self._details)
        row = QHBoxLayout(self._card)
        row.setContentsMargins(14, 7, 7, 7)
        row.setSpacing(8)
        row.addWidget(self._words)
        row.addWidget(buttons)

    def show_selection(self, words: str, dose: str) -> None:
        """How much is selected, and what setting it to the panel would give; no words hide the card."""
        self._dose = dose
        self._set.setToolTip(self.tr("Give the selection what the panel shows: {0}").format(dose))
        self._say(words)

    def _room(self) -> int:
        """Beside the words."""
        return max(super()._room() - self._words.sizeHint().width() - 30, 260)

    def _arrange(self) -> None:
        """Where there is no room for the dose in words, the button says where it comes from."""
        self._set.setText(self.tr("Set to {0}").format(self._dose))
        buttons = (self._same, self._copy, self._erase, self._set, self._details)
        if sum(button.sizeHint().width() + 8 for button in buttons) > self._room():
            self._set.setText(self.tr("Set to panel"))
        super()._arrange()

    def button(self, key: str) -> QPushButton:
        """The button of "details", "set", "same", "copy" or "erase"."""
        return {
            "details": self._details,
            "set": self._set,
            "same": self._same,
            "copy": self._copy,
            "erase": self._erase,
        }[key]
