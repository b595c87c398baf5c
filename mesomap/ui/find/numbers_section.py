"""Section "Numbers" of the practice's page: figures of a period, changes of scales, as PDF."""

from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mesomap.domain.errors import MesoMapError
from mesomap.domain.scale import scale
from mesomap.domain.score import Judge
from mesomap.services.finding import period
from mesomap.services.letterhead import letterhead
from mesomap.services.moments import read_day
from mesomap.services.practice_numbers import PracticeNumbers, ScaleChange, practice_numbers
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.record_lines import RecordCard, small_button, wrapping
from mesomap.ui.controls.scrolled import scrolled
from mesomap.ui.controls.stepper import EntryField
from mesomap.ui.controls.track import Track
from mesomap.ui.find.figures import FigureRow
from mesomap.ui.page_context import PageContext
from mesomap.ui.text_papers import write_file
from mesomap.ui.typefaces import grown
from mesomap.ui.words import language, number

_ALL, _YEAR, _LAST = "all", "year", "last"


class NumbersSection(QWidget):
    """The figures of a period; the period is chosen or entered."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._numbers: PracticeNumbers | None = None
        today = date.today()
        self.periods = Track()
        self.periods.setFixedHeight(50)
        self.periods.add(_ALL, self.tr("All"))
        self.periods.add(_YEAR, str(today.year))
        self.periods.add(_LAST, str(today.year - 1))
        self.periods.chosen.connect(self._choose)
        self.since, self.until = FormField(self.tr("From"), EntryField()), FormField(self.tr("To"), EntryField())
        for field in (self.since, self.until):
            field.setFixedWidth(grown(150))
            editor = field.editor
            assert isinstance(editor, EntryField)
            editor.setPlaceholderText("2026-01-31")
            editor.editingFinished.connect(self.refresh)
        self._error = wrapping("error")
        self.save = small_button(self.tr("Save as PDF"), self._save)
        self.figures = FigureRow()
        self.events = FigureRow()
        self.changes = RecordCard(self.tr("Change of scales, from the first to the last score"))
        self._assemble()
        self.refresh()

    def _assemble(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.periods, 1, Qt.AlignmentFlag.AlignBottom)
        for widget in (self.since, self.until):
            top.addWidget(widget)
        top.addWidget(self.save, 0, Qt.AlignmentFlag.AlignBottom)
        whole, harm = RecordCard(self.tr("On record")), RecordCard(self.tr("Adverse events"))
        whole.body.addWidget(self.figures)
        harm.body.addWidget(self.events)
        inner = QWidget()
        cards = QVBoxLayout(inner)
        cards.setContentsMargins(0, 0, 8, 0)
        cards.setSpacing(12)
        for card in (whole, harm, self.changes):
            cards.addWidget(card)
        self.no_evidence = wrapping("strong")
        cards.addWidget(self.no_evidence)
        cards.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self._error)
        column.addWidget(scrolled(inner), 1)

    def refresh(self) -> None:
        """Count again."""
        try:
            days = [
                read_day(field.text(), date.today()) if field.text() else None for field in (self.since, self.until)
            ]
            numbers = practice_numbers(self._context.practice, *period(*days))
        except MesoMapError as error:
            self._error.setText(error.sentence)
            self._error.show()
            return
        self._error.hide()
        self._numbers = numbers
        today = date.today()
        known: dict[tuple[date | None, date | None], str] = {(None, None): _ALL} | {
            (date(year, 1, 1), date(year, 12, 31)): key for key, year in ((_YEAR, today.year), (_LAST, today.year - 1))
        }
        self.periods.show_chosen(known.get((days[0], days[1])))
        self._show(numbers)

    def _choose(self, key: str) -> None:
        year = {_YEAR: date.today().year, _LAST: date.today().year - 1}.get(key)
        self.since.set_text("" if year is None else f"{year}-01-01")
        self.until.set_text("" if year is None else f"{year}-12-31")
        self.refresh()

    def _show(self, numbers: PracticeNumbers) -> None:
        sums, rate = numbers.sums, numbers.events_per_1000
        self.figures.show_figures(
            (self.tr("sessions"), f"{sums.sessions:,}"),
            (self.tr("patients"), f"{sums.patients:,}"),
            (self.tr("points"), f"{sums.points:,}"),
            (self.tr("about points"), f"≈ {sums.about_points:,}"),
            (self.tr("mL recorded"), f"{sums.volume_ml:,.2f}"),
        )
        self.events.show_figures(
            (self.tr("on record"), f"{numbers.adverse_events:,}"),
            (self.tr("per 1,000 sessions"), number(rate, 1)),
        )
        self.changes.clear()
        if numbers.changes:
            self.changes.body.addWidget(self._table(numbers.changes))
        else:
            self.changes.say_empty(self.tr("No patient was scored twice on the same scale in this period."))
        self.changes.body.addWidget(
            wrapping(
                "small2",
                self.tr(
                    "n: patients and sites judged at least twice by the same; change: last score less first. A higher "
                    "score is worse on all scales named here."
                ),
            )
        )
        self.no_evidence.setText(
            self.tr(
                "These figures count what is on record in this practice. They are no evidence of any effect: who came "
                "back and who was scored is not at random, nothing was compared with no treatment, and what nobody "
                "recorded is not in them."
            )
        )

    def _table(self, changes: tuple[ScaleChange, ...]) -> QWidget:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        heads = (self.tr("Scale"), self.tr("Judged by"), self.tr("n"), self.tr("Mean change"), self.tr("Spread (SD)"),
                 self.tr("Smallest to largest"))  # fmt: skip
        for column, words in enumerate(heads):
            grid.addWidget(plain_label("small2", words), 0, column, _side(column))
        for row, change in enumerate(changes, 1):
            judge = self.tr("practitioner") if change.judge is Judge.PRACTITIONER else self.tr("patient")
            cells = (
                scale(change.scale).name(language()),
                judge,
                str(change.n),
                _signed(change.mean),
                number(change.spread, 2),
                f"{_signed(change.low)} … {_signed(change.high)}",
            )
            for column, words in enumerate(cells):
                grid.addWidget(plain_label("strong" if column in (0, 3) else "", words), row, column, _side(column))
        grid.setColumnStretch(0, 1)
        return table

    def _save(self) -> None:
        numbers, context = self._numbers, self._context
        chosen, _kind = QFileDialog.getSaveFileName(self, self.tr("Save as PDF"), "numbers.pdf", "PDF (*.pdf)")
        if not chosen or numbers is None:
            return
        head, at, lang = letterhead(context.practice).lines, datetime.now().astimezone(), language()

        def made() -> bytes:
            # Printing takes long to load and is needed for this alone.
            from mesomap.printing.practice_numbers import numbers_document

            return numbers_document(numbers, head, at, lang).pdf()

        write_file(context, Path(chosen), made)


def _side(column: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if column >= 2 else Qt.AlignmentFlag.AlignLeft


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−") if abs(value) >= 0.005 else "0.00"
