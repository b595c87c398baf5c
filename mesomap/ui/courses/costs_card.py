"""The costs of a patient: what is open, prices of single sessions, payments and their receipts."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Signal

from mesomap.domain.errors import MesoMapError
from mesomap.domain.money import amount_words
from mesomap.domain.price import Payment
from mesomap.domain.receipt import Receipt
from mesomap.domain.session import Session, SessionStatus
from mesomap.services import costs, courses, receipts
from mesomap.services.costs import Account
from mesomap.ui.controls.asked_role import reads
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.record_lines import RecordCard, RecordLine, small_button, wrapping
from mesomap.ui.courses.cost_forms import ask_payment, ask_price
from mesomap.ui.courses.course_words import cost_words, currency_words, paid_by_names
from mesomap.ui.courses.payment_words import payment_words
from mesomap.ui.courses.receipt_form import ReceiptForm, paid_words
from mesomap.ui.courses.receipt_saving import save_receipt
from mesomap.ui.dialogs.ask_form import AskForm
from mesomap.ui.page_context import PageContext
from mesomap.ui.words import day


class CostsCard(RecordCard):
    """recorded is sent after every change."""

    recorded = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__(self.tr("Costs"), scrolls=True)
        self._context = context
        self.open_words = wrapping("strong")
        self.pay = small_button(self.tr("Payment"), lambda: self._ask(partial(ask_payment, self._context, self)))
        self.head.addWidget(self.pay)

    def show_account(self, account: Account) -> None:
        """Prices and payments as they are on record."""
        practice, patient = self._context.practice, self._context.patient
        self.clear()
        self.open_words = wrapping("strong", self._open(account))
        self.body.addWidget(self.open_words)
        self.body.addWidget(plain_label("small2", self.tr("Payments")))
        written = receipts.receipts_of(practice, patient.id)
        standing = receipts.standing(written)
        for row, payment in enumerate(reversed(account.payments)):
            self.body.addWidget(self._payment_line(payment, standing, first=not row))
        if not account.payments:
            self.say_empty(self.tr("No payment on record."))
        bare = receipts.without_receipt(account.payments, written)
        if len(bare) > 1 and len({payment.currency for payment in bare}) == 1:
            words = self.tr("One receipt for {0} payments").format(len(bare))
            self.body.addWidget(small_button(words, partial(self._issue, *bare)))
        if written:
            self.body.addWidget(plain_label("small2", self.tr("Receipts")))
            replaced = receipts.replacements(written)
            for row, receipt in enumerate(written):
                self.body.addWidget(self._receipt_line(receipt, replaced.get(receipt.id), first=not row))
        self.body.addWidget(plain_label("small2", self.tr("Sessions")))
        of_courses = {
            visit.session_id for course in courses.courses_of(practice, patient.id) for visit in course.visits
        }
        sessions = [s for s in practice.sessions(patient.id) if s.status is not SessionStatus.VOIDED]
        for row, session in enumerate(reversed(sessions)):
            self.body.addWidget(self._session_line(account, session, session.id in of_courses, first=not row))
        if not sessions:
            self.say_empty(self.tr("No session yet."))
        self.body.addStretch(1)

    def _open(self, account: Account) -> str:
        sums = account.open_by_currency()
        owed = {currency: amount for currency, amount in sums.items() if amount > 0}
        ahead = {currency: -amount for currency, amount in sums.items() if amount < 0}
        parts = []
        if owed:
            parts.append(self.tr("Open: {0}").format(", ".join(currency_words(owed))))
        if ahead:
            parts.append(self.tr("Paid beyond the prices: {0}").format(", ".join(currency_words(ahead))))
        if not parts and account.prices:
            parts.append(self.tr("Nothing open"))
        return " · ".join(parts) or self.tr("No price recorded")

    def _session_line(self, account: Account, session: Session, in_course: bool, *, first: bool) -> RecordLine:
        cost = account.of_session(session.id)
        words = self.tr("in the price of its course") if cost is None and in_course else cost_words(cost)
        title = self.tr("Session {0}, {1}").format(session.number, day(session.started_at.astimezone()))
        line = RecordLine(title, words, first=first)
        for word, form, key in ((self.tr("Price"), ask_price, "price"), (self.tr("Payment"), ask_payment, "pay")):
            made = partial(form, self._context, self, session_id=session.id)
            button = line.add_button(word, partial(self._ask, made), f"{word}: {title}")
            button.setObjectName(f"{key}{session.number}")
        return line

    def _payment_line(self, payment: Payment, written: tuple[Receipt, ...], *, first: bool) -> RecordLine:
        title = amount_words(payment.amount or Decimal(0), payment.currency)
        small = f"{day(payment.paid_on)} · {paid_by_names()[payment.paid_by.value]}"
        line = RecordLine(title, small, payment_words(self._context.practice, payment), first=first)
        held = next((receipt for receipt in written if payment.id in receipt.payment_ids), None)
        if held is None:
            undo = self.tr("Take back")
            line.add_button(undo, partial(self._take_back, payment), f"{undo}: {title}")
            word = self.tr("Receipt")
            line.add_button(word, partial(self._issue, payment), f"{word}: {title}").setObjectName("receipt")
        else:
            word = self.tr("Receipt {0}").format(held.number)
            reads(line.add_button(word, partial(save_receipt, self._context, self, held))).setObjectName("receipt")
        return line

    def _receipt_line(self, receipt: Receipt, newer: Receipt | None, *, first: bool) -> RecordLine:
        title = self.tr("Receipt {0}").format(receipt.number)
        small = f"{day(receipt.issued_on)} · {amount_words(receipt.total, receipt.currency)}"
        words = []
        if receipt.corrects is not None:
            kind = self.tr("Replaces receipt {0}: {1}") if receipt.lines else self.tr("Takes receipt {0} back: {1}")
            words.append(kind.format(receipt.corrects_number, receipt.reason))
        if newer is not None:
            words.append(self.tr("No longer valid: replaced by receipt {0}").format(newer.number))
        line = RecordLine(title, small, "\n".join(words), first=first)
        if newer is None:
            word = self.tr("Correct")
            line.add_button(word, partial(self._correct, receipt), f"{word}: {title}").setObjectName("correct")
        word, number = self.tr("Save"), 0 if newer is None else newer.number
        reads(line.add_button(word, partial(save_receipt, self._context, self, receipt, number), f"{word}: {title}"))
        return line

    # -- what is asked

    def _ask(self, made: Callable[[], AskForm]) -> None:
        self._told(made().ask())

    def _take_back(self, payment: Payment) -> None:
        def record(values: Mapping[str, str]) -> None:
            costs.withdraw_payment(self._context.practice, payment, values["reason"])

        form = AskForm(self.tr("Take a payment back"), self.tr("Take back"), record, self)
        form.add_text("reason", self.tr("Reason"))
        self._told(form.ask())

    def _issue(self, *payments: Payment) -> None:
        practice = self._context.practice
        try:
            receipt = receipts.issue_receipt(
                practice,
                self._context.patient.id,
                payments,
                issued_on=date.today(),
                paid_words=paid_words(payments),
                line_words=[payment_words(practice, payment) for payment in payments],
            )
        except MesoMapError as error:
            self._context.say(error.sentence)
            return
        self._told(True)
        save_receipt(self._context, self, receipt)

    def _correct(self, receipt: Receipt) -> None:
        form = ReceiptForm(self._context, receipt, self)
        self._told(form.ask())
        if form.written is not None:
            save_receipt(self._context, self, form.written)

    def _told(self, recorded: bool) -> None:
        if recorded:
            self.recorded.emit()
            self._context.changed()
