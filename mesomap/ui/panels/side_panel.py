"""The panel at the side: syringe above, tally below; with the largest text one of the two at a time, by tabs."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mesomap.ui.controls.track import Track
from mesomap.ui.panels.dose_panel import DosePanel, DoseScroll
from mesomap.ui.panels.tally_panel import TallyPanel, Totals
from mesomap.ui.typefaces import TABS_FROM, text_scale

#: Least width of the window → width of the panel, px, for text as designed and for larger text.
_WIDTHS = ((1800, 480), (1400, 360), (0, 344))
_WIDE_PX = 400


class SidePanel(QWidget):
    """Holds the parts; what they show is not its business."""

    def __init__(self, dose: DosePanel, tally: TallyPanel, totals: Totals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._syringe, self._tally, self._totals = DoseScroll(dose), tally, totals
        self._tabs: Track | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        if text_scale() >= TABS_FROM:
            self._tabs = Track(self)
            self._tabs.setFixedHeight(54)
            for key, word in (("syringe", self.tr("Syringe")), ("tally", self.tr("Tally"))):
                self._tabs.add(key, word).setAccessibleName(word)
            self._tabs.chosen.connect(self.show_part)
            tabs = QHBoxLayout()
            tabs.setContentsMargins(16, 10, 16, 0)
            tabs.addWidget(self._tabs)
            column.addLayout(tabs)
        column.addWidget(self._syringe, 1 if self._tabs is not None else 0)
        column.addWidget(tally, 1)
        column.addWidget(totals)
        if self._tabs is not None:
            self.show_part("syringe")

    def show_part(self, key: str) -> None:
        """With tabs: show "syringe" or "tally"; the totals stay."""
        if self._tabs is None:
            return
        self._tabs.show_chosen(key)
        self._syringe.setVisible(key == "syringe")
        self._tally.setVisible(key == "tally")

    def fit(self, window_width: int) -> None:
        """Take the width that a window of this width leaves for the panel."""
        width = next(panel for least, panel in _WIDTHS if window_width >= least)
        self.setFixedWidth(width if text_scale() == 1.0 else max(width, _WIDE_PX))
