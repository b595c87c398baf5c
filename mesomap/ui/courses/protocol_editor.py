"""The editor of a protocol: its own words, never advice; what is not known stays empty."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout

from mesomap.atlas import Atlas
from mesomap.domain.errors import MesoMapError
from mesomap.domain.indication import indications
from mesomap.domain.money import amount_from
from mesomap.domain.protocol import Protocol, ProtocolKind, ProtocolStep
from mesomap.services.coming_days import read_whole
from mesomap.ui.controls.choice_field import ChoiceField
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.picked_chips import PickedChips
from mesomap.ui.controls.record_lines import RecordCard, small_button, wrapping
from mesomap.ui.controls.stepper import EntryField
from mesomap.ui.courses.course_words import kind_names
from mesomap.ui.courses.step_editor import LARGE_TEXT, StepEditor, area_choices, region_choices
from mesomap.ui.typefaces import grown, text_scale
from mesomap.ui.words import language

_TEXT_PX = 84


class ProtocolEditor(RecordCard):
    """saved(protocol), copied(protocol), withdrawn(protocol) are asked for; say(sentence) shows a refusal in it."""

    saved = Signal(object)
    copied = Signal(object)
    withdrawn = Signal(object)

    def __init__(self, protocol: Protocol, atlas: Atlas, favourites: Mapping[str, UUID], *, is_new: bool) -> None:
        super().__init__(self.tr("New protocol") if is_new else self.tr("Protocol"), scrolls=True)
        self._protocol = protocol
        self._favourites = favourites
        self._regions, self._areas = region_choices(atlas), area_choices(atlas)
        self._error = wrapping("error")
        self._error.hide()
        self.save = QPushButton(self.tr("Save"))
        self.save.setProperty("kind", "primary")
        self.save.clicked.connect(self._save)
        if not is_new:
            self.head.addWidget(small_button(self.tr("Withdraw"), lambda: self.withdrawn.emit(self._protocol)))
            self.head.addWidget(small_button(self.tr("Copy"), lambda: self.copied.emit(self._protocol)))
        self.head.addWidget(self.save)
        self._make_fields()
        self._steps = QVBoxLayout()
        self._steps.setSpacing(10)
        self.steps: list[StepEditor] = []
        self._assemble()
        for step in protocol.steps:
            self._add_step(step)

    def _make_fields(self) -> None:
        one = self._protocol
        kind = ChoiceField()
        for value, word in kind_names().items():
            kind.addItem(word, value)
        kind.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        kind.setMinimumContentsLength(8)
        self.name = FormField(self.tr("Name"), EntryField())
        self.kind = FormField(self.tr("Kind"), kind)
        names = {key: known.name(language()) for key, known in indications().items()}
        self.indications = PickedChips(self.tr("Indications"), self.tr("type an indication"), names)
        self.numbers = {
            "sessions_min": FormField(self.tr("Sessions, from"), EntryField()),
            "sessions_max": FormField(self.tr("to"), EntryField()),
            "interval_min_days": FormField(self.tr("Days between, from"), EntryField()),
            "interval_max_days": FormField(self.tr("to"), EntryField()),
        }
        self.prices = {
            "price_session": FormField(self.tr("Price of a session"), EntryField()),
            "price_course": FormField(self.tr("Price of a course"), EntryField()),
        }
        self.currency = FormField(self.tr("Currency"), EntryField())
        self.texts = {
            "schedule": FormField(self.tr("Number and interval in words"), _text()),
            "sources": FormField(self.tr("Sources"), _text()),
            "remark": FormField(self.tr("Remark"), _text()),
        }
        self.name.set_text(one.name)
        self.kind.set_text(one.kind.value)
        self.indications.show_values(one.indication_keys)
        for name, field in self.numbers.items():
            value = getattr(one, name)
            field.set_text("" if value is None else str(value))
        for name, field in self.prices.items():
            amount = getattr(one, name)
            field.set_text("" if amount is None else f"{amount:.2f}")
        self.currency.set_text(one.currency)
        for name, field in self.texts.items():
            field.set_text(getattr(one, name))

    def _assemble(self) -> None:
        first = QHBoxLayout()
        first.addWidget(self.name, 3)
        first.addWidget(self.kind, 2)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        wide = 1 if text_scale() < LARGE_TEXT else 2
        for turn, field in enumerate(self.numbers.values()):
            grid.addWidget(field, turn * wide // 4, turn * wide % 4, 1, wide)
            grid.setColumnStretch(turn, 1)
        for turn, field in enumerate((*self.prices.values(), self.currency)):
            grid.addWidget(field, 2 + turn * wide // 4, turn * wide % 4, 1, wide)
        if self._protocol.example:
            words = self.tr("An example from the sources below, not advice. Empty values are asked at the chair.")
            self.body.addWidget(wrapping("small2", words))
        self.body.addWidget(self._error)
        self.body.addLayout(first)
        self.body.addWidget(plain_label("small2", self.tr("Indications")))
        self.body.addWidget(self.indications)
        self.body.addLayout(self._steps)
        self.add = small_button(self.tr("Add a step"), lambda: self._add_step(ProtocolStep()))
        self.body.addWidget(self.add)
        self.body.addLayout(grid)
        for field in self.texts.values():
            self.body.addWidget(field)
        self.body.addStretch(1)

    def _add_step(self, step: ProtocolStep) -> None:
        editor = StepEditor(len(self.steps) + 1, step, self._regions, self._areas, self._favourites)
        editor.removed.connect(lambda: self._remove(editor))
        self._steps.addWidget(editor)
        self.steps.append(editor)

    def _remove(self, editor: StepEditor) -> None:
        self.steps.remove(editor)
        self._steps.removeWidget(editor)
        editor.hide()
        editor.deleteLater()

    def say(self, sentence: str) -> None:
        """What is wrong, at the top; "" takes it away."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        if sentence:
            self.area.verticalScrollBar().setValue(0)

    def error(self) -> str:
        """The sentence shown."""
        return self._error.text()

    def protocol(self) -> Protocol:
        """The protocol as it is entered. Raises BadInputError."""
        whole = {
            "sessions_min": "number of sessions", "sessions_max": "number of sessions",
            "interval_min_days": "number of days", "interval_max_days": "number of days",
        }  # fmt: skip
        counts: dict[str, Any] = {
            n: read_whole(f.text(), whole[n]) if f.text() else None for n, f in self.numbers.items()
        }
        prices: dict[str, Any] = {
            name: amount_from(field.text()) if field.text() else None for name, field in self.prices.items()
        }
        steps: Sequence[ProtocolStep] = [editor.step() for editor in self.steps]
        return replace(
            self._protocol,
            name=self.name.text(),
            kind=ProtocolKind(self.kind.text()),
            indication_keys=self.indications.values(),
            steps=tuple(steps),
            currency=self.currency.text().upper(),
            schedule=self.texts["schedule"].text(),
            sources=self.texts["sources"].text(),
            remark=self.texts["remark"].text(),
            **counts,
            **prices,
        )

    def _save(self) -> None:
        try:
            made = self.protocol()
        except MesoMapError as error:
            self.say(error.sentence)
            return
        self.say("")
        self.saved.emit(made)


def _text() -> QPlainTextEdit:
    editor = QPlainTextEdit()
    editor.setFixedHeight(grown(_TEXT_PX))
    editor.setTabChangesFocus(True)
    return editor
