"""What can be done with the selection: a card at the foot of the canvas, only there while something is selected."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from mesomap.ui.canvas.floating import floating_card
from mesomap.ui.panels.top_bar import plain_label

_FOOT_PX = 66


class SelectionBar(QObject):
    """Sends dose_asked, technique_asked, erase_asked; shows how much is selected."""

    dose_asked = Signal()
    technique_asked = Signal()
    erase_asked = Signal()

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._card = floating_card(canvas)
        self._words = plain_label("strong")
        self._set = QPushButton()
        self._same = QPushButton(self.tr("Same technique"))
        self._erase = QPushButton(self.tr("Erase"))
        self._set.setProperty("kind", "primary")
        self._set.setToolTip(self.tr("Give the selection what the panel shows (Enter)"))
        self._same.setToolTip(self.tr("Select every mark of this technique"))
        self._erase.setToolTip(self.tr("Take the selection away (Delete)"))
        row = QHBoxLayout(self._card)
        row.setContentsMargins(14, 7, 7, 7)
        row.setSpacing(8)
        row.addWidget(self._words)
        for button, signal in (
            (self._same, self.technique_asked),
            (self._erase, self.erase_asked),
            (self._set, self.dose_asked),
        ):
            button.clicked.connect(signal)
            row.addWidget(button)
        self._card.hide()
        canvas.installEventFilter(self)

    def show_selection(self, words: str, dose: str) -> None:
        """How much is selected, and what setting it to the panel would give; no words hide the card."""
        self._card.setVisible(bool(words))
        self._words.setText(words)
        self._set.setText(self.tr("Set to {0}").format(dose))
        self._arrange()

    def words(self) -> str:
        """How much is selected, as shown; nothing while the card is hidden."""
        return self._words.text() if self._card.isVisible() else ""

    def button(self, key: str) -> QPushButton:
        """The button of "set", "same" or "erase"."""
        return {"set": self._set, "same": self._same, "erase": self._erase}[key]

    def _arrange(self) -> None:
        self._card.adjustSize()
        width, height = self._card.width(), self._card.height()
        self._card.move((self._canvas.width() - width) // 2, self._canvas.height() - _FOOT_PX - height)
        self._card.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle of the foot."""
        if watched is self._canvas and event.type() == QEvent.Type.Resize:
            self._arrange()
        return super().eventFilter(watched, event)
