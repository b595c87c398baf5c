"""Who prepared a mixture, where and when, its use-by time, what was discarded and how often the syringe was filled."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mesomap.domain.clock import now
from mesomap.domain.mixture import MAX_WORDS, MixtureDetails
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.stepper import EntryField, Stepper
from mesomap.ui.mixtures.words import moment_words
from mesomap.ui.panels.dose_card import WordChip, tap_chip

#: Hours after the preparation that are offered as use-by; none is chosen beforehand.
_USE_BY_HOURS = (1, 4, 24)


class Preparation(QWidget):
    """changed(details) with every entry; folded away until it is asked for."""

    changed = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._details = MixtureDetails()
        self._who = ""
        self._open = QPushButton(self.tr("Preparation …"))
        self._open.setProperty("kind", "plain")
        self._inner = QWidget()
        self._open.clicked.connect(lambda: self._inner.setVisible(not self._inner.isVisible()))
        self._now = tap_chip(self.tr("Prepared now"), self._prepared_now)
        self.by, self.where = EntryField(), EntryField()
        for field, name in ((self.by, "prepared_by"), (self.where, "prepared_where")):
            field.setMaxLength(MAX_WORDS)
            field.editingFinished.connect(lambda f=field, n=name: self._set(**{n: f.text().strip()}))
        self._times = plain_label("small2")
        self._times.setWordWrap(True)
        hours = QHBoxLayout()
        hours.setSpacing(6)
        self._hours: dict[int, WordChip] = {}
        for count in _USE_BY_HOURS:
            chip = self._hours[count] = WordChip(self.tr("+ {0} h").format(count))
            chip.setAccessibleName(self.tr("Use by {0} hours after the preparation").format(count))
            chip.clicked.connect(lambda _checked=False, h=count: self._use_by(h))
            hours.addWidget(chip, 1)
        self.discarded = Stepper(self.tr("discarded"), "mL", step=0.1, decimals=2, maximum=1000.0, clearable=True)
        self.fills = Stepper(self.tr("fillings"), "×", step=1, decimals=0, maximum=100, clearable=True)
        self.discarded.changed.connect(
            lambda value: self._set(discarded_ml=None if value is None else Decimal(repr(round(value, 6))))
        )
        self.fills.changed.connect(lambda value: self._set(fills=None if value is None else round(value)))
        self.discarded.refused.connect(self.refused)
        self.fills.refused.connect(self.refused)
        grid = QGridLayout(self._inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        grid.addWidget(self._now, 0, 0, 1, 2)
        grid.addWidget(FormField(self.tr("Prepared by"), self.by), 1, 0)
        grid.addWidget(FormField(self.tr("Where"), self.where), 1, 1)
        grid.addWidget(self._times, 2, 0, 1, 2)
        grid.addWidget(plain_label("small2", self.tr("Use by, after the preparation")), 3, 0, 1, 2)
        grid.addLayout(hours, 4, 0, 1, 2)
        grid.addWidget(self.fills, 5, 0)
        grid.addWidget(self.discarded, 5, 1)
        self._inner.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._open)
        column.addWidget(self._inner)

    def show_details(self, details: MixtureDetails, who: str) -> None:
        """Show without sending changed. who: the practitioner of the session, for "Prepared now"."""
        self._details, self._who = details, who
        for field, text in ((self.by, details.prepared_by), (self.where, details.prepared_where)):
            if not field.hasFocus():
                field.setText(text)
        self._times.setText(
            self.tr("Prepared {0} · use by {1}").format(moment_words(details.prepared_at), moment_words(details.use_by))
        )
        for count, chip in self._hours.items():
            chip.setEnabled(details.prepared_at is not None)
            chip.setChecked(details.prepared_at is not None and details.use_by == self._after(count))
        self.fills.set_value(details.fills)
        self.discarded.set_value(None if details.discarded_ml is None else float(details.discarded_ml))

    def open_button(self) -> QPushButton:
        """Unfolds the fields."""
        return self._open

    def now_button(self) -> WordChip:
        """Says that it was prepared at this moment by the practitioner of the session."""
        return self._now

    def _after(self, hours: int) -> datetime | None:
        at = self._details.prepared_at
        return None if at is None else at + timedelta(hours=hours)

    def _use_by(self, hours: int) -> None:
        self._set(use_by=self._after(hours))

    def _prepared_now(self) -> None:
        self._set(prepared_at=now(), prepared_by=self._details.prepared_by or self._who, use_by=None)

    def _set(self, **values: Any) -> None:
        after = replace(self._details, **values)
        if after != self._details:
            self.changed.emit(after)
