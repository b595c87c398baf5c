"""Products of the practice: what may be drawn up into a syringe, as far as it is recorded."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from mesomap.domain.entry import Entry
from mesomap.domain.errors import BadInputError
from mesomap.domain.gs1_numbers import checked_number
from mesomap.domain.mixture import LineRole, MixtureDetails, MixtureLine, check_details
from mesomap.domain.substance import SubstanceAmount

MAX_WORDS = 200
MAX_SUBSTANCES = 60


class ProductClass(StrEnum):
    """What a product belongs to, in the words of the issue; the practice's own is PRACTICE."""

    HYALURONIC_ACID = "hyaluronic_acid"
    VITAMINS = "vitamins"
    MINERALS = "minerals"
    AMINO_ACIDS = "amino_acids"
    COENZYMES = "coenzymes"
    ENZYMES = "enzymes"
    ANTIOXIDANTS = "antioxidants"
    PLANT_EXTRACTS = "plant_extracts"
    HOMEOPATHIC = "homeopathic"
    MEDICINES = "medicines"
    BOTULINUM_TOXIN = "botulinum_toxin"
    LOCAL_ANAESTHETIC = "local_anaesthetic"
    LIPOLYTIC = "lipolytic"
    DILUENT = "diluent"
    PRACTICE = "practice"


class Regulatory(StrEnum):
    """What the product is in law, as its pack says."""

    MEDICINE = "medicine"
    DEVICE = "device"
    HOMEOPATHIC = "homeopathic"
    MAGISTRAL = "magistral"
    COSMETIC = "cosmetic"
    OTHER = "other"


class Answer(StrEnum):
    """Yes, no, or not known: nothing is ever assumed."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Product(Entry):
    """One product. Only the name is asked at the chair; "" , None and UNKNOWN = not recorded.

    gtin: fourteen digits, for a device its UDI-DI. numbers: national ones, "PZN 03752864". Without substances the
    program says "composition not recorded" wherever it matters.
    """

    KIND: ClassVar[str] = "product"

    name: str
    substances: tuple[SubstanceAmount, ...] = ()
    product_class: ProductClass | None = None
    form: str = ""
    manufacturer: str = ""
    regulatory: Regulatory | None = None
    intradermal: Answer = Answer.UNKNOWN
    off_label: Answer = Answer.UNKNOWN
    gtin: str = ""
    numbers: tuple[str, ...] = ()
    pack_ml: Decimal | None = None
    remark: str = ""
    example: bool = False

    @property
    def key(self) -> str:
        """The GTIN, "" without one."""
        return self.gtin

    @property
    def role(self) -> LineRole:
        """What it is in a mixture, as far as its class says."""
        if self.product_class is ProductClass.DILUENT:
            return LineRole.DILUENT
        return LineRole.ANAESTHETIC if self.product_class is ProductClass.LOCAL_ANAESTHETIC else LineRole.PRODUCT

    def check(self) -> None:
        """Refuse a product without a name and figures no label has. Raises BadInputError."""
        if not self.name.strip():
            raise BadInputError("The product has no name. Enter what the pack says.")
        for words, what in (
            (self.name, "name"),
            (self.form, "form"),
            (self.manufacturer, "manufacturer"),
            *((number, "number") for number in self.numbers),
        ):
            if len(words) > MAX_WORDS:
                raise BadInputError(f"The {what} of the product is too long ({len(words)} characters; {MAX_WORDS}).")
        if len(self.remark) > 10 * MAX_WORDS:
            raise BadInputError(f"The remark is too long ({len(self.remark)} characters; {10 * MAX_WORDS} at most).")
        if len(self.substances) > MAX_SUBSTANCES:
            raise BadInputError(f"{len(self.substances)} substances are too many; {MAX_SUBSTANCES} at most.")
        for substance in self.substances:
            substance.check()
        if self.gtin:
            if len(self.gtin) != 14 or not (self.gtin.isdigit() and self.gtin.isascii()):
                raise BadInputError(f"“{self.gtin[:30]}” is no product number of 14 digits. Scan the pack.")
            checked_number(self.gtin, "product number")
        if self.pack_ml is not None and not (self.pack_ml.is_finite() and 0 < self.pack_ml <= 10_000):
            raise BadInputError(f"A pack of {self.pack_ml} mL is not possible. Enter what the pack holds.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Favourite(Entry):
    """A mixture of the practice to be chosen in one tap: products and volumes, no lots, nothing advised."""

    KIND: ClassVar[str] = "favourite"

    name: str
    lines: tuple[MixtureLine, ...] = ()

    @property
    def refers_to(self) -> tuple[UUID, ...]:
        """Its products."""
        return tuple({line.product_id for line in self.lines if line.product_id is not None})

    def check(self) -> None:
        """Refuse a favourite without a name or products. Raises BadInputError."""
        if not self.name.strip():
            raise BadInputError("The favourite has no name. Enter one.")
        if len(self.name) > MAX_WORDS:
            raise BadInputError(f"The name is too long ({len(self.name)} characters; {MAX_WORDS} at most).")
        if not self.lines:
            raise BadInputError("The favourite holds no product. Add one.")
        check_details(MixtureDetails(lines=self.lines))
