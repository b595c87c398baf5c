"""A product of the practice, completed: composition, class, maker, numbers. Only the name is needed."""

from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError
from mesomap.domain.pack_code import read_pack_code
from mesomap.domain.product import MAX_WORDS, Answer, Product, ProductClass, Regulatory
from mesomap.ui.after.form_parts import TrackField, choice_field, line_field
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.record_lines import small_button, wrapping
from mesomap.ui.mixtures.scan_field import ScanField
from mesomap.ui.shelf.substances import Substances
from mesomap.ui.shelf.words import answer_words, class_words, regulatory_words
from mesomap.ui.typefaces import text_scale


class ProductForm(QWidget):
    """saved(values): fields of Product as entered; removed: out of the list with it."""

    saved = Signal(dict)
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = line_field(self.tr("Name"), most=MAX_WORDS)
        self.kind = choice_field(self.tr("Class"), class_words())
        self.regulatory = choice_field(self.tr("Regulatory status"), regulatory_words())
        self.maker = line_field(self.tr("Manufacturer"), most=MAX_WORDS)
        self.form = line_field(self.tr("Form"), self.tr("ampoule, powder, gel …"), MAX_WORDS)
        words = self.tr("Product number (GTIN, UDI-DI)")
        self.number = FormField(words, ScanField(words, self.tr("scan the pack")))
        self.pack = line_field(self.tr("One pack holds, mL"), most=20)
        unknown = Answer.UNKNOWN.value
        self.intradermal = TrackField(self.tr("Suited to intradermal use"), answer_words(), unknown)
        self.off_label = TrackField(self.tr("Used off-label"), answer_words(), unknown)
        self.remark = line_field(self.tr("Remark"), most=10 * MAX_WORDS)
        self.substances = Substances()
        self._numbers: tuple[str, str, tuple[str, ...]] | None = None
        self._error = wrapping("error")
        self._error.hide()
        self.save = small_button(self.tr("Save product"), self._save)
        self.save.setProperty("kind", "primary")
        self.remove = small_button(self.tr("Take out of the list"), self.removed.emit)
        grid = QGridLayout()
        grid.setSpacing(10)
        # Larger text leaves no room for two fields beside each other.
        beside = 2 if text_scale() <= 1.2 else 1
        grid.addWidget(self.name, 0, 0, 1, beside)
        fields: list[QWidget] = [self.kind, self.regulatory, self.maker, self.form, self.number, self.pack]
        fields += [self.intradermal, self.off_label]
        for place, field in enumerate(fields):
            grid.addWidget(field, 1 + place // beside, place % beside)
        grid.addWidget(self.remark, 1 + len(fields), 0, 1, beside)
        for place in range(beside):
            grid.setColumnStretch(place, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(grid)
        column.addWidget(plain_label("strong", self.tr("Composition")))
        column.addWidget(self.substances)
        column.addWidget(self._error)
        foot = QBoxLayout(QBoxLayout.Direction.LeftToRight if beside > 1 else QBoxLayout.Direction.TopToBottom)
        foot.addWidget(self.save)
        foot.addStretch(1)
        foot.addWidget(self.remove)
        column.addLayout(foot)

    def show_product(self, product: Product | None) -> None:
        """Show a product, or an empty form."""
        self.name.set_text(product.name if product else "")
        self.kind.set_text(product.product_class.value if product and product.product_class else "")
        self.regulatory.set_text(product.regulatory.value if product and product.regulatory else "")
        self.maker.set_text(product.manufacturer if product else "")
        self.form.set_text(product.form if product else "")
        self.number.set_text((product.gtin or ", ".join(product.numbers)) if product else "")
        # More numbers than fit the field stay with the product while nobody enters another one.
        self._numbers = (self.number.text(), product.gtin, product.numbers) if product else None
        self.pack.set_text(format(product.pack_ml, "f") if product and product.pack_ml is not None else "")
        self.intradermal.set_value((product.intradermal if product else Answer.UNKNOWN).value)
        self.off_label.set_value((product.off_label if product else Answer.UNKNOWN).value)
        self.remark.set_text(product.remark if product else "")
        self.substances.show_substances(product.substances if product else ())
        self.remove.setEnabled(product is not None)
        self.show_error("")

    def show_error(self, sentence: str) -> None:
        """What is wrong; nothing was recorded."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))

    def error(self) -> str:
        """The sentence shown."""
        return self._error.text()

    def _save(self) -> None:
        try:
            values = self._values()
        except BadInputError as error:
            self.show_error(error.sentence)
            return
        self.show_error("")
        self.saved.emit(values)

    def _values(self) -> dict[str, Any]:
        number, gtin = self.number.text(), ""
        numbers: tuple[str, ...] = ()
        if self._numbers is not None and number == self._numbers[0]:
            gtin, numbers = self._numbers[1:]
        elif number:
            code = read_pack_code(number, now().date())
            gtin, numbers = code.gtin, code.national
            if not code.product_keys:
                raise BadInputError("The product number names no product. Scan the pack, or leave it empty.")
        pack = self.pack.text().replace(",", ".")
        try:
            pack_ml = Decimal(pack) if pack else None
        except InvalidOperation:
            raise BadInputError(f"“{pack[:30]}” is no volume in mL. Enter a figure, for example 5.") from None
        return {
            "name": self.name.text(),
            "product_class": ProductClass(self.kind.text()) if self.kind.text() else None,
            "regulatory": Regulatory(self.regulatory.text()) if self.regulatory.text() else None,
            "manufacturer": self.maker.text(),
            "form": self.form.text(),
            "gtin": gtin,
            "numbers": numbers,
            "pack_ml": pack_ml,
            "intradermal": Answer(self.intradermal.value()),
            "off_label": Answer(self.off_label.value()),
            "remark": self.remark.text(),
            "substances": self.substances.substances(),
        }
