"""One question of the cautions: its words, the answer that holds, three answers to tap, comment and history."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mesomap.domain.caution import MAX_COMMENT, Answer, CautionAnswer
from mesomap.domain.errors import BadInputError
from mesomap.services.cautions import CautionLine
from mesomap.services.moments import read_day
from mesomap.ui.controls.asked_role import reads
from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.controls.chips import StateChip
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.record_lines import wrapping
from mesomap.ui.controls.rule import rule
from mesomap.ui.controls.stepper import EntryField
from mesomap.ui.controls.track import Track
from mesomap.ui.typefaces import grown
from mesomap.ui.words import day

_TRACK_PX = 218


class CautionRow(QWidget):
    """answered(question key, answer, comment, day or None) is sent when something is to be recorded."""

    answered = Signal(str, object, str, object)

    def __init__(self, line: CautionLine) -> None:
        super().__init__()
        self.line = line
        words = {Answer.YES: self.tr("Yes"), Answer.NO: self.tr("No"), Answer.UNKNOWN: self.tr("Unknown")}
        self._words = words
        self._title, self._small = wrapping("strong"), wrapping("small2")
        self._changed = StateChip("amber", "clock")
        self.track = Track()
        self.track.setFixedSize(grown(_TRACK_PX), 50)
        for answer, word in words.items():
            self.track.add(answer.value, word).setAccessibleName(f"{line.question.text}: {word}")
        self.track.chosen.connect(self._tapped)
        self.more = IconButton("pen", self.tr("Comment, day and earlier answers: {0}").format(line.question.text))
        reads(self.more).setCheckable(True)
        self.more.clicked.connect(self._open)
        self._below = QWidget()
        self._below.hide()
        self.comment = FormField(self.tr("Comment"), _entry(MAX_COMMENT))
        self.day = FormField(self.tr("Answered on"), _entry(20))
        self._history = wrapping("small2")
        for field in (self.comment, self.day):
            if isinstance(field.editor, QLineEdit):
                field.editor.editingFinished.connect(self._entered)
        self._assemble()
        self.show_line(line)

    def _assemble(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._small)
        changed = QHBoxLayout()
        changed.addWidget(self._changed)
        changed.addStretch(1)
        words.addLayout(changed)
        words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self.track)
        row.addWidget(self.more)
        self.day.setFixedWidth(grown(150))
        fields = QHBoxLayout()
        fields.setSpacing(12)
        fields.addWidget(self.comment, 1)
        fields.addWidget(self.day)
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, 4, 0, 8)
        below.setSpacing(6)
        below.addLayout(fields)
        below.addWidget(self._history)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(rule())
        column.addLayout(row)
        column.addWidget(self._below)

    def show_line(self, line: CautionLine) -> None:
        """The question and its answers as they are on record."""
        self.line = line
        latest = line.latest
        self._title.setText(line.question.text)
        self._small.setText(self._answer_words(latest) if latest else self.tr("not answered yet"))
        self._changed.setVisible(line.changed)
        self._changed.show_text(self.tr("changed"))
        self.track.show_chosen(latest.answer.value if latest else None)
        self.comment.set_text(latest.comment if latest else "")
        self.day.set_text(f"{latest.answered_on:%Y-%m-%d}" if latest else "")
        self.day.show_error("")
        earlier = [self._answer_words(one) for one in line.answers[1:]]
        self._history.setText("\n".join([self.tr("Earlier:"), *earlier]) if earlier else "")
        self._history.setVisible(bool(earlier))

    def is_expanded(self) -> bool:
        """Whether comment, day and history are shown."""
        return not self._below.isHidden()

    def _answer_words(self, answer: CautionAnswer) -> str:
        parts = [self._words[answer.answer], day(answer.answered_on), answer.comment]
        return " · ".join(part for part in parts if part)

    def _open(self) -> None:
        self._below.setVisible(self._below.isHidden())
        self.more.setChecked(not self._below.isHidden())
        if not self._below.isHidden():
            self.comment.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tapped(self, key: str) -> None:
        latest = self.line.latest
        # The comment belonged to the answer before; another answer begins without it.
        comment = self.comment.text() if latest is None or latest.answer.value == key else ""
        self.answered.emit(self.line.question.key, Answer(key), comment, None)

    def _entered(self) -> None:
        latest = self.line.latest
        if latest is None:
            return
        on: date | None = latest.answered_on
        if self.day.text() != f"{latest.answered_on:%Y-%m-%d}":
            try:
                on = read_day(self.day.text(), date.today())
            except BadInputError as error:
                self.day.show_error(error.sentence)
                return
        if (self.comment.text(), on) != (latest.comment, latest.answered_on):
            # A comment of today on an answer of another day is of today, unless a day is entered.
            same_day = on == latest.answered_on and self.comment.text() != latest.comment
            self.answered.emit(self.line.question.key, latest.answer, self.comment.text(), None if same_day else on)


def _entry(most: int) -> EntryField:
    editor = EntryField()
    editor.setMaxLength(most)
    return editor
