"""The panel at the side: syringe above, tally below; with the largest text one of the two at a time, by tabs."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mesomap.ui.controls.track import Track
from mesomap.ui.panels.dose_panel import DosePanel, DoseScroll
from mesomap.ui.panels.tally_panel import TallyPanel, Totals
from mesomap.ui.typefaces import TABS_FROM, text_scale

#: Least width of the window → width of the panel, px, for text as designed and for larger text.
_WIDTHS = ((1800, 480), (1400, 360), (0, 344))
_WIDE_PX = 400
#: A panel lower than this draws its rows together, px.
_LOW_PX = 780
#: Rows of the tally for which the syringe panel gives way (in a low panel: more, as it is glanced at), and for which
#: the rows themselves get lower.
_LEAST_ROWS, _LEAST_IN_LOW, _EASY_ROWS = 3, 5, 4
#: Rows for which the syringe panel scrolls, and how much of it shows even so, px.
_FEWEST_ROWS, _LEAST_SYRINGE_PX = 2, 180
#: Margin above the tabs.
_TABS_MARGIN_PX = 10


class SidePanel(QWidget):
    """Holds the parts; what they show is not its business."""

    def __init__(self, dose: DosePanel, tally: TallyPanel, totals: Totals, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._dose, self._syringe, self._tally, self._totals = dose, DoseScroll(dose), tally, totals
        dose.installEventFilter(self)
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
            tabs.setContentsMargins(16, _TABS_MARGIN_PX, 16, 0)
            tabs.addWidget(self._tabs)
            column.addLayout(tabs)
        column.addWidget(self._syringe, 1 if self._tabs is not None else 0)
        column.addWidget(tally, 1)
        column.addWidget(totals)
        if self._tabs is not None:
            self.show_part("syringe")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height: another share for the tally."""
        super().resizeEvent(event)
        for part in (self._dose, self._tally):
            part.tighten(self.height() < _LOW_PX)
        self._share()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A row of the syringe panel came or went."""
        if watched is self._dose and event.type() == QEvent.Type.LayoutRequest:
            self._share()
        return super().eventFilter(watched, event)

    def _share(self) -> None:
        """Leave the tally its rows: the syringe gives way to them, then the cut through the skin; for two of them the
        panel of the syringe scrolls. Rows get lower before there are too few. With tabs each has the whole height.
        """
        heights = self._dose.heights()
        if self._tabs is not None:
            room = self.height() - self._tabs.height() - self._totals.height() - _TABS_MARGIN_PX
            self._dose.leave_out(
                next((level for level, needed in enumerate(heights) if needed <= room), len(heights) - 1)
            )
            self._tally.compact(self._tally.rows_in(room, compact=False) < _EASY_ROWS)
            return
        room = self.height() - self._totals.height()
        rows = [self._tally.rows_in(room - needed, compact=True) for needed in heights]
        least = _LEAST_IN_LOW if self.height() < _LOW_PX else _LEAST_ROWS
        # A syringe that nothing was drawn into says nothing: it is the first to go.
        wanted = [least if self._dose.head.is_drawn_up() else max(least, _LEAST_IN_LOW), *[least] * (len(rows) - 1)]
        enough = (n for n, (shown, need) in enumerate(zip(rows, wanted, strict=True)) if shown >= need)
        level = next(enough, len(rows) - 1)
        self._dose.leave_out(level)
        self._syringe.setMaximumHeight(max(_LEAST_SYRINGE_PX, room - self._tally.height_of(_FEWEST_ROWS)))
        self._tally.compact(self._tally.rows_in(room - heights[level], compact=False) < max(least, _EASY_ROWS))

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
