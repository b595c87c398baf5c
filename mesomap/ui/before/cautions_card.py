"""The card of history and cautions: the practice's list with a patient's answers. Nothing is decided from it."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from mesomap.domain.caution import Answer
from mesomap.domain.errors import MesoMapError
from mesomap.services.cautions import OWN, CautionLine, answer_all, last_session_start, lines
from mesomap.ui.before.caution_row import CautionRow
from mesomap.ui.controls.asked_role import reads
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.record_lines import RecordCard
from mesomap.ui.controls.track import Track
from mesomap.ui.page_context import PageContext
from mesomap.ui.words import language

_ALL, _OPEN, _YES, _CHANGED = "all", "open", "yes", "changed"


class CautionsCard(RecordCard):
    """recorded is sent after every answer."""

    recorded = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__(self.tr("History and cautions"), scrolls=True)
        self._context = context
        self._rows: dict[str, CautionRow] = {}
        self._heads: list[QWidget] = []
        self._lines: tuple[CautionLine, ...] = ()
        self._filter = _ALL
        self.filter = reads(Track())
        self.filter.setFixedHeight(50)
        self.filter.chosen.connect(self._filtered)
        self.rest = QPushButton()
        self.rest.clicked.connect(self._answer_rest)
        self._nothing = plain_label("small2")
        self.head.addWidget(self.rest)
        self.keep_head_high()
        self.above.addWidget(self.filter)
        self.refresh()

    def refresh(self) -> None:
        """Read the answers again."""
        self._read()
        self._show_filtered()

    def _read(self) -> None:
        practice, patient_id = self._context.practice, self._context.patient.id
        since = last_session_start(practice, patient_id)
        self._lines = lines(practice, patient_id, language(), since=since)
        if [line.question.key for line in self._lines] != list(self._rows):
            self._build()
        for line in self._lines:
            self._rows[line.question.key].show_line(line)
        self._show_counts()

    def row(self, key: str) -> CautionRow:
        """The row of a question."""
        return self._rows[key]

    def shown(self) -> list[str]:
        """Keys of the questions that are shown now."""
        return [key for key, row in self._rows.items() if not row.isHidden()]

    def _build(self) -> None:
        self.clear()
        self._rows, self._heads = {}, []
        names = {"general": self.tr("General"), "medicines": self.tr("Medicines"), "skin": self.tr("Skin"),
                 OWN: self.tr("Own questions")}  # fmt: skip
        for group in dict.fromkeys(line.question.group for line in self._lines):
            head = plain_label("small2", names.get(group, group))
            self._heads.append(head)
            self.body.addWidget(head)
            for line in self._lines:
                if line.question.group == group:
                    row = CautionRow(line)
                    row.answered.connect(self._answered)
                    self._rows[line.question.key] = row
                    self.body.addWidget(row)
        self._rows = {line.question.key: self._rows[line.question.key] for line in self._lines}
        self.body.addWidget(self._nothing)
        self.body.addStretch(1)

    def _passes(self, line: CautionLine) -> bool:
        if self._filter == _OPEN:
            return line.is_open
        if self._filter == _YES:
            return line.latest is not None and line.latest.answer is Answer.YES
        return line.changed if self._filter == _CHANGED else True

    def _show_counts(self) -> None:
        counts = {
            _ALL: len(self._lines),
            _OPEN: sum(line.is_open for line in self._lines),
            _YES: sum(line.latest is not None and line.latest.answer is Answer.YES for line in self._lines),
            _CHANGED: sum(line.changed for line in self._lines),
        }
        words = {_ALL: self.tr("All"), _OPEN: self.tr("Open"), _YES: self.tr("Yes"), _CHANGED: self.tr("Changed")}
        if not self.filter.keys():
            for key in counts:
                self.filter.add(key, words[key])
        for key, count in counts.items():
            button = self.filter.button(key)
            if button is not None:
                button.setText(f"{words[key]} {count}")
                button.setAccessibleName(f"{words[key]}: {count}")
                button.update()
        self.filter.show_chosen(self._filter)
        unanswered = sum(line.latest is None for line in self._lines)
        self.rest.setText(self.tr("The other {0}: no").format(unanswered))
        self.rest.setAccessibleName(self.tr("Record the answer no to the {0} unanswered questions").format(unanswered))
        self.rest.setVisible(0 < unanswered < len(self._lines))

    def _show_filtered(self) -> None:
        shown = {line.question.key for line in self._lines if self._passes(line)}
        for key, row in self._rows.items():
            row.setVisible(key in shown)
        for head in self._heads:
            head.setVisible(self._filter == _ALL)
        self._nothing.setVisible(not shown)
        self._nothing.setText(self.tr("None of the {0} questions is here.").format(len(self._lines)))

    def _filtered(self, key: str) -> None:
        self._filter = key
        self._show_filtered()

    def _answered(self, key: str, answer: Answer, comment: str, on: date | None) -> None:
        self._record([self._rows[key].line], answer, comment, on)

    def _answer_rest(self) -> None:
        self._record([line for line in self._lines if line.latest is None], Answer.NO, "", None)

    def _record(self, asked: list[CautionLine], answer: Answer, comment: str, on: date | None) -> None:
        context = self._context
        try:
            answer_all(
                context.practice,
                context.patient.id,
                [line.question for line in asked],
                answer,
                comment=comment,
                on=on,
            )
        except MesoMapError as error:
            context.say(error.sentence)
        # Rows stay where they are although they would not pass any more: the next tap must meet the row it aims at.
        self._read()
        self.recorded.emit()
