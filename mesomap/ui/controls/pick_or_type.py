"""A figure to type, and the usual ones beside it to tap."""

import math
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.stepper import EntryField
from mesomap.ui.controls.track import Track


class PickOrType(QWidget):
    """Sends changed(value or None) when a figure is picked or typed; an empty field means not recorded.

    low, high: what can be; anything else is refused with a sentence under the field, and the old value stays.
    """

    changed = Signal(object)

    def __init__(
        self, caption: str, unit: str, picks: Sequence[float], *, low: float, high: float, whole: bool = False
    ) -> None:
        super().__init__()
        self._caption, self._unit, self._low, self._high, self._whole = caption, unit, low, high, whole
        self._value: float | None = None
        self._field = EntryField()
        self._field.setAccessibleName(f"{caption}, {unit}")
        self._field.setPlaceholderText("–")
        self._field.setFixedWidth(64)
        self._field.editingFinished.connect(self._take_over)
        self._track = Track()
        self._track.setFixedHeight(50)
        for pick in picks:
            self._track.add(f"{pick:g}", f"{pick:g}", tip=f"{caption} {pick:g} {unit}")
        self._track.chosen.connect(lambda key: self._accept(float(key)))
        self._error = plain_label("error")
        self._error.setWordWrap(True)
        self._error.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._field)
        row.addWidget(self._track, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(plain_label("small2", f"{caption}, {unit}"))
        column.addLayout(row)
        column.addWidget(self._error)

    def field(self) -> EntryField:
        """The field to type in."""
        return self._field

    def pick(self, value: float) -> QWidget | None:
        """The button of a usual figure."""
        return self._track.button(f"{value:g}")

    def value(self) -> float | None:
        """The figure, None = not recorded."""
        return self._value

    def error(self) -> str:
        """The sentence under the field, or nothing."""
        return self._error.text()

    def set_value(self, value: float | None) -> None:
        """Show a value without sending changed."""
        self._value = value
        self._field.setText("" if value is None else f"{value:g}")
        self._track.show_chosen(None if value is None else f"{value:g}")
        self._say("")

    def _accept(self, value: float | None) -> None:
        changed = value != self._value
        self.set_value(value)
        if changed:
            self.changed.emit(value)

    def _take_over(self) -> None:
        text = self._field.text().replace(self._unit, "").replace(",", ".").strip()
        if not text:
            self._accept(None)
            return
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if self._low <= value <= self._high and (not self._whole or value == int(value)):
            self._accept(value)
            return
        self.set_value(self._value)
        words = self.tr("“{0}” is not possible. Enter {1} to {2} {3}; the old value stays.")
        self._say(words.format(text[:20], f"{self._low:g}", f"{self._high:g}", self._unit))

    def _say(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        self._field.setAccessibleDescription(sentence)
