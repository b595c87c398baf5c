"""The objects of a PDF that this program wrote, read again from memory: pages, fonts, pictures, drawing steps.

Not a reader of any PDF: what Qt's writer makes (ISO 32000-1, the table of objects at the end, streams packed with zlib)
and nothing else. What is not known is refused, never guessed: a signed paper is shown as it is, or not at all.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mesomap.domain.errors import DamagedError

#: An unpacked stream may not be larger (a page of ours has some hundred kilobytes).
_MOST_BYTES = 1 << 27
_DEEP = 40
_SPACE = b" \t\r\n\f\0"
_WORD = re.compile(rb"[^\s\0()<>\[\]{}/%]+")
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Name(str):
    """A /Name, without the slash."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to an object."""

    number: int


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream: its dictionary and its bytes as they lie in the file."""

    info: dict[str, Any]
    raw: bytes


@dataclass(frozen=True, slots=True)
class Operator:
    """A word of a page's drawing steps."""

    word: str


def not_shown() -> DamagedError:
    """The sentence for a paper that cannot be shown here."""
    return DamagedError("This PDF has parts that cannot be shown here. Save it and open it with another program.")


class Tokens:
    """Objects and words, one after the other."""

    def __init__(self, data: bytes, place: int = 0) -> None:
        self.data, self.place = data, place

    def __iter__(self) -> Iterator[Any]:
        """Everything up to the end."""
        while self._skip():
            yield self.next()

    def _skip(self) -> bool:
        data = self.data
        while self.place < len(data):
            if data[self.place] in _SPACE:
                self.place += 1
            elif data[self.place] == 0x25:  # a comment
                end = data.find(b"\n", self.place)
                self.place = len(data) if end < 0 else end
            else:
                return True
        return False

    def next(self, deep: int = 0) -> Any:
        """The next object or word. Raises DamagedError."""
        if deep > _DEEP or not self._skip():
            raise not_shown()
        data, place = self.data, self.place
        two = data[place : place + 2]
        if two == b"<<":
            self.place += 2
            found = self._until(b">>", deep)
            if len(found) % 2:
                raise not_shown()
            return dict(zip(found[::2], found[1::2], strict=True))
        first = two[:1]
        if first == b"[":
            self.place += 1
            return self._until(b"]", deep)
        if first == b"<":
            return self._hex()
        if first == b"(":
            return self._literal()
        if first == b"/":
            found_name = _WORD.match(data, place + 1)
            self.place = found_name.end() if found_name else place + 1
            return Name(found_name[0].decode("latin-1") if found_name else "")
        return self._word()

    def _until(self, end: bytes, deep: int) -> list[Any]:
        found: list[Any] = []
        while self._skip() and not self.data.startswith(end, self.place):
            one = self.next(deep + 1)
            if isinstance(one, Operator) and one.word == "R" and len(found) >= 2:
                found.pop()
                one = Ref(int(found.pop()))
            found.append(one)
        if self.place >= len(self.data):
            raise not_shown()
        self.place += len(end)
        return found

    def _hex(self) -> bytes:
        end = self.data.find(b">", self.place)
        digits = bytes(byte for byte in self.data[self.place + 1 : end] if byte not in _SPACE)
        if end < 0:
            raise not_shown()
        self.place = end + 1
        try:
            return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
        except ValueError:
            raise not_shown() from None

    def _literal(self) -> bytes:
        data, place, open_ones, found = self.data, self.place + 1, 1, bytearray()
        while place < len(data):
            one = data[place : place + 1]
            if one == b"\\":
                place += 1
                after = data[place : place + 1]
                found += _ESCAPES.get(after, after)
            else:
                open_ones += (one == b"(") - (one == b")")
                if not open_ones:
                    self.place = place + 1
                    return bytes(found)
                found += one
            place += 1
        raise not_shown()

    def _word(self) -> Any:
        found = _WORD.match(self.data, self.place)
        if found is None:
            raise not_shown()
        self.place = found.end()
        word = found[0].decode("latin-1")
        known = {"true": True, "false": False, "null": None}
        if word in known:
            return known[word]
        try:
            return float(word) if "." in word else int(word)
        except ValueError:
            return Operator(word)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: width and height in points, its drawing steps, and what they name."""

    width: float
    height: float
    steps: bytes
    resources: dict[str, Any]


class KeptPdf:
    """A PDF in memory. Raises DamagedError when it is not one that this program writes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._known: dict[int, Any] = {}
        try:
            self._places, trailer = self._table()
            root = self.dictionary(trailer["Root"])
            self.pages = tuple(self._page(page) for page in self._leaves(root["Pages"], {}))
        except (ValueError, KeyError, TypeError, IndexError, RecursionError, zlib.error):
            raise not_shown() from None
        if not self.pages:
            raise not_shown()

    def _table(self) -> tuple[dict[int, int], dict[str, Any]]:
        start = self._data.rindex(b"startxref")
        tokens = Tokens(self._data, start + len(b"startxref"))
        tokens.place = int(tokens.next())
        if tokens.next() != Operator("xref"):
            raise not_shown()
        places: dict[int, int] = {}
        while isinstance(first := tokens.next(), int):
            for number in range(first, first + int(tokens.next())):
                place, _generation, kind = int(tokens.next()), tokens.next(), tokens.next()
                if kind == Operator("n"):
                    places[number] = place
        if first != Operator("trailer"):
            raise not_shown()
        return places, tokens.next()

    def get(self, value: Any) -> Any:
        """What a reference stands for; anything else as it is."""
        if not isinstance(value, Ref):
            return value
        if value.number not in self._known:
            tokens = Tokens(self._data, self._places[value.number])
            if tokens.next() != value.number or tokens.next() is None or tokens.next() != Operator("obj"):
                raise not_shown()
            found = tokens.next()
            if isinstance(found, dict) and self._data.startswith(b"stream", _after_space(tokens)):
                found = self._stream(found, tokens.place + len(b"stream"))
            self._known[value.number] = found
        return self._known[value.number]

    def _stream(self, info: dict[str, Any], place: int) -> Stream:
        place += 2 if self._data.startswith(b"\r\n", place) else 1
        length = int(self.get(info["Length"]))
        if length < 0 or place + length > len(self._data):
            raise not_shown()
        return Stream(info, self._data[place : place + length])

    def dictionary(self, value: Any) -> dict[str, Any]:
        """A dictionary. Raises DamagedError when it is none."""
        found = self.get(value)
        if not isinstance(found, dict):
            raise not_shown()
        return found

    def stream(self, value: Any) -> Stream:
        """A stream. Raises DamagedError when it is none."""
        found = self.get(value)
        if not isinstance(found, Stream):
            raise not_shown()
        return found

    def unpacked(self, stream: Stream) -> bytes:
        """The bytes of a stream, packed with zlib or not at all. Raises DamagedError."""
        packing = self.get(stream.info.get("Filter"))
        if packing is None:
            return stream.raw
        if packing != "FlateDecode" or "DecodeParms" in stream.info:
            raise not_shown()
        worker = zlib.decompressobj()
        try:
            data = worker.decompress(stream.raw, _MOST_BYTES)
        except zlib.error:
            raise not_shown() from None
        if worker.unconsumed_tail:
            raise not_shown()
        return data

    def _leaves(self, value: Any, above: dict[str, Any], deep: int = 0) -> Iterator[dict[str, Any]]:
        node = self.dictionary(value)
        handed = {key: node.get(key, above.get(key)) for key in ("MediaBox", "Resources", "Rotate")}
        if node.get("Type") == "Page":
            yield {**node, **handed}
            return
        if deep > _DEEP:
            raise not_shown()
        for kid in self.get(node["Kids"]):
            yield from self._leaves(kid, handed, deep + 1)

    def _page(self, node: dict[str, Any]) -> Page:
        left, bottom, width, height = (float(self.get(one)) for one in self.get(node["MediaBox"]))
        if left or bottom or not 0 < width < 15_000 or not 0 < height < 15_000 or node.get("Rotate"):
            raise not_shown()
        steps = self.unpacked(self.stream(node["Contents"]))
        return Page(width, height, steps, self.dictionary(node["Resources"]))


def _after_space(tokens: Tokens) -> int:
    tokens._skip()
    return tokens.place
