"""Width of the brush: a small card at the foot of the canvas while a density technique is brushed."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mesomap.ui.canvas.floating import floating_card
from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.panels.top_bar import plain_label

_FOOT_PX = 66


class BrushBar(QObject):
    """Sends stepped(+1 or −1); shows the width."""

    stepped = Signal(int)

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._card = floating_card(canvas)
        self._words = plain_label("strong")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setMinimumWidth(120)
        row = QHBoxLayout(self._card)
        row.setContentsMargins(4, 2, 4, 2)
        row.setSpacing(4)
        self.narrower = IconButton("minus", self.tr("Narrower brush (down arrow)"))
        self.wider = IconButton("plus", self.tr("Wider brush (up arrow)"))
        self.narrower.clicked.connect(lambda: self.stepped.emit(-1))
        self.wider.clicked.connect(lambda: self.stepped.emit(1))
        for widget in (self.narrower, self._words, self.wider):
            row.addWidget(widget)
        self._card.hide()
        canvas.installEventFilter(self)

    def show_width(self, width_mm: float | None) -> None:
        """The width in patient mm; None hides the card."""
        self._card.setVisible(width_mm is not None)
        if width_mm is not None:
            self._words.setText(self.tr("Width {0} mm").format(f"{width_mm:g}"))
        self._arrange()

    def words(self) -> str:
        """The width as shown; nothing while the card is hidden."""
        return self._words.text() if self._card.isVisible() else ""

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
