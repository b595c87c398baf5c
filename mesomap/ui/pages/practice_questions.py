"""Section "Questions": what is asked before a treatment, and when follow-ups fall due."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from mesomap.domain.errors import BadInputError
from mesomap.services.cautions import Question, add_question, change_question, questions
from mesomap.services.follow_ups import due_weeks, set_due_weeks
from mesomap.ui.after.form_parts import attempt, line_field
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.labels import ElidedLabel
from mesomap.ui.controls.record_lines import RecordCard, wrapping
from mesomap.ui.controls.stepper import EntryField
from mesomap.ui.controls.toggle_chip import ToggleChip
from mesomap.ui.page_context import PageContext
from mesomap.ui.words import language


class PracticeQuestions(QWidget):
    """The list, editable word by word; what is not asked any more keeps its answers."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.rows: dict[str, QuestionRow] = {}
        self.card = RecordCard(self.tr("Asked before a treatment"), scrolls=True)
        self.own = line_field(self.tr("Own question"), self.tr("in your words"))
        self.add_button = QPushButton(self.tr("Add"))
        self.add_button.clicked.connect(self._add)
        if isinstance(self.own.editor, QLineEdit):
            self.own.editor.returnPressed.connect(self._add)
        self.card.above.addLayout(_beside(self.own, self.add_button))
        after = RecordCard(self.tr("Follow-ups fall due"))
        self.weeks = line_field(self.tr("Weeks after the last session"), self.tr("for example 2, 12; empty: none"), 60)
        self.weeks_button = QPushButton(self.tr("Save"))
        self.weeks_button.clicked.connect(self._save_weeks)
        after.body.addLayout(_beside(self.weeks, self.weeks_button))
        after.body.addWidget(
            wrapping("small2", self.tr("They are shown on the patient’s page and in the list until somebody asks."))
        )
        after.body.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.card, 3)
        row.addWidget(after, 2)
        self.refresh()

    def refresh(self) -> None:
        """Read the list and the weeks again."""
        found = questions(self._context.practice, language(), all_of_them=True)
        self.card.clear()
        self.rows = {}
        for question in found:
            line = self.rows[question.key] = QuestionRow(question, self)
            self.card.body.addWidget(line)
        self.card.body.addStretch(1)
        self.weeks.set_text(", ".join(str(week) for week in due_weeks(self._context.practice)))

    def change(self, question: Question, *, text: str | None = None, asked: bool | None = None) -> str:
        """Record a change of a question; the sentence when it is refused."""
        return attempt(lambda: change_question(self._context.practice, question.key, text=text, asked=asked))

    def _add(self) -> None:
        wrong = attempt(lambda: add_question(self._context.practice, self.own.text()))
        self.own.show_error(wrong)
        if not wrong:
            self.own.set_text("")
            self.refresh()
            self.card.area.verticalScrollBar().setValue(self.card.area.verticalScrollBar().maximum())

    def _save_weeks(self) -> None:
        wrong = attempt(lambda: set_due_weeks(self._context.practice, self._weeks()))
        self.weeks.show_error(wrong)
        if not wrong:
            self.weeks.set_text(", ".join(str(week) for week in due_weeks(self._context.practice)))

    def _weeks(self) -> tuple[int, ...]:
        parts = [part for part in self.weeks.text().replace(";", ",").replace(" ", ",").split(",") if part]
        for part in parts:
            if not (part.isascii() and part.isdigit()):
                raise BadInputError(self.tr("“{0}” is not a number of weeks. Write it like 2, 12.").format(part[:20]))
        return tuple(int(part) for part in parts)


class QuestionRow(QWidget):
    """The words of a question as a field, the shipped words and their source below, and whether it is asked."""

    def __init__(self, question: Question, section: PracticeQuestions) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._question, self._section = question, section
        self.text = EntryField()
        self.text.setText(question.text)
        self.text.setCursorPosition(0)
        self.text.setMaxLength(200)
        self.text.setAccessibleName(self.tr("Words of the question {0}").format(question.text))
        self.text.editingFinished.connect(self._entered)
        self.asked = ToggleChip(self.tr("Asked"))
        self.asked.setAccessibleName(self.tr("Ask: {0}").format(question.text))
        self.asked.setChecked(question.asked)
        self.asked.clicked.connect(lambda: self._switch())
        self._error = wrapping("error")
        self._error.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.text, 1)
        row.addWidget(self.asked)
        source = f"{question.shipped} · {question.source}" if question.shipped else self.tr("own question")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(2)
        column.addLayout(row)
        words = ElidedLabel("small", stretchy=True)
        words.show_text(source)
        column.addWidget(words)
        column.addWidget(self._error)

    def _entered(self) -> None:
        if self.text.text().strip() != self._question.text:
            self._say(self._section.change(self._question, text=self.text.text()))

    def _switch(self) -> None:
        self._say(self._section.change(self._question, asked=self.asked.isChecked()))

    def _say(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))


def _beside(field: FormField, button: QPushButton) -> QHBoxLayout:
    """A field and its button at one height."""
    beside = QVBoxLayout()
    beside.setContentsMargins(0, field.editor_top(), 0, 0)
    beside.addWidget(button)
    beside.addStretch(1)
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(field, 1)
    row.addLayout(beside)
    return row
