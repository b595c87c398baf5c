"""Width of the brush: a small card at the foot of the canvas while a density technique is brushed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mesomap.ui.canvas.foot_card import FootCard
from mesomap.ui.controls.buttons import IconButton


class BrushBar(FootCard):
    """Sends stepped(+1 or −1); shows the width."""

    stepped = Signal(int)

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
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

    def show_width(self, width_mm: float | None) -> None:
        """The width in patient mm; None hides the card."""
        self._say("" if width_mm is None else self.tr("Width {0} mm").format(f"{width_mm:g}"))
