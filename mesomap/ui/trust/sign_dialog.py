"""Sign a session: what is open is said, nothing is stopped; the PIN of who signs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from mesomap.domain.person import Person
from mesomap.services.completeness import Tick, TickKey
from mesomap.services.pin import MOST_DIGITS
from mesomap.ui.controls.choice_field import ChoiceField
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.tall_label import TallLabel
from mesomap.ui.controls.tick_row import TickRow

_WIDTH_PX = 560
_COLUMN_PX = _WIDTH_PX - 48


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs, and with which PIN. person None: name and qualification are of somebody to be recorded first."""

    person: Person | None
    pin: str
    name: str = ""
    qualification: str = ""


class SignDialog(QDialog):
    """asked(Signing) when the person signs; show_error() and show_busy() answer. void_asked: take it out of use."""

    asked = Signal(object)
    void_asked = Signal()

    def __init__(
        self,
        title: str,
        ticks: Sequence[Tick],
        people: Sequence[Person],
        region_word: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Sign"))
        self.setFixedWidth(_WIDTH_PX)
        self._people = {str(person.id): person for person in people}
        self._region_word = region_word
        self._who = ChoiceField()
        for person in people:
            self._who.addItem(", ".join(p for p in (person.name, person.qualification) if p), str(person.id))
        self._pin = QLineEdit()
        self._pin.setEchoMode(QLineEdit.EchoMode.Password)
        self._pin.setMaxLength(MOST_DIGITS)
        self._pin.returnPressed.connect(self._ask)
        self._name, self._qualification = QLineEdit(), QLineEdit()
        self._error = TallLabel("error", "", _COLUMN_PX)
        self._error.hide()
        self.sign_button = QPushButton(self.tr("Sign"))
        self.sign_button.setProperty("kind", "primary")
        self.sign_button.setDefault(True)
        self.sign_button.clicked.connect(self._ask)
        self._assemble(title, ticks)

    def _assemble(self, title: str, ticks: Sequence[Tick]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(10)
        column.addWidget(plain_label("display", title))
        said = self.tr("What is signed stays as it is. Corrections are amendments, with a reason.")
        column.addWidget(TallLabel("small2", said, _COLUMN_PX))
        card = QFrame()
        card.setObjectName("card")
        rows = QVBoxLayout(card)
        rows.setContentsMargins(14, 10, 14, 10)
        rows.setSpacing(6)
        for tick in ticks:
            state = self.tr("Recorded") if tick.done else self.tr("Open")
            rows.addWidget(TickRow(tick.done, self.tick_words(tick), _COLUMN_PX - 60, state))
        column.addWidget(card)
        if self._people:
            who = FormField(self.tr("Signed by"), self._who)
            pin = FormField(self.tr("PIN"), self._pin)
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(who, 2)
            row.addWidget(pin, 1)
            column.addLayout(row)
        else:
            words = self.tr("Nobody who signs is recorded yet. Enter who you are; the PIN signs from now on.")
            column.addWidget(TallLabel("small2", words, _COLUMN_PX))
            row = QHBoxLayout()
            row.setSpacing(12)
            for label, editor, share in (
                (self.tr("Your name"), self._name, 2),
                (self.tr("Qualification"), self._qualification, 2),
                (self.tr("New PIN"), self._pin, 1),
            ):
                row.addWidget(FormField(label, editor), share)
            column.addLayout(row)
        column.addWidget(self._error)
        column.addLayout(self._buttons())
        (self._pin if self._people else self._name).setFocus(Qt.FocusReason.OtherFocusReason)

    def _buttons(self) -> QHBoxLayout:
        void = QPushButton(self.tr("Void session …"))
        void.setProperty("kind", "plain")
        back = QPushButton(self.tr("Back to the chart"))
        for button in (void, back):
            button.setAutoDefault(False)
        void.clicked.connect(self.void_asked)
        back.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(void)
        row.addStretch(1)
        row.addWidget(back)
        row.addWidget(self.sign_button)
        return row

    def tick_words(self, tick: Tick) -> str:
        """What a tick says."""
        if tick.done:
            return {
                TickKey.MARKS: self.tr("Injections are charted"),
                TickKey.CONSENT: self.tr("A consent to the treatment was in date that day"),
                TickKey.LOTS: self.tr("Every mixture that was used names its lots"),
                TickKey.SIDES: self.tr("Left and right are charted alike"),
                TickKey.DEPTH: self.tr("Every mark says how deep"),
                TickKey.PRACTITIONER: self.tr("Who treated is recorded"),
            }[tick.key]
        if tick.key is TickKey.LOTS:
            return self._lots(tick.about)
        if tick.key is TickKey.SIDES:
            return self.tr("On one side only: {0}").format(self._regions(tick.about))
        return {
            TickKey.MARKS: self.tr("Nothing is charted"),
            TickKey.CONSENT: self.tr("No consent to the treatment is recorded for that day"),
            TickKey.DEPTH: self.tr("Without a depth: {0} marks").format("".join(tick.about)),
            TickKey.PRACTITIONER: self.tr("Who treated is not recorded"),
        }[tick.key]

    def _lots(self, letters: Sequence[str]) -> str:
        if not letters:
            return self.tr("Marks without a mixture: no lot is recorded for them")
        return self.tr("No lot is recorded for mixture {0}").format(", ".join(letters))

    def _regions(self, regions: Sequence[str]) -> str:
        words = [self._region_word(region) for region in regions[:4]]
        more = len(regions) - len(words)
        return ", ".join(words) + (self.tr(" and {0} more").format(more) if more else "")

    # -- signing

    def show_error(self, sentence: str) -> None:
        """Why it was not signed."""
        self._error.show_text(sentence)
        self._error.setVisible(bool(sentence))
        self.show_busy(False)
        self._pin.clear()
        self._pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def error_text(self) -> str:
        """The sentence shown, or nothing."""
        return self._error.text()

    def show_busy(self, busy: bool) -> None:
        """The paper is being made."""
        self.sign_button.setEnabled(not busy)
        self.sign_button.setText(self.tr("Signing …") if busy else self.tr("Sign"))

    def _ask(self) -> None:
        if self.sign_button.isEnabled():
            person = self._people.get(str(self._who.currentData()))
            self.asked.emit(Signing(person, self._pin.text(), self._name.text(), self._qualification.text()))
