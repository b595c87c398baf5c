"""Amounts of money: exact decimals with a currency. No tax, no accounting."""

import re
from collections.abc import Iterable
from decimal import Decimal

from mesomap.domain.errors import BadInputError

MOST = Decimal("9999999.99")
_CURRENCY = re.compile(r"[A-Z]{3}")
_AMOUNT = re.compile(r"(\d{1,3}(?:[’' \u00a0\u202f]\d{3})+|\d+)(?:[.,](\d{1,2}))?", re.ASCII)
_CENT = Decimal("0.01")


def amount_from(text: str) -> Decimal:
    """The amount that was typed: 120, 120.5, 120,50, 1 250.00. Raises BadInputError.

    Dot and comma are both read as the decimal sign; a group of thousands is set off by a blank or an apostrophe, as
    a dot or comma before three digits could be meant either way.
    """
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        raise BadInputError(f"“{text.strip()[:40]}” is not an amount. Enter it like 120 or 120.50.")
    whole = re.sub(r"\D", "", found[1])
    return checked_amount(Decimal(f"{whole}.{(found[2] or '0').ljust(2, '0')}"))


def checked_amount(amount: Decimal) -> Decimal:
    """The amount. Raises BadInputError when it is no number, below zero, too large or finer than a hundredth."""
    if not amount.is_finite():
        raise BadInputError("The amount is not a number. Enter it like 120.50.")
    if amount < 0 or amount > MOST:
        raise BadInputError(f"The amount {amount} is not possible. Enter 0 to {MOST}.")
    if amount != amount.quantize(_CENT):
        raise BadInputError(f"The amount {amount} has more than two decimals. Enter it like 120.50.")
    return amount


def checked_currency(currency: str) -> str:
    """The code of the currency: three capital letters (ISO 4217). Raises BadInputError."""
    if _CURRENCY.fullmatch(currency) is None:
        raise BadInputError(f"“{currency[:20]}” is not a currency. Use its three letters, such as EUR or CHF.")
    return currency


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Exact sum; 0 of nothing."""
    return sum(amounts, Decimal(0))


def amount_words(amount: Decimal, currency: str) -> str:
    """EUR 1 250.50, always with two decimals, a narrow blank between thousands and a true minus sign."""
    figures = f"{abs(amount):,.2f}".replace(",", "\u202f")
    return f"{currency}\u00a0{'−' if amount < 0 else ''}{figures}"
