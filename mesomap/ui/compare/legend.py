"""The legend of the differences with their counts."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from mesomap.coverage.visits import VisitMatch
from mesomap.domain.skin_layers import SkinLayer
from mesomap.domain.technique import SymbolFamily
from mesomap.render.differences import Fate, Fates, draw_fate_sign, fate_opacity
from mesomap.render.symbols import Style, draw_symbol
from mesomap.render.visit_areas import AreaOf, draw_area_of
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.toggle_chip import FlowLayout
from mesomap.ui.theme import theme

_HIGH_PX = 28


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


class AreaSign(QWidget):
    """A swatch of an area of the earlier or the later visit."""

    def __init__(self, which: AreaOf) -> None:
        super().__init__()
        self._which = which
        self.setFixedSize(QSize(34, 22))
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Edge and hatch as on the map, of no mixture."""
        painter = QPainter(self)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 4, 4)
        draw_area_of(painter, theme.tokens(), shape, self._which, None)


class DifferenceLegend(QWidget):
    """Repeated, moved, new, dropped, each with its count and its limit; how areas of each visit are drawn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = FlowLayout(self, gap_px=4)
        self._labels = {fate: plain_label("small2") for fate in (Fate.REPEATED, Fate.MOVED, Fate.NEW, Fate.DROPPED)}
        for fate, label in self._labels.items():
            row.addWidget(_pair(FateSign(fate), label))
        self._areas = {which: (AreaSign(which), plain_label("small2")) for which in AreaOf}
        self._swatches = [_pair(*parts) for parts in self._areas.values()]
        for swatch in self._swatches:
            row.addWidget(swatch)
        # As many lines as the width asks for; never less wide than one of its signs.
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

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

    def show_areas(self, numbers: tuple[int, int], shown: tuple[bool, bool]) -> None:
        """Swatches of the visits that have areas."""
        rows = zip(self._swatches, self._areas.values(), numbers, shown, strict=True)
        for swatch, (_sign, label), number, there in rows:
            swatch.setVisible(there)
            label.setText(self.tr("Area, visit {0}").format(number))


def _pair(sign: QWidget, label: QWidget) -> QWidget:
    """A sign and what it means, never apart."""
    both = QWidget()
    both.setMinimumHeight(_HIGH_PX)
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 12, 0)
    row.setSpacing(8)
    row.addWidget(sign)
    row.addWidget(label)
    return both
