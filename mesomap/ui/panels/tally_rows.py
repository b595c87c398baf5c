"""The rows of the tally: a region with its figures, right and left beneath each other with twin bars."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from mesomap.atlas import Atlas
from mesomap.coverage.figures import RegionFigures
from mesomap.ui.short_regions import short_region_words
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import fitting_font, font, grown, text_scale
from mesomap.ui.words import area, density, number, region_name, region_words, side_letter, tr, volume

ROW_PX, LOW_ROW_PX = 46, 38
_HEADS_PX, _LOW_HEADS_PX = 30, 24
#: Of figures that are being worked out anew.
OLD_OPACITY = 0.45
#: From this width on there is room for depth and mixtures.
WIDE_PX = 430
#: Width of a number column, of the gap to the next, and of the two of a wide panel.
_NUMBER_PX = {"pts": 42, "mL": 40, "cm²": 40, "/cm²": 36, "cover": 44}
_WIDE_PX = {"mm": 54, "mixture": 46}
#: From this size of text on the density, which the sheet of the region tells too, gives way to the name.
_FEW_FROM = 1.5
#: Between a name and its first figure, px.
_NAME_GAP_PX = 6
#: Share of its size to which a long name of a region is drawn together before it is shortened.
_LEAST_NAME = 0.84
#: Height of a twin bar, and its length as a share of the row: under the name, not under the figures.
_BAR_PX, _BAR_SHARE = 3.0, 0.4


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures; right_px: its right edge, from the right edge of the row."""

    head: str
    width_px: int
    right_px: int


def columns(row_px: float) -> list[Column]:
    """The columns of a row this wide, from left to right."""
    widths = _NUMBER_PX | _WIDE_PX if row_px >= grown(WIDE_PX) else dict(_NUMBER_PX)
    if text_scale() >= _FEW_FROM and row_px < grown(WIDE_PX):
        del widths["/cm²"]
    found, right = [], 0
    for head, width in reversed(widths.items()):
        found.append(Column(head, grown(width), right))
        right += grown(width) + (2 if head == "cm²" else 3)
    return found[::-1]


def paired(atlas: Atlas, rows: Sequence[RegionFigures]) -> list[RegionFigures]:
    """The rows in order, but right and left of a region beneath each other, right first."""
    by_id = {row.region_id: row for row in rows}
    ordered: dict[str, RegionFigures] = {}
    for row in rows:
        region = atlas.region(row.region_id)
        other = atlas.mirror_region(row.region_id)
        for own in sorted({region.id, other.id}, key=lambda name: atlas.region(name).side != "right"):
            if own in by_id:
                ordered.setdefault(own, by_id[own])
    return list(ordered.values())


class TallyModel(QAbstractListModel):
    """One row per region; the figures themselves are the user data."""

    def __init__(self, atlas: Atlas) -> None:
        super().__init__()
        self._atlas = atlas
        self._rows: Sequence[RegionFigures] = ()
        self.hot = ""
        self.old = False
        self.row_px = grown(ROW_PX)
        self.drawn: frozenset[str] = frozenset()
        #: What of the plan is open, in words by region.
        self.plan: dict[str, str] = {}

    def show(self, rows: Sequence[RegionFigures]) -> None:
        """Replace the rows."""
        self.beginResetModel()
        self._rows = paired(self._atlas, rows)
        self.endResetModel()

    def row_of(self, region_id: str) -> int | None:
        """Row of a region, None when it is not listed."""
        return next((number_ for number_, row in enumerate(self._rows) if row.region_id == region_id), None)

    def share_of_pair(self, row: RegionFigures) -> float | None:
        """Points of the row as a share of those of the fuller side; None when the other side holds none."""
        other = self._atlas.mirror_region(row.region_id).id
        points = [found.about_points for found in self._rows if found.region_id == other != row.region_id]
        most = max([row.about_points, *points])
        return row.about_points / most if points and most else None

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
        sentence = tr(
            "{0}: {1} points, {2} mL, treated {3} cm², covered {4} cm², {5} points per cm². Tap for details"
        ).format(
            region_name(self._atlas, row.region_id),
            points_words(row, about=row.region_id in self.drawn),
            volume(row.volume_ml),
            area(row.treated_cm2),
            area(row.covered_cm2),
            density(row.density_per_cm2),
        )
        planned = self.plan.get(row.region_id, "")
        return f"{sentence}. {tr('Of the plan: {0}').format(planned)}" if planned else sentence

    def detail(self, row: RegionFigures) -> str:
        """Second line of a row: what of the plan is open comes first."""
        return " · ".join(part for part in (self.plan.get(row.region_id, ""), detail(row)) if part)


def points_words(row: RegionFigures, *, about: bool) -> str:
    """Number of points; with ≈ where an area record says only about how many, a dash where it says nothing."""
    if about and not row.about_points:
        return "–"
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
        return QSize(option.rect.width(), self._model.row_px)

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
        tight = box.height() < grown(ROW_PX)
        inner = box.adjusted(16, 1 if tight else 4, -16, -5)
        upper = QRectF(inner.left(), inner.top(), inner.width(), grown(19 if tight else 20))
        below = inner.top() + grown(17 if tight else 19)
        lower = QRectF(inner.left(), below, inner.width(), grown(16 if tight else 17))
        self._paint_name(painter, upper, row, columns(box.width())[0])
        painter.setOpacity(OLD_OPACITY if self._model.old else 1.0)
        self._paint_bar(painter, inner, row)
        painter.setPen(tokens.colour("text"))
        painter.setFont(font("control"))
        figures = self._figures(row)
        for column in columns(box.width()):
            text = figures[column.head]
            left = upper.right() - column.right_px - column.width_px
            cell = QRectF(left, upper.top(), column.width_px, upper.height())
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, column.width_px)
            painter.drawText(cell, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setPen(tokens.colour("text3"))
        painter.setFont(font("small", 11.5))
        painter.drawText(lower, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "›")
        room = int(lower.width()) - 12
        words = painter.fontMetrics().elidedText(self._model.detail(row), Qt.TextElideMode.ElideRight, room)
        painter.drawText(lower, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()

    def _figures(self, row: RegionFigures) -> dict[str, str]:
        """Figures by the heads of their columns."""
        return {
            "pts": points_words(row, about=row.region_id in self._model.drawn),
            "mL": volume(row.volume_ml),
            "cm²": area(row.treated_cm2),
            "/cm²": density(row.density_per_cm2),
            "cover": covered_share(row),
            "mm": depth_words(row),
            "mixture": " ".join(row.mixtures) or "–",
        }

    def _paint_bar(self, painter: QPainter, inner: QRectF, row: RegionFigures) -> None:
        """How many points this side has beside the other; at the foot of the row, so that twins can be compared."""
        share = self._model.share_of_pair(row)
        if share is None:
            return
        tokens = theme.tokens()
        line = QRectF(inner.left(), inner.bottom() + 1, inner.width() * _BAR_SHARE, _BAR_PX)
        painter.fillRect(line, tokens.colour("line"))
        painter.fillRect(QRectF(line.left(), line.top(), line.width() * share, line.height()), tokens.colour("text3"))

    def _paint_name(self, painter: QPainter, line: QRectF, row: RegionFigures, first: Column) -> None:
        name, side = region_words(self._atlas, row.region_id)
        letter = side_letter(side)
        painter.setFont(font("control"))
        # A figure that leaves room in its column leaves it to the name.
        figure = min(painter.fontMetrics().horizontalAdvance(self._figures(row)[first.head]), first.width_px)
        room = int(line.width() - first.right_px - figure - _NAME_GAP_PX - (16 if letter else 0))
        name, drawn = name_in(room, name, short_region_words(self._atlas, row.region_id))
        painter.setFont(drawn)
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.setPen(theme.tokens().colour("text"))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        if letter:
            painter.setFont(font("strong"))
            after = line.adjusted(metrics.horizontalAdvance(shown) + 5, 0, 0, 0)
            painter.drawText(after, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, letter)


def name_in(room: int, whole: str, short: str) -> tuple[str, QFont]:
    """The name and its font: whole, else drawn together, else the short name, else the short one to be cut."""
    for name in (whole, short):
        drawn = fitting_font("control", 13, name, room, _LEAST_NAME)
        # Drawn together only where that shows it whole: rows of two sizes, and cut, would be worse than cut.
        if QFontMetricsF(drawn).horizontalAdvance(name) <= room:
            return name, drawn
    return short, font("control")


def depth_words(row: RegionFigures) -> str:
    """Depth, or from the least to the greatest; a dash when none was recorded."""
    if not row.depths_mm:
        return "–"
    least, most = number(row.depths_mm[0], 1), number(row.depths_mm[-1], 1)
    return least if least == most else f"{least}–{most}"


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
    """Heads of the columns, aligned with the rows of a list, beside its scroll bar too."""

    def __init__(self, rows: QAbstractItemView) -> None:
        super().__init__()
        self._rows = rows
        self.tighten(False)
        rows.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self.update())
        theme.changed.connect(self.update)

    def tighten(self, low: bool) -> None:
        """Give the rows a little of its height."""
        self.setFixedHeight(grown(_LOW_HEADS_PX if low else _HEADS_PX))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Region and the heads of the figures."""
        painter = QPainter(self)
        painter.setPen(theme.tokens().colour("text2"))
        painter.setFont(font("small", 11.5))
        beside = self._rows.verticalScrollBar().maximum() > 0 and self._rows.isVisible()
        wide = self._rows.viewport().width() if beside else self.width()
        line = QRectF(16, 0, wide - 32, self.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, tr("Region"))
        for column in columns(wide):
            cell = QRectF(line.right() - column.right_px - column.width_px, 0, column.width_px, self.height())
            painter.drawText(cell, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, tr(column.head))
        painter.setPen(theme.tokens().colour("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
