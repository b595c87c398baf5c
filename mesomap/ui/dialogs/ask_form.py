"""A short form in a window of its own: a few fields, one button; a refusal is said in it and nothing is lost."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from mesomap.domain.errors import MesoMapError
from mesomap.ui.controls.choice_field import ChoiceField
from mesomap.ui.controls.dialog_foot import dialog_foot
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.record_lines import wrapping
from mesomap.ui.typefaces import grown

_TEXT_PX = 96


class AskForm(QDialog):
    """record(values by key) is called by the button; a typed error keeps the form open and shows its sentence."""

    #: Before larger text is counted in.
    WIDE_PX = 420

    def __init__(
        self,
        title: str,
        button: str,
        record: Callable[[Mapping[str, str]], object],
        parent: QWidget | None = None,
        *,
        words: str = "",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._record = record
        self._fields: dict[str, FormField] = {}
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        self._error = wrapping("error")
        self._error.hide()
        self.button = QPushButton(button)
        whole = QVBoxLayout(self)
        # The window takes the size of what it shows by itself, also when a sentence is added.
        whole.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(10)
        whole.addWidget(plain_label("title", title))
        if words:
            whole.addWidget(wrapping("small2", words))
        whole.addLayout(self._column)
        whole.addWidget(self._error)
        whole.addLayout(dialog_foot(self, self.button, self._accept))

    def add_line(self, key: str, label: str, text: str = "") -> FormField:
        """A field of one line."""
        return self._add(key, label, QLineEdit(), text)

    def add_text(self, key: str, label: str, text: str = "") -> FormField:
        """A field of several lines."""
        editor = QPlainTextEdit()
        editor.setFixedHeight(grown(_TEXT_PX))
        editor.setTabChangesFocus(True)
        return self._add(key, label, editor, text)

    def add_choice(self, key: str, label: str, choices: Mapping[str, str], chosen: str = "") -> FormField:
        """A choice among words by their values."""
        editor = ChoiceField()
        for value, word in choices.items():
            editor.addItem(word, value)
        return self._add(key, label, editor, chosen or next(iter(choices), ""))

    def add_part(self, part: QWidget) -> None:
        """Something of the caller's own below the fields so far."""
        self._column.addWidget(part)

    def _add(self, key: str, label: str, editor: QLineEdit | QPlainTextEdit | QComboBox, text: str) -> FormField:
        field = FormField(label, editor)
        field.set_text(text)
        self._fields[key] = field
        self._column.addWidget(field)
        return field

    def field(self, key: str) -> FormField:
        """A field by its key."""
        return self._fields[key]

    def error(self) -> str:
        """The sentence shown, or nothing."""
        return self._error.text()

    def _accept(self) -> None:
        try:
            self._record({key: field.text() for key, field in self._fields.items()})
        except MesoMapError as error:
            self._error.setText(error.sentence)
            self._error.show()
            self._fit()
            return
        self.accept()

    def _fit(self) -> None:
        width, layout = grown(self.WIDE_PX), self.layout()
        assert layout is not None
        layout.activate()
        self.resize(width, max(layout.totalHeightForWidth(width), layout.totalSizeHint().height()))

    def ask(self) -> bool:
        """Show it; True when it was recorded. The first field has the keyboard."""
        self._fit()
        first = next(iter(self._fields.values()), None)
        (first.editor if first is not None else self.button).setFocus(Qt.FocusReason.OtherFocusReason)
        return self.exec() == QDialog.DialogCode.Accepted
