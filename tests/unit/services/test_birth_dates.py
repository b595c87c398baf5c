"""Birth dates as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.domain.errors import BadInputError
from mesomap.services.birth_dates import birth_date_spellings, read_birth_date

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    ["1979-05-14", "1979/5/14", "1979.05.14", "14.05.1979", "14.5.1979", "14/05/1979", "14-05-1979", "14 5 1979",
     "5/14/1979", "14 May 1979", "14. may 1979", "14MAY1979", "19790514", "14051979", "  14.05.1979 "],
)  # fmt: skip
def test_every_usual_spelling_is_read(text: str) -> None:
    assert read_birth_date(text, TODAY) == date(1979, 5, 14)


def test_nothing_entered_is_not_recorded() -> None:
    assert read_birth_date("  ", TODAY) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [("1990-02-31", "does not exist"), ("14.05.79", "four digits"), ("hello", "not a date"), ("1979", "not a date"),
     ("23.11.2026", "future"), ("1.1.1850", "130 years"), ("0.0.0000", "does not exist"), ("99999999", "not a date"),
     ("3 Foo 1980", "not a date"), ("14.05.19790", "four digits")],
)  # fmt: skip
def test_what_is_no_birth_date_is_said_in_a_sentence(text: str, says: str) -> None:
    with pytest.raises(BadInputError, match=says):
        read_birth_date(text, TODAY)


@given(st.dates(date(1900, 1, 1), TODAY))
def test_every_spelling_with_a_whole_year_reads_as_that_date(born: date) -> None:
    whole = [words for words in birth_date_spellings(born).split() if str(born.year) in words]
    assert len(whole) >= 4
    assert {read_birth_date(words, TODAY) for words in whole} == {born}


@given(st.text(max_size=30))
def test_no_text_is_anything_but_a_date_or_a_sentence(text: str) -> None:
    try:
        born = read_birth_date(text, TODAY)
    except BadInputError:
        return
    assert born is None or date(1896, 1, 1) <= born <= TODAY
