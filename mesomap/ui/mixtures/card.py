"""The card of a mixture: chosen in one tap, or built by scan, pick and volume. Charting goes on behind it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mesomap.domain.mixing import MixedSubstance
from mesomap.domain.mixture import MixtureDetails
from mesomap.domain.pack_code import PackCode
from mesomap.domain.product import Product
from mesomap.services.mixture_amounts import MixtureAmount
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.stepper import EntryField
from mesomap.ui.mixtures.chair_form import ChairForm
from mesomap.ui.mixtures.line_row import LineRow
from mesomap.ui.mixtures.preparation import Preparation
from mesomap.ui.mixtures.scan_field import ScanField
from mesomap.ui.mixtures.words import concentration_words
from mesomap.ui.panels.dose_card import DoseCard, WordChip, tap_chip
from mesomap.ui.words import number, volume

#: So many products are offered for what was typed.
MOST_OFFERED = 5


class MixtureCard(DoseCard):
    """Shows what the desk says; sends offer_taken(key), given(text), typed(text), picked(product), kept(name),
    reason_given(words), reason_refused.
    """

    offer_taken = Signal(str)
    given = Signal(str)
    typed = Signal(str)
    picked = Signal(object)
    another_asked = Signal(str)
    picture_asked = Signal()
    reading_chosen = Signal(object)
    kept = Signal(str)
    reason_given = Signal(str)
    reason_refused = Signal()
    grown = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._inner.installEventFilter(self)
        self.set_words(self.tr("Mixture"), self.tr("Not recorded"))
        self.scan = ScanField(self.tr("Scan a pack or type a product"), self.tr("Scan a pack or type a product"))
        self.scan.given.connect(self.given)
        self.scan.textEdited.connect(self.typed)
        self._picture = QPushButton(self.tr("Picture …"))
        self._picture.setAccessibleName(self.tr("Read the code from a picture"))
        self._picture.clicked.connect(self.picture_asked)
        entry = QHBoxLayout()
        entry.setSpacing(6)
        entry.addWidget(self.scan, 1)
        entry.addWidget(self._picture)
        self._told = plain_label("small2")
        self._told.setWordWrap(True)
        self._told.hide()
        self._offers, self._found, self._lines = _Stack(), _Stack(), _Stack()
        self.chair = ChairForm()
        self.chair.left.connect(self.chair.hide)
        self.chair.left.connect(lambda: self.scan.setFocus(Qt.FocusReason.OtherFocusReason))
        self._reason = _ReasonPanel()
        self._reason.given.connect(self.reason_given)
        self._reason.refused.connect(self.reason_refused)
        self._figures = QWidget()
        self._form = QFormLayout(self._figures)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(4)
        self._amount = plain_label("small2")
        self._amount.setWordWrap(True)
        self._amount.hide()
        self.preparation = Preparation()
        self._keep = QPushButton(self.tr("Keep as favourite"))
        self._keep.setProperty("kind", "plain")
        self._keep.clicked.connect(lambda: self.kept.emit(""))
        self.column.addWidget(self._reason)
        self.column.addWidget(self._offers)
        self.column.addLayout(entry)
        for part in (
            self._told, self._found, self.chair, self._lines, self._figures, self._amount, self.preparation, self._keep,
        ):  # fmt: skip
            self.column.addWidget(part)
        self.column.addStretch(1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say that parts came or went: the card is to take another height."""
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.grown.emit()
        return super().eventFilter(watched, event)

    def open(self) -> None:
        """Show with the keyboard where a scanner types, or where a reason is asked for."""
        super().open()
        field = self._reason.field if not self._reason.isHidden() else self.scan
        field.setFocus(Qt.FocusReason.PopupFocusReason)

    # -- shown by the desk

    def show_offers(self, offers: Sequence[tuple[str, str]]) -> None:
        """Mixtures to be taken in one tap: key and words."""
        chips = []
        for key, words in offers:
            chip = tap_chip(words, partial(self.offer_taken.emit, key))
            chip.setProperty("key", key)
            chips.append(chip)
        self._offers.show_only(chips)

    def show_found(self, products: Sequence[Product], text: str) -> None:
        """Products that fit what was typed, and the way to a new one."""
        chips: list[QWidget] = []
        for product in products[:MOST_OFFERED]:
            words = f"{product.name}  {product.manufacturer}".strip()
            chips.append(tap_chip(words, partial(self.picked.emit, product)))
        if text:
            chips.append(tap_chip(self.tr("New product: {0}").format(text), partial(self.another_asked.emit, text)))
        self._found.show_only(chips)

    def show_readings(self, readings: Sequence[tuple[str, PackCode]]) -> None:
        """Ways to read a code that came without separators: a person says which is on the pack."""
        self._found.show_only([tap_chip(words, partial(self.reading_chosen.emit, code)) for words, code in readings])

    def show_told(self, sentence: str, *, wrong: bool = False) -> None:
        """What came of a scan, beside the field."""
        self._told.setProperty("role", "error" if wrong else "small2")
        self._told.style().unpolish(self._told)
        self._told.style().polish(self._told)
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))

    def show_lines(self, rows: Sequence[LineRow]) -> None:
        """The products of the mixture."""
        self._lines.show_only(list(rows))

    def show_details(self, details: MixtureDetails, who: str, total: str, rows: Sequence[MixedSubstance]) -> None:
        """Total and concentrations after mixing, and the preparation."""
        while self._form.rowCount():
            self._form.removeRow(0)
        if details.lines:
            self._form.addRow(plain_label("strong", self.tr("Total")), plain_label("strong", total))
        for row in rows:
            words = plain_label("small2", concentration_words(row))
            words.setWordWrap(True)
            name = plain_label("small2", row.name)
            name.setWordWrap(True)
            self._form.addRow(name, words)
        self._figures.setVisible(bool(details.lines))
        self.preparation.setVisible(bool(details.lines))
        self.preparation.show_details(details, who)
        self._keep.setVisible(bool(details.lines))

    def show_amount(self, amount: MixtureAmount | None) -> None:
        """Prepared - given - discarded, as bookkeeping."""
        words = ""
        if amount is not None and amount.left_ml is not None:
            given = f"{'' if amount.complete else '≥ '}{volume(amount.given_ml)}"
            left = f"{'' if amount.complete else '≤ '}{number(amount.left_ml, 2)}"
            words = self.tr("Drawn up {0}, given {1}, discarded {2}, left on paper {3} mL").format(
                volume(amount.drawn_ml), given, volume(amount.discarded_ml), left
            )
        self._amount.setText(words)
        self._amount.setVisible(bool(words))

    def ask_reason(self, sentence: str) -> None:
        """A recorded allergy matches: a reason is asked for, "" takes the question away."""
        self._reason.ask(sentence)
        if sentence:
            self._offers.show_only(())

    # -- for tests and the keyboard

    def rows(self) -> list[LineRow]:
        """The rows of the products."""
        return [row for row in self._lines.widgets() if isinstance(row, LineRow)]

    def offer(self, key: str) -> WordChip:
        """The chip of an offered mixture. Raises StopIteration when it is not offered."""
        return next(c for c in self._offers.widgets() if isinstance(c, WordChip) and c.property("key") == key)

    def found(self) -> list[WordChip]:
        """Chips of the products found, the way to a new one last."""
        return [chip for chip in self._found.widgets() if isinstance(chip, WordChip)]

    def told(self) -> str:
        """The sentence beside the scan field."""
        return self._told.text()

    def keep_button(self) -> QPushButton:
        """Keeps the mixture as a favourite."""
        return self._keep

    def reason(self) -> "_ReasonPanel":
        """Asks for the reason when an allergy matches."""
        return self._reason


class _Stack(QWidget):
    """Widgets one below the other; others are taken away for good."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._shown: list[QWidget] = []
        self.hide()

    def show_only(self, widgets: Sequence[QWidget]) -> None:
        """These, in this order."""
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._shown = list(widgets)
        for widget in widgets:
            self._column.addWidget(widget)
        self.setVisible(bool(widgets))

    def widgets(self) -> list[QWidget]:
        """What is shown."""
        return self._shown


class _ReasonPanel(QWidget):
    """One deliberate tap with a reason; leaving the product out needs none."""

    given = Signal(str)
    refused = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = plain_label("error")
        self._words.setWordWrap(True)
        self.field = EntryField()
        self.field.setMaxLength(500)
        self._form = FormField(self.tr("Reason, recorded with the mixture"), self.field)
        self.use = QPushButton(self.tr("Use it, with this reason"))
        self.leave = QPushButton(self.tr("Leave it out"))
        self.use.clicked.connect(self._give)
        self.leave.clicked.connect(self.refused)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self.leave)
        foot.addWidget(self.use, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._words)
        column.addWidget(self._form)
        column.addLayout(foot)
        self.hide()

    def ask(self, sentence: str) -> None:
        """Show the question, or take it away."""
        self._words.setText(sentence)
        self._form.show_error("")
        self.field.clear()
        self.setVisible(bool(sentence))
        if sentence:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        if not self.field.text().strip():
            self._form.show_error(self.tr("Enter the reason, or leave the product out."))
            return
        self.given.emit(self.field.text().strip())
