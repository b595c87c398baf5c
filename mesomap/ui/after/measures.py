"""Circumferences, weight and folds: the form of one, and those on record with what changed."""

from decimal import Decimal, InvalidOperation

from PySide6.QtWidgets import QVBoxLayout

from mesomap.domain.body_measure import LIMITS, BodyMeasure, Measured
from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError
from mesomap.services.aftercare import change_before, measures, record_measure, take_out
from mesomap.ui.after.form_parts import MomentFields, SessionChoice, TrackField, attempt, line_field, set_hint
from mesomap.ui.after.section import Section
from mesomap.ui.controls.chips_field import ChipsField
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.record_lines import RecordLine
from mesomap.ui.page_context import PageContext
from mesomap.ui.words import clock, day


class Measures(Section):
    """One value at a time; the site stays for the next one."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, self.tr("Measure"), self.tr("On record"), self.tr("Record measure"))
        self._words = {
            Measured.CIRCUMFERENCE: self.tr("Circumference"),
            Measured.WEIGHT: self.tr("Weight"),
            Measured.FOLD: self.tr("Fold"),
        }
        words = {key.value: word for key, word in self._words.items()}
        self.measured = TrackField(self.tr("What"), words, Measured.CIRCUMFERENCE.value)
        self.measured.track.chosen.connect(lambda _key: self._show_unit())
        self.number = line_field(self.tr("Value"), most=12)
        self.site = ChipsField(self.tr("Site"), self.tr("where, side included"), most=200)
        self.site.entered.connect(self._site_entered)
        self.site.show_choices(
            (
                self.tr("Waist"), self.tr("Navel"), self.tr("Hips"), self.tr("Thigh, left"), self.tr("Thigh, right"),
                self.tr("Knee, left"), self.tr("Knee, right"), self.tr("Upper arm, left"), self.tr("Upper arm, right"),
            )
        )  # fmt: skip
        self._site_label = plain_label("small2", self.tr("Site"))
        self.when = MomentFields(self.tr("Day"))
        self.session = SessionChoice(())
        site = QVBoxLayout()
        site.setSpacing(4)
        site.addWidget(self._site_label)
        site.addWidget(self.site)
        self.form.body.addWidget(self.measured)
        self.form.body.addWidget(self.number)
        self.form.body.addLayout(site)
        self.form.body.addWidget(self.when)
        self.form.body.addWidget(self.session)
        self.finish_form()
        self.when.show_moment(now())
        self._show_unit()
        self.fill()
        self.session.choose_todays()

    def fill(self) -> None:
        """Read the measures on record."""
        practice, patient_id = self.context.practice, self.context.patient.id
        self.session.show_sessions(practice.sessions(patient_id))
        self.record.clear()
        found = measures(practice, patient_id)
        for number, one in enumerate(found):
            self.record.body.addWidget(self._line(one, change_before(found, one), first=number == 0))
        if not found:
            self.record.say_empty(self.tr("Nothing was measured yet."))
        self.record.body.addStretch(1)

    def save(self) -> None:
        """Record the value."""
        at, value = self.when.moment(), self.number.read(self._read)
        if at is None or value is None:
            return
        measured = Measured(self.measured.value())
        site = "" if measured is Measured.WEIGHT else self.site.editor.text()
        practice, patient_id = self.context.practice, self.context.patient.id
        wrong = attempt(
            lambda: record_measure(
                practice, patient_id, measured, value, site=site, measured_at=at, session_id=self.session.session_id()
            )
        )
        self.show_error(wrong)
        if not wrong:
            self.number.set_text("")
            self.when.show_moment(now())
            self.number.editor.setFocus()
            self.recorded()

    def _read(self, text: str) -> Decimal:
        unit = LIMITS[Measured(self.measured.value())][0]
        plain = text.removesuffix(unit).strip().replace(",", ".")
        try:
            return Decimal(plain)
        except InvalidOperation:
            raise BadInputError(self.tr("“{0}” is not a number. Enter it in {1}.").format(text[:20], unit)) from None

    def _show_unit(self) -> None:
        measured = Measured(self.measured.value())
        self.number.show_error("")
        self.number.editor.setAccessibleName(self.tr("Value, {0}").format(LIMITS[measured][0]))
        set_hint(self.number, LIMITS[measured][0])
        for widget in (self._site_label, self.site):
            widget.setVisible(measured is not Measured.WEIGHT)

    def _site_entered(self, text: str) -> None:
        # Chips join words with commas; a site is one of them, the last that was tapped.
        known = [word for word in self.site.words() if text.endswith(word)]
        self.site.show_text(max(known, key=len, default=text))

    def _line(self, one: BodyMeasure, change: Decimal | None, *, first: bool) -> RecordLine:
        name = " · ".join(part for part in (self._words[one.measured], one.site) if part)
        moved = "" if change is None else f" ({_signed(change)} {one.unit})"
        when = f"{day(one.measured_at.astimezone())}, {clock(one.measured_at)}"
        line = RecordLine(f"{one.value} {one.unit}{moved}", f"{name} · {when}", first=first)
        line.add_button(
            self.tr("Take out"), lambda: self._take_out(one), self.tr("Take out {0}, {1}").format(name, when)
        )
        return line

    def _take_out(self, one: BodyMeasure) -> None:
        wrong = attempt(lambda: take_out(self.context.practice, one, self.tr("taken out by hand")))
        if wrong:
            self.context.say(wrong)
        self.recorded()


def _signed(value: Decimal) -> str:
    return f"{value:+}".replace("-", "−")
