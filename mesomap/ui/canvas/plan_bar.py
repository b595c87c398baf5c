"""The plan at the foot of the canvas while its tool is chosen: how far it is, and what a tap means."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QWidget

from mesomap.ui.canvas.foot_card import FootCard
from mesomap.ui.controls.track import Track


class PlanBar(FootCard):
    """Sends mode_chosen("done" or "skip") and regions_asked; shows how far the plan is."""

    mode_chosen = Signal(str)
    regions_asked = Signal()

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self.track = Track()
        self.track.add("done", self.tr("Tap: done"), tip=self.tr("Holding a place means skipped"))
        self.track.add("skip", self.tr("Tap: skip"), tip=self.tr("Holding a place means done"))
        self.track.show_chosen("done")
        self.track.chosen.connect(self.mode_chosen)
        self.regions = QPushButton(self.tr("By region"))
        self.regions.setToolTip(self.tr("Confirm or skip region by region (A)"))
        self.regions.clicked.connect(self.regions_asked)
        self._controls = (self.track, self.regions)
        row = self._row = QHBoxLayout(self._card)
        row.setContentsMargins(14, 6, 7, 6)
        row.setSpacing(10)
        row.addWidget(self._words)
        row.addWidget(self._flow(*self._controls))

    def _arrange(self) -> None:
        """The controls beside the words, or below them where there is no room."""
        natural = sum(widget.sizeHint().width() + 8 for widget in self._controls if not widget.isHidden())
        beside = self._words.sizeHint().width() + natural + 40 <= self._room()
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        super()._arrange()

    def show_plan(self, words: str) -> None:
        """How far the plan is; no words hide the card."""
        self._say(words)
