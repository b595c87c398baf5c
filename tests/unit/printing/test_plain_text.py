"""Text of people on paper."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from mesomap.printing.plain_text import printable


def test_markup_and_formulas_stay_as_they_are() -> None:
    for text in ("<b>x</b>", "=cmd|' /C calc'!A0", "Łukasz Ünal", "عربي", "中文", "a & b"):
        assert printable(text) == text


def test_turning_marks_are_shown_by_their_code() -> None:
    assert printable("left\u202ethgir") == "left[U+202E]thgir"
    assert printable("a\u2066b\u2069") == "a[U+2066]b[U+2069]"


def test_nul_and_lone_surrogates_are_shown_by_their_code() -> None:
    assert printable("a\x00b\ud800") == "a[U+0000]b[U+D800]"


def test_piled_up_accents_are_cut_and_usual_ones_kept() -> None:
    assert printable("e" + "\u0301" * 1000) == "e" + "\u0301" * 4
    assert printable("o\u0302\u0301n") == "o\u0302\u0301n"


@given(st.text())
def test_nothing_that_controls_is_left(text: str) -> None:
    shown = printable(text)
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\r"]
    assert not [c for c in shown if c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"]
