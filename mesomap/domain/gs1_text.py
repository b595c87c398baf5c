"""What a scanner or a hand sent, as clean text: which kind of code it is, and separators as separators."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from mesomap.domain.errors import BadInputError

GS = "\x1d"
#: Longer than any code on a pack.
MOST_CHARACTERS = 1000


class Symbol(StrEnum):
    """What the identifier in front of the text says about the code that was read (ISO/IEC 15424)."""

    GS1 = "gs1"
    EAN = "ean"
    ITF = "itf"
    PLAIN = "plain"
    UNKNOWN = "unknown"


#: Identifiers whose data are GS1 element strings: GS1-128, DataMatrix, QR, DataBar, DotCode; some as a caps lock sends
#: them (]E0 is another one, so that DataBar cannot be told then).
_GS1 = {"]C1", "]d2", "]d5", "]d8", "]Q3", "]e0", "]e1", "]e2", "]J1", "]c1", "]D2", "]q3"}
_IDENTIFIER = re.compile(r"\]([A-Za-z])([0-9A-Za-z])")
#: How scanners and people write the separator; the last ones are characters that no GS1 field may hold.
_WORDS = re.compile(
    r"<GS>|\[GS\]|\{GS\}|\(GS\)|<FNC1>|\[FNC1\]|\{FNC1\}|\(FNC1\)|<0x1D>|\\x1d|\\u001d|\\u\{1d\}|\\F|\^\]|&#29;|%1D|_1D",
    re.IGNORECASE,
)
_CHARACTERS = re.compile("[\u241d\u001c\u001e\u001f|~^#@$§¬¦\u2194\u00a6\ufffd]")


@dataclass(frozen=True, slots=True)
class Sent:
    """Text of a code. symbol: as far as an identifier said so. separated: at least one separator came with it."""

    text: str
    symbol: Symbol
    separated: bool


def clean(sent: str) -> Sent:
    """Without identifier, line ends and spaces around it. Raises BadInputError for nothing and for far too much."""
    text = unicodedata.normalize("NFKC", sent.replace("\u241d", GS)).strip(" \t\r\n\x00\x02\x03\ufeff\u200b")
    if not text.strip(GS):
        raise BadInputError("Nothing was read. Scan the code again, or enter product, lot and expiry by hand.")
    if len(text) > MOST_CHARACTERS:
        raise BadInputError(f"{len(text)} characters are no code of a pack. Scan one code at a time.")
    text, symbol = _identified(text)
    if symbol is Symbol.UNKNOWN and text.startswith(GS):
        symbol = Symbol.GS1
    text = text.lstrip(GS)
    again, inner = _identified(text)
    if inner is not Symbol.UNKNOWN:
        text, symbol = again.lstrip(GS), inner
    return Sent(text, symbol, GS in text.rstrip(GS))


def separated(text: str) -> str:
    """The text with every known stand-in of the separator as the separator, no two in a row, none at the end."""
    found = _CHARACTERS.sub(GS, _WORDS.sub(GS, text))
    return re.sub(f"{GS}+", GS, found).strip(GS)


def _identified(text: str) -> tuple[str, Symbol]:
    found = _IDENTIFIER.match(text)
    if found is None:
        return text, Symbol.UNKNOWN
    key, rest = found.group(0), text[3:]
    if key in _GS1:
        return rest, Symbol.GS1
    if key[1] == "E":
        return rest, Symbol.EAN
    return rest, Symbol.ITF if key[1] == "I" else Symbol.PLAIN
