"""Calibrates a screen once with a bank card: the outline is made as wide as the card that is held against it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QScreen
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from mesomap.ui.after.screen_size import (
    CARD_HIGH_MM,
    CARD_MM,
    LEAST,
    MOST,
    calibrated_px_per_mm,
    keep_px_per_mm,
    said_px_per_mm,
)
from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.controls.dialog_foot import dialog_foot
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.record_lines import wrapping
from mesomap.ui.theme import theme

_LEFT_PX, _TOP_PX = 24.0, 12.0


class CardOutline(QWidget):
    """The outline of a card; its right edge is dragged, or moved by the arrow keys."""

    changed = Signal()

    def __init__(self, px_per_mm: float) -> None:
        super().__init__()
        self._px_per_mm = px_per_mm
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setMinimumSize(QSize(560, 300))
        self.setAccessibleName(self.tr("Outline of the card: arrow keys make it wider and narrower"))

    @property
    def px_per_mm(self) -> float:
        """Pixels per millimetre that the outline stands for."""
        return self._px_per_mm

    def set_width_px(self, width: float) -> None:
        """Make the outline so wide."""
        widest = min(MOST * CARD_MM, self.width() - 2 * _LEFT_PX)
        self._px_per_mm = min(max(width, LEAST * CARD_MM), widest) / CARD_MM
        self.update()
        self.changed.emit()

    def step(self, by_px: float) -> None:
        """Wider or narrower."""
        self.set_width_px(self._px_per_mm * CARD_MM + by_px)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The right edge comes here."""
        self.set_width_px(event.position().x() - _LEFT_PX)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The right edge follows."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.set_width_px(event.position().x() - _LEFT_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A pixel, with Shift ten."""
        by = 10.0 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
        if event.key() == Qt.Key.Key_Left:
            self.step(-by)
        elif event.key() == Qt.Key.Key_Right:
            self.step(by)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The card."""
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = self._px_per_mm * CARD_MM
        box = QRectF(QPointF(_LEFT_PX, _TOP_PX), QPointF(_LEFT_PX + wide, _TOP_PX + self._px_per_mm * CARD_HIGH_MM))
        painter.setBrush(tokens.colour("panel"))
        painter.setPen(QPen(tokens.colour("text"), 2))
        painter.drawRoundedRect(box, 3.2 * self._px_per_mm, 3.2 * self._px_per_mm)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(tokens.colour("text3"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 11, 11)


class CalibrationDialog(QDialog):
    """Keeps what was measured for this screen when it is accepted."""

    def __init__(self, screen: QScreen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self.setWindowTitle(self.tr("Calibrate this screen"))
        self.outline = CardOutline(calibrated_px_per_mm(screen) or said_px_per_mm(screen))
        self.outline.changed.connect(self._show)
        self._figure = plain_label("small2")
        narrower, wider = IconButton("minus", self.tr("Narrower")), IconButton("plus", self.tr("Wider"))
        narrower.clicked.connect(lambda: self.outline.step(-1))
        wider.clicked.connect(lambda: self.outline.step(1))
        self.done_button = QPushButton(self.tr("It is as wide as the card"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(10)
        words = self.tr(
            "Hold a bank card against the screen, its left edge on the left edge of the outline. Drag the right edge "
            "until the outline is as wide as the card (85.6 mm)."
        )
        column.addWidget(wrapping("", words))
        column.addWidget(self.outline, 1)
        column.addLayout(dialog_foot(self, self.done_button, self._keep, narrower, wider, self._figure))
        self._show()

    def _show(self) -> None:
        self._figure.setText(self.tr("{0} px = 85.6 mm").format(f"{self.outline.px_per_mm * CARD_MM:.0f}"))

    def _keep(self) -> None:
        keep_px_per_mm(self._screen, self.outline.px_per_mm)
        self.accept()
