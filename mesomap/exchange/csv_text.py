"""Tables as CSV text that a spreadsheet opens as text and never runs (TRUST 10)."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

#: First letters by which spreadsheets tell a formula; a control character before one hides it.
_FORMULA = ("=", "+", "-", "@")
_BOM = "\ufeff"
#: A value of a cell: text is guarded, numbers are written as they are.
Cell = str | int | float | None


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, separator: str = ",") -> str:
    """The table as text: CRLF between lines, one header line, cells quoted where they need it.

    A text that a spreadsheet might take for a formula begins with an apostrophe. Numbers keep the point as decimal
    sign; None is an empty cell.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow([guarded(name) for name in header])
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def csv_bytes(
    header: Sequence[str], rows: Iterable[Sequence[Cell]], *, separator: str = ",", bom: bool = True
) -> bytes:
    """The same in UTF-8; bom: with the mark by which some spreadsheets know UTF-8."""
    return ((_BOM if bom else "") + csv_text(header, rows, separator=separator)).encode("utf-8")


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    return guarded(value) if isinstance(value, str) else str(value)


def guarded(text: str) -> str:
    """The text; with an apostrophe before it where its first letter could begin a formula or is a control character.

    Letters that only show otherwise in a spreadsheet (blanks before a sign, full-width signs) count as the sign.
    """
    if not text:
        return text
    if unicodedata.category(text[0]) in ("Cc", "Cf"):
        return "'" + text
    seen = unicodedata.normalize("NFKC", text).lstrip()
    return "'" + text if seen.startswith(_FORMULA) else text
