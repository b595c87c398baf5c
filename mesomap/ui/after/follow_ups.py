"""Follow-ups: what is due, what was heard and seen, and the form for the next one."""

from datetime import date, timedelta
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from mesomap.domain.clock import now
from mesomap.domain.follow_up import Contact, FollowUp
from mesomap.services.aftercare import take_out
from mesomap.services.follow_ups import (
    Due,
    change_follow_up,
    drop_planned,
    dues,
    follow_ups,
    plan_follow_up,
    record_follow_up,
)
from mesomap.services.framing import choices
from mesomap.services.moments import read_day
from mesomap.ui.after.entry_history import show_history
from mesomap.ui.after.form_parts import (
    MomentFields,
    SessionChoice,
    TrackField,
    attempt,
    line_field,
    session_words,
    text_field,
)
from mesomap.ui.after.section import Section
from mesomap.ui.controls.asked_role import reads
from mesomap.ui.controls.chips import StateChip
from mesomap.ui.controls.chips_field import ChipsField
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.record_lines import RecordLine
from mesomap.ui.page_context import PageContext
from mesomap.ui.words import clock, day, language


class FollowUps(Section):
    """One contact after a treatment at a time; due ones stand above those on record."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, self.tr("Follow-up"), self.tr("Due and on record"), self.tr("Record follow-up"))
        self._settles: UUID | None = None
        self._edited: FollowUp | None = None
        self._words = {
            Contact.VISIT: self.tr("Visit"),
            Contact.PHONE: self.tr("Phone"),
            Contact.MESSAGE: self.tr("Message"),
            Contact.VIDEO: self.tr("Video"),
        }
        words = {contact.value: word for contact, word in self._words.items()}
        self.contact = TrackField(self.tr("How"), words, Contact.PHONE.value)
        self.moment = MomentFields(self.tr("Day"))
        self.session = SessionChoice(())
        self.reaction = ChipsField(self.tr("Reaction"), self.tr("in the patient’s words"))
        self.reaction.entered.connect(self._reaction_entered)
        self.text = text_field(self.tr("What was said and seen"))
        for widget in (self.contact, self.moment, self.session, plain_label("small2", self.tr("Reaction"))):
            self.form.body.addWidget(widget)
        self.form.body.addWidget(self.reaction)
        self.form.body.addWidget(self.text)
        self.finish_form()
        self.plan_day, self.plan_text = (
            line_field(self.tr("Plan for"), "2027-02-14", 20),
            line_field(self.tr("What for")),
        )
        self.plan_button = QPushButton(self.tr("Plan"))
        self.plan_button.clicked.connect(self._plan)
        plan = QHBoxLayout()
        plan.setSpacing(8)
        plan.addWidget(self.plan_day, 2)
        plan.addWidget(self.plan_text, 4)
        beside = QVBoxLayout()
        beside.setContentsMargins(0, self.plan_day.editor_top(), 0, 0)
        beside.addWidget(self.plan_button)
        beside.addStretch(1)
        plan.addLayout(beside)
        self.record.above.addLayout(plan)
        self._begin()
        self.fill()

    def fill(self) -> None:
        """Read what is due and on record."""
        practice, patient_id = self.context.practice, self.context.patient.id
        self.session.show_sessions(practice.sessions(patient_id))
        self.reaction.show_choices(choices(practice, "reaction", language())[:10])
        self.record.clear()
        due, done = dues(practice, patient_id), follow_ups(practice, patient_id)
        for number, one in enumerate(due):
            self.record.body.addWidget(self._due_line(one, first=number == 0))
        for number, past in enumerate(reversed(done)):
            self.record.body.addWidget(self._line(past, first=number == 0 and not due))
        if not due and not done:
            self.record.say_empty(self.tr("Nothing is due and nothing is on record yet."))
        self.record.body.addStretch(1)

    def save(self) -> None:
        """Record what the form holds, or the change of the one being edited."""
        moment = self.moment.moment()
        if moment is None:
            return
        values = {
            "contact": Contact(self.contact.value()),
            "done_at": moment,
            "session_id": self.session.session_id(),
            "reaction": self.reaction.editor.text().strip(),
            "text": self.text.text(),
        }
        practice, edited = self.context.practice, self._edited
        if edited is not None:
            wrong = attempt(lambda: change_follow_up(practice, edited, **values))
        else:
            patient_id = self.context.patient.id
            wrong = attempt(
                lambda: record_follow_up(practice, patient_id, settles=self._settles, **values)  # type: ignore[arg-type]
            )
        self.show_error(wrong)
        if not wrong:
            self._begin()
            self.recorded()

    # -- inside

    def _begin(self) -> None:
        """An empty form."""
        self._settles, self._edited = None, None
        self.done_button.setText(self.tr("Record follow-up"))
        self.moment.show_moment(now())
        self.reaction.show_text("")
        self.reaction.editor.clear()
        self.text.set_text("")
        self.session.choose(None)

    def _reaction_entered(self, text: str) -> None:
        self.reaction.show_text(text)

    def _due_line(self, due: Due, *, first: bool) -> RecordLine:
        today = date.today()
        title = due.planned.text if due.planned is not None and due.planned.text else self.tr("Follow-up")
        small = session_words(due.session) if due.session is not None else self.tr("planned by hand")
        line = RecordLine(title, small, first=first, buttons_below=True)
        chip = StateChip("amber" if due.on <= today else "grey", "clock")
        weeks = (due.on - due.session.started_at.astimezone().date()).days // 7 if due.session is not None else 0
        more = self.tr("{0} weeks after").format(weeks) if weeks else ""
        chip.show_text(self.tr("Due {0}").format(day(due.on)), more)
        line.add_below(chip)
        line.add_button(
            self.tr("Record"), lambda: self._take(due), self.tr("Record the one due {0}").format(day(due.on))
        )
        planned = due.planned
        if planned is not None:
            line.add_button(
                self.tr("Drop"),
                lambda: self._drop(due),
                self.tr("Drop the one planned for {0}").format(day(due.on)),
            )
        return line

    def _line(self, one: FollowUp, *, first: bool) -> RecordLine:
        sessions = {session.id: session for session in self.context.practice.sessions(self.context.patient.id)}
        session = sessions.get(one.session_id) if one.session_id is not None else None
        title = f"{day(one.done_at.astimezone())}, {clock(one.done_at)} · {self._words[one.contact]}"
        small = [one.reaction] if one.reaction else []
        small += [self.tr("after {0}").format(session_words(session))] if session is not None else []
        line = RecordLine(title, " · ".join(small), one.text, first=first, buttons_below=True)
        line.add_button(self.tr("Edit"), lambda: self._edit(one), self.tr("Edit the follow-up of {0}").format(title))
        words = self.tr("History of {0}").format(title)
        show = partial(show_history, self.context.practice, one, title, self)
        reads(line.add_button(self.tr("History"), show, words))
        line.add_button(self.tr("Take out"), lambda: self._take_out(one), self.tr("Take out {0}").format(title))
        return line

    def _take(self, due: Due) -> None:
        self._begin()
        self._settles = due.planned.id if due.planned is not None else None
        self.session.choose(due.session.id if due.session is not None else None)
        self.text.editor.setFocus()

    def _edit(self, one: FollowUp) -> None:
        self._begin()
        self._edited = one
        self.contact.set_value(one.contact.value)
        self.moment.show_moment(one.done_at)
        self.session.choose(one.session_id)
        self.reaction.show_text(one.reaction)
        self.text.set_text(one.text)
        self.done_button.setText(self.tr("Save changes"))

    def _take_out(self, one: FollowUp) -> None:
        wrong = attempt(lambda: take_out(self.context.practice, one, self.tr("taken out by hand")))
        if wrong:
            self.context.say(wrong)
        self._begin()
        self.recorded()

    def _plan(self) -> None:
        # A day without a year is the next such day.
        on = self.plan_day.read(lambda text: read_day(text, date.today() + timedelta(days=364)))
        if on is None:
            return
        wrong = attempt(
            lambda: plan_follow_up(self.context.practice, self.context.patient.id, on, self.plan_text.text())
        )
        self.plan_text.show_error(wrong)
        if not wrong:
            self.plan_day.set_text("")
            self.plan_text.set_text("")
            self.recorded()

    def _drop(self, due: Due) -> None:
        planned = due.planned
        if planned is not None:
            wrong = attempt(lambda: drop_planned(self.context.practice, planned, self.tr("dropped by hand")))
            if wrong:
                self.context.say(wrong)
        self.recorded()
