"""Words for protocols, courses and money."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from mesomap.domain.course import Course, CourseStatus
from mesomap.domain.money import amount_words
from mesomap.domain.price import PaidBy
from mesomap.domain.protocol import Protocol, ProtocolKind
from mesomap.services.costs import Cost
from mesomap.ui.words import day


def tr(text: str) -> str:
    """Translate in the context of courses."""
    return QCoreApplication.translate("Courses", text)


def kind_names() -> dict[str, str]:
    """Kinds of protocols by value."""
    return {
        ProtocolKind.MESOLIFT.value: tr("Mesolift"),
        ProtocolKind.MESOBOTOX.value: tr("Mesobotox"),
        ProtocolKind.MESOHAIR.value: tr("Mesohair"),
        ProtocolKind.MESOCELLULITE.value: tr("Mesocellulite"),
        ProtocolKind.BODY_CONTOUR.value: tr("Body contour"),
        ProtocolKind.PAIN.value: tr("Pain by site"),
        ProtocolKind.OWN.value: tr("Own"),
    }


def span_words(low: int | None, high: int | None, one: str, many: str) -> str:
    """8–15 sessions, at least 3 sessions, 1 session; "" when nothing is stated. one, many: words with {0}."""
    if low is None and high is None:
        return ""
    if low is None or high is None:
        words = tr("at least {0}") if high is None else tr("up to {0}")
        figure = low if high is None else high
        return words.format((one if figure == 1 else many).format(figure))
    return (one if high == 1 else many).format(f"{low}–{high}" if low != high else low)


def schedule_words(protocol: Protocol) -> str:
    """8–15 sessions, every 7 days; says so when the protocol states neither."""
    sessions = span_words(protocol.sessions_min, protocol.sessions_max, tr("{0} session"), tr("{0} sessions"))
    interval = span_words(protocol.interval_min_days, protocol.interval_max_days, tr("{0} day"), tr("{0} days"))
    parts = [sessions, tr("every {0}").format(interval) if interval else ""]
    return ", ".join(part for part in parts if part) or tr("number and interval not stated")


def course_state(course: Course, today: date) -> tuple[str, str, str]:
    """(bold words, more, kind of chip) for where a course stands."""
    if course.status is CourseStatus.FINISHED:
        return tr("Finished"), "", "grey"
    if course.status is CourseStatus.STOPPED:
        return tr("Stopped"), course.reason, "grey"
    if course.next_visit is None:
        return tr("All sessions done"), "", "green"
    due = course.next_due
    if due is None:
        return tr("Next: no day planned"), "", "grey"
    if course.is_overdue(today):
        return tr("Overdue"), tr("since {0}").format(day(due)), "amber"
    return tr("Next {0}").format(day(due)), "", "green"


def done_words(course: Course) -> str:
    """3 of 8 sessions done."""
    return tr("{0} of {1} sessions done").format(course.done, course.planned)


def place_words(number: int, planned: int) -> str:
    """Session 4 of 8."""
    return tr("Session {0} of {1}").format(number, planned)


def paid_by_names() -> dict[str, str]:
    """How a payment was made, by value."""
    return {
        PaidBy.CASH.value: tr("Cash"),
        PaidBy.CARD.value: tr("Card"),
        PaidBy.TRANSFER.value: tr("Bank transfer"),
        PaidBy.OTHER.value: tr("Other"),
    }


def cost_words(cost: Cost | None) -> str:
    """EUR 120.00, paid · EUR 120.00, EUR 20.00 open · no price recorded."""
    if cost is None:
        return tr("no price recorded")
    if cost.price is None:
        return tr("{0} paid, no price recorded").format(", ".join(sums_of(cost)))
    price = amount_words(cost.price.amount or Decimal(0), cost.price.currency)
    if cost.is_paid:
        return tr("{0}, paid").format(price)
    if cost.paid:
        return tr("{0}, {1} open").format(price, amount_words(cost.due, cost.price.currency))
    return tr("{0}, not paid").format(price)


def sums_of(cost: Cost) -> list[str]:
    """What was paid, one sum for each currency."""
    found: dict[str, Decimal] = {}
    for payment in cost.payments:
        found[payment.currency] = found.get(payment.currency, Decimal(0)) + (payment.amount or Decimal(0))
    return currency_words(found)


def currency_words(sums: Mapping[str, Decimal]) -> list[str]:
    """Sums by currency in words."""
    return [amount_words(amount, currency) for currency, amount in sorted(sums.items())]
