"""The lots of a product: new ones, opened vials, used up, recalled, and where one went."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError, MesoMapError
from mesomap.domain.lot import Lot
from mesomap.domain.pack_code import read_pack_code
from mesomap.domain.pack_label import label_date
from mesomap.domain.product import Product
from mesomap.services.practice import Practice
from mesomap.services.shelf import ShelfLot, add_lot, change_lot, end_vial, open_vial, read_shelf, recall_lot
from mesomap.ui.after.form_parts import line_field
from mesomap.ui.controls.record_lines import RecordCard, RecordLine, small_button, wrapping
from mesomap.ui.shelf.words import lot_state, lot_title, lot_warning


class Lots(RecordCard):
    """traced(lot) asks where a lot went; changed after every entry."""

    traced = Signal(object)
    changed = Signal()

    def __init__(self, practice: Callable[[], Practice]) -> None:
        super().__init__(self.tr("Lots"), scrolls=True)
        self._practice = practice
        self._product: Product | None = None
        self._recalled: Lot | None = None
        self.number = line_field(self.tr("Lot, or scan the pack"), most=1000)
        self.expiry = line_field(self.tr("Expiry"), "03/2027", 30)
        self.bought = line_field(self.tr("Bought, mL"), most=20)
        self.add_button = small_button(self.tr("Add lot"), self._add)
        self._error = wrapping("error")
        self._error.hide()
        form = QWidget()
        grid = QGridLayout(form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        grid.addWidget(self.number, 0, 0, 1, 2)
        grid.addWidget(self.expiry, 1, 0)
        grid.addWidget(self.bought, 1, 1)
        grid.addWidget(self.add_button, 2, 0, 1, 2)
        self.above.addWidget(form)
        self.above.addWidget(self._error)
        self.reason, self.source = line_field(self.tr("Reason of the recall")), line_field(self.tr("Source"))
        self.recall_button = small_button(self.tr("Record the recall"), self._recall)
        self._recall_form = QWidget()
        inside = QVBoxLayout(self._recall_form)
        inside.setContentsMargins(0, 0, 0, 0)
        self._recall_title = wrapping("strong")
        for part in (self._recall_title, self.reason, self.source, self.recall_button):
            inside.addWidget(part)
        self._recall_form.hide()
        self.above.addWidget(self._recall_form)
        self.lines: dict[str, RecordLine] = {}
        self.show_product(None)

    def show_product(self, product: Product | None) -> None:
        """The lots of a product, the latest first."""
        if product is None or self._product is None or product.id != self._product.id:
            for field in (self.number, self.expiry, self.bought):
                field.set_text("")
            self._recall_form.hide()
        self._product = product
        self.setEnabled(product is not None)
        self.clear()
        self.lines = {}
        if product is None:
            self.say_empty(self.tr("Choose a product, or save a new one."))
            return
        found = [one for one in read_shelf(self._practice()).lots if one.product.id == product.id]
        for place, one in enumerate(found):
            self.body.addWidget(self._line(one, first=place == 0))
        if not found:
            self.say_empty(self.tr("No lot is recorded."))
        self.body.addStretch(1)

    def show_error(self, sentence: str) -> None:
        """What is wrong; nothing was recorded."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))

    def error(self) -> str:
        """The sentence shown."""
        return self._error.text()

    def _line(self, one: ShelfLot, *, first: bool) -> RecordLine:
        line = RecordLine(lot_title(one), lot_state(one), first=first)
        if warning := lot_warning(one):
            line.words.insertWidget(line.words.count() - 1, wrapping("error", warning))
        lot, vial, number = one.lot, one.vial, one.lot.number
        acts: list[tuple[str, Callable[[], object]]] = [(self.tr("Where it went"), lambda: self.traced.emit(lot))]
        if vial is None:
            acts.append((self.tr("Open vial"), lambda: self._do(lambda: self._open(lot))))
        else:
            acts.append((self.tr("Vial used up"), lambda: self._do(lambda: end_vial(self._practice(), vial))))
        if not lot.finished:
            acts.append(
                (self.tr("Lot used up"), lambda: self._do(lambda: change_lot(self._practice(), lot, finished=True)))
            )
        if one.recall is None:
            acts.append((self.tr("Recall …"), lambda: self._ask_recall(lot)))
        line.words.insertWidget(line.words.count() - 1, _two_beside(acts, number))
        self.lines[number] = line
        return line

    def _open(self, lot: Lot) -> None:
        open_vial(self._practice(), lot)

    def _ask_recall(self, lot: Lot) -> None:
        self._recalled = lot
        self._recall_title.setText(self.tr("Recall of lot {0}").format(lot.number))
        self.reason.set_text("")
        self.source.set_text("")
        self._recall_form.show()
        self.reason.editor.setFocus()

    def _recall(self) -> None:
        lot = self._recalled
        if lot is None:
            return
        reason, source = self.reason.text(), self.source.text()
        if self._do(lambda: recall_lot(self._practice(), lot, reason, now().date(), source)):
            self._recall_form.hide()

    def _add(self) -> None:
        product = self._product
        if product is None:
            return
        if self._do(lambda: self._add_from_fields(product)):
            for field in (self.number, self.expiry, self.bought):
                field.set_text("")

    def _add_from_fields(self, product: Product) -> None:
        number, expiry, given = self.number.text(), self.expiry.text(), True
        until: date | None = None
        if "(" in number or number.startswith("]") or len(number) > 30:
            code = read_pack_code(number, now().date())
            if code.gtin and product.gtin and code.gtin != product.gtin:
                raise BadInputError(f"The code on the pack is not that of {product.name}. Choose its product first.")
            number = code.lot
            if code.expiry is not None:
                until, given = code.expiry.day, code.expiry.day_given
        if expiry:
            read = label_date(expiry)
            until, given = read.day, read.day_given
        bought = self.bought.text().replace(",", ".")
        try:
            bought_ml = Decimal(bought) if bought else None
        except InvalidOperation:
            raise BadInputError(f"“{bought[:30]}” is no volume in mL. Enter a figure, for example 50.") from None
        add_lot(self._practice(), product, number, until, day_given=given, bought_ml=bought_ml)

    def _do(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except MesoMapError as error:
            self.show_error(error.sentence)
            return False
        self.show_error("")
        self.show_product(self._product)
        self.changed.emit()
        return True


def _two_beside(acts: list[tuple[str, Callable[[], object]]], number: str) -> QWidget:
    """Buttons in two columns; each says aloud whose it is."""
    held = QWidget()
    grid = QGridLayout(held)
    grid.setContentsMargins(0, 4, 0, 0)
    grid.setSpacing(6)
    for place, (words, act) in enumerate(acts):
        button = small_button(words, act, f"{words}, {number}")
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setStyleSheet("padding: 0 6px;")
        grid.addWidget(button, place // 2, place % 2)
    return held
