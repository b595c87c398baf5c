"""Chips: mixture letter with name, saved state, allergy banner, letter tile."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mesomap.ui.controls.buttons import PaintedButton
from mesomap.ui.icons import draw_icon
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font


def draw_letter(painter: QPainter, box: QRectF, letter: str) -> None:
    """The coloured tile of a mixture letter."""
    tokens = theme.tokens()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.mixture(letter))
    painter.drawRoundedRect(box, box.width() * 0.28, box.width() * 0.28)
    painter.setPen(QColor(tokens.mixture_letter))
    painter.setFont(font("strong", box.width() * 0.54))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)


class MixtureChip(PaintedButton):
    """Letter tile and name of a mixture; chosen = 2 px ink ring. Without a name only the letter is shown."""

    def __init__(self, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.letter = letter
        self._name = self._warning = ""
        self.setCheckable(True)
        self.setFixedHeight(44)
        # A row of eight letters and a plus has to fit the narrowest panel.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_name("")

    def set_name(self, name: str) -> None:
        """Name in words, plain text."""
        self._name = name
        self.setAccessibleName(self.tr("Mixture {0} {1}").format(self.letter, name).strip())
        self.setToolTip("\n".join(words for words in (self.accessibleName(), self._warning) if words))
        self.setAccessibleDescription(self._warning)
        self.setMaximumWidth(168 if name else 44)
        self.updateGeometry()
        self.update()

    def warn(self, words: str) -> None:
        """A red triangle on the tile, and why in the tooltip; "" = none."""
        self._warning = words
        self.set_name(self._name)

    def sizeHint(self) -> QSize:
        """Square without a name, else up to 118 px."""
        if not self._name:
            return QSize(44, 44)
        return QSize(min(124, 46 + QFontMetrics(font("strong")).horizontalAdvance(self._name)), 44)

    def minimumSizeHint(self) -> QSize:
        """Never smaller than a target in a dense row."""
        return QSize(38, 44)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, tile, elided name."""
        tokens = theme.tokens()
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        self.paint_ground(painter, box, tokens.colour("panel"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        checked = self.isChecked()
        painter.setPen(QPen(tokens.colour("text" if checked else "line2"), 2 if checked else 1))
        painter.drawRoundedRect(box, self.radius, self.radius)
        narrow = self.width() <= 60 or not self._name
        left = (self.width() - 24) / 2 if narrow else 9
        draw_letter(painter, QRectF(left, (self.height() - 24) / 2, 24, 24), self.letter)
        if self._warning:
            draw_icon(painter, "alert", QRectF(left + 13, 3, 16, 16), tokens.colour("red"), 2.2)
        if not narrow:
            painter.setFont(font("small_strong" if checked else "small", 12.5))
            painter.setPen(tokens.colour("text" if checked else "text2"))
            room = QRectF(39, 0, self.width() - 46, self.height())
            text = painter.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, int(room.width()))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class StateChip(QWidget):
    """A small coloured label with an icon: green saved, amber caution, red error, grey neutral. Plain text
    only.
    """

    def __init__(self, kind: str = "green", icon_name: str = "check", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind, self._icon, self._text, self._more = kind, icon_name, "", ""
        self.setFixedHeight(30)
        theme.changed.connect(self.update)

    def show_text(self, text: str, more: str = "", *, kind: str | None = None, icon_name: str | None = None) -> None:
        """Text in bold and, behind it, more in normal weight; kind and icon may change with it."""
        self._text, self._more = text, more
        self._kind, self._icon = kind or self._kind, icon_name or self._icon
        self.setAccessibleName(f"{text} {more}".strip())
        self.setToolTip(self.accessibleName() if more else "")
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The text in bold."""
        return self._text

    def sizeHint(self) -> QSize:
        """As wide as the words."""
        width = QFontMetrics(font("strong")).horizontalAdvance(self._text)
        if self._more:
            width += 8 + QFontMetrics(font("control")).horizontalAdvance(self._more)
        return QSize(width + 46, self.height())

    def minimumSizeHint(self) -> QSize:
        """May shrink; the words are then elided."""
        return QSize(60, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, icon, words."""
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        neutral = self._kind == "grey"
        colour = tokens.colour("text2" if neutral else self._kind)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setBrush(tokens.colour("sunken" if neutral else f"{self._kind}_bg"))
        painter.setPen(QPen(tokens.colour("amber_line"), 1) if self._kind == "amber" else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box, 8, 8)
        draw_icon(painter, self._icon, QRectF(10, self.height() / 2 - 8, 16, 16), colour, 2.0)
        painter.setPen(colour)
        painter.setFont(font("strong"))
        room = self.width() - 42
        words = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(32, 0, room, self.height()), flags, words)
        used = painter.fontMetrics().horizontalAdvance(words)
        left = room - used - 8
        if self._more and left > 20:
            painter.setFont(font("control"))
            rest = painter.fontMetrics().elidedText(self._more, Qt.TextElideMode.ElideRight, left)
            painter.drawText(QRectF(32 + used + 8, 0, left, self.height()), flags, rest)
