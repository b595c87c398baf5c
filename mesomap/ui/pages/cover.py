"""The cover: nothing of a patient is to be seen; a PIN, or the passphrase, brings everything back as it was."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from mesomap.domain.person import Person
from mesomap.services.pin import MOST_DIGITS
from mesomap.ui.controls.brand import Brand
from mesomap.ui.controls.buttons import SegmentButton
from mesomap.ui.controls.choice_field import ChoiceField
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.tall_label import TallLabel

_CARD_PX = 340


class Curtain(QWidget):
    """A plain ground over a whole window; keeps its size."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAutoFillBackground(True)
        self.fit()

    def fit(self) -> None:
        """Cover the window as large as it is now."""
        self.setGeometry(self.window().rect())
        self.raise_()


class Cover(Curtain):
    """Asks who is there and for the PIN.

    entered(person id or None, secret): the secret is a PIN, or the passphrase where that person has no PIN.
    lock_asked: close the practice instead.
    """

    entered = Signal(object, str)
    lock_asked = Signal()

    def __init__(self, window: QWidget, people: Sequence[Person], chosen: UUID | None, *, began: bool) -> None:
        super().__init__(window)
        self._people = {str(person.id): person for person in people}
        self._title = plain_label("display", self.tr("Who is there?") if not began else self.tr("Hidden"))
        self._why = TallLabel("small2", "", _CARD_PX - 58)
        self._who = ChoiceField()
        for person in people:
            self._who.addItem(person.name, str(person.id))
        who = FormField(self.tr("Person"), self._who)
        if len(people) < 2:
            who.hide()
        self._secret = QLineEdit()
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        self._secret.returnPressed.connect(self._confirm)
        self._field = FormField(self.tr("PIN"), self._secret)
        self._button = QPushButton(self.tr("Continue"))
        self._button.setProperty("kind", "primary")
        self._button.clicked.connect(self._confirm)
        lock = QPushButton(self.tr("Lock"))
        lock.setToolTip(self.tr("Close the practice; the passphrase opens it again"))
        lock.clicked.connect(self.lock_asked)
        self._pad = self._make_pad()
        self._wait = QTimer(self, interval=250)
        self._wait.timeout.connect(self._show_wait)
        self._wait_s = 0.0
        self._assemble(who, lock)
        self._who.currentIndexChanged.connect(lambda _index: self._show_kind())
        if chosen is not None and str(chosen) in self._people:
            self._who.setCurrentIndex(self._who.findData(str(chosen)))
        self._show_kind()

    def _assemble(self, who: QWidget, lock: QWidget) -> None:
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(_CARD_PX)
        column = QVBoxLayout(card)
        column.setContentsMargins(28, 22, 28, 22)
        column.setSpacing(10)
        for widget in (Brand(), self._title, self._why, who, self._field, self._pad):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(lock)
        row.addStretch(1)
        row.addWidget(self._button)
        column.addLayout(row)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(3)

    def _make_pad(self) -> QWidget:
        """Digits for a finger or a pen."""
        pad = QWidget()
        grid = QGridLayout(pad)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        for place, digit in enumerate("123456789"):
            grid.addWidget(self._key(digit), place // 3, place % 3)
        grid.addWidget(self._key("0"), 3, 1)
        erase = SegmentButton("⌫")
        erase.setAccessibleName(self.tr("Erase the last digit"))
        erase.setCheckable(False)
        erase.clicked.connect(self._secret.backspace)
        grid.addWidget(erase, 3, 2)
        return pad

    def _key(self, digit: str) -> SegmentButton:
        key = SegmentButton(digit)
        key.setCheckable(False)
        key.clicked.connect(lambda: self._secret.insert(digit))
        return key

    # -- what is asked

    @property
    def person(self) -> Person | None:
        """The person chosen; None where nobody is recorded."""
        return self._people.get(str(self._who.currentData()))

    def asks_passphrase(self) -> bool:
        """Whether the passphrase is asked for, as the person has no PIN or nobody is recorded."""
        return self.person is None or not self.person.pin_hash

    def _show_kind(self) -> None:
        passphrase = self.asks_passphrase()
        word = self.tr("Passphrase") if passphrase else self.tr("PIN")
        self._field.set_label(word)
        self._secret.setMaxLength(1000 if passphrase else MOST_DIGITS)
        self._pad.setVisible(not passphrase)
        if passphrase:
            self._why.show_text(self.tr("The practice is open, its window is covered. The passphrase brings it back."))
        else:
            self._why.show_text(self.tr("The practice is open, its window is covered. Your PIN brings it back."))
        self._secret.clear()
        self._secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_hint(self, words: str) -> None:
        """What may be entered, where that is no secret."""
        if self.asks_passphrase():
            self._secret.setPlaceholderText(words)

    def ask_again(self, sentence: str, wait_s: float = 0.0) -> None:
        """The secret was wrong: say so; another one is taken after a while."""
        self._secret.clear()
        self._field.show_error(sentence)
        self._wait_s = wait_s
        self._busy(wait_s > 0)
        if wait_s > 0:
            self._wait.start()
        self._secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def error_text(self) -> str:
        """The sentence shown, or nothing."""
        return self._field.error()

    def _show_wait(self) -> None:
        self._wait_s -= self._wait.interval() / 1000
        if self._wait_s <= 0:
            self._wait.stop()
            self._busy(False)
        else:
            self._button.setText(self.tr("Wait {0} s").format(int(self._wait_s) + 1))

    def _busy(self, busy: bool) -> None:
        self._button.setEnabled(not busy)
        self._button.setText(self.tr("Continue"))

    def show_checking(self) -> None:
        """The passphrase takes a moment to be looked at."""
        self._button.setEnabled(False)
        self._button.setText(self.tr("Opening…"))

    def _confirm(self) -> None:
        text = self._secret.text()
        if text and self._button.isEnabled():
            person = self.person
            self.entered.emit(None if person is None else person.id, text)
