"""Things picked from many by typing a part of their names; what is picked stands as chips, a tap removes one."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QVBoxLayout, QWidget

from mesomap.ui.controls.stepper import EntryField
from mesomap.ui.controls.toggle_chip import FlowLayout, ToggleChip


class PickedChips(QWidget):
    """changed is sent when something was picked or removed. Values that have no name here are shown as they are.

    groups: names that stand for several values at once ("Face").
    """

    changed = Signal()

    def __init__(
        self, name: str, hint: str, names: Mapping[str, str], groups: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        super().__init__()
        self._name, self._names, self._groups = name, dict(names), dict(groups or {})
        self._by_name: dict[str, tuple[str, ...]] = {word.casefold(): (value,) for value, word in self._names.items()}
        self._by_name |= {word.casefold(): tuple(values) for word, values in self._groups.items()}
        self._values: list[str] = []
        self._flow = FlowLayout()
        self.editor = EntryField()
        self.editor.setPlaceholderText(hint)
        self.editor.setAccessibleName(name)
        completer = QCompleter(self)
        completer.setModel(QStringListModel([*self._groups, *self._names.values()], completer))
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self.pick, Qt.ConnectionType.QueuedConnection)
        self.editor.setCompleter(completer)
        self.editor.returnPressed.connect(self._typed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._flow)
        column.addWidget(self.editor)

    def values(self) -> tuple[str, ...]:
        """What is picked, in the order it was picked."""
        return tuple(self._values)

    def show_values(self, values: Sequence[str]) -> None:
        """Show what is picked; nothing is sent."""
        self._values = list(dict.fromkeys(values))
        self._flow.clear()
        for value in self._values:
            word = self._names.get(value, value)
            chip = ToggleChip(f"{word}  ×", value)
            chip.setAccessibleName(self.tr("{0}: remove {1}").format(self._name, word))
            chip.clicked.connect(lambda _on=False, value=value: self._remove(value))
            self._flow.addWidget(chip)
        self.updateGeometry()

    def chip(self, value: str) -> ToggleChip | None:
        """The chip of a value."""
        items = (self._flow.itemAt(row) for row in range(self._flow.count()))
        widgets = (item.widget() for item in items if item is not None)
        return next((chip for chip in widgets if isinstance(chip, ToggleChip) and chip.value == value), None)

    def pick(self, name: str) -> None:
        """Take in what this name stands for; a name that is not known stays in the field."""
        values = self._by_name.get(" ".join(name.split()).casefold())
        if values is None:
            return
        self.editor.clear()
        self.show_values([*self._values, *values])
        self.changed.emit()

    def _typed(self) -> None:
        self.pick(self.editor.text())

    def _remove(self, value: str) -> None:
        self.show_values([held for held in self._values if held != value])
        self.changed.emit()
