"""Products, lots and mixtures of the demonstration: invented examples, as uneven as a real shelf."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from mesomap.commands.entries import AddEntries
from mesomap.domain.lot import Lot, LotRecall, OpenedVial
from mesomap.domain.mixture import MixtureDetails, MixtureLine
from mesomap.domain.product import Answer, Favourite, Product, ProductClass, Regulatory
from mesomap.domain.session import Mixture, Session
from mesomap.domain.substance import ConcentrationUnit, SubstanceAmount
from mesomap.services.practice import Practice

_MG, _U = ConcentrationUnit.MG_PER_ML, ConcentrationUnit.U_PER_ML
#: Days that a lot of the demonstration was bought for.
_LOT_DAYS = 150
_OLDEST_DAYS = 760
#: Visits longer ago were charted before the practice wrote down lots.
_LOTS_SINCE_DAYS = 500


@dataclass(frozen=True, slots=True)
class _Made:
    """An invented product. substances: name, list, code, figure ("" none), unit."""

    key: str
    name: str
    kind: ProductClass
    substances: tuple[tuple[str, str, str, str, ConcentrationUnit], ...] = ()
    regulatory: Regulatory | None = None
    gtin: str = ""
    maker: str = ""


_PRODUCTS = (
    _Made("ha", "Example HA 1 %", ProductClass.HYALURONIC_ACID,
          (("Hyaluronic acid", "CAS", "9004-61-9", "10", _MG),), Regulatory.DEVICE, "09506000134352", "Example Labs"),
    _Made("vit", "Example Multivitamin", ProductClass.VITAMINS,
          (("Ascorbic acid", "ATC", "A11GA01", "50", _MG), ("Biotin", "ATC", "A11HA05", "0.5", _MG)),
          Regulatory.MEDICINE, "", "Example Pharma"),
    _Made("min", "Example Trace Elements", ProductClass.MINERALS),
    _Made("lido", "Example Lidocaine 2 %", ProductClass.LOCAL_ANAESTHETIC,
          (("Lidocaine", "ATC", "N01BB02", "20", _MG),), Regulatory.MEDICINE, "04006381333931", "Example Pharma"),
    _Made("nsaid", "Example Piroxicam 20 mg/mL", ProductClass.MEDICINES,
          (("Piroxicam", "ATC", "M01AC01", "20", _MG),), Regulatory.MEDICINE, "", "Example Pharma"),
    _Made("salt", "Example NaCl 0.9 %", ProductClass.DILUENT,
          (("Sodium chloride", "ATC", "B05XA03", "0.9", ConcentrationUnit.PERCENT_WV),), Regulatory.MEDICINE),
    _Made("tox", "Example Toxin, 40 U/mL when dissolved", ProductClass.BOTULINUM_TOXIN,
          (("Botulinum toxin type A", "ATC", "M03AX01", "40", _U),), Regulatory.MEDICINE, "", "Example Labs"),
    _Made("plant", "Example Plant Extract D4", ProductClass.HOMEOPATHIC, regulatory=Regulatory.HOMEOPATHIC),
    _Made("vaso", "Example Pentoxifylline 20 mg/mL", ProductClass.MEDICINES,
          (("Pentoxifylline", "ATC", "C04AD03", "20", _MG),), Regulatory.MEDICINE),
    _Made("lipo", "Example Deoxycholic Acid 1 %", ProductClass.LIPOLYTIC,
          (("Deoxycholic acid", "ATC", "D11AX24", "10", _MG),), Regulatory.MEDICINE),
)  # fmt: skip
#: Name of a mixture of the courses → products and their shares of the volume.
_RECIPES: dict[str, tuple[tuple[str, str], ...]] = {
    "Hyaluronic acid (example)": (("ha", "1"),),
    "Vitamins, minerals (example)": (("vit", "0.6"), ("min", "0.2"), ("lido", "0.2")),
    "Anti-inflammatory, anaesthetic (example)": (("nsaid", "0.2"), ("lido", "0.4"), ("salt", "0.4")),
    "Botulinum toxin, diluted (example)": (("tox", "1"),),
    "Vitamins, minerals, plant extract (example)": (("vit", "0.5"), ("min", "0.25"), ("plant", "0.25")),
    "Vasoactive, drainage (example)": (("vaso", "0.4"), ("lido", "0.2"), ("salt", "0.4")),
    "Lipolytic (example)": (("lipo", "0.8"), ("salt", "0.2")),
}


class DemoShelf:
    """Makes products and lots once, then says what a mixture of a visit was made from."""

    def __init__(self, practice: Practice, today: date) -> None:
        self._today = today
        began = _noon(today - timedelta(days=_OLDEST_DAYS))
        self._products = {made.key: _product(made, began) for made in _PRODUCTS}
        self._lots = {key: self._lots_of(key, product) for key, product in self._products.items()}
        favourites = (
            Favourite(id=uuid4(), entered_at=began, name=name, lines=self._lines(recipe, None, None))
            for name, recipe in list(_RECIPES.items())[:3]
        )
        lots = tuple(lot for some in self._lots.values() for lot in some)
        entries = (*self._products.values(), *lots, *favourites, *self._troubles())
        practice.run(AddEntries(entries, name="Add product"))

    def prepared(self, session: Session) -> Session:
        """The session with what its mixtures were made from: older visits without, some without volumes."""
        if (self._today - session.started_at.date()).days > _LOTS_SINCE_DAYS or session.number % 7 == 5:
            return session
        return replace(session, mixtures=tuple(self._made(session, mixture) for mixture in session.mixtures))

    def _made(self, session: Session, mixture: Mixture) -> Mixture:
        recipe = _RECIPES.get(mixture.name)
        if recipe is None:
            return mixture
        whole = None if mixture.drawn_ml is None else Decimal(str(mixture.drawn_ml))
        lines = self._lines(recipe, session.started_at.date(), whole)
        if whole is None:
            return replace(mixture, details=MixtureDetails(lines=lines))
        at = session.started_at - timedelta(minutes=5)
        made = MixtureDetails(
            lines=lines, prepared_by=session.practitioner, prepared_at=at, use_by=at + timedelta(hours=4), fills=1
        )
        return replace(mixture, details=made)

    def _lines(
        self, recipe: tuple[tuple[str, str], ...], on: date | None, whole: Decimal | None
    ) -> tuple[MixtureLine, ...]:
        found = []
        for key, share in recipe:
            product = self._products[key]
            lot = None if on is None else self._lot_on(key, on)
            found.append(
                MixtureLine(
                    role=product.role,
                    product_id=product.id,
                    lot_id=lot.id if lot else None,
                    product_name=product.name,
                    lot_number=lot.number if lot else "",
                    expiry=lot.expiry if lot else None,
                    volume_ml=None if whole is None else whole * Decimal(share),
                    substances=product.substances,
                )
            )
        return tuple(found)

    def _lot_on(self, key: str, on: date) -> Lot:
        place = min(max((_OLDEST_DAYS - (self._today - on).days) // _LOT_DAYS, 0), len(self._lots[key]) - 1)
        return self._lots[key][place]

    def _lots_of(self, key: str, product: Product) -> tuple[Lot, ...]:
        """One lot after the other over the time of the demonstration; only the last two are still on the shelf."""
        made = []
        count = _OLDEST_DAYS // _LOT_DAYS + 1
        for place in range(count):
            bought = self._today - timedelta(days=_OLDEST_DAYS - place * _LOT_DAYS)
            until = date(bought.year + 2, bought.month, 1) - timedelta(days=1)
            made.append(
                Lot(
                    id=_id(f"{key} {bought}"),
                    entered_at=_noon(bought),
                    product_id=product.id,
                    number=f"EX{key.upper()}-{bought:%y%m}",
                    expiry=until,
                    day_given=False,
                    bought_ml=Decimal(200),
                    finished=place < count - 1,
                )
            )
        return tuple(made)

    def _troubles(self) -> tuple[LotRecall | OpenedVial, ...]:
        """A recalled lot, and an opened vial."""
        recalled, opened = self._lots["min"][-2], self._lots["tox"][-1]
        at = _noon(self._today - timedelta(days=2))
        return (
            LotRecall(
                id=uuid4(), entered_at=at, lot_id=recalled.id, reason="Example: particles seen in some vials",
                dated=at.date(), source="Invented letter of the maker",
            ),
            OpenedVial(
                id=uuid4(), entered_at=at, lot_id=opened.id, opened_at=at, use_by=at + timedelta(days=1),
                volume_ml=Decimal("2.5"), reconstituted_with="Example NaCl 0.9 %", reconstituted_ml=Decimal("2.5"),
            ),
        )  # fmt: skip


def _product(made: _Made, at: datetime) -> Product:
    substances = tuple(
        SubstanceAmount(name=name, system=system, code=code, concentration=Decimal(figure), unit=unit)
        for name, system, code, figure, unit in made.substances
    )
    if made.key == "plant":
        substances = (SubstanceAmount(name="Arnica montana", potency="D4"),)
    return Product(
        id=_id(made.key),
        entered_at=at,
        name=made.name,
        substances=substances,
        product_class=made.kind,
        manufacturer=made.maker,
        regulatory=made.regulatory,
        intradermal=Answer.UNKNOWN,
        gtin=made.gtin,
        remark="Invented example.",
        example=True,
    )


def _id(words: str) -> UUID:
    """Products and lots have the same ids on the same day, as the mixtures of the visits name them."""
    return uuid5(NAMESPACE_URL, f"mesomap:demonstration:{words}")


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12)).astimezone()
