"""Section "Products and lots" of the practice's page."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from mesomap.domain.errors import MesoMapError
from mesomap.domain.lot import Lot
from mesomap.domain.product import Favourite, Product
from mesomap.services.shelf import (
    Shelf,
    add_product,
    change_product,
    read_shelf,
    withdraw_favourite,
    withdraw_product,
)
from mesomap.ui.controls.asked_role import reads
from mesomap.ui.controls.record_lines import RecordCard, RecordLine, small_button
from mesomap.ui.page_context import PageContext
from mesomap.ui.shelf.lots import Lots
from mesomap.ui.shelf.product_form import ProductForm
from mesomap.ui.shelf.trace_panel import TracePanel

_LIST_SHEET = "QListWidget::item { min-height: 44px; padding-left: 10px; border-radius: 9px; }"
_ID = Qt.ItemDataRole.UserRole
_LIST_PX = 212


class ProductsSection(QWidget):
    """List at the left, the product in the middle, its lots at the right; where a lot went in place of all three."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._product: Product | None = None
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search products"))
        self.search.textChanged.connect(lambda _text: self._fill())
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Products"))
        self.list.setStyleSheet(_LIST_SHEET)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.currentItemChanged.connect(lambda item, _old: self._choose(item))
        self.new_button = small_button(self.tr("New product"), self.begin_new)
        listed = RecordCard(self.tr("Products"))
        listed.body.addWidget(reads(self.search))
        listed.body.addWidget(self.list, 1)
        listed.body.addWidget(self.new_button)
        listed.setFixedWidth(_LIST_PX)
        self.favourites = RecordCard(self.tr("Favourites"), scrolls=True)
        self.favourites.setFixedWidth(_LIST_PX)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(listed, 3)
        left.addWidget(self.favourites, 2)
        self.form = ProductForm()
        self.form.saved.connect(self._save)
        self.form.removed.connect(self._remove)
        edited = RecordCard(self.tr("Product"), scrolls=True)
        edited.body.addWidget(self.form)
        edited.body.addStretch(1)
        self.lots = Lots(lambda: context.practice)
        self.lots.traced.connect(self.trace)
        editor = QWidget()
        row = QHBoxLayout(editor)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(left)
        row.addWidget(edited, 5)
        row.addWidget(self.lots, 4)
        self._stack = QStackedWidget()
        self.panel = TracePanel(context)
        self.panel.left.connect(lambda: self._stack.setCurrentWidget(editor))
        self._stack.addWidget(editor)
        self._stack.addWidget(self.panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.refresh()

    def refresh(self) -> None:
        """Read products and lots again."""
        self._fill()
        self.lots.show_product(self._product)

    def begin_new(self) -> None:
        """An empty form."""
        self.list.setCurrentRow(-1)
        self._show(None)
        self.form.name.editor.setFocus()

    def trace(self, lot: Lot) -> None:
        """Where a lot went."""
        self.panel.show_lot(lot)
        self._stack.setCurrentWidget(self.panel)

    def _fill(self) -> None:
        wanted = self.search.text().casefold().split()
        shown = self._product
        self.list.blockSignals(True)
        self.list.clear()
        shelf = read_shelf(self._context.practice)
        self._fill_favourites(shelf)
        for product in shelf.products:
            if not all(word in f"{product.name} {product.manufacturer}".casefold() for word in wanted):
                continue
            item = QListWidgetItem(product.name)
            item.setToolTip(product.name)
            item.setData(_ID, product)
            self.list.addItem(item)
            if shown is not None and product.id == shown.id:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        if shown is None and self.list.count():
            self.list.setCurrentRow(0)

    def _fill_favourites(self, shelf: Shelf) -> None:
        self.favourites.clear()
        for place, one in enumerate(shelf.favourites):
            products = " + ".join(line.product_name for line in one.lines)
            line = RecordLine(one.name, products, first=place == 0, buttons_below=True)
            line.add_button(self.tr("Remove"), partial(self._remove_favourite, one), f"Remove {one.name}")
            self.favourites.body.addWidget(line)
        if not shelf.favourites:
            self.favourites.say_empty(self.tr("Kept from the mixture card, in a session."))
        self.favourites.body.addStretch(1)

    def _remove_favourite(self, favourite: Favourite) -> None:
        withdraw_favourite(self._context.practice, favourite)
        self._fill()

    def _remove(self) -> None:
        if self._product is None:
            return
        try:
            withdraw_product(self._context.practice, self._context.practice.entry(Product, self._product.id))
        except MesoMapError as error:
            self.form.show_error(error.sentence)
            return
        self._show(None)
        self.refresh()

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._show(item.data(_ID))

    def _show(self, product: Product | None) -> None:
        self._product = product
        self.form.show_product(product)
        self.lots.show_product(product)

    def _save(self, values: dict[str, object]) -> None:
        practice = self._context.practice
        try:
            if self._product is None:
                self._product = add_product(practice, str(values.pop("name")), **values)
            else:
                self._product = change_product(practice, practice.entry(Product, self._product.id), **values)
        except MesoMapError as error:
            self.form.show_error(error.sentence)
            return
        self.refresh()
