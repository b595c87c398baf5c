"""Scales: one score at a time by tap, and what was scored before."""

from decimal import Decimal

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from mesomap.domain.clock import now
from mesomap.domain.scale import Wording, scale
from mesomap.domain.score import LINE_MM, Judge, Moment, Score, hexsel_class
from mesomap.services.aftercare import take_out
from mesomap.services.scales import Trend, licensed, note_licence, offered, record_score, scores, trends
from mesomap.ui.after.calibration import CalibrationDialog
from mesomap.ui.after.form_parts import (
    MomentFields,
    SessionChoice,
    TrackField,
    attempt,
    choice_field,
    line_field,
    on_chosen,
)
from mesomap.ui.after.line_input import LineInput
from mesomap.ui.after.scale_input import ScaleInput
from mesomap.ui.after.scale_inputs import scale_input
from mesomap.ui.after.section import Section
from mesomap.ui.after.trend_line import TrendLine
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.record_lines import RecordLine, small_button, wrapping
from mesomap.ui.page_context import PageContext
from mesomap.ui.words import day, language


class Scales(Section):
    """Choose a scale, tap, record."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, self.tr("Score"), self.tr("Scored before"), self.tr("Record score"))
        self._judges = {Judge.PRACTITIONER: self.tr("Practitioner"), Judge.PATIENT: self.tr("Patient")}
        self._moments = {
            Moment.BEFORE: self.tr("Before"),
            Moment.AFTER: self.tr("After"),
            Moment.FOLLOW_UP: self.tr("Follow-up"),
            Moment.APART: self.tr("Apart"),
        }
        self.scale = choice_field(
            self.tr("Scale"), {one.key: one.name(language()) for one in offered(context.practice)}
        )
        judges = {key.value: word for key, word in self._judges.items()}
        moments = {key.value: word for key, word in self._moments.items()}
        self.judge = TrackField(self.tr("Judged by"), judges, Judge.PRACTITIONER.value)
        self.moment = TrackField(self.tr("When"), moments, Moment.BEFORE.value)
        self.site = line_field(self.tr("Site"), self.tr("for example nasolabial fold, left"))
        self.when = MomentFields(self.tr("Day"))
        self.session = SessionChoice(())
        self._source = wrapping("small")
        self._held = QVBoxLayout()
        self.licence = line_field(self.tr("Licence of the words"), self.tr("where it is from"), 1000)
        note = small_button(self.tr("Note"), self._note_licence, self.tr("Note the licence"))
        self._licence_row = QHBoxLayout()
        self._licence_row.setSpacing(8)
        self._licence_row.addWidget(self.licence, 1)
        beside = QVBoxLayout()
        beside.setContentsMargins(0, self.licence.editor_top(), 0, 0)
        beside.addWidget(note)
        beside.addStretch(1)
        self._licence_row.addLayout(beside)
        self._note_button = note
        self.form.body.addWidget(self.scale)
        self.form.body.addLayout(self._held)
        for widget in (self.judge, self.moment, self.site, self.when, self.session):
            self.form.body.addWidget(widget)
        self.form.body.addLayout(self._licence_row)
        self.form.body.addWidget(self._source)
        self.finish_form()
        self.input: ScaleInput = scale_input(scale(self.scale.text()), licensed(context.practice))
        on_chosen(self.scale, self._scale_chosen)
        self.when.show_moment(now())
        self._scale_chosen()
        self.fill()
        self.session.choose_todays()

    def field(self) -> FormField:
        """The choice of the scale."""
        return self.scale

    def fill(self) -> None:
        """Read what was scored before."""
        practice, patient_id = self.context.practice, self.context.patient.id
        self.session.show_sessions(practice.sessions(patient_id))
        self.record.clear()
        found = trends(scores(practice, patient_id))
        for number, trend in enumerate(found):
            self.record.body.addWidget(self._trend_line(trend, first=number == 0))
            if len(trend.scores) > 1:
                for score in reversed(trend.scores):
                    self.record.body.addWidget(self._score_line(score))
        if not found:
            self.record.say_empty(self.tr("Nothing was scored yet."))
        self.record.body.addStretch(1)

    def save(self) -> None:
        """Record the score."""
        value, at = self.input.value(), self.when.moment()
        if value is None or at is None:
            if value is None:
                self.show_error(self.tr("Nothing is chosen on the scale yet. Choose, then record."))
            return
        line = self.input if isinstance(self.input, LineInput) else None
        wrong = attempt(
            lambda: record_score(
                self.context.practice,
                self.context.patient.id,
                self.scale.text(),
                value,
                items=self.input.items(),
                judge=Judge(self.judge.value()),
                moment=Moment(self.moment.value()),
                site=self.site.text(),
                session_id=self.session.session_id(),
                scored_at=at,
                line_mm=Decimal(LINE_MM) if line is not None else None,
                line_calibrated=line is not None and line.is_calibrated,
            )
        )
        self.show_error(wrong)
        if not wrong:
            self._show_scale()
            self.when.show_moment(now())
            self.recorded()

    def calibrate(self) -> None:
        """Measure this screen with a bank card."""
        dialog = CalibrationDialog(self.screen(), self.window())
        if dialog.exec() == QDialog.DialogCode.Accepted and isinstance(self.input, LineInput):
            self.input.show_screen()
        dialog.deleteLater()

    # -- inside

    def _scale_chosen(self) -> None:
        """Pain and satisfaction are the patient's to judge; both may judge everything."""
        asked = scale(self.scale.text())
        of_patient = asked.domain == "pain" or asked.key.startswith("satisfaction")
        self.judge.set_value((Judge.PATIENT if of_patient else Judge.PRACTITIONER).value)
        self._show_scale()

    def _show_scale(self) -> None:
        asked, noted = scale(self.scale.text()), licensed(self.context.practice)
        self._held.removeWidget(self.input)
        self.input.hide()
        self.input.deleteLater()
        self.input = scale_input(asked, noted)
        self._held.addWidget(self.input)
        if isinstance(self.input, LineInput):
            self.input.calibrate_asked.connect(self.calibrate)
        waits = asked.wording is not Wording.SHOWN and asked.key not in noted
        for widget in (self.licence, self._note_button):
            widget.setVisible(waits)
        status = self.tr("read in the source") if asked.status == "read" else self.tr("partly recalled, to be checked")
        note = f"{asked.licence_note}. " if waits else ""
        self._source.setText(f"{asked.full_name}. {note}{asked.source} ({status})")
        self.show_error("")

    def _note_licence(self) -> None:
        wrong = attempt(lambda: note_licence(self.context.practice, self.scale.text(), self.licence.text()))
        self.licence.show_error(wrong)
        if not wrong:
            self.licence.set_text("")
            self._show_scale()

    def _trend_line(self, trend: Trend, *, first: bool) -> RecordLine:
        last = trend.scores[-1]
        title = " · ".join(part for part in (trend.scale.name(language()), trend.site) if part)
        words = f"{self._judges[trend.judge]} · {self._value_words(last)} · {day(last.scored_at.astimezone())}"
        line = RecordLine(title, words, first=first)
        if len(trend.scores) > 1:
            line.buttons.addWidget(TrendLine(trend))
        else:
            self._add_take_out(line, last)
        return line

    def _score_line(self, score: Score) -> RecordLine:
        parts = [day(score.scored_at.astimezone()), self._moments[score.moment]]
        if score.line_mm is not None and not score.line_calibrated:
            parts.append(self.tr("line not calibrated"))
        line = RecordLine(self._value_words(score), " · ".join(parts), score.remark, first=True)
        line.setContentsMargins(16, 0, 0, 0)
        self._add_take_out(line, score)
        return line

    def _add_take_out(self, line: RecordLine, score: Score) -> None:
        when = day(score.scored_at.astimezone())
        line.add_button(
            self.tr("Take out"), lambda: self._take_out(score), self.tr("Take out the score of {0}").format(when)
        )

    def _value_words(self, score: Score) -> str:
        """2 Much improved; a sum with its class where the words of the scale may be shown."""
        if score.scale == "norwood" and score.label:
            return score.label
        label = score.label if score.label != str(score.value) else ""
        if score.scale == "hexsel_css" and "hexsel_css" in licensed(self.context.practice):
            label = hexsel_class(score.value)
        return f"{score.value} {label}".strip()

    def _take_out(self, score: Score) -> None:
        wrong = attempt(lambda: take_out(self.context.practice, score, self.tr("taken out by hand")))
        if wrong:
            self.context.say(wrong)
        self.recorded()
