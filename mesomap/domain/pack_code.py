"""What the code of a pack says: product, lot, expiry and serial number, in whatever form it was scanned or pasted."""

import re
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qsl, unquote, urlsplit

from mesomap.domain.errors import BadInputError
from mesomap.domain.gs1 import Elements, Gs1Field, read_bracketed, read_elements
from mesomap.domain.gs1_numbers import PackDate, checked_number, checked_ppn, checked_pzn, pack_date
from mesomap.domain.gs1_text import GS, Sent, Symbol, clean, separated
from mesomap.domain.pack_label import read_label

#: National numbers that GS1 identifiers carry: identifier -> scheme.
NATIONAL = {
    "710": "PZN", "711": "CIP", "712": "CN", "713": "DRN", "714": "AIM", "715": "NDC", "716": "AIC", "717": "SRN",
}  # fmt: skip
#: French keyboards give these for the digits 1 to 0: the scanner types as on another layout.
_AZERTY = re.compile(r"[&é\"'(\-è_çà]{8,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackCode:
    """What a code says; "" and None = it says nothing of it. gtin: fourteen digits. national: "PZN 03752864".

    unread: parts whose meaning is not known, as text. alternatives: other readings that would be right as well, because
    no separator came with it: a person must say which. mended: separators are missing, this is the only reading.
    """

    gtin: str = ""
    lot: str = ""
    expiry: PackDate | None = None
    best_before: PackDate | None = None
    produced: PackDate | None = None
    serial: str = ""
    national: tuple[str, ...] = ()
    count: int | None = None
    fields: tuple[Gs1Field, ...] = ()
    unread: tuple[str, ...] = ()
    alternatives: tuple["PackCode", ...] = ()
    mended: bool = False
    separated: bool = False

    @property
    def product_keys(self) -> tuple[str, ...]:
        """What a product can be found by, the best first."""
        return tuple(key for key in (self.gtin, *self.national) if key)


def read_pack_code(sent: str, today: date, *, separates: bool = False) -> PackCode:
    """Read what a scanner sent, or text pasted from a pack. separates: the scanner is known to send separators.

    Forms: GS1 element strings with or without identifier, bracketed text, GS1 Digital Link, GTIN-8/12/13/14 alone, IFA
    (PPN) in ISO/IEC 15434 format 06, PZN, and labelled text (LOT …, EXP …). Raises BadInputError with a sentence for
    anything else, for wrong check digits and for half reads.
    """
    code = clean(sent)
    text = code.text
    if text.startswith("[)>"):
        return _iso15434(text, today)
    if re.match(r"https?://", text, re.IGNORECASE):
        return _link(text, today)
    if re.match(r"[(\[]\s*\d{2,4}\s*[)\]]", text):
        return _said(read_bracketed(text, today), today)
    if re.fullmatch(r"(PZN\s*[-:]?|-)\s*\d{7,8}", text, re.IGNORECASE):
        return PackCode(national=("PZN " + checked_pzn(re.sub(r"\D", "", text)),))
    if code.symbol in (Symbol.EAN, Symbol.ITF) or (
        code.symbol is not Symbol.GS1 and re.fullmatch(r"\d{8}|\d{12,14}", text)
    ):
        return _number(text, today)
    if re.fullmatch(r"\+[A-Z][A-Z0-9]{3}\S*", text):
        raise BadInputError(
            "This is an HIBC code, which is not read here. Look for a GS1 code, or enter the lot and expiry by hand."
        )
    if _AZERTY.match(text) and not re.search(r"\d", text):
        raise BadInputError(
            "The scanner types as on another keyboard than this computer has: the digits came as other signs. Set the "
            "scanner to this keyboard, then scan again."
        )
    label = read_label(text)
    if label is not None:
        return PackCode(
            gtin=label.gtin, lot=label.lot, expiry=label.expiry, serial=label.serial,
            national=("PZN " + checked_pzn(label.pzn),) if label.pzn else (),
        )  # fmt: skip
    return _element_string(code, today, separates=separates)


def _element_string(code: Sent, today: date, *, separates: bool) -> PackCode:
    text = separated(code.text)
    if " " not in text:
        return _said(read_elements(text, today, separates=separates), today, separated=GS in text)
    # A space is no character of a code: it stands for a separator, or was typed to make groups.
    found: list[PackCode] = []
    sentence = ""
    for stand_in in (GS, ""):
        try:
            read = read_elements(separated(re.sub(r"\s+", stand_in, text)), today, separates=separates)
        except BadInputError as error:
            sentence = sentence or error.sentence
            continue
        found.append(_said(read, today))
    if not found:
        raise BadInputError(sentence)
    if len(found) == 2 and found[0].fields != found[1].fields:
        return replace(found[0], alternatives=tuple(found[1:]))
    return found[0]


def _said(read: Elements, today: date, *, separated: bool = False) -> PackCode:
    """What the fields mean."""
    if not read.fields:
        raise BadInputError("The code holds nothing that can be read here. Enter product, lot and expiry by hand.")
    count = read.value("37") or read.value("30")

    def day(key: str, what: str) -> PackDate | None:
        return pack_date(read.value(key)[:6], what, today) if read.value(key) else None

    return PackCode(
        gtin=read.value("01"),
        lot=read.value("10"),
        expiry=day("17", "expiry") or day("7003", "expiry"),
        best_before=day("15", "best before"),
        produced=day("11", "production date"),
        serial=read.value("21"),
        national=tuple(f"{scheme} {read.value(key)}" for key, scheme in NATIONAL.items() if read.value(key)),
        count=int(count) if count else None,
        fields=read.fields,
        unread=read.unread,
        alternatives=tuple(_said(Elements(fields), today) for fields in read.others),
        mended=read.mended,
        separated=separated,
    )


def _number(text: str, today: date) -> PackCode:
    """A code that holds one product number only."""
    if not re.fullmatch(r"\d{8}|\d{12,14}", text):
        raise BadInputError(f"“{text[:40]}” is no whole product number (8, 12, 13 or 14 digits). Scan it again.")
    if len(text) == 8 and text[:2] in ("11", "13", "15", "16", "17"):
        try:
            pack_date(text[2:], "date", today)
        except BadInputError:
            pass
        else:
            raise BadInputError(
                f"{text} can be a product number or a date. Scan the other code of the pack, or enter it by hand."
            )
    return PackCode(gtin=checked_number(text, "product number").zfill(14))


def _iso15434(text: str, today: date) -> PackCode:
    """IFA codes (format 06, data identifiers 9N 1T D S 8P 16D), and GS1 fields in format 05."""
    body = separated(text[3:].replace("\x04", GS))
    form, _, rest = body.partition(GS)
    if form == "05":
        return _said(read_elements(rest, today, separates=True), today, separated=True)
    if form != "06" or not rest:
        raise BadInputError(
            "The code begins like one of the IFA, but its separators are missing. Set the scanner to send GS and RS, "
            "or enter product, lot and expiry by hand."
        )
    found = PackCode(separated=True)
    for part in rest.split(GS):
        if part.startswith("9N"):
            ppn = checked_ppn(part[2:])
            national = f"PZN {checked_pzn(ppn[2:-2])}" if ppn.startswith("11") else f"PPN {ppn}"
            found = replace(found, national=(*found.national, national))
        elif part.startswith("8P"):
            found = replace(found, gtin=_number(part[2:], today).gtin)
        elif part.startswith("1T") and 2 < len(part) <= 22:
            found = replace(found, lot=part[2:])
        elif part.startswith("16D") and re.fullmatch(r"16D\d{8}", part):
            found = replace(found, produced=pack_date(part[5:], "production date", today))
        elif part.startswith("D"):
            if not re.fullmatch(r"D\d{6}", part):
                raise BadInputError("The code was read only in part: its expiry is cut short. Scan it again.")
            found = replace(found, expiry=pack_date(part[1:], "expiry", today))
        elif part.startswith("S") and 1 < len(part) <= 21:
            found = replace(found, serial=part[1:])
        elif part:
            found = replace(found, unread=(*found.unread, part))
    if not found.product_keys and not found.lot:
        raise BadInputError("The code holds nothing that can be read here. Enter product, lot and expiry by hand.")
    return found


def _link(text: str, today: date) -> PackCode:
    """GS1 Digital Link: /01/GTIN/10/LOT/21/SERIAL?17=YYMMDD (GS1 Digital Link URI Syntax)."""
    link = urlsplit(text)
    parts = [unquote(part) for part in link.path.split("/") if part]
    start = next((i for i, part in enumerate(parts[:-1]) if part in ("01", "gtin")), None)
    if start is None:
        raise BadInputError("This address names no product. Scan the other code of the pack, or enter it by hand.")
    pairs = [("01", parts[start + 1].zfill(14)), *zip(parts[start + 2 :: 2], parts[start + 3 :: 2], strict=False)]
    pairs += [(key, value) for key, value in parse_qsl(link.query) if key.isdigit()]
    return _said(read_bracketed("".join(f"({key}){value}" for key, value in pairs), today), today)
