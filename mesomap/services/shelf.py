"""The shelf of the practice: its products and lots, what is open, what has expired or was recalled."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from mesomap.commands.entries import AddEntries, EditEntry
from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError
from mesomap.domain.lot import Lot, LotRecall, OpenedVial, folded_lot, standing_recall
from mesomap.domain.pack_code import PackCode
from mesomap.domain.product import Favourite, Product
from mesomap.domain.session import Session
from mesomap.services.entering import entering

if TYPE_CHECKING:
    from mesomap.services.practice import Practice


@dataclass(frozen=True, slots=True)
class ShelfLot:
    """A lot as it stands today. vial: opened and not ended, the latest; None = none is open."""

    lot: Lot
    product: Product
    recall: LotRecall | None
    vial: OpenedVial | None
    today: date

    @property
    def expired(self) -> bool:
        """True when its last day is over."""
        return self.lot.expired(self.today)

    @property
    def in_use(self) -> bool:
        """True when it is on the shelf, in date and not recalled."""
        return not (self.lot.finished or self.lot.withdrawn or self.expired or self.recall)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Products and lots read at one moment. products: in use, by name; lots: by product, the latest entered first."""

    products: tuple[Product, ...]
    lots: tuple[ShelfLot, ...]
    favourites: tuple[Favourite, ...]
    today: date

    def product(self, product_id: UUID | None) -> Product | None:
        """The product in use of this id."""
        return next((product for product in self.products if product.id == product_id), None)

    def lot(self, lot_id: UUID | None) -> ShelfLot | None:
        """The lot of this id."""
        return next((one for one in self.lots if one.lot.id == lot_id), None)

    def lots_of(self, product_id: UUID) -> tuple[ShelfLot, ...]:
        """Lots of a product that are not used up, the latest entered first."""
        return tuple(one for one in self.lots if one.product.id == product_id and not one.lot.finished)

    def lot_to_take(self, product_id: UUID) -> ShelfLot | None:
        """The lot of the vial that is open, else the only lot in use; None when a person must say which."""
        usable = [one for one in self.lots_of(product_id) if one.in_use]
        opened = [one for one in usable if one.vial is not None]
        if len(opened) == 1:
            return opened[0]
        return usable[0] if len(usable) == 1 else None

    def by_number(self, number: str, product_id: UUID | None = None) -> tuple[ShelfLot, ...]:
        """Lots of this number, of one product or of all."""
        wanted = folded_lot(number)
        return tuple(
            one for one in self.lots if one.lot.key == wanted and product_id in (None, one.product.id) and wanted
        )

    def product_of(self, code: PackCode) -> Product | None:
        """The product that a scanned code names, or None."""
        for key in code.product_keys:
            found = [product for product in self.products if key == product.gtin or key in product.numbers]
            if found:
                return found[0]
        return None

    def named(self, name: str) -> Product | None:
        """The product of exactly this name, capitals and spaces aside."""
        wanted = " ".join(name.split()).casefold()
        return next((one for one in self.products if " ".join(one.name.split()).casefold() == wanted), None)


def read_shelf(practice: "Practice", today: date | None = None) -> Shelf:
    """Products, lots, recalls, open vials and favourites as they stand."""
    day = today or now().date()
    products = {one.id: one for one in practice.entries(Product)}
    recalls: dict[UUID, list[LotRecall]] = {}
    for recall in practice.entries(LotRecall):
        recalls.setdefault(recall.lot_id, []).append(recall)
    opened = {
        vial.lot_id: vial for vial in practice.entries(OpenedVial) if vial.ended_at is None and not vial.withdrawn
    }
    lots = [
        ShelfLot(
            lot, products[lot.product_id], standing_recall(tuple(recalls.get(lot.id, ()))), opened.get(lot.id), day
        )
        for lot in reversed(practice.entries(Lot))
        if not lot.withdrawn and lot.product_id in products
    ]
    favourites = [one for one in practice.entries(Favourite) if not one.withdrawn]
    in_use = [one for one in products.values() if not one.withdrawn]
    return Shelf(
        tuple(sorted(in_use, key=lambda one: one.name.casefold())),
        tuple(lots),
        tuple(sorted(favourites, key=lambda one: one.name.casefold())),
        day,
    )


def add_product(practice: "Practice", name: str, **values: Any) -> Product:
    """A new product; only its name is needed. Raises BadInputError, also for a name that is there."""
    shelf = read_shelf(practice)
    if shelf.named(name) is not None:
        raise BadInputError(f"“{name.strip()}” is a product of the practice already. Choose it, or add its maker.")
    made = Product(name=name.strip(), **entering(practice), **values)
    _refuse_known_number(shelf, made)
    practice.run(AddEntries((made,), name="Add product"))
    return made


def change_product(practice: "Practice", before: Product, **values: Any) -> Product:
    """Complete or correct a product; sessions keep what was recorded. Raises BadInputError."""
    after = replace(before, **values)
    _refuse_known_number(read_shelf(practice), after)
    practice.run(EditEntry(before, after, name="Edit product"))
    return after


def add_lot(practice: "Practice", product: Product, number: str, expiry: date | None = None, **values: Any) -> Lot:
    """A new lot; one of this number and product that is there already is given back. Raises BadInputError."""
    known = read_shelf(practice).by_number(number, product.id)
    if known:
        return _same_lot(known[0].lot, product, expiry)
    made = Lot(product_id=product.id, number=number.strip(), expiry=expiry, **entering(practice), **values)
    practice.run(AddEntries((made,), name="Add lot"))
    return made


def add_at_chair(
    practice: "Practice", name: str, number: str, expiry: date | None = None, *, code: PackCode | None = None
) -> tuple[Product, Lot | None]:
    """Product and lot in three fields, in one step; what is there already is used. The rest is completed later.

    code: of the pack, whose numbers the product keeps. Raises BadInputError.
    """
    shelf = read_shelf(practice)
    product = (shelf.product_of(code) if code else None) or shelf.named(name)
    made: list[Product | Lot] = []
    if product is None:
        product = Product(
            name=name.strip(),
            gtin=code.gtin if code else "",
            numbers=code.national if code else (),
            **entering(practice),
        )
        made.append(product)
    if not folded_lot(number):
        if made:
            practice.run(AddEntries(tuple(made), name="Add product"))
        return product, None
    known = shelf.by_number(number, product.id)
    if known:
        return product, _same_lot(known[0].lot, product, expiry)
    given = code.expiry.day_given if code is not None and code.expiry is not None else True
    lot = Lot(product_id=product.id, number=number.strip(), expiry=expiry, day_given=given, **entering(practice))
    made.append(lot)
    practice.run(AddEntries(tuple(made), name="Add product" if len(made) > 1 else "Add lot"))
    return product, lot


def know_products(practice: "Practice", session: Session) -> None:
    """Put products and lots that a session names and the practice does not know on the shelf, so that a recall finds
    them; they keep the ids that the session has for them.
    """
    products = {one.id for one in practice.entries(Product)}
    lots = {one.id for one in practice.entries(Lot)}
    made: dict[UUID, Product | Lot] = {}
    for mixture in session.mixtures:
        for line in mixture.details.lines if mixture.details is not None else ():
            if line.product_id is None or line.product_id in lots:
                continue
            stamp = entering(practice)
            if line.product_id not in products:
                stamp["id"] = line.product_id
                made.setdefault(line.product_id, Product(name=line.product_name, substances=line.substances, **stamp))
            if line.lot_id is not None and line.lot_id not in lots | products and folded_lot(line.lot_number):
                stamp["id"] = line.lot_id
                lot = Lot(product_id=line.product_id, number=line.lot_number, expiry=line.expiry, **stamp)
                made.setdefault(line.lot_id, lot)
    if made:
        practice.run(AddEntries(tuple(made.values()), name="Add product"))


def change_lot(practice: "Practice", before: Lot, **values: Any) -> Lot:
    """Complete or correct a lot; sessions keep what was recorded. Raises BadInputError."""
    after = replace(before, **values)
    others = read_shelf(practice).by_number(after.number, after.product_id)
    if any(one.lot.id != before.id for one in others):
        raise BadInputError(f"There is a lot {after.number.strip()} of this product already.")
    practice.run(EditEntry(before, after, name="Edit lot"))
    return after


def open_vial(practice: "Practice", lot: Lot, *, opened_at: datetime | None = None, **values: Any) -> OpenedVial:
    """A vial of the lot was opened. Raises BadInputError."""
    stamp = entering(practice)
    made = OpenedVial(lot_id=lot.id, opened_at=opened_at or stamp["entered_at"], **stamp, **values)
    practice.run(AddEntries((made,), name="Open vial"))
    return made


def end_vial(practice: "Practice", vial: OpenedVial, discarded_ml: Decimal | None = None) -> OpenedVial:
    """The vial was used up or thrown away. Raises BadInputError."""
    after = replace(vial, ended_at=now(), discarded_ml=discarded_ml)
    practice.run(EditEntry(vial, after, name="End vial"))
    return after


def recall_lot(
    practice: "Practice", lot: Lot, reason: str, dated: date, source: str = "", *, ends: UUID | None = None
) -> LotRecall:
    """Put a recall on record, or take an earlier one back (ends). Raises BadInputError."""
    made = LotRecall(
        lot_id=lot.id, reason=reason.strip(), dated=dated, source=source.strip(), ends=ends, **entering(practice)
    )
    practice.run(AddEntries((made,), name="Recall lot" if ends is None else "Take recall back"))
    return made


def add_favourite(practice: "Practice", name: str, lines: Iterable[Any]) -> Favourite:
    """Keep a mixture as a favourite, without its lots. Raises BadInputError, also for a name that is there."""
    kept = tuple(replace(line, lot_id=None, lot_number="", expiry=None, vial_id=None, reason="") for line in lines)
    wanted = name.strip()
    if any(one.name.casefold() == wanted.casefold() for one in read_shelf(practice).favourites):
        raise BadInputError(f"There is a favourite “{wanted}” already. Enter another name.")
    made = Favourite(name=wanted, lines=kept, **entering(practice))
    practice.run(AddEntries((made,), name="Add favourite"))
    return made


def withdraw_product(practice: "Practice", product: Product) -> None:
    """Take a product out of the list; sessions and lots keep it. A new one may have its name."""
    practice.run(EditEntry(product, replace(product, withdrawn="removed from the list"), name="Remove product"))


def withdraw_favourite(practice: "Practice", favourite: Favourite) -> None:
    """Take a favourite out of the list; sessions made from it keep everything."""
    practice.run(EditEntry(favourite, replace(favourite, withdrawn="removed from the list"), name="Remove favourite"))


def _same_lot(lot: Lot, product: Product, expiry: date | None) -> Lot:
    if expiry is not None and lot.expiry is not None and expiry != lot.expiry:
        raise BadInputError(
            f"Lot {lot.number} of {product.name} is recorded with the expiry {lot.expiry:%Y-%m-%d}, not "
            f"{expiry:%Y-%m-%d}. Look at the pack, then correct the lot."
        )
    return lot


def _refuse_known_number(shelf: Shelf, product: Product) -> None:
    other = next((one for one in shelf.products if product.gtin and one.gtin == product.gtin), None)
    if other is not None and other.id != product.id:
        raise BadInputError(f"The product number {product.gtin} belongs to {other.name} already.")
