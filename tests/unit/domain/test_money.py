"""Money: what was typed is read exactly, what could be meant two ways is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.domain.errors import BadInputError
from mesomap.domain.money import amount_from, amount_words, checked_amount, checked_currency, total

CENTS = st.integers(min_value=0, max_value=999_999_999)


@pytest.mark.parametrize(
    ("text", "amount"),
    [("120", "120.00"), ("120.5", "120.50"), ("120,50", "120.50"), (" 1 250.00 ", "1250.00"), ("1’250", "1250.00"),
     ("0", "0.00"), ("1\u202f250,5", "1250.50")],
)  # fmt: skip
def test_amounts_as_people_type_them(text: str, amount: str) -> None:
    assert str(amount_from(text)) == amount


@pytest.mark.parametrize("text", ["", "-5", "12.345", "1.250,00", "1,250.00", "12,5,0", "EUR 5", "five", "1e3", "٣"])
def test_what_is_no_plain_amount_is_refused(text: str) -> None:
    with pytest.raises(BadInputError, match="not an amount"):
        amount_from(text)


@given(CENTS)
def test_what_is_shown_can_be_typed_again(cents: int) -> None:
    amount = Decimal(cents) / 100
    shown = amount_words(amount, "EUR").removeprefix("EUR\u00a0")
    assert amount_from(shown) == amount


@given(st.lists(CENTS, max_size=40))
def test_sums_are_exact(cents: list[int]) -> None:
    assert total(Decimal(one) / 100 for one in cents) == Decimal(sum(cents)) / 100


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-0.01", "10000000", "0.001"])
def test_impossible_amounts(amount: str) -> None:
    with pytest.raises(BadInputError):
        checked_amount(Decimal(amount))


@pytest.mark.parametrize("currency", ["", "eur", "EURO", "€", "E1R"])
def test_a_currency_is_three_capitals(currency: str) -> None:
    with pytest.raises(BadInputError, match="not a currency"):
        checked_currency(currency)
