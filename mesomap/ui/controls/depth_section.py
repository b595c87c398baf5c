"""A cut through the skin of the last region: layers from the thickness table, and the chosen depth to drag."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mesomap.domain.skin_layers import Thickness
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import fitting_font, font

DEEPEST_MM = 8.0
HEIGHT_PX = 118
#: The needle is drawn at this angle while none is entered.
_DRAWN_DEG = 42.0
_TICKS = (1, 2, 4, 6)
_AXIS_PX = 34
#: Where the tip of the needle is, as a share of the width: the names of the layers end before it.
_TIP_AT = 0.72
_COLOURS = {"light": ("#EAD5CA", "#F4E7DF", "#F6EBCB"), "dark": ("#5C4A41", "#443C38", "#4A4330")}


class DepthSection(QWidget):
    """Sends dragged(depth in mm) in steps of 0.1 mm. Without a thickness row it shows the depth alone."""

    dragged = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: Thickness | None = None
        self._place = ""
        self._depth_mm: float | None = None
        self._letter: str | None = None
        self._angle_deg: float | None = None
        self.setFixedHeight(HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.SizeVerCursor)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Takes what width there is."""
        return QSize(170, HEIGHT_PX)

    def show_skin(self, row: Thickness | None, place: str) -> None:
        """Layers of a region; place is its name."""
        self._row, self._place = row, place
        self.update()

    def place(self) -> str:
        """Name of the region shown, or nothing."""
        return self._place

    def show_depth(self, depth_mm: float | None, letter: str | None, angle_deg: float | None = None) -> None:
        """The chosen depth, the mixture whose drop is drawn there, and the angle of the needle when it is entered."""
        self._depth_mm, self._letter, self._angle_deg = depth_mm, letter, angle_deg
        self.setAccessibleName(self.tr("Depth {0} mm").format("–" if depth_mm is None else f"{depth_mm:.1f}"))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Depth under the pointer."""
        self._drag(event.position().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Depth under the pointer while a button is held."""
        if event.buttons():
            self._drag(event.position().y())

    def _drag(self, y: float) -> None:
        share = min(max((y - 8) / (self.height() - 16), 0.0), 1.0)
        self.dragged.emit(round(share * share * DEEPEST_MM, 1))

    def _y(self, depth_mm: float) -> float:
        """Height of a depth: square root, so that the thin epidermis stays visible."""
        return 8 + math.sqrt(min(depth_mm, DEEPEST_MM) / DEEPEST_MM) * (self.height() - 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Bands, axis, needle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0, 8, self.width() - _AXIS_PX, self.height() - 16)
        clip = QPainterPath()
        clip.addRoundedRect(box, 8, 8)
        painter.save()
        painter.setClipPath(clip)
        self._paint_bands(painter, box)
        painter.restore()
        self._paint_axis(painter, box)
        self._paint_needle(painter, box)

    def _paint_bands(self, painter: QPainter, box: QRectF) -> None:
        tokens = theme.tokens()
        epidermis, dermis, fat = (QColor(c) for c in _COLOURS["dark" if tokens.name == "dark" else "light"])
        row = self._row
        painter.setFont(font("small", 11.5))
        if row is None:
            painter.fillRect(box, tokens.colour("sunken"))
            painter.setPen(tokens.colour("text3"))
            words = self.tr("{0}: no thickness data").format(self._place) if self._place else self.tr("Skin layers")
            room = QRectF(box.left() + 8, box.top() + 4, box.width() * _TIP_AT - 18, box.height() - 8)
            flags = int(Qt.TextFlag.TextWordWrap)
            if painter.fontMetrics().boundingRect(room.toRect(), flags, words).height() > room.height():
                words = self.tr("No thickness data")
            painter.drawText(room, flags, words)
            return
        one = self._y(row.epidermis_mm)
        sure = self._y(row.epidermis_mm + row.dermis_min_mm)
        most = self._y(row.epidermis_mm + row.dermis_max_mm)
        painter.fillRect(box, fat)
        painter.fillRect(QRectF(box.left(), box.top(), box.width(), most - box.top()), dermis)
        painter.fillRect(QRectF(box.left(), box.top(), box.width(), one - box.top()), epidermis)
        line = tokens.colour("text3")
        line.setAlphaF(0.55)
        for y in range(round(sure) + 3, round(most), 5):
            painter.setPen(QPen(line, 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        here = self._y(self._depth_mm) if self._depth_mm is not None else -1.0
        for text, top, bottom in (
            (self.tr("Epidermis"), box.top(), one),
            (self.tr("Dermis"), one, sure),
            (self.tr("uncertain"), sure, most),
            (self.tr("Hypodermis"), most, box.bottom()),
        ):
            if bottom - top >= 14:
                cell = QRectF(box.left() + 6, top, box.width() * _TIP_AT - 14, bottom - top)
                role = "small_strong" if top <= here < bottom else "small"
                painter.setFont(fitting_font(role, 11.5, text, cell.width()))
                painter.setPen(tokens.colour("text" if top <= here < bottom else "text2"))
                shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, math.ceil(cell.width()))
                painter.drawText(cell, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _paint_axis(self, painter: QPainter, box: QRectF) -> None:
        tokens = theme.tokens()
        painter.setPen(QPen(tokens.colour("text3"), 1))
        painter.drawLine(QPointF(box.right() + 4, box.top()), QPointF(box.right() + 4, box.bottom()))
        painter.setFont(font("small", 11.5))
        for tick in _TICKS:
            y = self._y(tick)
            painter.drawLine(QPointF(box.right() + 4, y), QPointF(box.right() + 9, y))
            cell = QRectF(box.right() + 11, y - 8, 24, 16)
            painter.drawText(cell, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(tick))

    def _paint_needle(self, painter: QPainter, box: QRectF) -> None:
        if self._depth_mm is None:
            return
        tokens = theme.tokens()
        y = self._y(self._depth_mm)
        tip = QPointF(box.left() + box.width() * _TIP_AT, y)
        painter.setPen(QPen(tokens.colour("text"), 1.2, Qt.PenStyle.DashLine))
        painter.drawLine(tip, QPointF(box.right(), y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.mixture(self._letter))
        painter.drawEllipse(tip, 8.0, 4.5)
        angle = math.radians(max(self._angle_deg if self._angle_deg is not None else _DRAWN_DEG, 6.0))
        # To the upper or the right edge, whichever the needle meets first; depths are not to scale, angles are.
        length = min((y + 2) / math.sin(angle), (self.width() - tip.x()) / max(math.cos(angle), 1e-6))
        butt = tip + QPointF(math.cos(angle), -math.sin(angle)) * length
        for colour, width in ((tokens.colour("text2"), 4.5), (tokens.colour("line"), 2.5)):
            pen = QPen(colour, width)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawLine(tip, butt)
        handle = QPointF(box.right() - 12, y)
        painter.setPen(QPen(tokens.colour("text"), 2))
        painter.setBrush(tokens.colour("panel"))
        painter.drawEllipse(handle, 8.0, 8.0)
        painter.setPen(QPen(tokens.colour("text"), 1.5))
        for sign in (-1, 1):
            top = handle + QPointF(0, 4.5 * sign)
            painter.drawLine(top, handle + QPointF(-2.5, 2.0 * sign))
            painter.drawLine(top, handle + QPointF(2.5, 2.0 * sign))
