"""Forms for a price and for a payment."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from mesomap.domain.money import amount_from
from mesomap.domain.price import PaidBy
from mesomap.services import costs
from mesomap.services.moments import read_day
from mesomap.ui.courses.course_words import paid_by_names
from mesomap.ui.dialogs.ask_form import AskForm
from mesomap.ui.page_context import PageContext


def tr(text: str) -> str:
    """Translate in the context of costs."""
    return QCoreApplication.translate("Costs", text)


def ask_price(
    context: PageContext, parent: QWidget, *, session_id: UUID | None = None, course_id: UUID | None = None
) -> AskForm:
    """The form for the price of a session or a course, filled with what is on record."""
    account = costs.account_of(context.practice, context.patient.id)
    cost = account.of_session(session_id) if session_id is not None else None
    if course_id is not None:
        cost = account.of_course(course_id)
    held = None if cost is None else cost.price

    def record(values: Mapping[str, str]) -> None:
        costs.set_price(
            context.practice,
            context.patient.id,
            amount_from(values["amount"]),
            values["currency"].upper(),
            session_id=session_id,
            course_id=course_id,
        )

    amount, currency = "", costs.last_currency(context.practice)
    words = ""
    if held is not None:
        amount, currency = f"{held.amount or Decimal(0):.2f}", held.currency
    elif (usual := costs.usual_price(context.practice, session_id=session_id, course_id=course_id)) is not None:
        amount, currency = f"{usual[0]:.2f}", usual[1]
        words = tr("The amount is that of the protocol; change it as you like.")
    form = AskForm(tr("Price"), tr("Record"), record, parent, words=words)
    form.add_line("amount", tr("Amount"), amount)
    form.add_line("currency", tr("Currency"), currency)
    return form


def ask_payment(
    context: PageContext, parent: QWidget, *, session_id: UUID | None = None, course_id: UUID | None = None
) -> AskForm:
    """The form for a payment; what is open of the price stands in it."""
    account = costs.account_of(context.practice, context.patient.id)
    cost = account.of_session(session_id) if session_id is not None else None
    if course_id is not None:
        cost = account.of_course(course_id)
    due = cost.due if cost is not None and cost.price is not None and cost.due > 0 else None
    currency = cost.price.currency if cost is not None and cost.price is not None else ""
    record = partial(_record, context, session_id, course_id)
    form = AskForm(tr("Payment"), tr("Record"), record, parent)
    form.add_line("amount", tr("Amount"), "" if due is None else f"{due:.2f}")
    form.add_line("currency", tr("Currency"), currency or costs.last_currency(context.practice))
    form.add_line("day", tr("Paid on"), date.today().isoformat())
    form.add_choice("how", tr("How"), paid_by_names(), PaidBy.CARD.value)
    if session_id is None and course_id is None:
        form.add_line("words", tr("What for"))
    return form


def _record(context: PageContext, session_id: UUID | None, course_id: UUID | None, values: Mapping[str, str]) -> None:
    costs.pay(
        context.practice,
        context.patient.id,
        amount_from(values["amount"]),
        values["currency"].upper(),
        read_day(values["day"], date.today()),
        PaidBy(values["how"]),
        session_id=session_id,
        course_id=course_id,
        words=values.get("words", ""),
    )
