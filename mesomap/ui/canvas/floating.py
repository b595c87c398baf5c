"""Controls that float on the canvas: title, overlays, zoom, hint."""

from PySide6.QtCore import QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mesomap.ui.announcing import announce
from mesomap.ui.canvas.card_shadow import CardShadow
from mesomap.ui.canvas.overlay_bar import OverlayBar, OverlayToggle
from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.controls.labels import ElidedLabel, plain_label
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font, grown

_EDGE_PX, _TOP_PX = 16, 14
_BESIDE_HINT_PX, _HINT_EDGES_PX = 150, 28
#: How long a hint stays, ms; a sentence of more letters than this takes longer to read.
_HINT_MS, _LETTER_MS, _SHORT_HINT = 4500, 50, 50
_HINT_FLAGS = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)


def floating_card(parent: QWidget) -> QFrame:
    """A card with a soft shadow."""
    card = QFrame(parent)
    card.setObjectName("card")
    card.setGraphicsEffect(CardShadow(card))
    return card


class Floating(QWidget):
    """Places its cards over the canvas; itself it is only the code that keeps them in their corners."""

    zoom_in = Signal()
    zoom_out = Signal()
    fit = Signal()
    overlay = Signal(str, bool)

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self.hide()
        self._canvas = canvas
        self._title_card = floating_card(canvas)
        self._name, self._count = ElidedLabel("strong"), plain_label("small2")
        self._view = ""
        title = QHBoxLayout(self._title_card)
        title.setContentsMargins(14, 10, 14, 10)
        title.setSpacing(8)
        title.addWidget(self._name)
        title.addWidget(self._count)
        self.overlays = OverlayBar(canvas, floating_card)
        self.overlays.toggled.connect(self.overlay)
        self._zoom_card = floating_card(canvas)
        column = QVBoxLayout(self._zoom_card)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self._percent = plain_label("strong", "100 %")
        self._percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._percent.setFixedHeight(grown(34))
        self._percent.setContentsMargins(4, 0, 4, 0)
        for widget, signal in (
            (IconButton("plus", self.tr("Zoom in (+)")), self.zoom_in),
            (self._percent, None),
            (IconButton("minus", self.tr("Zoom out (−)")), self.zoom_out),
            (IconButton("fit", self.tr("Whole view (0)")), self.fit),
        ):
            if isinstance(widget, IconButton) and signal is not None:
                widget.clicked.connect(signal)
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self._hint = Hint(canvas)

    def show_title(self, name: str, count: str) -> None:
        """View name and number of points in it."""
        same = name == self._view
        self._view = name
        self._count.setText(count)
        # After a tap only the figure changes, and seldom its width.
        if not same or self._title_card.sizeHint() != self._title_card.size():
            self.arrange()

    def title_card(self) -> QFrame:
        """The card with the name of the view."""
        return self._title_card

    def show_zoom(self, zoom: float) -> None:
        """Zoom in percent of the fitted view."""
        self._percent.setText(f"{zoom * 100:.0f} %")

    def show_overlays(self, overlays: dict[str, bool]) -> None:
        """Mark the overlays that are on."""
        self.overlays.show_overlays(overlays)

    def overlay_button(self, key: str) -> OverlayToggle:
        """The switch of an overlay."""
        return self.overlays.button(key)

    def hint(self, text: str) -> None:
        """A short sentence at the foot of the canvas for a few seconds."""
        self._hint.say(text)
        self.arrange()

    def hint_text(self) -> str:
        """The sentence shown now, or nothing."""
        return self._hint.text() if self._hint.isVisible() else ""

    def hint_height(self) -> int:
        """Height of the bar with the sentence, px."""
        return self._hint.height()

    def arrange(self) -> None:
        """Put every card in its corner."""
        width, height = self._canvas.width(), self._canvas.height()
        self._name.show_text(self._view)
        self._count.show()
        for card in (self._title_card, self._zoom_card):
            card.adjustSize()
        room = width - self._title_card.width() - 3 * _EDGE_PX
        self.overlays.arrange(width - _EDGE_PX, _TOP_PX, room)
        if self.overlays.wide_px() > room:
            # the strip counts the points, too
            self._count.hide()
            self._title_card.adjustSize()
            room = width - self._title_card.width() - 3 * _EDGE_PX
        if self.overlays.wide_px() > room:
            self._name.show_text(self._view, max(self._name.width() - self.overlays.wide_px() + room, 40))
            self._title_card.adjustSize()
        self._title_card.move(_EDGE_PX, _TOP_PX)
        self._zoom_card.move(width - self._zoom_card.width() - _EDGE_PX, height - self._zoom_card.height() - _EDGE_PX)
        self._hint.place(width, height)


class Hint(QWidget):
    """A dark bar with one sentence; it goes away by itself."""

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._away = QTimer(self, singleShot=True)
        self._away.timeout.connect(self.hide)
        self.hide()

    def text(self) -> str:
        """The sentence."""
        return self._text

    def say(self, text: str) -> None:
        """Show a sentence; nothing hides it."""
        self._text = text
        self.setAccessibleName(text)
        if text:
            announce(self, text)
        self.setVisible(bool(text))
        self._away.start(_HINT_MS + _LETTER_MS * max(0, len(text) - _SHORT_HINT))
        self.update()

    def place(self, width: int, height: int) -> None:
        """Middle of the canvas, at its foot, between scale bar and zoom; a long sentence takes more lines."""
        metrics = QFontMetrics(font("strong"))
        wide = min(metrics.horizontalAdvance(self._text) + 36, width - 2 * _BESIDE_HINT_PX)
        room = QRect(0, 0, wide - _HINT_EDGES_PX, height)
        high = max(metrics.boundingRect(room, _HINT_FLAGS, self._text).height() + 14, 38)
        # further lines go down first: the cards of the tools stand above
        top = min(height - 58, height - 10 - high)
        self.setGeometry((width - wide) // 2, top, wide, high)
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The bar."""
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.colour("text"))
        painter.drawRoundedRect(QRectF(self.rect()), 10, 10)
        painter.setPen(tokens.colour("onink"))
        painter.setFont(font("strong"))
        edge = _HINT_EDGES_PX // 2
        painter.drawText(self.rect().adjusted(edge, 0, -edge, 0), _HINT_FLAGS, self._text)
