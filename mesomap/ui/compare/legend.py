"""The legend of the differences with their counts."""

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mesomap.coverage.visits import VisitMatch
from mesomap.domain.skin_layers import SkinLayer
from mesomap.domain.technique import SymbolFamily
from mesomap.render.differences import Fate, Fates, draw_fate_sign, fate_opacity
from mesomap.render.symbols import Style, draw_symbol
from mesomap.ui.panels.top_bar import plain_label
from mesomap.ui.theme import theme


class FateSign(QWidget):
    """The sign of one fate."""

    def __init__(self, fate: Fate) -> None:
        super().__init__()
        self._fate = fate
        self.setFixedSize(QSize(26, 26))
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A point of no mixture with its sign."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens, at = theme.tokens(), QPointF(13, 13)
        painter.setOpacity(fate_opacity(tokens, self._fate))
        draw_symbol(painter, Style(SymbolFamily.NAPPAGE, SkinLayer.DERMIS, None), tokens, at, 0.9)
        painter.setOpacity(1.0)
        draw_fate_sign(painter, tokens, at, 0.9, self._fate)


class DifferenceLegend(QWidget):
    """Repeated, moved, new, dropped, each with its count and its limit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._labels = {fate: plain_label("small2") for fate in (Fate.REPEATED, Fate.MOVED, Fate.NEW, Fate.DROPPED)}
        for fate, label in self._labels.items():
            row.addWidget(FateSign(fate))
            row.addWidget(label)
            row.addSpacing(14)
        row.addStretch(1)

    def show_counts(self, before: Fates, after: Fates, match: VisitMatch) -> None:
        """Counts of the two visits."""
        words = {
            Fate.REPEATED: self.tr("Repeated, within {0:g} mm: {1}").format(
                match.repeated_mm, before.count(Fate.REPEATED)
            ),
            Fate.MOVED: self.tr("Moved, {0:g}–{1:g} mm: {2}").format(
                match.repeated_mm, match.moved_mm, before.count(Fate.MOVED)
            ),
            Fate.NEW: self.tr("New: {0}").format(after.count(Fate.NEW)),
            Fate.DROPPED: self.tr("Dropped: {0}").format(before.count(Fate.DROPPED)),
        }
        for fate, label in self._labels.items():
            label.setText(words[fate])
