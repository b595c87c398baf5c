"""Regions of the body, picked by name one after the other; each can be taken away again."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.toggle_chip import FlowLayout, ToggleChip


class RegionPicker(QWidget):
    """names: region id → name with side. A typed name is added (the rest is proposed); a tap on it takes it away."""

    def __init__(self, label: str, names: Mapping[str, str]) -> None:
        super().__init__()
        self._names = dict(names)
        self._ids = {name.casefold(): key for key, name in names.items()}
        self._chosen: list[str] = []
        editor = QLineEdit()
        editor.setPlaceholderText(self.tr("type a region"))
        completer = QCompleter(sorted(self._names.values()), editor)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(lambda _text: self.add())
        editor.setCompleter(completer)
        editor.returnPressed.connect(self.add)
        self.field = FormField(label, editor)
        self.add_button = QPushButton(self.tr("Add"))
        self.add_button.setAccessibleName(self.tr("Add the region"))
        self.add_button.clicked.connect(self.add)
        beside = QVBoxLayout()
        beside.setContentsMargins(0, self.field.editor_top(), 0, 0)
        beside.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addLayout(beside)
        self._flow = FlowLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addLayout(self._flow)

    def regions(self) -> tuple[str, ...]:
        """Ids of the regions chosen, in their order."""
        return tuple(self._chosen)

    def set_regions(self, ids: tuple[str, ...]) -> None:
        """Show these."""
        self._chosen = list(ids)
        self.field.set_text("")
        self.field.show_error("")
        self._show()

    def words(self, ids: tuple[str, ...]) -> str:
        """Names of regions; the id of one that this body does not have."""
        return "; ".join(self._names.get(key, key) for key in ids)

    def add(self) -> None:
        """Take the region that was typed; one that is none is said."""
        text = self.field.text()
        if not text:
            return
        key = self._ids.get(text.casefold()) or self._only_match(text)
        if key is None:
            self.field.show_error(self.tr("“{0}” is no region of this body. Choose one of the list.").format(text[:40]))
            return
        self.set_regions((*self._chosen, *([] if key in self._chosen else [key])))

    def _only_match(self, text: str) -> str | None:
        found = [key for name, key in self._ids.items() if text.casefold() in name]
        return found[0] if len(found) == 1 else None

    def _show(self) -> None:
        self._flow.clear()
        for key in self._chosen:
            name = self._names.get(key, key)
            chip = ToggleChip(f"{name}  ×", key)
            chip.setChecked(True)
            chip.setAccessibleName(self.tr("Take away {0}").format(name))
            chip.clicked.connect(lambda _on=False, gone=key: self._drop(gone))
            self._flow.addWidget(chip)
        self.updateGeometry()

    def _drop(self, key: str) -> None:
        self.set_regions(tuple(one for one in self._chosen if one != key))
