"""Parts of the mark sheet that hold words and choices: technique, mixture, layer, needle, device, remark, done at."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout

from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError
from mesomap.domain.intended_layer import INTENDED_LAYERS
from mesomap.domain.session import MIXTURE_LETTERS
from mesomap.services.moments import read_moment
from mesomap.ui.carried_words import device_words, layer_word, needle_words
from mesomap.ui.controls.buttons import PictureOf
from mesomap.ui.controls.chips import draw_letter
from mesomap.ui.controls.choice_field import ChoiceField
from mesomap.ui.controls.stepper import EntryField
from mesomap.ui.controls.toggle_chip import FlowLayout, ToggleChip
from mesomap.ui.controls.track import Track
from mesomap.ui.controls.value_chip import ValueChip
from mesomap.ui.dialogs.mark_parts import MIXED, MarkPart
from mesomap.ui.panels.device_form import DeviceForm
from mesomap.ui.panels.needle_form import NeedleForm
from mesomap.ui.words import clock, day, technique_name

_NONE = "-"


class TechniquePart(MarkPart):
    """A list of the techniques that the selected marks can have."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__()
        self.choice = ChoiceField()
        self.choice.setAccessibleName(self.tr("Technique"))
        self.choice.setPlaceholderText(self.tr("several techniques"))
        for key in keys:
            self.choice.addItem(technique_name(key), key)
        self.choice.setEnabled(bool(keys))
        self.choice.activated.connect(lambda _row: self.changed.emit(self.choice.currentData()))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.choice)

    def show_value(self, value: Any) -> None:
        """Key of a technique."""
        self.choice.setCurrentIndex(-1 if value is MIXED else self.choice.findData(value))


class MixturePart(MarkPart):
    """Letters A to H, or none."""

    def __init__(self, names: Mapping[str, str]) -> None:
        super().__init__()
        self.letters = Track()
        self.letters.setFixedHeight(50)
        for letter in MIXTURE_LETTERS:
            name = names.get(letter, "")
            words = f"{letter} {name}".strip()
            button = self.letters.add(letter, "", _letter_picture(letter), tip=words)
            button.setAccessibleName(self.tr("Mixture {0}").format(words))
        self.letters.add(_NONE, "–").setAccessibleName(self.tr("No mixture recorded"))
        self.letters.chosen.connect(lambda key: self.changed.emit(None if key == _NONE else key))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.letters)

    def show_value(self, value: Any) -> None:
        """A letter or None."""
        self.letters.show_chosen(None if value is MIXED else value or _NONE)


def _letter_picture(letter: str) -> PictureOf:
    def draw(painter: QPainter, box: QRectF, _colour: QColor) -> None:
        draw_letter(painter, box, letter)

    return draw


class LayerPart(MarkPart):
    """The layer that was meant: a second tap takes it back."""

    def __init__(self) -> None:
        super().__init__()
        self._layer = ""
        flow = FlowLayout(self)
        self.chips = {layer: ToggleChip(layer_word(layer), layer) for layer in INTENDED_LAYERS}
        for layer, chip in self.chips.items():
            chip.clicked.connect(lambda _on=False, x=layer: self._tapped(x))
            flow.addWidget(chip)

    def show_value(self, value: Any) -> None:
        """A layer, "" = not recorded."""
        self._layer = "" if value is MIXED else value
        for layer, chip in self.chips.items():
            chip.setChecked(layer == self._layer)

    def _tapped(self, layer: str) -> None:
        self.show_value("" if layer == self._layer else layer)
        self.changed.emit(self._layer)


class _FormPart(MarkPart):
    """A value in a line; a tap opens its fields below."""

    def __init__(self, form: NeedleForm | DeviceForm) -> None:
        super().__init__()
        self.chip = ValueChip(self.tr("Recorded; tap to change"))
        form.hide()
        form.changed.connect(self._entered)
        self.chip.clicked.connect(lambda: form.setVisible(not form.isVisibleTo(self)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.chip)
        column.addWidget(form)

    def words(self) -> str:
        """What the fields hold, in words."""
        raise NotImplementedError

    def _entered(self, value: object) -> None:
        self.chip.show_value(self.words())
        self.changed.emit(value)


class NeedlePart(_FormPart):
    """The needle in a line; a tap opens its fields below."""

    def __init__(self) -> None:
        self.form = NeedleForm()
        super().__init__(self.form)

    def show_value(self, value: Any) -> None:
        """A needle or None."""
        self.chip.show_value(self.tr("several needles") if value is MIXED else needle_words(value))
        self.form.show_needle(None if value is MIXED else value)

    def words(self) -> str:
        """The needle entered."""
        return needle_words(self.form.needle())


class DevicePart(_FormPart):
    """The device in a line; a tap opens its fields below."""

    def __init__(self) -> None:
        self.form = DeviceForm()
        super().__init__(self.form)

    def show_value(self, value: Any) -> None:
        """A device or None."""
        self.chip.show_value(self.tr("several devices") if value is MIXED else device_words(value))
        self.form.show_device(None if value is MIXED else value)

    def words(self) -> str:
        """The device entered."""
        return device_words(self.form.device())


class RemarkPart(MarkPart):
    """Free text."""

    def __init__(self) -> None:
        super().__init__()
        self.field = _Text()
        self.field.setAccessibleName(self.tr("Remark"))
        self.field.textChanged.connect(self._typed)
        self._shown = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field)

    def show_value(self, value: Any) -> None:
        """A remark."""
        self._shown = "" if value is MIXED else value
        self.field.setPlaceholderText(self.tr("several remarks") if value is MIXED else "")
        self.field.setPlainText(self._shown)

    def _typed(self) -> None:
        text = self.field.toPlainText().strip()
        if text != self._shown:
            self._shown = text
            self.changed.emit(text)


class DonePart(MarkPart):
    """When it was done: day and time of day."""

    def __init__(self) -> None:
        super().__init__()
        self._at: datetime | None = None
        self.day, self.clock = EntryField(), EntryField()
        for field, name in ((self.day, self.tr("Done at, day")), (self.clock, self.tr("Done at, time"))):
            field.setAccessibleName(name)
            field.setMaxLength(40)
            field.editingFinished.connect(self._entered)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.day, 3)
        row.addWidget(self.clock, 2)
        row.addStretch(4)

    def show_value(self, value: Any) -> None:
        """A time with its offset."""
        self._at = None if value is MIXED else value
        several = self.tr("several times") if value is MIXED else ""
        self.day.setPlaceholderText(several)
        self.clock.setPlaceholderText(several and "–")
        self.day.setText("" if self._at is None else day(self._at.astimezone()))
        self.clock.setText("" if self._at is None else clock(self._at))
        self._before = (self.day.text(), self.clock.text())

    def _entered(self) -> None:
        texts = (self.day.text(), self.clock.text())
        if texts == self._before or not all(text.strip() for text in texts):
            return
        self._before = texts
        at = now()
        try:
            moment = read_moment(*texts, at)
            if moment > at:
                raise BadInputError(self.tr("This time lies in the future. Enter when it was done."))
        except BadInputError as error:
            self.refused.emit(error.sentence)
            return
        self.changed.emit(moment)


class _Text(QPlainTextEdit):
    """A field of three lines; Tab goes on to the next."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setStyleSheet("min-height:60px; max-height:60px; padding:8px 10px;")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """With the keyboard the cursor stands at the end."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            cursor = self.textCursor()
            cursor.movePosition(cursor.MoveOperation.End)
            self.setTextCursor(cursor)
