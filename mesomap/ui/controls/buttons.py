"""Buttons that the style sheet cannot draw: icon buttons and the segments of a track."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from mesomap.ui.icons import draw_icon
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import fitting_font, font

#: Draws a picture centred in a box, in a colour.
PictureOf = Callable[[QPainter, QRectF, QColor], None]


class PaintedButton(QAbstractButton):
    """Base of all painted buttons: repaints on hover, focus and theme; shows a focus ring for the keyboard
    only.
    """

    radius = 11.0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._hovered = False
        theme.changed.connect(self.update)

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

    def paint_ground(self, painter: QPainter, box: QRectF, fill: QColor | None) -> None:
        """Fill, hover and pressed shade, and the focus ring."""
        tokens = theme.tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if fill is not None:
            painter.setBrush(fill)
            painter.drawRoundedRect(box, self.radius, self.radius)
        elif self._hovered and self.isEnabled():
            painter.setBrush(tokens.colour("hover"))
            painter.drawRoundedRect(box, self.radius, self.radius)
        if self.isDown():
            shade = tokens.colour("text")
            shade.setAlphaF(0.08)
            painter.setBrush(shade)
            painter.drawRoundedRect(box, self.radius, self.radius)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(tokens.colour("text3"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), self.radius - 1, self.radius - 1)


class IconButton(PaintedButton):
    """A 44 px square with an icon; its name is the tooltip and the accessible name."""

    def __init__(self, icon_name: str, name: str, parent: QWidget | None = None, *, size: int = 44) -> None:
        super().__init__(parent)
        self._icon = icon_name
        self._side = size
        self.setFixedSize(size, size)
        self.rename(name)

    def rename(self, name: str) -> None:
        """Change tooltip and accessible name."""
        self.setToolTip(name)
        self.setAccessibleName(name)

    def set_icon(self, icon_name: str) -> None:
        """Show another icon."""
        self._icon = icon_name
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Icon in the secondary text colour, 38 % when disabled."""
        painter = QPainter(self)
        self.paint_ground(painter, QRectF(self.rect()).adjusted(2, 2, -2, -2), None)
        painter.setOpacity(1.0 if self.isEnabled() else 0.38)
        middle = QRectF(0, 0, 22, 22)
        middle.moveCenter(QRectF(self.rect()).center())
        draw_icon(painter, self._icon, middle, theme.tokens().colour("text2"))


class SegmentButton(PaintedButton):
    """A segment of a track: picture above a word, or a word alone. Chosen: ring (values) or ink (tools)."""

    radius = 10.0

    def __init__(
        self, text: str, picture: PictureOf | None = None, *, ink: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._picture = picture
        self._ink = ink
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setMinimumSize(44, 44)

    def sizeHint(self) -> QSize:
        """Wide enough for the word."""
        return QSize(max(52, self.word_px() + 20), 60 if self._picture else 46)

    def word_px(self) -> int:
        """Width of the word as it is painted when chosen."""
        return QFontMetrics(font("small_strong", 11.5 if self._picture else 13)).horizontalAdvance(self.text())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, picture, word."""
        tokens = theme.tokens()
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        checked = self.isChecked()
        fill = tokens.colour("text") if checked and self._ink else tokens.colour("panel") if checked else None
        self.paint_ground(painter, box, fill)
        if checked and not self._ink:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(tokens.colour("text"), 2))
            painter.drawRoundedRect(box, self.radius, self.radius)
        painter.setOpacity(1.0 if self.isEnabled() else 0.38)
        colour = tokens.colour("onink") if checked and self._ink else tokens.colour("text" if checked else "text2")
        self._paint_content(painter, colour, checked)

    def _paint_content(self, painter: QPainter, colour: QColor, checked: bool) -> None:
        whole = QRectF(self.rect())
        role = "small_strong" if checked and not self._picture else "small"
        painter.setFont(font(role, 11.5 if self._picture else 13))
        painter.setPen(colour)
        if self._picture is None:
            room = int(whole.width()) - 6
            painter.setFont(fitting_font(role, 13, self.text(), room, 0.85))
            text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
            painter.drawText(whole, Qt.AlignmentFlag.AlignCenter, text)
            return
        lift = 23 if self.text() else 12
        self._picture(painter, QRectF(whole.center().x() - 12, whole.height() / 2 - lift, 24, 24), colour)
        line = QRectF(0, whole.height() / 2 + 5, whole.width(), 18)
        painter.setPen(colour)
        room = int(line.width()) - 6
        painter.setFont(fitting_font(role, 11.5, self.text(), room, 0.9))
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)


def icon_picture(name: str) -> PictureOf:
    """Picture function of an icon for SegmentButton."""

    def draw(painter: QPainter, box: QRectF, colour: QColor) -> None:
        draw_icon(painter, name, box.adjusted(1, 1, -1, -1), colour)

    return draw
