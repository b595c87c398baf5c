"""The lots of a product: new ones, corrections, opened vials, used up, recalled, and where one went."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mesomap.domain.clock import now
from mesomap.domain.errors import MesoMapError
from mesomap.domain.lot import Lot
from mesomap.domain.product import Product
from mesomap.services.practice import Practice
from mesomap.services.shelf import ShelfLot, add_lot, change_lot, end_vial, open_vial, read_shelf, recall_lot
from mesomap.ui.controls.asked_role import reads
from mesomap.ui.controls.record_lines import RecordCard, RecordLine, small_button, wrapping
from mesomap.ui.controls.toggle_chip import FlowLayout
from mesomap.ui.shelf.lot_forms import LotForm, RecallForm, VialForm
from mesomap.ui.shelf.words import lot_state, lot_title, lot_warning

_Act = tuple[str, Callable[[], object]]


class Lots(RecordCard):
    """traced(lot) asks where a lot went; changed after every entry."""

    traced = Signal(object)
    changed = Signal()

    def __init__(self, practice: Callable[[], Practice]) -> None:
        super().__init__(self.tr("Lots"), scrolls=True)
        self._practice = practice
        self._product: Product | None = None
        self._asked: ShelfLot | None = None
        self.form, self.vial, self.recall = LotForm(), VialForm(), RecallForm()
        self.form.sent.connect(self._save)
        self.vial.button.clicked.connect(self._open_vial)
        self.recall.button.clicked.connect(self._recall)
        self._error = wrapping("error")
        self._error.hide()
        for part in (self.form, self._error, self.vial, self.recall):
            self.above.addWidget(part)
        self.lines: dict[str, RecordLine] = {}
        self.show_product(None)

    def show_product(self, product: Product | None) -> None:
        """The lots of a product, the latest first."""
        if product is None or self._product is None or product.id != self._product.id:
            self.form.show_lot(None)
            self.vial.hide()
            self.recall.hide()
            self.show_error("")
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
        line.words.insertWidget(line.words.count() - 1, _in_rows(self._acts(one), one.lot.number))
        self.lines[one.lot.number] = line
        return line

    def _acts(self, one: ShelfLot) -> list[_Act]:
        lot, vial, recall = one.lot, one.vial, one.recall
        # The first one only looks; the rest is for who charts.
        acts: list[_Act] = [(self.tr("Where it went"), lambda: self.traced.emit(lot))]
        if vial is None and not lot.finished:
            acts.append((self.tr("Open vial"), lambda: self._ask_vial(one)))
        elif vial is not None:
            acts.append((self.tr("Vial used up"), lambda: self._do(lambda: end_vial(self._practice(), vial))))
        finished = not lot.finished
        words = self.tr("Lot used up") if finished else self.tr("Back on the shelf")
        acts.append((words, lambda: self._do(lambda: change_lot(self._practice(), lot, finished=finished))))
        words = self.tr("Recall …") if recall is None else self.tr("Take recall back …")
        acts.append((words, lambda: self._ask_recall(one)))
        acts.append((self.tr("Correct"), lambda: self.form.show_lot(lot)))
        return acts

    def _ask_vial(self, one: ShelfLot) -> None:
        self._asked = one
        self.recall.hide()
        self.vial.ask(one.lot.number)

    def _ask_recall(self, one: ShelfLot) -> None:
        self._asked = one
        self.vial.hide()
        words = self.tr("Recall of lot {0}") if one.recall is None else self.tr("Take the recall of lot {0} back")
        self.recall.ask(words.format(one.lot.number))

    def _open_vial(self) -> None:
        one = self._asked
        if one is not None and self._do(lambda: open_vial(self._practice(), one.lot, **self.vial.values(now()))):
            self.vial.hide()

    def _recall(self) -> None:
        one = self._asked
        if one is None:
            return
        reason, source = self.recall.reason.text(), self.recall.source.text()
        ends = one.recall.id if one.recall is not None else None
        if self._do(lambda: recall_lot(self._practice(), one.lot, reason, now().date(), source, ends=ends)):
            self.recall.hide()

    def _save(self) -> None:
        product, lot = self._product, self.form.lot
        if product is not None and self._do(lambda: self._saved(product, lot)):
            self.form.show_lot(None)

    def _saved(self, product: Product, lot: Lot | None) -> None:
        entry = self.form.entry(product)
        values = {"day_given": entry.day_given, "bought_ml": entry.bought_ml}
        if lot is None:
            add_lot(self._practice(), product, entry.number, entry.expiry, **values)
        else:
            change_lot(self._practice(), lot, number=entry.number, expiry=entry.expiry, **values)

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


def _in_rows(acts: list[_Act], number: str) -> QWidget:
    """Buttons side by side in as many rows as they need; each says aloud whose it is."""
    held = QWidget()
    rows = FlowLayout(gap_px=6)
    rows.setContentsMargins(0, 4, 0, 0)
    held.setLayout(rows)
    for turn, (words, act) in enumerate(acts):
        button = small_button(words, act, f"{words}, {number}")
        rows.addWidget(button if turn else reads(button))
    return held
