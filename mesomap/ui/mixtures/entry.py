"""What comes in at the scan field: a code of a pack, the name of a product, a picture, or three fields."""

from dataclasses import replace
from datetime import date
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from mesomap.domain.clock import now
from mesomap.domain.errors import MesoMapError
from mesomap.domain.mixture import MixtureDetails, MixtureLine
from mesomap.domain.pack_code import PackCode
from mesomap.domain.product import Product
from mesomap.services.mixing import line_of
from mesomap.services.practice import Practice
from mesomap.services.scanning import read_picture, read_scan, remember_scanner
from mesomap.services.shelf import Shelf, add_at_chair
from mesomap.ui.mixtures.card import MixtureCard
from mesomap.ui.mixtures.words import lot_words


class MixtureInHand(Protocol):
    """The mixture that the lines go into, and the shelf that they come from."""

    @property
    def practice(self) -> Practice:
        """The open practice."""
        ...

    @property
    def shelf(self) -> Shelf:
        """Products and lots."""
        ...

    def read_again(self) -> None:
        """Something was put on the shelf."""
        ...

    def details(self) -> MixtureDetails:
        """What is recorded of the mixture."""
        ...

    def add_line(self, line: MixtureLine) -> None:
        """One more product."""
        ...

    def choose_lot(self, place: int, lot_id: UUID | None) -> None:
        """The line in this place was drawn from another lot."""
        ...


class ProductEntry(QObject):
    """Makes lines of what is entered; what is not on the shelf yet is asked for in three fields."""

    def __init__(self, desk: MixtureInHand, card: MixtureCard) -> None:
        super().__init__(card)
        self._desk, self._card = desk, card
        self._lot_for: MixtureLine | None = None
        card.given.connect(self._scanned)
        card.typed.connect(self._typed)
        card.picked.connect(self._pick)
        card.another_asked.connect(lambda text: self._new_product(name=text))
        card.picture_asked.connect(self._picture)
        card.reading_chosen.connect(self._take_code)
        card.chair.entered.connect(self._chair)

    def _typed(self, text: str) -> None:
        words = text.casefold().split()
        self._card.show_told("")
        if not words:
            self._card.show_found((), "")
            return
        fitting = [
            one
            for one in self._desk.shelf.products
            if all(word in f"{one.name} {one.manufacturer}".casefold() for word in words)
        ]
        self._card.show_found(fitting, text.strip())

    def _scanned(self, text: str) -> None:
        """Enter ended the entry: a code of a pack, or the name of a product."""
        practice = self._desk.practice
        named = self._desk.shelf.named(text)
        if named is not None:
            self._pick(named)
            return
        try:
            code = read_scan(practice, text, now().date())
        except MesoMapError as error:
            chips = self._card.found()
            if len(chips) == 2 and not any(sign.isdigit() for sign in text[:2]):
                chips[0].click()
                return
            self._card.show_told(error.sentence, wrong=True)
            return
        remember_scanner(practice, code)
        self._take_code(code)

    def _take_code(self, code: PackCode) -> None:
        self._card.scan.clear()
        self._card.show_found((), "")
        self._card.show_told("")
        if code.alternatives:
            self._ask_which(code)
            return
        if code.unread:
            self._card.show_told(self.tr("Kept unread: {0}").format(", ".join(code.unread)))
        product = self._desk.shelf.product_of(code)
        if product is None:
            named = () if code.product_keys else self._desk.shelf.by_number(code.lot)
            if len(named) == 1:
                self._desk.add_line(line_of(named[0].product, named[0]))
                return
            self._new_product(code=code)
            return
        if not code.lot:
            self._pick(product)
            return
        self._chair(product.name, code.lot, code.expiry.day if code.expiry else None, code)

    def _ask_which(self, code: PackCode) -> None:
        self._card.show_told(self.tr("The scanner sent no separators. Which of these is on the pack?"))
        readings = (replace(code, alternatives=()), *code.alternatives)
        self._card.show_readings([(self._reading_words(one), one) for one in readings])

    def _reading_words(self, code: PackCode) -> str:
        words = lot_words(code.lot, code.expiry.day if code.expiry else None)
        return self.tr("{0}, serial {1}").format(words, code.serial) if code.serial else words

    def _pick(self, product: Product) -> None:
        self._card.scan.clear()
        self._card.show_found((), "")
        self._desk.add_line(line_of(product, self._desk.shelf.lot_to_take(product.id)))

    def _new_product(self, *, name: str = "", code: PackCode | None = None) -> None:
        self._lot_for = None
        self._card.scan.clear()
        self._card.show_found((), "")
        self._card.chair.ask(name, code)

    def new_lot(self, place: int) -> None:
        """A lot that is not on the shelf yet, for the line in this place."""
        self._lot_for = self._desk.details().lines[place]
        self._card.chair.ask(lot_of=self._lot_for.product_name)

    def _chair(self, name: str, lot: str, expiry: date | None, code: PackCode | None) -> None:
        """Three fields are in: product and lot are recorded, then drawn up."""
        practice = self._desk.practice
        try:
            product, made = add_at_chair(practice, name, lot, expiry, code=code)
        except MesoMapError as error:
            if self._card.chair.isVisible():
                self._card.chair.show_error(error.sentence)
            else:
                self._card.show_told(error.sentence, wrong=True)
            return
        self._card.chair.hide()
        self._desk.read_again()
        taken = self._desk.shelf.lot(made.id) if made is not None else self._desk.shelf.lot_to_take(product.id)
        if self._lot_for is not None and taken is not None:
            place = next((p for p, one in enumerate(self._desk.details().lines) if one == self._lot_for), None)
            self._lot_for = None
            if place is not None:
                self._desk.choose_lot(place, taken.lot.id)
                return
        self._desk.add_line(line_of(product, taken))

    def _picture(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self._card, self.tr("Picture of a code"), "", self.tr("Pictures (*.png *.jpg *.jpeg *.bmp *.tif *.tiff)")
        )
        if path:
            self.take_picture(path)

    def take_picture(self, path: str) -> None:
        """Read the code in a picture and take it as a scan."""
        try:
            code = read_picture(path, now().date())
        except MesoMapError as error:
            self._card.show_told(error.sentence, wrong=True)
            return
        self._take_code(code)
