"""Adverse events: the form of one, and those on record with their days after the session."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QDialog, QPushButton, QSizePolicy

from mesomap.domain.adverse_event import AdverseEvent, Outcome, Reported, SitePoint, adverse_terms
from mesomap.domain.clock import now
from mesomap.domain.errors import MesoMapError
from mesomap.services.aftercare import EventAfter, change_event, events, record_event, session_before, take_out
from mesomap.services.scales import grade_scales, licensed
from mesomap.ui.after.entry_history import show_history
from mesomap.ui.after.event_words import event_title, facts, grade_tip, outcome_words, reported_words, when_words
from mesomap.ui.after.form_parts import (
    MomentFields,
    SessionChoice,
    TrackField,
    attempt,
    choice_field,
    line_field,
    on_chosen,
    optional_day,
    text_field,
)
from mesomap.ui.after.region_picker import RegionPicker
from mesomap.ui.after.section import Section
from mesomap.ui.after.site_map import SiteDialog
from mesomap.ui.controls.asked_role import reads
from mesomap.ui.controls.chips import StateChip
from mesomap.ui.controls.record_lines import RecordLine
from mesomap.ui.page_context import PageContext
from mesomap.ui.words import language, region_name

_GRADES = ("1", "2", "3", "4", "5")
#: Not graded.
_NONE = "–"


class Events(Section):
    """One event at a time; an event on record is changed in the same form, and its history stays."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, self.tr("Adverse event"), self.tr("On record"), self.tr("Record event"))
        self._edited: AdverseEvent | None = None
        terms = {"": self.tr("own words"), **{one.key: one.name(language()) for one in adverse_terms().values()}}
        self.term = choice_field(self.tr("Event"), terms)
        self.description = text_field(self.tr("Description"), 48)
        self.onset = MomentFields(self.tr("Onset"))
        self.session = SessionChoice(())
        self.grade = TrackField(self.tr("Grade"), {_NONE: _NONE, **{grade: grade for grade in _GRADES}}, _NONE)
        self.grade_scale = choice_field(self.tr("Graded by"), {one.key: one.name(language()) for one in grade_scales()})
        atlas = context.desk.shelf.named(context.patient.body)
        self.site = RegionPicker(
            self.tr("Site"), {region.id: region_name(atlas, region.id) for region in atlas.regions}
        )
        self._atlas = atlas
        self._point: SitePoint | None = None
        self.place = QPushButton(self.tr("Place on the body…"))
        self.place.clicked.connect(self.ask_place)
        self.lot = line_field(self.tr("Suspected lot"), self.tr("number as on the pack"))
        self.action = line_field(self.tr("Action"), self.tr("what was done"), 1000)
        self.outcome = choice_field(self.tr("Outcome"), outcome_words())
        self.ended = line_field(self.tr("Last day"), self.tr("while it lasts: empty"), 20)
        self.reported = TrackField(self.tr("Reported to an authority"), reported_words(), Reported.NOT_RECORDED.value)
        self.reported_on = line_field(self.tr("Reported on"), most=20)
        self.reported_to = line_field(self.tr("Reported to"))
        for widget in (
            self.term, self.description, self.onset, self.session, self.grade, self.grade_scale, self.site, self.place,
            self.lot, self.action, self.outcome, self.ended, self.reported, self.reported_on, self.reported_to,
        ):  # fmt: skip
            self.form.body.addWidget(widget)
        self.reported.track.chosen.connect(lambda _key: self._show_reported())
        on_chosen(self.grade_scale, self._show_tips)
        self.finish_form()
        self._begin()
        self.fill()

    def fill(self) -> None:
        """Read the events on record."""
        practice, patient_id = self.context.practice, self.context.patient.id
        self.session.show_sessions(practice.sessions(patient_id))
        if self._edited is None:
            before = session_before(practice, patient_id, now())
            self.session.choose(before.id if before is not None else None)
        self.record.clear()
        found = events(practice, patient_id)
        for number, one in enumerate(found):
            self.record.body.addWidget(self._line(one, first=number == 0))
        if not found:
            self.record.say_empty(self.tr("Nothing is on record yet."))
        self.record.body.addStretch(1)

    def save(self) -> None:
        """Record the event, or the change of the one being edited."""
        values = self._values()
        if values is None:
            return
        practice, edited = self.context.practice, self._edited
        if edited is not None:
            wrong = attempt(lambda: change_event(practice, edited, **values))
        else:
            wrong = attempt(lambda: record_event(practice, self.context.patient.id, **values))
        self.show_error(wrong)
        if not wrong:
            self._begin()
            self.recorded()

    def ask_place(self) -> None:
        """Tap the place on the body; its region joins the site."""
        dialog = SiteDialog(self._atlas, self._point, self.site.regions(), self.window())
        if dialog.exec() == QDialog.DialogCode.Accepted:
            region = dialog.region()
            if region is not None and region not in self.site.regions():
                self.site.set_regions((*self.site.regions(), region))
            self._show_point(dialog.point)
        dialog.deleteLater()

    # -- inside

    def _show_point(self, point: SitePoint | None) -> None:
        self._point = point
        marked = self.tr("Place on the body: marked, change…")
        self.place.setText(self.tr("Place on the body…") if point is None else marked)

    def _values(self) -> dict[str, Any] | None:
        """Fields of the event; None when one cannot be read (said beside it)."""
        onset = self.onset.moment()
        whole, ended_on = optional_day(self.ended)
        known, reported_on = optional_day(self.reported_on)
        if onset is None or not whole or not known:
            return None
        reported = Reported(self.reported.value())
        return {
            "term": self.term.text(),
            "description": self.description.text(),
            "onset": onset,
            "onset_hour_known": self.onset.time_known,
            "session_id": self.session.session_id(),
            "grade": int(self.grade.value()) if self.grade.value() != _NONE else None,
            "grade_scale": self.grade_scale.text(),
            "regions": self.site.regions(),
            "point": self._point,
            "suspected_lot": self.lot.text(),
            "action": self.action.text(),
            "outcome": Outcome(self.outcome.text()),
            "ended_on": ended_on,
            "reported": reported,
            "reported_on": reported_on if reported is Reported.YES else None,
            "reported_to": self.reported_to.text() if reported is Reported.YES else "",
        }

    def _begin(self) -> None:
        """An empty form."""
        self._edited = None
        self.done_button.setText(self.tr("Record event"))
        self._show(AdverseEvent(id=self.context.patient.id, entered_at=now(), onset=now()))

    def _show(self, event: AdverseEvent) -> None:
        self.term.set_text(event.term)
        self.description.set_text(event.description)
        self.onset.show_moment(event.onset, time_known=event.onset_hour_known)
        self.session.choose(event.session_id)
        self.grade.set_value(str(event.grade) if event.grade is not None else _NONE)
        self.grade_scale.set_text(event.grade_scale)
        self.site.set_regions(event.regions)
        self._show_point(event.point)
        self.lot.set_text(event.suspected_lot)
        self.action.set_text(event.action)
        self.outcome.set_text(event.outcome.value)
        self.ended.set_text(f"{event.ended_on:%Y-%m-%d}" if event.ended_on is not None else "")
        self.reported.set_value(event.reported.value)
        self.reported_on.set_text(f"{event.reported_on:%Y-%m-%d}" if event.reported_on is not None else "")
        self.reported_to.set_text(event.reported_to)
        self._show_reported()
        self._show_tips()

    def _show_reported(self) -> None:
        yes = self.reported.value() == Reported.YES.value
        self.reported_on.setVisible(yes)
        self.reported_to.setVisible(yes)

    def _show_tips(self) -> None:
        """Grades that the scale does not have are off; what a grade says is its tip, if its words may be shown."""
        noted = licensed(self.context.practice)
        for grade in _GRADES:
            button = self.grade.track.button(grade)
            if button is not None:
                tip = grade_tip(self.grade_scale.text(), int(grade), noted)
                button.setToolTip(tip)
                button.setEnabled(bool(tip))

    def _line(self, found: EventAfter, *, first: bool) -> RecordLine:
        event = found.event
        title = event_title(event)
        line = RecordLine(
            title, when_words(found), facts(event, self.site.words(event.regions)), first=first, buttons_below=True
        )
        if event.ended_on is None and event.outcome not in (Outcome.RECOVERED, Outcome.SEQUELAE, Outcome.FATAL):
            chip = StateChip("amber", "clock")
            chip.show_text(self.tr("no end recorded"))
            chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            line.add_below(chip)
        if event.point is not None:
            words = self.tr("{0} on the body").format(title)
            line.add_button(self.tr("On the body"), lambda: self._show_on_body(event), words)
        line.add_button(self.tr("Edit"), lambda: self._edit(event), self.tr("Edit {0}").format(title))
        words = self.tr("History of {0}").format(title)
        show = partial(show_history, self.context.practice, event, title, self)
        reads(line.add_button(self.tr("History"), show, words))
        line.add_button(self.tr("Take out"), lambda: self._take_out(event), self.tr("Take out {0}").format(title))
        return line

    def _show_on_body(self, event: AdverseEvent) -> None:
        """The place in the body that it was tapped on."""
        if event.point is None:
            return
        try:
            atlas = self.context.desk.shelf.of(event.point.atlas)
        except MesoMapError as error:
            self.context.say(error.sentence)
            return
        dialog = SiteDialog(atlas, event.point, event.regions, self.window(), looking=True)
        dialog.exec()
        dialog.deleteLater()

    def _edit(self, event: AdverseEvent) -> None:
        self._edited = event
        self.done_button.setText(self.tr("Save changes"))
        self._show(event)

    def _take_out(self, event: AdverseEvent) -> None:
        wrong = attempt(lambda: take_out(self.context.practice, event, self.tr("taken out by hand")))
        if wrong:
            self.context.say(wrong)
        self._begin()
        self.recorded()
