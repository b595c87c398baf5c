"""CSV: what is read back is what was written, and no cell begins a formula."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.exchange.csv_text import csv_bytes, csv_text, guarded

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)


@pytest.mark.parametrize(
    "text", ["=1+1", "+49 170", "-5", "@cmd", "\t=1", "\r=1", " =1", "\u202e=1", "＝1", "\u200b@x"]
)
def test_what_a_spreadsheet_might_run_begins_with_an_apostrophe(text: str) -> None:
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("text", ["", "Anna", "5-6", "a=b", "’quoted’", "Łukasz"])
def test_other_texts_stay(text: str) -> None:
    assert guarded(text) == text


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=6))
def test_cells_come_back_with_quotes_breaks_and_separators(rows: list[tuple[str, str]]) -> None:
    read = list(csv.reader(io.StringIO(csv_text(("one", "two"), rows), newline=""), strict=True))
    assert read[0] == ["one", "two"]
    assert read[1:] == [[guarded(cell) for cell in row] for row in rows]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in read for cell in row)


def test_numbers_are_numbers_also_below_zero() -> None:
    assert csv_text(("n",), [(-1.5,), (3,), (None,)]) == 'n\r\n-1.5\r\n3\r\n""\r\n'


def test_the_mark_of_utf8_is_a_choice() -> None:
    assert csv_bytes(("Größe",), []).startswith(b"\xef\xbb\xbf")
    assert csv_bytes(("Größe",), [], bom=False) == "Größe\r\n".encode()
