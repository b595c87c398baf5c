"""An injection gun, roller, plate or pen as it is recorded: kind, model, mode, settings, shots."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mesomap.domain.needle import MAX_SHOTS, MAX_WORDS, Device, DeviceKind
from mesomap.ui.carried_words import device_kind_word
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.stepper import EntryField
from mesomap.ui.controls.track import Track

_NONE = ""


class DeviceForm(QWidget):
    """changed(device or None) is sent with every entry; None = a hand with a syringe, or not recorded."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._device: Device | None = None
        self._kinds = (Track(), Track())
        words = {DeviceKind.GUN: self.tr("Gun"), DeviceKind.OTHER: self.tr("Other")}
        rows: tuple[tuple[str, ...], ...] = (
            (_NONE, DeviceKind.GUN.value, DeviceKind.PEN.value),
            (DeviceKind.ROLLER.value, DeviceKind.PLATE.value, DeviceKind.OTHER.value),
        )
        for track, keys in zip(self._kinds, rows, strict=True):
            track.setFixedHeight(50)
            track.chosen.connect(self._kind_chosen)
            for key in keys:
                whole = device_kind_word(DeviceKind(key)) if key else self.tr("By hand, or not recorded")
                word = words.get(DeviceKind(key), whole) if key else self.tr("None")
                track.add(key, word, tip=whole).setAccessibleName(whole)
        self._fields = {name: EntryField() for name in ("model", "mode", "settings", "shots")}
        captions = {
            "model": self.tr("Model"),
            "mode": self.tr("Mode (single, burst, continuous …)"),
            "settings": self.tr("Settings, as on the device"),
            "shots": self.tr("Shots, as the counter said"),
        }
        self._error = plain_label("error")
        self._error.setWordWrap(True)
        self._error.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for track in self._kinds:
            column.addWidget(track)
        for name, field in self._fields.items():
            field.setPlaceholderText(captions[name])
            field.setAccessibleName(captions[name])
            field.setMaxLength(MAX_WORDS)
            field.editingFinished.connect(lambda n=name: self._typed(n))
            column.addWidget(field)
        column.addWidget(self._error)

    def device(self) -> Device | None:
        """What is entered."""
        return self._device

    def show_device(self, device: Device | None) -> None:
        """Show a device without sending changed."""
        self._device = device
        key = _NONE if device is None else device.kind.value
        for track in self._kinds:
            track.show_chosen(key if track.button(key) is not None else None)
        for name, field in self._fields.items():
            field.setEnabled(device is not None)
            value = "" if device is None else getattr(device, name)
            if not field.hasFocus():
                field.setText("" if value is None else str(value))
        self._say("")

    def field(self, name: str) -> EntryField:
        """The field of model, mode, settings or shots."""
        return self._fields[name]

    def kind_button(self, kind: DeviceKind | None) -> QWidget:
        """The button of a kind, None = no device. Raises KeyError when there is none."""
        key = _NONE if kind is None else kind.value
        for track in self._kinds:
            if (button := track.button(key)) is not None:
                return button
        raise KeyError(key)

    def error(self) -> str:
        """The sentence under the fields, or nothing."""
        return self._error.text()

    def _kind_chosen(self, key: str) -> None:
        if not key:
            self._accept(None)
        elif self._device is None or self._device.kind.value != key:
            self._accept(Device(kind=DeviceKind(key)))
        else:
            self.show_device(self._device)

    def _typed(self, name: str) -> None:
        device, text = self._device, self._fields[name].text().strip()
        if device is None:
            return
        if name != "shots":
            values: dict[str, Any] = {name: text}
            self._accept(replace(device, **values))
            return
        if text and not (text.isdecimal() and int(text) <= MAX_SHOTS):
            self._fields[name].setText("" if device.shots is None else str(device.shots))
            words = self.tr("“{0}” is no number of shots. Enter a whole number; the old one stays.")
            self._say(words.format(text[:20]))
            return
        self._accept(replace(device, shots=int(text) if text else None))

    def _accept(self, device: Device | None) -> None:
        changed = device != self._device
        self.show_device(device)
        if changed:
            self.changed.emit(device)

    def _say(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
