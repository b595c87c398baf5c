"""Decimal arithmetic that never rounds: what would round raises instead."""

from collections.abc import Iterable
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow, Underflow
from fractions import Fraction

from mesomap.domain.errors import BadInputError

#: Room for the longest product and sum of checked figures (22 digits by 12, forty lines).
_EXACT = Context(prec=120, traps=[InvalidOperation, DivisionByZero, Overflow, Underflow, Inexact])
#: Most digits behind the point of a figure that is entered.
MOST_PLACES = 12


def product(one: Decimal, other: Decimal) -> Decimal:
    """one x other, exactly."""
    return _EXACT.multiply(one, other)


def total(parts: Iterable[Decimal]) -> Decimal:
    """Sum of the parts, exactly; 0 for none."""
    found = Decimal(0)
    for part in parts:
        found = _EXACT.add(found, part)
    return found


def as_entered(value: float) -> Decimal:
    """A measured float as the shortest text that gives it back: 0.05 mL is 0.05, not 0.05000000000000000277."""
    return Decimal(repr(float(value)))


def shown(value: Fraction, digits: int = 4) -> Decimal:
    """Rounded half to even to significant digits, for people: the exact value stays where it was computed."""
    if not value:
        return Decimal(0)
    context = Context(prec=digits)
    rounded = context.divide(Decimal(value.numerator), Decimal(value.denominator)).normalize(context)
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded


def check_figure(value: Decimal, what: str) -> None:
    """Refuse a figure that is no number or has more places than anyone enters. Raises BadInputError."""
    if not value.is_finite():
        raise BadInputError(f"{what} is not a number.")
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -MOST_PLACES:
        raise BadInputError(f"{what} has more than {MOST_PLACES} decimal places. Enter fewer.")
