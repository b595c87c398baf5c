"""Controls that float on the canvas: title, overlays, zoom, hint."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from mesomap.ui.controls.buttons import IconButton, PaintedButton
from mesomap.ui.panels.top_bar import plain_label
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font


def floating_card(parent: QWidget) -> QFrame:
    """A card with a soft shadow."""
    card = QFrame(parent)
    card.setObjectName("card")
    shadow = QGraphicsDropShadowEffect(card)
    shadow.setBlurRadius(18)
    shadow.setOffset(0, 3)
    colour = theme.tokens().colour("text")
    colour.setRgb(0, 0, 0, 26)
    shadow.setColor(colour)
    card.setGraphicsEffect(shadow)
    return card


class OverlayToggle(PaintedButton):
    """A word with a dot: filled when the overlay is on, a ring when off."""

    def __init__(self, text: str, tip: str) -> None:
        super().__init__()
        self.setText(text)
        self.setToolTip(tip)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFixedHeight(44)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Dot and word."""
        return QSize(QFontMetrics(font("control")).horizontalAdvance(self.text()) + 40, 44)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dot and word."""
        tokens = theme.tokens()
        painter = QPainter(self)
        self.paint_ground(painter, QRectF(self.rect()).adjusted(2, 2, -2, -2), None)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dot = QRectF(14, self.height() / 2 - 3.5, 7, 7)
        painter.setPen(QPen(tokens.colour("text"), 1.6))
        painter.setBrush(tokens.colour("text") if self.isChecked() else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(dot)
        painter.setPen(tokens.colour("text" if self.isChecked() else "text2"))
        painter.setFont(font("control"))
        words = QRectF(28, 0, self.width() - 30, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())


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
        self._name, self._count = plain_label("strong"), plain_label("small2")
        title = QHBoxLayout(self._title_card)
        title.setContentsMargins(14, 10, 14, 10)
        title.setSpacing(8)
        title.addWidget(self._name)
        title.addWidget(self._count)
        self._overlay_card = floating_card(canvas)
        overlays = QHBoxLayout(self._overlay_card)
        overlays.setContentsMargins(2, 0, 2, 0)
        overlays.setSpacing(0)
        self._toggles: dict[str, OverlayToggle] = {}
        for key, text, tip in (
            ("coverage", self.tr("Coverage"), self.tr("Footprints of the points on the skin (H)")),
            ("regions", self.tr("Regions"), self.tr("Borders of the regions (R)")),
            ("mirror", self.tr("Mirror live"), self.tr("Chart both sides at once (Shift X)")),
            ("numbers", self.tr("Numbers"), self.tr("Running numbers of the points (N)")),
            ("last_session", self.tr("Last session"), self.tr("Marks of the last session as grey rings (G)")),
        ):
            toggle = OverlayToggle(text, tip)
            toggle.clicked.connect(lambda checked, k=key: self.overlay.emit(k, checked))
            overlays.addWidget(toggle)
            self._toggles[key] = toggle
        self._zoom_card = floating_card(canvas)
        column = QVBoxLayout(self._zoom_card)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self._percent = plain_label("strong", "100 %")
        self._percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._percent.setFixedHeight(34)
        for widget, signal in (
            (IconButton("plus", self.tr("Zoom in (+)")), self.zoom_in),
            (self._percent, None),
            (IconButton("minus", self.tr("Zoom out (−)")), self.zoom_out),
            (IconButton("fit", self.tr("Whole view (0)")), self.fit),
        ):
            if isinstance(widget, IconButton) and signal is not None:
                widget.clicked.connect(signal)
            column.addWidget(widget)
        self._hint = Hint(canvas)

    def show_title(self, name: str, count: str) -> None:
        """View name and number of points in it."""
        self._name.setText(name)
        self._count.setText(count)
        self.arrange()

    def show_zoom(self, zoom: float) -> None:
        """Zoom in percent of the fitted view."""
        self._percent.setText(f"{zoom * 100:.0f} %")

    def show_overlays(self, overlays: dict[str, bool]) -> None:
        """Mark the overlays that are on."""
        for key, toggle in self._toggles.items():
            toggle.setChecked(overlays.get(key, False))

    def overlay_button(self, key: str) -> OverlayToggle:
        """The switch of an overlay."""
        return self._toggles[key]

    def hint(self, text: str) -> None:
        """A short sentence at the foot of the canvas for a few seconds."""
        self._hint.say(text)
        self.arrange()

    def hint_text(self) -> str:
        """The sentence shown now, or nothing."""
        return self._hint.text() if self._hint.isVisible() else ""

    def arrange(self) -> None:
        """Put every card in its corner."""
        width, height = self._canvas.width(), self._canvas.height()
        for card in (self._title_card, self._overlay_card, self._zoom_card):
            card.adjustSize()
        self._title_card.move(16, 14)
        self._overlay_card.move(width - self._overlay_card.width() - 16, 14)
        self._zoom_card.move(width - self._zoom_card.width() - 16, height - self._zoom_card.height() - 16)
        self._hint.place(width, height)


class Hint(QWidget):
    """A dark bar with one sentence; it goes away by itself."""

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._away = QTimer(self, singleShot=True, interval=4500)
        self._away.timeout.connect(self.hide)
        self.hide()

    def text(self) -> str:
        """The sentence."""
        return self._text

    def say(self, text: str) -> None:
        """Show a sentence; nothing hides it."""
        self._text = text
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self._away.start()
        self.update()

    def place(self, width: int, height: int) -> None:
        """Middle of the canvas, at its foot."""
        wide = min(QFontMetrics(font("strong")).horizontalAdvance(self._text) + 36, width - 200)
        self.setGeometry((width - wide) // 2, height - 58, wide, 38)
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
        words = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width() - 28)
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, words)
