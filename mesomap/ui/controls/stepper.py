"""A number with a minus and a plus large enough for gloves. Empty until a person enters a value."""

import math

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font, text_scale

_FIELD_STYLE = "border:0; background:transparent; padding:0; min-height:22px;"
_FIGURE_PX = 16
_LEAST_FIGURE_PX = 11
#: How much lower it is on low screens.
_TIGHT_BY_PX = 4


def _height_px() -> int:
    """Room for figure and caption in the present size of text."""
    return round(54 + 28 * (text_scale() - 1.0))


class EntryField(QLineEdit):
    """A field that keeps its Enter: it ends the entry and must not record what a tool previews."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes no farther."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


class NumberField(EntryField):
    """The editable figure of a stepper; Escape gives the old value back."""

    given_up = Signal()
    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The figure is to fit the new width."""
        super().resizeEvent(event)
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives the old value back."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
            return
        super().keyPressEvent(event)


class Stepper(QWidget):
    """Value in fixed steps with a unit and a caption. value None = not recorded yet, shown as a dash.

    clearable: an emptied field means "not recorded" (changed sends None); else the old value stays.
    """

    changed = Signal(object)
    entered = Signal()
    refused = Signal(str)

    def __init__(
        self,
        caption: str,
        unit: str,
        *,
        step: float,
        decimals: int,
        maximum: float,
        clearable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._clearable = clearable
        self._unit, self._step, self._decimals, self._maximum = unit, step, decimals, maximum
        self._caption = self._shown_caption = caption
        self._value: float | None = None
        self._wanted = False
        self._wrong = False
        self._figure_px = 0
        self.setMinimumHeight(_height_px())
        self._minus = IconButton("minus", self.tr("Less: {0}").format(caption))
        self._plus = IconButton("plus", self.tr("More: {0}").format(caption))
        for button, sign in ((self._minus, -1), (self._plus, 1)):
            button.setAutoRepeat(True)
            button.setAutoRepeatDelay(400)
            button.setAutoRepeatInterval(90)
            button.clicked.connect(lambda _checked=False, s=sign: self.nudge(s))
        self._field = NumberField()
        self._field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._field.setFont(font("figure", _FIGURE_PX))
        self._field.setAccessibleName(f"{caption}, {unit}")
        self._field.setStyleSheet(_FIELD_STYLE)
        # The field's own margins would cut the first figure off where the stepper is narrow.
        self._field.setTextMargins(-2, 0, -2, 0)
        self._field.editingFinished.connect(self._take_over)
        self._field.returnPressed.connect(self.entered)
        self._field.given_up.connect(self._give_up)
        self._field.resized.connect(self._fit)
        self._label = QLabel(caption)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setProperty("role", "small")
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # A longer caption must not widen the stepper.
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        middle = QVBoxLayout()
        middle.setContentsMargins(0, 5, 0, 5)
        middle.setSpacing(0)
        middle.addWidget(self._field)
        middle.addWidget(self._label)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        row.addWidget(self._minus)
        row.addLayout(middle, 1)
        row.addWidget(self._plus)
        theme.changed.connect(self.update)
        self._show()

    def sizeHint(self) -> QSize:
        """Room for two 44 px buttons and the figure."""
        return QSize(148, self.minimumHeight())

    def tighten(self, low: bool) -> None:
        """Take a little less height, for low screens."""
        self.setMinimumHeight(_height_px() - (_TIGHT_BY_PX if low else 0))
        self.updateGeometry()

    def value(self) -> float | None:
        """The value, or None while nothing was entered."""
        return self._value

    def field(self) -> QLineEdit:
        """The editable figure."""
        return self._field

    def set_value(self, value: float | None) -> None:
        """Show a value without sending changed."""
        self._value = value
        self._show()

    def set_caption(self, caption: str) -> None:
        """Another word under the figure; the field keeps the name it is known by."""
        self._shown_caption = caption
        self._fit()

    def set_wrong(self, sentence: str) -> None:
        """A red edge and the sentence for screen readers while what is entered cannot be; "" takes it away."""
        self._wrong = bool(sentence)
        self._field.setAccessibleDescription(sentence)
        self.update()

    def set_wanted(self, wanted: bool) -> None:
        """Ask for the value: an amber edge until one is entered."""
        self._wanted = wanted
        self.update()

    def nudge(self, steps: int) -> None:
        """One step up or down; from an empty field up gives the first step."""
        if self._value is None and steps < 0:
            return
        self._accept(round((self._value or 0.0) + steps * self._step, 6))

    def _accept(self, value: float) -> None:
        value = min(max(value, 0.0), self._maximum)
        if value != self._value:
            self._value = value
            self._show()
            self.changed.emit(value)
        else:
            self._show()

    def _take_over(self) -> None:
        text = self._field.text().replace(self._unit, "").replace("–", "").replace(",", ".").strip()
        if not text:
            self._emptied()
            return
        try:
            entered = float(text)
        except ValueError:
            entered = math.nan
        if 0 <= entered <= self._maximum:
            self._accept(entered)
            return
        self._show()
        sentence = self.tr("“{0}” is no {1} in {2}. Enter 0 to {3}; the old value stays.")
        self.refused.emit(sentence.format(text[:20], self._caption, self._unit, f"{self._maximum:g}"))

    def _emptied(self) -> None:
        cleared = self._clearable and self._value is not None
        if cleared:
            self._value = None
        self._show()
        if cleared:
            self.changed.emit(None)

    def _give_up(self) -> None:
        self._show()
        self.entered.emit()

    def _show(self) -> None:
        if self._value is None:
            self._field.setText("–")
        else:
            # Only the degree sign stands at the figure without a space.
            gap = "" if self._unit == "°" else " "
            self._field.setText(f"{self._shown(self._value)}{gap}{self._unit}")
        self._fit()
        self._minus.setEnabled(self._value is not None and self._value > 0)
        self.update()

    def _shown(self, value: float) -> str:
        """The value with its usual decimals, and up to two more where they would hide a digit (0.002 mL)."""
        for decimals in range(self._decimals, self._decimals + 3):
            if abs(round(value, decimals) - value) < 1e-9:
                break
        return f"{value:.{decimals}f}"

    def _fit(self) -> None:
        """The largest figure that is not cut off between the two buttons; a caption that is gets an ellipsis."""
        self._label.ensurePolished()
        room = max(self._field.width(), 40)
        shown = self._label.fontMetrics().elidedText(self._shown_caption, Qt.TextElideMode.ElideRight, room)
        self._label.setText(shown)
        self._label.setToolTip(self._shown_caption if shown != self._shown_caption else "")
        self._field.ensurePolished()
        figure, text = QFont(self._field.font()), self._field.text()
        for size in range(round(_FIGURE_PX * text_scale()), _LEAST_FIGURE_PX - 1, -1):
            figure.setPixelSize(size)
            if QFontMetrics(figure).horizontalAdvance(text) <= self._field.width():
                break
        if size != self._figure_px:
            # The style sheet of the window decides over setFont, so the size goes through one.
            self._field.setStyleSheet(f"{_FIELD_STYLE} font-size:{size}px;")
            self._figure_px = size

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Rounded frame: hairline, or amber while the value is asked for."""
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        asked = self._wanted and self._value is None
        painter.setBrush(tokens.colour("amber_bg" if asked else "panel"))
        edge = "red" if self._wrong else "amber_line" if asked else "line2"
        painter.setPen(QPen(tokens.colour(edge), 2 if self._wrong else 1.5 if asked else 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), 11, 11)
