"""Section "People": who works here and may do what, PINs, the letterhead, and when the window hides itself."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mesomap.domain.errors import MesoMapError
from mesomap.domain.person import Person, Role
from mesomap.services.hiding import IDLE_CHOICES, HideTimes, hide_times, set_hide_times
from mesomap.services.letterhead import letterhead
from mesomap.ui.controls.asked_role import reads
from mesomap.ui.controls.choice_field import ChoiceField
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.record_lines import RecordCard, RecordLine, small_button, wrapping
from mesomap.ui.controls.scrolled import scrolled
from mesomap.ui.page_context import PageContext
from mesomap.ui.trust.letterhead_dialog import LetterheadDialog
from mesomap.ui.trust.passphrase_dialog import PassphraseDialog
from mesomap.ui.trust.person_dialog import PersonDialog, role_words
from mesomap.ui.trust.reason_dialog import ReasonDialog


class PeopleSection(QWidget):
    """Cards: people; the letterhead; hiding."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.dialog: PersonDialog | ReasonDialog | LetterheadDialog | PassphraseDialog | None = None
        self.people = RecordCard(self.tr("People"))
        self.people.head.addWidget(small_button(self.tr("Add a person"), lambda: self.ask_person(None)))
        self.paper = RecordCard(self.tr("Letterhead"))
        self.paper.head.addWidget(small_button(self.tr("Change"), self.ask_letterhead, self.tr("Change letterhead")))
        self.times = RecordCard(self.tr("Hiding the window"))
        self._error = wrapping("error")
        self._error.hide()
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.paper)
        right.addWidget(self.times)
        right.addWidget(self._passphrase_card())
        right.addStretch(1)
        inner = QWidget()
        row = QHBoxLayout(inner)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(16)
        left = QVBoxLayout()
        left.addWidget(self.people)
        left.addStretch(1)
        row.addLayout(left, 3)
        row.addLayout(right, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._error)
        whole.addWidget(scrolled(inner), 1)
        self._make_times()
        self.refresh()

    def _passphrase_card(self) -> RecordCard:
        card = RecordCard(self.tr("Passphrase"))
        self.passphrase_button = small_button(self.tr("Change passphrase…"), self.ask_passphrase)
        card.head.addWidget(self.passphrase_button)
        words = self.tr("It opens the practice. When it is lost, the recovery code does, and sets a new one.")
        card.body.addWidget(wrapping("small2", words))
        return card

    def _make_times(self) -> None:
        kept = hide_times(self._context.practice)
        self.idle, self.in_session = ChoiceField(), ChoiceField()
        row = QHBoxLayout()
        row.setSpacing(12)
        for choice, minutes, label in (
            (self.idle, kept.idle_minutes, self.tr("After minutes without a touch")),
            (self.in_session, kept.in_session_minutes, self.tr("While a session is open")),
        ):
            for offered in sorted({*IDLE_CHOICES, minutes}):
                choice.addItem(self.tr("{0} min").format(offered), offered)
            choice.setCurrentIndex(choice.findData(minutes))
            choice.activated.connect(lambda _index: self._keep_times())
            row.addWidget(FormField(label, choice))
        words = self.tr(
            "A PIN brings it back (Ctrl L hides at once). After sleep and at the end of the day the practice is "
            "locked: the passphrase opens it."
        )
        self.times.body.addWidget(wrapping("small2", words))
        self.times.body.addLayout(row)

    def refresh(self) -> None:
        """Read again."""
        practice = self._context.practice
        self.people.clear()
        known = practice.people.all()
        if not known:
            self.people.say_empty(
                self.tr("Nobody is recorded yet: whoever has the passphrase may do everything, and nothing is signed.")
            )
        for turn, person in enumerate(sorted(known, key=lambda one: not one.is_active)):
            self.people.body.addWidget(self._line(person, first=not turn))
        self.paper.clear()
        lines = letterhead(practice).lines
        for turn, line in enumerate(lines):
            self.paper.body.addWidget(wrapping("strong" if not turn else "", line))
        if not lines:
            self.paper.say_empty(self.tr("None yet. It heads every chart."))

    def _line(self, person: Person, *, first: bool) -> RecordLine:
        current = self._context.practice.people.current
        here = current is not None and current.id == person.id
        title = self.tr("{0} (here now)").format(person.name) if here else person.name
        roles = ", ".join(role_words(role) for role in Role if person.may(role))
        small = " · ".join(part for part in (person.qualification, roles) if part)
        pin = "" if person.pin_hash or not person.is_active else self.tr("No PIN: the passphrase is asked for instead.")
        left = self.tr("Not here any more: {0}").format(person.withdrawn)
        line = RecordLine(title, small if person.is_active else person.qualification,
                          pin if person.is_active else left, first=first)  # fmt: skip
        if person.is_active:
            edit = line.add_button(
                self.tr("Edit"), lambda: self.ask_person(person), self.tr("Edit {0}").format(person.name)
            )
            if here:
                reads(edit)  # everybody changes their own PIN
            if not here:
                name = self.tr("{0} left").format(person.name)
                line.add_button(self.tr("Left"), lambda: self.ask_leave(person), name)
        else:
            line.add_button(self.tr("Back again"), lambda: self._back(person), person.name)
        return line

    # -- acting

    def ask_person(self, person: Person | None) -> None:
        """The form of a new or a known person."""
        dialog = PersonDialog(person, self.window())

        def save() -> None:
            people, entry = self._context.practice.people, dialog.entry()
            try:
                if person is None:
                    people.add(entry.name, qualification=entry.qualification, roles=entry.roles, pin=entry.pin)
                    people.begin()
                else:
                    people.edit(
                        person, name=entry.name, qualification=entry.qualification, roles=entry.roles, pin=entry.pin
                    )
            except MesoMapError as error:
                dialog.show_error(error.sentence)
                return
            dialog.accept()
            self.refresh()

        dialog.asked.connect(save)
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_leave(self, person: Person) -> None:
        """Why somebody does not work here any more."""
        dialog = ReasonDialog(
            self.tr("{0} does not work here any more").format(person.name),
            self.tr("Records keep the name. The person can no longer take over with the PIN."),
            self.tr("Take leave"),
            self.tr("for example: left in May"),
            self.window(),
        )

        def confirmed(reason: str) -> None:
            try:
                self._context.practice.people.take_leave(person, reason)
            except MesoMapError as error:
                dialog.show_error(error.sentence)
                return
            dialog.accept()
            self.refresh()

        dialog.asked.connect(confirmed)
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_letterhead(self) -> None:
        """Name and address of the practice."""
        dialog = LetterheadDialog(self._context.practice, self.window())
        dialog.accepted.connect(self.refresh)
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_passphrase(self) -> None:
        """Another passphrase for the practice."""
        dialog = PassphraseDialog(self._context.practice, self._context.beside, self.window())
        dialog.accepted.connect(lambda: self._say(""))
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _back(self, person: Person) -> None:
        try:
            self._context.practice.people.come_back(person)
            self._say("")
        except MesoMapError as error:
            self._say(error.sentence)
        self.refresh()

    def _keep_times(self) -> None:
        try:
            set_hide_times(
                self._context.practice, HideTimes(int(self.idle.currentData()), int(self.in_session.currentData()))
            )
            self._say("")
        except MesoMapError as error:
            self._say(error.sentence)
        guard = getattr(self.window(), "guard", None)
        if guard is not None:
            guard.renew_times()

    def _say(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
