"""Gauge, length, lot and single use of a needle, as they are on the package."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mesomap.domain.needle import MAX_WORDS, Needle
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.pick_or_type import PickOrType
from mesomap.ui.controls.stepper import EntryField
from mesomap.ui.controls.track import Track

#: Sizes that needles of mesotherapy are sold in; one tap each, none is chosen beforehand.
GAUGES = (27, 30, 31, 32, 33)
LENGTHS_MM = (4, 6, 8, 12, 13)
_USES = {"single": True, "reusable": False}


class NeedleForm(QWidget):
    """changed(needle or None) is sent with every entry; None when nothing of it is recorded."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._needle = Needle()
        self.gauge = PickOrType(self.tr("Gauge"), "G", GAUGES, low=10, high=40, whole=True)
        self.length = PickOrType(self.tr("Length"), "mm", LENGTHS_MM, low=0.1, high=100)
        self.lot = EntryField()
        self.lot.setMaxLength(MAX_WORDS)
        self.lot.setAccessibleName(self.tr("Lot of the needle"))
        self.lot.setPlaceholderText(self.tr("Lot, as on the package"))
        self._use = Track()
        self._use.setFixedHeight(50)
        for key, word in (("single", self.tr("Single use")), ("reusable", self.tr("Reusable")), ("", "–")):
            self._use.add(key, word).setAccessibleName(word if key else self.tr("Use not recorded"))
        self.gauge.changed.connect(lambda value: self._set(gauge=None if value is None else int(value)))
        self.length.changed.connect(lambda value: self._set(length_mm=value))
        self.lot.editingFinished.connect(lambda: self._set(lot=self.lot.text().strip()))
        self._use.chosen.connect(lambda key: self._set(single_use=_USES.get(key)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.gauge)
        column.addWidget(self.length)
        column.addWidget(plain_label("small2", self.tr("Lot and use")))
        column.addWidget(self.lot)
        row = QHBoxLayout()
        row.addWidget(self._use, 1)
        column.addLayout(row)

    def needle(self) -> Needle | None:
        """What is entered; None when nothing is."""
        return None if self._needle.is_empty else self._needle

    def show_needle(self, needle: Needle | None) -> None:
        """Show a needle without sending changed."""
        self._needle = needle or Needle()
        self.gauge.set_value(self._needle.gauge)
        self.length.set_value(self._needle.length_mm)
        if not self.lot.hasFocus():
            self.lot.setText(self._needle.lot)
        uses = {True: "single", False: "reusable", None: ""}
        self._use.show_chosen(uses[self._needle.single_use])

    def _set(self, **values: Any) -> None:
        after = replace(self._needle, **values)
        if after != self._needle:
            self._needle = after
            self.show_needle(after)
            self.changed.emit(self.needle())
