"""Sheets given and notes on nutrition."""

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from mesomap.domain.advice import AdviceGiven, AdviceSheet, GivenAs
from mesomap.domain.errors import MesoMapError
from mesomap.domain.nutrition import NutritionNote
from mesomap.services.advice_sheets import advice_sheets, give_sheet, sheets_given
from mesomap.services.aftercare import nutrition_notes, record_nutrition, take_out
from mesomap.services.moments import read_day
from mesomap.services.practice_texts import for_language
from mesomap.ui.after.form_parts import (
    SessionChoice,
    TrackField,
    attempt,
    choice_field,
    line_field,
    show_choices,
    text_field,
)
from mesomap.ui.after.section import Section
from mesomap.ui.before.consent_words import language_words
from mesomap.ui.controls.asked_role import reads
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.record_lines import RecordLine, wrapping
from mesomap.ui.page_context import PageContext
from mesomap.ui.text_papers import save_sheet
from mesomap.ui.words import clock, day, language


class Notes(Section):
    """The form holds the sheet to give and the note to write; both are on record at the right."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, self.tr("Sheet given"), self.tr("On record"), self.tr("Record note"))
        self._ways = {
            GivenAs.PAPER: self.tr("Paper"),
            GivenAs.MESSAGE: self.tr("Message"),
            GivenAs.SPOKEN: self.tr("Spoken"),
        }
        self._sheets: dict[str, AdviceSheet] = {}
        self.sheet = choice_field(self.tr("Sheet"), {})
        self.session = SessionChoice(())
        self.way = TrackField(
            self.tr("How"), {key.value: word for key, word in self._ways.items()}, GivenAs.PAPER.value
        )
        self.no_sheet = wrapping(
            "small2", self.tr("There is no sheet yet. Write one on the practice’s page, “Advice sheets”.")
        )
        self.save_pdf, self.give = QPushButton(self.tr("Save as PDF…")), QPushButton(self.tr("Record as given"))
        self.save_pdf.clicked.connect(self._save_pdf)
        self.give.clicked.connect(self._give)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(reads(self.save_pdf))
        row.addWidget(self.give, 1)
        for widget in (self.sheet, self.way, self.session, self.no_sheet):
            self.form.body.addWidget(widget)
        self.form.body.addLayout(row)
        self.form.body.addSpacing(12)
        self.form.body.addWidget(plain_label("title", self.tr("Nutrition note")))
        self.day = line_field(self.tr("Day"), most=20)
        self.text = text_field(self.tr("Note"), 110)
        self.form.body.addWidget(self.day)
        self.form.body.addWidget(self.text)
        self.finish_form()
        self.day.set_text(f"{date.today():%Y-%m-%d}")
        self.fill()
        self.session.choose_todays()

    def fill(self) -> None:
        """Read sheets and notes."""
        practice, patient_id = self.context.practice, self.context.patient.id
        self.session.show_sessions(practice.sessions(patient_id))
        self._show_sheets()
        self.record.clear()
        given, notes = sheets_given(practice, patient_id), nutrition_notes(practice, patient_id)
        first = True
        for one in reversed(given):
            self.record.body.addWidget(self._given_line(one, first=first))
            first = False
        for note in notes:
            self.record.body.addWidget(self._note_line(note, first=first))
            first = False
        if first:
            self.record.say_empty(self.tr("No sheet was recorded as given, and no note is on record yet."))
        self.record.body.addStretch(1)

    def save(self) -> None:
        """Record the note on nutrition."""
        on = self.day.read(lambda text: read_day(text, date.today()))
        if on is None:
            return
        wrong = attempt(lambda: record_nutrition(self.context.practice, self.context.patient.id, self.text.text(), on))
        self.show_error(wrong)
        if not wrong:
            self.text.set_text("")
            self.recorded()

    def _show_sheets(self) -> None:
        found = advice_sheets(self.context.practice)
        best = for_language(found, language())
        self._sheets = {str(one.id): one for one in [*best, *(one for one in found if one not in best)]}
        show_choices(
            self.sheet,
            {key: f"{one.title} · {language_words(one.language)} · {one.version}" for key, one in self._sheets.items()},
        )
        for widget in (self.sheet, self.way, self.session, self.save_pdf, self.give):
            widget.setVisible(bool(self._sheets))
        self.no_sheet.setVisible(not self._sheets)

    def _chosen(self) -> AdviceSheet | None:
        return self._sheets.get(self.sheet.text())

    def _give(self) -> None:
        sheet = self._chosen()
        if sheet is None:
            return
        context, way = self.context, GivenAs(self.way.value())
        wrong = attempt(
            lambda: give_sheet(
                context.practice, context.patient.id, sheet, given_as=way, session_id=self.session.session_id()
            )
        )
        self.show_error(wrong)
        if not wrong:
            self.recorded()

    def _save_pdf(self) -> None:
        sheet = self._chosen()
        if sheet is not None:
            save_sheet(self.context, sheet, self.context.patient, self)

    def _given_line(self, one: AdviceGiven, *, first: bool) -> RecordLine:
        when = f"{day(one.given_at.astimezone())}, {clock(one.given_at)}"
        small = f"{self.tr('version {0}').format(one.version)} · {language_words(one.language)} · {when} · "
        line = RecordLine(one.title, small + self._ways[one.given_as], first=first)
        line.add_button(
            self.tr("Save…"), lambda: self._save_given(one), self.tr("Save {0} as a file").format(one.title)
        )
        return line

    def _save_given(self, one: AdviceGiven) -> None:
        """The version that was given, not the newest."""
        try:
            sheet = self.context.practice.entry(AdviceSheet, one.sheet_id)
        except MesoMapError as error:
            self.context.say(error.sentence)
            return
        save_sheet(self.context, sheet, self.context.patient, self)

    def _note_line(self, note: NutritionNote, *, first: bool) -> RecordLine:
        title = self.tr("Nutrition · {0}").format(day(note.noted_on))
        line = RecordLine(title, "", note.text, first=first)
        line.add_button(self.tr("Take out"), lambda: self._take_out(note), self.tr("Take out {0}").format(title))
        return line

    def _take_out(self, note: NutritionNote) -> None:
        wrong = attempt(lambda: take_out(self.context.practice, note, self.tr("taken out by hand")))
        if wrong:
            self.context.say(wrong)
        self.recorded()
