"""A product at the chair in three fields: name, lot, expiry. The rest is completed later."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from mesomap.domain.errors import BadInputError
from mesomap.domain.pack_code import PackCode
from mesomap.domain.pack_label import label_date
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.stepper import EntryField
from mesomap.ui.mixtures.words import expiry_words


class ChairForm(QFrame):
    """entered(name, lot, expiry or None, code or None); left without an entry."""

    entered = Signal(str, str, object, object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code: PackCode | None = None
        self._title = plain_label("strong")
        self._title.setWordWrap(True)
        self.name, self.lot, self.expiry = (EntryField() for _ in range(3))
        for field in (self.name, self.lot):
            field.setMaxLength(200)
        self.expiry.setMaxLength(30)
        self.expiry.setPlaceholderText("03/2027")
        self._fields = (
            FormField(self.tr("Name, as on the pack"), self.name),
            FormField(self.tr("Lot"), self.lot),
            FormField(self.tr("Expiry, month/year"), self.expiry),
        )
        self._add = QPushButton(self.tr("Add"))
        self._add.setProperty("kind", "primary")
        self._add.clicked.connect(self._enter)
        leave = QPushButton(self.tr("Cancel"))
        leave.clicked.connect(self.left)
        for field, following in ((self.name, self.lot), (self.lot, self.expiry)):
            field.returnPressed.connect(lambda f=following: f.setFocus(Qt.FocusReason.TabFocusReason))
        self.expiry.returnPressed.connect(self._enter)
        pair = QHBoxLayout()
        pair.setSpacing(8)
        pair.addWidget(self._fields[1], 1)
        pair.addWidget(self._fields[2], 1)
        foot = QHBoxLayout()
        foot.addWidget(leave)
        foot.addStretch(1)
        foot.addWidget(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._fields[0])
        column.addLayout(pair)
        column.addLayout(foot)
        self.hide()

    def ask(self, name: str = "", code: PackCode | None = None, *, lot_of: str = "") -> None:
        """Begin with what is known. lot_of: a new lot of this product, whose name stays."""
        self._code = code
        self.name.setText(lot_of or name)
        self.name.setReadOnly(bool(lot_of))
        self.lot.setText(code.lot if code else "")
        self.expiry.setText(expiry_words(code.expiry.day) if code and code.expiry else "")
        if code and code.expiry and code.expiry.day_given:
            self.expiry.setText(code.expiry.day.isoformat())
        self._title.setText(self.tr("New lot") if lot_of else self.tr("New product"))
        for field in self._fields:
            field.show_error("")
        self.show()
        first = next((field for field in (self.name, self.lot, self.expiry) if not field.text()), self._add)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, sentence: str) -> None:
        """What is wrong with the entry as a whole."""
        self._fields[0].show_error(sentence)

    def fields(self) -> tuple[QLineEdit, QLineEdit, QLineEdit]:
        """Name, lot, expiry."""
        return self.name, self.lot, self.expiry

    def add_button(self) -> QPushButton:
        """The button that ends the entry."""
        return self._add

    def _enter(self) -> None:
        expiry: date | None = None
        self._fields[2].show_error("")
        if self.expiry.text().strip():
            try:
                expiry = label_date(self.expiry.text()).day
            except BadInputError as error:
                self._fields[2].show_error(error.sentence)
                return
        if not self.name.text().strip():
            self._fields[0].show_error(self.tr("Enter the name on the pack."))
            return
        self.entered.emit(self.name.text().strip(), self.lot.text().strip(), expiry, self._code)
