"""Section "Recall" of the practice's page: a lot typed or scanned leads to everyone who received it."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mesomap.domain.clock import now
from mesomap.domain.errors import MesoMapError
from mesomap.domain.lot import Lot
from mesomap.domain.product import Product
from mesomap.services.recall import find_lots
from mesomap.services.scanning import read_scan
from mesomap.services.shelf import read_shelf
from mesomap.ui.controls.record_lines import RecordCard, wrapping
from mesomap.ui.mixtures.scan_field import ScanField
from mesomap.ui.mixtures.words import lot_words
from mesomap.ui.page_context import PageContext
from mesomap.ui.panels.dose_card import WordChip, tap_chip
from mesomap.ui.shelf.trace_panel import TracePanel

#: Recalled lots that are offered without typing.
_MOST = 4


class RecallSection(QWidget):
    """Field, lots of that number, and where the chosen one went."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        words = self.tr("Type a lot number, or scan a pack")
        self.field = ScanField(words, words)
        self.field.given.connect(self.look)
        self._told = wrapping("error")
        self._told.hide()
        self._chips: list[WordChip] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._heading = wrapping("small2")
        card = RecordCard(self.tr("Lot"))
        card.body.addWidget(self.field)
        card.body.addWidget(self._told)
        card.body.addWidget(self._heading)
        card.body.addLayout(self._row)
        self.panel = TracePanel(context, with_back=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(card)
        column.addWidget(self.panel, 1)
        self.panel.hide()
        column.addStretch(0)
        self._column = column
        self.refresh()

    def refresh(self) -> None:
        """Offer the lots that are recalled now; what was looked at stays."""
        recalled = [one for one in read_shelf(self._context.practice).lots if one.recall is not None]
        self._offer([(one.lot, one.product) for one in recalled[:_MOST]])
        self._heading.setText(self.tr("Recalled at present") if recalled else self.tr("No recall is on record."))
        if self.panel.trace is not None:
            self.panel.show_lot(self.panel.trace.lot)

    def look(self, text: str) -> None:
        """Find the lots of what was typed or scanned; the only one is followed at once."""
        practice = self._context.practice
        try:
            number = self._number(text)
            lots = find_lots(practice, number)
        except MesoMapError as error:
            self._say(error.sentence)
            self._offer([])
            self._heading.setText("")
            self.panel.hide()
            return
        self._say("")
        products = {product.id: product for product in practice.entries(Product)}
        self._offer([(lot, products.get(lot.product_id)) for lot in lots])
        self._heading.setText(self.tr("Lots of this number: {0}").format(len(lots)))
        if len(lots) == 1:
            self.show_lot(lots[0])

    def show_lot(self, lot: Lot) -> None:
        """Follow a lot."""
        self.panel.show()
        self.panel.show_lot(lot)

    def chips(self) -> list[WordChip]:
        """The lots that are offered."""
        return self._chips

    def told(self) -> str:
        """The sentence shown, or nothing."""
        return self._told.text()

    def _number(self, text: str) -> str:
        """The lot number of a scanned code, else what was typed."""
        try:
            code = read_scan(self._context.practice, text, now().date())
        except MesoMapError:
            return text
        return code.lot or text

    def _say(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))

    def _offer(self, lots: list[tuple[Lot, Product | None]]) -> None:
        while (item := self._row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._chips = []
        for lot, product in lots:
            name = product.name if product is not None else "–"
            chip = tap_chip(f"{lot_words(lot.number, lot.expiry)} · {name}", partial(self.show_lot, lot))
            self._row.addWidget(chip, 1)
            self._chips.append(chip)
        if len(lots) == 1:
            self._row.addStretch(1)
