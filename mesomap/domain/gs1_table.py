"""Application identifiers of GS1: which two to four digits begin a field, and how long it is.

After the GS1 General Specifications (release 24, section 3.2) and the public GS1 Barcode Syntax Dictionary, in our own
table: identifiers that stand on packs of products for people, and the others of a pack or a case.
"""

import re
from dataclasses import dataclass

#: What a text field may hold: GS1 AI encodable character set 82 (General Specifications, figure 7.11-1).
CSET82 = re.compile(r"[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+")


@dataclass(frozen=True, slots=True)
class Ai:
    """One identifier. digits: leading part of fixed length, digits only; text: most characters after it (0 none).

    optional digits: a purely numeric field of variable length has digits 0, text = its most, numeric True.
    predefined: its length is known to every reader, so that no separator needs to follow.
    """

    key: str
    title: str
    digits: int
    text: int = 0
    numeric: bool = False
    predefined: bool = False

    @property
    def variable(self) -> bool:
        """True when its end is a separator or the end of the code."""
        return self.text > 0


def _fixed(key: str, title: str, digits: int, *, predefined: bool = True) -> Ai:
    return Ai(key, title, digits, predefined=predefined)


_ROWS = [
    _fixed("00", "SSCC", 18),
    _fixed("01", "GTIN", 14),
    _fixed("02", "content GTIN", 14),
    Ai("10", "lot", 0, 20),
    _fixed("11", "production date", 6),
    _fixed("12", "due date", 6),
    _fixed("13", "packaging date", 6),
    _fixed("15", "best before", 6),
    _fixed("16", "sell by", 6),
    _fixed("17", "expiry", 6),
    _fixed("20", "variant", 2),
    Ai("21", "serial", 0, 20),
    Ai("22", "consumer variant", 0, 20),
    Ai("235", "third-party serial", 0, 28),
    Ai("240", "additional id", 0, 30),
    Ai("241", "customer part", 0, 30),
    Ai("242", "made-to-order number", 0, 6, numeric=True),
    Ai("243", "packaging component", 0, 20),
    Ai("250", "secondary serial", 0, 30),
    Ai("251", "source entity", 0, 30),
    Ai("253", "document type", 13, 17),
    Ai("254", "location extension", 0, 20),
    Ai("30", "count", 0, 8, numeric=True),
    Ai("37", "count of items", 0, 8, numeric=True),
    Ai("400", "order number", 0, 30),
    Ai("401", "consignment", 0, 30),
    _fixed("402", "shipment", 17, predefined=False),
    Ai("403", "route", 0, 30),
    *(_fixed(f"41{n}", "location", 13) for n in range(8)),
    Ai("420", "ship to post code", 0, 20),
    Ai("421", "ship to post code", 3, 9),
    _fixed("422", "origin", 3, predefined=False),
    Ai("423", "country of initial processing", 3, 12, numeric=True),
    *(_fixed(f"42{n}", "country", 3, predefined=False) for n in (4, 5, 6)),
    _fixed("7001", "NATO stock number", 13, predefined=False),
    Ai("7002", "cut", 0, 30),
    _fixed("7003", "expiry time", 10, predefined=False),
    Ai("7004", "active potency", 0, 4, numeric=True),
    _fixed("7006", "first freeze date", 6, predefined=False),
    Ai("7008", "species", 0, 3),
    *(Ai(str(n), title, 0, 20) for n, title in enumerate(
        ("NHRN PZN", "NHRN CIP", "NHRN CN", "NHRN DRN", "NHRN AIM", "NHRN NDC", "NHRN AIC", "NHRN SRN"), start=710)),
    *(Ai(f"723{n}", "certificate", 0, 30) for n in range(10)),
    Ai("7240", "protocol id", 0, 20),
    Ai("7241", "AIDC media type", 2, 0),
    Ai("8002", "CMT number", 0, 20),
    Ai("8003", "GRAI", 14, 16),
    Ai("8004", "GIAI", 0, 30),
    _fixed("8005", "price per unit", 6, predefined=False),
    _fixed("8006", "piece of trade item", 18, predefined=False),
    Ai("8007", "IBAN", 0, 34),
    Ai("8008", "production time", 8, 4, numeric=True),
    Ai("8010", "component part", 0, 30),
    Ai("8011", "component serial", 0, 12, numeric=True),
    Ai("8012", "software version", 0, 20),
    Ai("8013", "device model", 0, 25),
    _fixed("8017", "service provider", 18, predefined=False),
    _fixed("8018", "service recipient", 18, predefined=False),
    Ai("8020", "payment reference", 0, 25),
    _fixed("8026", "piece of item", 18, predefined=False),
    Ai("8200", "product address", 0, 70),
    Ai("90", "agreed information", 0, 30),
    *(Ai(str(n), "company information", 0, 90) for n in range(91, 100)),
]  # fmt: skip
_BY_KEY = {row.key: row for row in _ROWS}
_MEASURE = re.compile(r"3[1-69]\d\d")


def ai_at(text: str, start: int = 0) -> Ai | None:
    """The identifier that stands in the text at start, or None when none we know does."""
    for length in (4, 3, 2):
        key = text[start : start + length]
        if key in _BY_KEY:
            return _BY_KEY[key]
    key = text[start : start + 4]
    if _MEASURE.fullmatch(key):
        # 31nn-36nn: trade measures of six digits; 39nn: amounts of money, up to fifteen.
        return Ai(key, "amount", 0, 15, numeric=True) if key[1] == "9" else _fixed(key, "measure", 6)
    return None
