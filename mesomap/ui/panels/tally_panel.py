"""Tally by region, live: points, mL, treated and covered cm², density, spacing; basis in words; totals."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from mesomap.atlas import Atlas
from mesomap.coverage.figures import RegionFigures, Tally
from mesomap.ui.panels.top_bar import plain_label
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font
from mesomap.ui.words import area, density, number, region_name, region_words, side_letter, tr, volume

_ROW_PX = 46
#: Of figures that are being worked out anew.
OLD_OPACITY = 0.45
#: Right edges of the number columns, as offsets from the right edge of a row.
_COLUMNS = (("pts", 164), ("mL", 124), ("cm²", 83), ("/cm²", 48), ("cover", 0))
_WIDTHS = (42, 40, 40, 36, 46)


class TallyModel(QAbstractListModel):
    """One row per region; the figures themselves are the user data."""

    def __init__(self, atlas: Atlas) -> None:
        super().__init__()
        self._atlas = atlas
        self._rows: Sequence[RegionFigures] = ()
        self.hot = ""
        self.old = False
        self.drawn: frozenset[str] = frozenset()

    def show(self, rows: Sequence[RegionFigures]) -> None:
        """Replace the rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Number of regions."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Sentence for screen readers and tooltips; figures as user data."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._sentence(row)
        return None

    def _sentence(self, row: RegionFigures) -> str:
        return tr(
            "{0}: {1} points, {2} mL, treated {3} cm², covered {4} cm², {5} points per cm². Tap for details"
        ).format(
            region_name(self._atlas, row.region_id),
            points_words(row, about=row.region_id in self.drawn),
            volume(row.volume_ml),
            area(row.treated_cm2),
            area(row.covered_cm2),
            density(row.density_per_cm2),
        )


def points_words(row: RegionFigures, *, about: bool) -> str:
    """Number of points; with ≈ where an area record says only about how many."""
    return f"≈{row.about_points}" if about else str(row.about_points)


def covered_share(row: RegionFigures) -> str:
    """Covered area as a share of the treated area."""
    if row.covered_cm2 is None or not row.treated_cm2:
        return "–"
    return f"{min(row.covered_cm2 / row.treated_cm2, 1.0) * 100:.0f} %"


class TallyDelegate(QStyledItemDelegate):
    """Paints a row: region with R or L, figures right aligned, spacing and covered area under them."""

    def __init__(self, atlas: Atlas, model: TallyModel) -> None:
        super().__init__()
        self._atlas, self._model = atlas, model

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Fixed height."""
        return QSize(option.rect.width(), _ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One region."""
        row: RegionFigures = index.data(Qt.ItemDataRole.UserRole)
        tokens = theme.tokens()
        box = QRectF(option.rect)
        painter.save()
        if row.region_id == self._model.hot:
            painter.fillRect(box, tokens.colour("sunken"))
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), tokens.colour("text"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(tokens.colour("text"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.setPen(tokens.colour("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        inner = box.adjusted(16, 4, -16, -5)
        upper = QRectF(inner.left(), inner.top(), inner.width(), 20)
        lower = QRectF(inner.left(), inner.top() + 19, inner.width(), 17)
        self._paint_name(painter, upper, row)
        painter.setOpacity(OLD_OPACITY if self._model.old else 1.0)
        figures = (
            points_words(row, about=row.region_id in self._model.drawn),
            volume(row.volume_ml),
            area(row.treated_cm2),
            density(row.density_per_cm2),
            covered_share(row),
        )
        painter.setPen(tokens.colour("text"))
        painter.setFont(font("control"))
        for text, (_, right), width in zip(figures, _COLUMNS, _WIDTHS, strict=True):
            cell = QRectF(upper.right() - right - width, upper.top(), width, upper.height())
            painter.drawText(cell, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        painter.setPen(tokens.colour("text3"))
        painter.setFont(font("small", 11.5))
        painter.drawText(lower, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "›")
        room = int(lower.width()) - 12
        words = painter.fontMetrics().elidedText(detail(row), Qt.TextElideMode.ElideRight, room)
        painter.drawText(lower, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()

    def _paint_name(self, painter: QPainter, line: QRectF, row: RegionFigures) -> None:
        name, side = region_words(self._atlas, row.region_id)
        letter = side_letter(side)
        room = line.width() - 208
        painter.setFont(font("control"))
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(room - (16 if letter else 0)))
        painter.setPen(theme.tokens().colour("text"))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        if letter:
            painter.setFont(font("strong"))
            after = line.adjusted(metrics.horizontalAdvance(shown) + 5, 0, 0, 0)
            painter.drawText(after, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, letter)


def detail(row: RegionFigures) -> str:
    """Second line of a row: spacing and covered area."""
    parts = []
    spacing = row.spacing_mm
    if row.has_pattern:
        parts.append(tr("pattern"))
    if spacing is not None:
        parts.append(tr("spacing {0} mm").format(number(spacing.median, 1)))
    if row.covered_cm2 is not None:
        parts.append(tr("covered {0} of {1} cm²").format(area(row.covered_cm2), area(row.region_cm2)))
    else:
        parts.append(tr("covered: no radius set"))
    return " · ".join(parts)


class ColumnHeads(QWidget):
    """Heads of the columns, aligned with the rows."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(30)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: object) -> None:
        """Region and the five heads."""
        painter = QPainter(self)
        painter.setPen(theme.tokens().colour("text2"))
        painter.setFont(font("small", 11.5))
        line = QRectF(16, 0, self.width() - 32, self.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, tr("Region"))
        for (name, right), width in zip(_COLUMNS, _WIDTHS, strict=True):
            cell = QRectF(line.right() - right - width, 0, width, self.height())
            painter.drawText(cell, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, tr(name))
        painter.setPen(theme.tokens().colour("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


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
        self._list.setMinimumHeight(_ROW_PX)
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
        self._empty = plain_label("small2", self.tr("No points yet. Tap the skin to place the first."))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._basis.setFixedHeight(58)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(ColumnHeads())
        column.addWidget(self._empty, 1)
        column.addWidget(self._list, 1)
        column.addWidget(self._basis)
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

    def show_old(self, old: bool) -> None:
        """Grey the figures while newer ones are being worked out."""
        self._model.old = old
        self._list.viewport().update()

    def show_tally(self, tally: Tally, hot: str, basis: str, drawn: frozenset[str]) -> None:
        """Figures of the session; hot is the region of the last mark, shown at the top of the view."""
        self._model.hot, self._model.drawn = hot, drawn
        self._model.show(tally.rows)
        self._list.setVisible(bool(tally.rows))
        self._empty.setVisible(not tally.rows)
        self._basis.setVisible(bool(tally.rows))
        self._basis.setText(basis)
        for number_, row in enumerate(tally.rows):
            if row.region_id == hot:
                self._list.scrollTo(self._model.index(number_))


class Totals(QWidget):
    """Points, volume, treated and covered area of the whole session."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(66)
        self._cells: list[tuple[str, str, str]] = []
        self._old = False
        theme.changed.connect(self.update)

    def show_old(self, old: bool) -> None:
        """Grey the figures while newer ones are being worked out."""
        self._old = old
        self.update()

    def show_tally(self, tally: Tally, drawn: frozenset[str]) -> None:
        """Totals of a tally."""
        total = tally.total
        self._cells = [
            (points_words(total, about=bool(drawn)), "", self.tr("points")),
            (volume(total.volume_ml), "mL", self.tr("total volume")),
            (area(total.treated_cm2), "cm²", self.tr("treated")),
            (area(total.covered_cm2), "cm²", self.tr("covered")),
        ]
        self.setAccessibleName(", ".join(f"{caption} {value} {unit}" for value, unit, caption in self._cells))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Figures with small units, captions under them."""
        super().paintEvent(event)
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setOpacity(OLD_OPACITY if self._old else 1.0)
        x = 16.0
        step = (self.width() - 28) / max(len(self._cells), 1)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        for value, unit, caption in self._cells:
            painter.setFont(font("figure"))
            painter.setPen(tokens.colour("text"))
            painter.drawText(QRectF(x, 8, step, 28), flags, value)
            after = x + painter.fontMetrics().horizontalAdvance(value) + 3
            painter.setFont(font("small"))
            painter.setPen(tokens.colour("text3"))
            painter.drawText(QRectF(after, 8, step, 26), flags, unit)
            painter.drawText(QRectF(x, 36, step, 18), flags, caption)
            x += step
