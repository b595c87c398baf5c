"""Top of the syringe panel: the mixtures by letter, the name of the chosen one, what was drawn up and what is left."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mesomap.domain.session import MIXTURE_LETTERS
from mesomap.services.mixture_amounts import MixtureAmount
from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.controls.chips import MixtureChip
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.stepper import EntryField
from mesomap.ui.controls.syringe import Syringe
from mesomap.ui.controls.value_chip import FigureButton
from mesomap.ui.panels.offer_row import OfferRow
from mesomap.ui.words import number, volume

#: Chips carry their names while there are no more than these.
_NAMED_CHIPS = 3


class SyringeHead(QWidget):
    """Sends what is chosen and entered; drawn_asked opens the entry of what was drawn up."""

    mixture_chosen = Signal(str)
    mixture_named = Signal(str, str)
    drawn_asked = Signal()
    products_asked = Signal()
    offer_taken = Signal(str)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter, self._shortage = "A", ""
        self._warned: tuple[str, ...] = ()
        self._chips = {letter: MixtureChip(letter) for letter in MIXTURE_LETTERS}
        self._more = IconButton("plus", self.tr("Another mixture"))
        self._name = EntryField()
        self._name.setMaxLength(120)
        self._name.editingFinished.connect(self._named)
        self._name.returnPressed.connect(self.entered)
        self._left = FigureButton()
        self._left.clicked.connect(self.drawn_asked)
        self._syringe = Syringe()
        self._products = IconButton("vial", self.tr("Products and lots of the mixture"))
        self._products.clicked.connect(self.products_asked)
        self._offers = OfferRow()
        self._offers.taken.connect(self.offer_taken)
        self._short = plain_label("error")
        self._short.setWordWrap(True)
        self._short.hide()
        for letter, chip in self._chips.items():
            chip.clicked.connect(lambda _checked=False, x=letter: self.mixture_chosen.emit(x))
        self._more.clicked.connect(self._next_letter)
        chips = self._row = QHBoxLayout()
        for chip in self._chips.values():
            chips.addWidget(chip)
        self._more.setFixedWidth(38)
        chips.addWidget(self._more)
        chips.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self._name, 1)
        line.addWidget(self._products)
        line.addWidget(self._left)
        column = self.column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(chips)
        column.addLayout(line)
        column.addWidget(self._offers)
        column.addWidget(self._short)
        column.addWidget(self._syringe)

    def show_mixtures(self, amounts: Mapping[str, MixtureAmount], chosen: str | None) -> None:
        """Chips of the named and the used mixtures and of the chosen letter; the plus offers the next one."""
        self._letter = chosen or "A"
        shown = [letter for letter in MIXTURE_LETTERS if letter in amounts or letter == self._letter]
        for letter, chip in self._chips.items():
            name = amounts[letter].name if letter in amounts else ""
            chip.set_name(name if len(shown) <= _NAMED_CHIPS else "")
            chip.setToolTip(name)
            chip.setChecked(letter == self._letter)
            chip.setVisible(letter in shown)
        self._row.setSpacing(6 if len(shown) < len(MIXTURE_LETTERS) - 1 else 1)
        self._more.setVisible(len(shown) < len(MIXTURE_LETTERS) and self._unused() is not None)
        self._name.setPlaceholderText(self.tr("Name of {0}").format(self._letter))
        self._name.setAccessibleName(self.tr("Name of mixture {0}").format(self._letter))
        amount = amounts.get(self._letter)
        if not self._name.hasFocus():
            self._name.setText(amount.name if amount else "")
            self._name.setCursorPosition(0)
        self._show_left(amount)

    def show_offers(
        self, offers: Sequence[tuple[str, str]], warned: Mapping[str, Sequence[str]], to_see: Sequence[str]
    ) -> None:
        """Mixtures to take in one tap; by letter why a chip carries a red triangle; what stands in red below."""
        self._offers.show_offers(offers)
        self._warned = tuple(to_see)
        for letter, chip in self._chips.items():
            chip.warn("\n".join(warned.get(letter, ())))
        self._show_short(self._shortage)

    def offers(self) -> OfferRow:
        """Mixtures to take in one tap."""
        return self._offers

    def products_button(self) -> IconButton:
        """Opens the card of the mixture."""
        return self._products

    def _show_short(self, shortage: str) -> None:
        self._shortage = shortage
        self._short.setText("\n".join(words for words in (shortage, *self._warned) if words))
        self._short.setVisible(bool(self._short.text()))

    def _show_left(self, amount: MixtureAmount | None) -> None:
        left, drawn = (amount.left_ml, amount.drawn_ml) if amount else (None, None)
        self._syringe.show_left(self._letter, drawn, left or 0.0)
        if amount is None or left is None or drawn is None:
            given = amount.given_ml if amount else 0.0
            self._left.show_figure(volume(given), "mL", self.tr("given; drawn up: –"))
            self._show_short("")
            return
        figure = number(left, 2) if amount.complete else f"≤ {number(left, 2)}"
        short = left < -0.0005
        self._left.show_figure(figure, "mL", self.tr("left of {0} mL").format(f"{drawn:g}"), amiss=short)
        words = self.tr("Syringe {0}: {1} mL more recorded than drawn up.")
        self._show_short(words.format(self._letter, volume(-left)) if short else "")

    def is_drawn_up(self) -> bool:
        """Whether it is known how much was drawn up of the chosen mixture."""
        return self._syringe.is_known()

    def syringe_px(self) -> int:
        """Height of the drawn syringe."""
        return self._syringe.sizeHint().height()

    def compact(self, low: bool) -> None:
        """On low screens the drawn syringe gives way; figure and sentence stay."""
        self._syringe.setVisible(not low)

    def name_field(self) -> QLineEdit:
        """The field with the mixture's name."""
        return self._name

    def left_button(self) -> FigureButton:
        """What is left; a tap opens the entry of what was drawn up."""
        return self._left

    def shortage(self) -> str:
        """The sentence on a syringe that went below zero, or nothing."""
        return self._shortage

    def _unused(self) -> str | None:
        return next((x for x in MIXTURE_LETTERS if not self._chips[x].isVisibleTo(self)), None)

    def _next_letter(self) -> None:
        letter = self._unused()
        if letter is not None:
            self.mixture_chosen.emit(letter)
            self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _named(self) -> None:
        self.mixture_named.emit(self._letter, self._name.text().strip())
