"""Tally by region, live: points, mL, treated and covered cm², density, spacing; basis in words; totals."""

from PySide6.QtCore import QEvent, QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from mesomap.atlas import Atlas
from mesomap.coverage.figures import RegionFigures, Tally
from mesomap.ui.controls.labels import ElidedLabel, plain_label
from mesomap.ui.panels.tally_rows import (
    LOW_ROW_PX,
    OLD_OPACITY,
    ROW_PX,
    ColumnHeads,
    TallyDelegate,
    TallyModel,
    points_words,
)
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font, grown, text_scale
from mesomap.ui.words import area, volume

#: Heights of the figures of the totals and of their captions at 100 % of the text, px.
_FIGURE_PX, _CAPTION_PX = 28, 18
#: From this size of text on the caption of the volume is one word.
_SHORT_FROM = 1.5
#: Height of the basis of the figures, in full and in one line, at 100 % of the text, px.
_BASIS_PX, _SHORT_BASIS_PX = 58, 24


class TallyPanel(QWidget):
    """Rows by region, the basis of the figures in words, and the totals. A tap on a row asks for its details."""

    region_asked = Signal(str)

    def __init__(self, atlas: Atlas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = TallyModel(atlas)
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setItemDelegate(TallyDelegate(atlas, self._model))
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._list.setMinimumHeight(grown(ROW_PX))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setAccessibleName(self.tr("Tally by region"))
        self._list.setCursor(Qt.CursorShape.PointingHandCursor)
        # Enter activates, a tap clicks; where a tap does both, asking twice for the same is harmless.
        self._list.clicked.connect(self._ask)
        self._list.activated.connect(self._ask)
        self._basis = plain_label("small")
        self._basis.setWordWrap(True)
        self._basis.setContentsMargins(16, 4, 16, 6)
        self._empty = plain_label("small2", self.tr("The figures are being worked out…"))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._basis.setFixedHeight(grown(_BASIS_PX))
        self._short_basis = ElidedLabel("small", stretchy=True)
        self._short_basis.setFixedHeight(grown(_SHORT_BASIS_PX))
        short = QHBoxLayout()
        short.setContentsMargins(16, 0, 16, 0)
        short.addWidget(self._short_basis)
        self._compact = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._heads = ColumnHeads(self._list)
        column.addWidget(self._heads)
        column.addWidget(self._empty, 1)
        column.addWidget(self._list, 1)
        self._list.hide()
        column.addWidget(self._basis)
        column.addLayout(short)
        theme.changed.connect(self._list.viewport().update)

    def hasHeightForWidth(self) -> bool:
        """No: a wrapped line of words must not squeeze the fixed rows of the panel above."""
        return False

    def row_view(self) -> QListView:
        """The list of rows, for a hand that taps one."""
        return self._list

    def _ask(self, index: QModelIndex) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(row, RegionFigures):
            self.region_asked.emit(row.region_id)

    def sentence(self, row: int) -> str:
        """A row as read by a screen reader."""
        return str(self._model.data(self._model.index(row)))

    def rows_in(self, height_px: int, *, compact: bool) -> float:
        """How many rows show when the panel is so high."""
        basis = grown(_SHORT_BASIS_PX if compact else _BASIS_PX)
        return (height_px - self._heads.height() - basis) / grown(LOW_ROW_PX if compact else ROW_PX)

    def height_of(self, rows: int) -> int:
        """Height in which so many low rows show."""
        return self._heads.height() + grown(_SHORT_BASIS_PX) + rows * grown(LOW_ROW_PX)

    def compact(self, compact: bool) -> None:
        """In a low panel rows are lower and the basis takes one line, whole in its tooltip and on the sheets."""
        if compact == self._compact:
            return
        self._compact = compact
        self._model.row_px = grown(LOW_ROW_PX if compact else ROW_PX)
        self._model.layoutChanged.emit()
        self._show_basis()

    def tighten(self, low: bool) -> None:
        """In a low panel the heads of the columns give way a little."""
        self._heads.tighten(low)

    def _show_basis(self) -> None:
        some = self._model.rowCount() > 0
        self._basis.setVisible(some and not self._compact)
        self._short_basis.setVisible(some and self._compact)

    def show_old(self, old: bool) -> None:
        """Grey the figures while newer ones are being worked out."""
        self._model.old = old
        self._list.viewport().update()

    def shows_old(self) -> bool:
        """Whether the figures shown are those of before."""
        return self._model.old

    def share_of_pair(self, row: RegionFigures) -> float | None:
        """Points of a row as a share of those of the fuller side; None when the other side holds none."""
        return self._model.share_of_pair(row)

    def show_plan(self, words: dict[str, str]) -> None:
        """What of the plan is open, in words by region."""
        if words != self._model.plan:
            self._model.plan = words
            self._list.viewport().update()

    def show_tally(self, tally: Tally, hot: str, basis: str, drawn: frozenset[str]) -> None:
        """Figures of the session; hot is the region of the last mark, shown at the top of the view."""
        self._model.hot, self._model.drawn = hot, drawn
        self._model.show(tally.rows)
        self._list.setVisible(bool(tally.rows))
        self._empty.setText(self.tr("No points yet. Tap the skin to place the first."))
        self._empty.setVisible(not tally.rows)
        self._basis.setText(basis)
        self._short_basis.show_text(basis)
        self._short_basis.setToolTip(basis)
        self._show_basis()
        row = self._model.row_of(hot)
        if row is not None:
            self._list.scrollTo(self._model.index(row))


class Totals(QWidget):
    """Points, volume, treated and covered area of the whole session. A tap, or Enter, asks for all figures."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(20 + grown(_FIGURE_PX) + grown(_CAPTION_PX))
        self._cells: list[tuple[str, str, str]] = []
        self._old = self._hovered = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(self.tr("All figures of the session"))
        theme.changed.connect(self.update)

    def show_old(self, old: bool) -> None:
        """Grey the figures while newer ones are being worked out."""
        self._old = old
        self.update()

    def shows_old(self) -> bool:
        """Whether the figures shown are those of before."""
        return self._old

    def show_tally(self, tally: Tally, drawn: frozenset[str]) -> None:
        """Totals of a tally."""
        total = tally.total
        self._cells = [
            (points_words(total, about=bool(drawn)), "", self.tr("points")),
            (volume(total.volume_ml), "mL", self.tr("volume") if self._narrow() else self.tr("total volume")),
            (area(total.treated_cm2), "cm²", self.tr("treated")),
            (area(total.covered_cm2), "cm²", self.tr("covered")),
        ]
        self.setAccessibleName(", ".join(f"{caption} {value} {unit}" for value, unit, caption in self._cells))
        self.update()

    def _narrow(self) -> bool:
        """Whether the text is so large that the shorter caption is needed."""
        return text_scale() >= _SHORT_FROM

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A tap asks for all figures."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space ask for all figures."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.asked.emit()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Hover begins."""
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Hover ends."""
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Figures with small units, captions under them."""
        super().paintEvent(event)
        tokens = theme.tokens()
        painter = QPainter(self)
        if self._hovered:
            painter.fillRect(self.rect().adjusted(0, 1, 0, 0), tokens.colour("hover"))
        if self.hasFocus():
            painter.setPen(QPen(tokens.colour("text"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.setOpacity(OLD_OPACITY if self._old else 1.0)
        x, low = 16.0, 8.0 + grown(_FIGURE_PX)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        for (value, unit, caption), step in zip(self._cells, self.cell_widths(), strict=True):
            painter.setFont(font("figure"))
            painter.setPen(tokens.colour("text"))
            painter.drawText(QRectF(x, 8, step, low - 8), flags, value)
            after = x + painter.fontMetrics().horizontalAdvance(value) + 3
            painter.setFont(font("small"))
            painter.setPen(tokens.colour("text3"))
            painter.drawText(QRectF(after, 8, step, low - 10), flags, unit)
            room = int(step) - 6
            shown = painter.fontMetrics().elidedText(caption, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(x, low, step, grown(_CAPTION_PX)), flags, shown)
            x += step

    def least_widths(self) -> list[float]:
        """Width in px that each figure needs with its unit."""
        figure, small = QFontMetricsF(font("figure")), QFontMetricsF(font("small"))
        return [figure.horizontalAdvance(v) + 3 + small.horizontalAdvance(u) for v, u, _caption in self._cells]

    def cell_widths(self) -> list[float]:
        """Width of each cell: what figure and caption need and an even part of the rest; captions give way first, each
        by the same share of what it needs more than its figure.
        """
        small, room, least = QFontMetricsF(font("small")), self.width() - 28.0, self.least_widths()
        whole = [max(a, small.horizontalAdvance(c)) + 8 for a, (_v, _u, c) in zip(least, self._cells, strict=True)]
        more = sum(whole) - sum(least)
        if sum(least) < room < sum(whole) and more > 0:
            share = (room - sum(least)) / more
            return [a + share * (b - a) for a, b in zip(least, whole, strict=True)]
        wanted = whole if sum(whole) <= room else least
        spare = (room - sum(wanted)) / max(len(wanted), 1)
        return [width + spare for width in wanted]
