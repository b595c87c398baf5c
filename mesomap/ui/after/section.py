"""A section of the tab "After": the form at the left, what is on record at the right."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from mesomap.ui.controls.record_lines import RecordCard, wrapping
from mesomap.ui.page_context import PageContext


class Section(QWidget):
    """form and record are two cards; done_button records what the form holds; fill() reads the record again."""

    def __init__(self, context: PageContext, form_title: str, record_title: str, button: str) -> None:
        super().__init__()
        self.context = context
        self.form = RecordCard(form_title, scrolls=True)
        self.record = RecordCard(record_title, scrolls=True)
        self.error = wrapping("error")
        self.error.hide()
        self.done_button = QPushButton(button)
        self.done_button.setProperty("kind", "primary")
        self.done_button.clicked.connect(self.save)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.form, 2)
        row.addWidget(self.record, 3)

    def finish_form(self) -> None:
        """Put what is wrong and the button under the fields of the form."""
        column = self.form.layout()
        assert column is not None
        self.form.body.addStretch(1)
        column.addWidget(self.error)
        column.addWidget(self.done_button)

    def show_error(self, sentence: str) -> None:
        """Say what is wrong; nothing takes it away."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def save(self) -> None:
        """Record the form; a kind of section overrides it."""

    def fill(self) -> None:
        """Read the record again; a kind of section overrides it."""

    def refresh(self) -> None:
        """Read the record again."""
        self.fill()

    def recorded(self) -> None:
        """Something was recorded: the record and the head of the page are renewed."""
        self.show_error("")
        self.fill()
        self.context.changed()
