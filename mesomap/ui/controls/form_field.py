"""A field of a form: its label above, what is wrong with it below."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from mesomap.domain.errors import BadInputError
from mesomap.ui.controls.labels import plain_label

T = TypeVar("T")
_GAP_PX = 4
Editor = QLineEdit | QPlainTextEdit | QComboBox


class FormField(QWidget):
    """Label, editor and one sentence in red, which is not there until show_error()."""

    def __init__(self, label: str, editor: Editor) -> None:
        super().__init__()
        self.editor = editor
        editor.setAccessibleName(label)
        self._error = plain_label("error")
        self._error.setWordWrap(True)
        self._error.hide()
        title = self._title = plain_label("small2", label)
        title.setBuddy(editor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP_PX)
        column.addWidget(title)
        column.addWidget(editor)
        column.addWidget(self._error)
        column.addStretch(1)

    def set_label(self, label: str) -> None:
        """Ask for something else."""
        self._title.setText(label)
        self.editor.setAccessibleName(label)

    def editor_top(self) -> int:
        """Where the editor begins under its label, px: what stands beside it is set at the same height."""
        return self._title.sizeHint().height() + _GAP_PX

    def text(self) -> str:
        """What was entered, without blanks at the ends; the value behind the word of a choice."""
        if isinstance(self.editor, QLineEdit):
            return self.editor.text().strip()
        if isinstance(self.editor, QPlainTextEdit):
            return self.editor.toPlainText().strip()
        return str(self.editor.currentData())

    def set_text(self, text: str) -> None:
        """Show a value; a choice that does not have it gets it."""
        if isinstance(self.editor, QLineEdit):
            self.editor.setText(text)
            self.editor.setCursorPosition(0)
        elif isinstance(self.editor, QPlainTextEdit):
            self.editor.setPlainText(text)
        else:
            if self.editor.findData(text) < 0:
                self.editor.addItem(text, text)
            self.editor.setCurrentIndex(self.editor.findData(text))

    def error(self) -> str:
        """The sentence shown, or nothing."""
        return self._error.text()

    def show_error(self, sentence: str) -> None:
        """Say what is wrong; an empty sentence takes it away."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        self._keep_room()
        # Screen readers say it with the field.
        self.editor.setAccessibleDescription(sentence)
        self.editor.setProperty("wrong", bool(sentence))
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sentence wraps anew."""
        super().resizeEvent(event)
        self._keep_room()

    def _keep_room(self) -> None:
        """Nested layouts ask a wrapped label for one line only; it would lie over the editor."""
        self._error.ensurePolished()
        self._error.setMinimumHeight(self._error.heightForWidth(self.width()) if self._error.text() else 0)

    def read(self, reader: Callable[[str], T]) -> T | None:
        """The value that the reader makes of the text; None, and its sentence shown, when it raises
        BadInputError.
        """
        try:
            value = reader(self.text())
        except BadInputError as error:
            self.show_error(error.sentence)
            return None
        self.show_error("")
        return value
