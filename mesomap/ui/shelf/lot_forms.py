"""Small forms of a lot: a new or corrected one, an opened vial, a recall."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError
from mesomap.domain.lot import Lot
from mesomap.domain.pack_code import read_pack_code
from mesomap.domain.pack_label import label_date
from mesomap.domain.product import Product
from mesomap.ui.after.form_parts import line_field
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.record_lines import small_button, wrapping
from mesomap.ui.mixtures.scan_field import ScanField
from mesomap.ui.mixtures.words import expiry_words


def read_ml(text: str) -> Decimal | None:
    """A volume as typed, None for an empty field. Raises BadInputError."""
    plain = text.strip().replace(",", ".")
    try:
        return Decimal(plain) if plain else None
    except InvalidOperation:
        raise BadInputError(f"“{plain[:30]}” is no volume in mL. Enter a figure, for example 50.") from None


@dataclass(frozen=True, slots=True)
class LotEntry:
    """A lot as entered."""

    number: str
    expiry: date | None
    day_given: bool
    bought_ml: Decimal | None


class LotForm(QWidget):
    """Number or scan, expiry, what was bought. sent: the button was pressed; entry() reads the fields."""

    sent = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lot: Lot | None = None
        words = self.tr("Lot, or scan the pack")
        self.scan = ScanField(words, "")
        self.scan.given.connect(lambda _text: self.sent.emit())
        self.number = FormField(words, self.scan)
        self.expiry = line_field(self.tr("Expiry"), "03/2027", 30)
        self.bought = line_field(self.tr("Bought, mL"), most=20)
        self.button = small_button(self.tr("Add lot"), self.sent.emit)
        self.cancel = small_button(self.tr("Cancel"), lambda: self.show_lot(None))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        grid.addWidget(self.number, 0, 0, 1, 2)
        grid.addWidget(self.expiry, 1, 0)
        grid.addWidget(self.bought, 1, 1)
        grid.addWidget(self.button, 2, 0)
        grid.addWidget(self.cancel, 2, 1)
        self.show_lot(None)

    def show_lot(self, lot: Lot | None) -> None:
        """Correct a lot, or begin a new one (None)."""
        self.lot = lot
        self.number.set_text(lot.number if lot else "")
        day_given = lot is not None and lot.expiry is not None and lot.day_given
        words = "" if lot is None or lot.expiry is None else expiry_words(lot.expiry)
        self.expiry.set_text(lot.expiry.isoformat() if day_given and lot and lot.expiry else words)
        self.bought.set_text(format(lot.bought_ml, "f") if lot and lot.bought_ml is not None else "")
        self.button.setText(self.tr("Save lot") if lot else self.tr("Add lot"))
        self.cancel.setVisible(lot is not None)

    def entry(self, product: Product) -> LotEntry:
        """What the fields say; a scanned pack must be of the product. Raises BadInputError."""
        number, expiry, given = self.number.text(), self.expiry.text(), True
        until: date | None = None
        if "(" in number or number.startswith("]") or len(number) > 30:
            code = read_pack_code(number, now().date())
            if code.gtin and product.gtin and code.gtin != product.gtin:
                raise BadInputError(f"The code on the pack is not that of {product.name}. Choose its product first.")
            if code.alternatives:
                raise BadInputError("The scanner sent no separators: the lot is not certain. Enter it by hand.")
            number = code.lot
            if code.expiry is not None:
                until, given = code.expiry.day, code.expiry.day_given
        if expiry:
            read = label_date(expiry)
            until, given = read.day, read.day_given
        return LotEntry(number, until, given, read_ml(self.bought.text()))


class VialForm(QWidget):
    """An opened vial: how long it may be used, what it holds, what a powder was dissolved in; all may stay empty."""

    def __init__(self) -> None:
        super().__init__()
        self.title = wrapping("strong")
        self.hours = line_field(self.tr("Usable for, hours"), most=10)
        self.held = line_field(self.tr("Holds, mL"), most=20)
        self.dissolved = line_field(self.tr("Dissolved in"), self.tr("a powder only"))
        self.button = QPushButton(self.tr("Record the vial"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        grid.addWidget(self.title, 0, 0, 1, 2)
        grid.addWidget(self.hours, 1, 0)
        grid.addWidget(self.held, 1, 1)
        grid.addWidget(self.dissolved, 2, 0, 1, 2)
        grid.addWidget(self.button, 3, 0, 1, 2)
        self.hide()

    def ask(self, number: str) -> None:
        """Begin with empty fields."""
        self.title.setText(self.tr("Vial of lot {0}, opened now").format(number))
        for field in (self.hours, self.held, self.dissolved):
            field.set_text("")
        self.show()
        self.hours.editor.setFocus()

    def values(self, opened_at: datetime) -> dict[str, Any]:
        """Fields of OpenedVial. Raises BadInputError."""
        text = self.hours.text().replace(",", ".")
        try:
            hours = float(text) if text else None
        except ValueError:
            hours = -1.0
        if hours is not None and not 0 < hours <= 24 * 366:
            raise BadInputError(f"“{text[:20]}” hours are not possible. Enter for example 24, or leave it empty.")
        held, dissolved = read_ml(self.held.text()), self.dissolved.text()
        return {
            "opened_at": opened_at,
            "use_by": None if hours is None else opened_at + timedelta(hours=hours),
            "volume_ml": held,
            "reconstituted_with": dissolved,
            "reconstituted_ml": held if dissolved else None,
        }


class RecallForm(QWidget):
    """Reason and source of a recall."""

    def __init__(self) -> None:
        super().__init__()
        self.title = wrapping("strong")
        self.reason, self.source = line_field(self.tr("Reason of the recall")), line_field(self.tr("Source"))
        self.button = QPushButton(self.tr("Record the recall"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.title, self.reason, self.source, self.button):
            column.addWidget(part)
        self.hide()

    def ask(self, title: str) -> None:
        """Begin with empty fields."""
        self.title.setText(title)
        self.reason.set_text("")
        self.source.set_text("")
        self.show()
        self.reason.editor.setFocus()
