"""The form that corrects a receipt: which payments stay on it, in which words, and why."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mesomap.domain.money import amount_words, total
from mesomap.domain.price import Payment
from mesomap.domain.receipt import Receipt
from mesomap.services import receipts
from mesomap.ui.controls.record_lines import wrapping
from mesomap.ui.controls.scrolled import scrolled
from mesomap.ui.controls.toggle_chip import ToggleChip
from mesomap.ui.courses.course_words import paid_by_names
from mesomap.ui.courses.payment_words import payment_words
from mesomap.ui.dialogs.ask_form import AskForm
from mesomap.ui.page_context import PageContext
from mesomap.ui.words import day

_MOST_ROWS_SEEN = 4


def tr(text: str) -> str:
    """Translate in the context of costs."""
    return QCoreApplication.translate("Costs", text)


def paid_words(payments: tuple[Payment, ...]) -> str:
    """How the payments were made, each way once."""
    names = paid_by_names()
    return ", ".join(dict.fromkeys(names[payment.paid_by.value] for payment in payments))


class _PaymentRow(QWidget):
    """One payment: a chip that puts it on the receipt, and the words of its line."""

    toggled = Signal()

    def __init__(self, payment: Payment, words: str, on: bool) -> None:
        super().__init__()
        self.payment, self._usual = payment, words
        amount = amount_words(payment.amount or Decimal(0), payment.currency)
        self.chip = ToggleChip(f"{amount} · {day(payment.paid_on)}")
        self.chip.setChecked(on)
        self.words = QLineEdit(words)
        self.words.setAccessibleName(tr("Words on the receipt: {0}").format(amount))
        self.words.setEnabled(on)
        self.words.setCursorPosition(0)
        self.chip.toggled.connect(self._toggle)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.chip)
        row.addWidget(self.words, 1)

    def line_words(self) -> str:
        """What was written, else what stood there at first."""
        return self.words.text().strip() or self._usual

    def _toggle(self, on: bool) -> None:
        self.words.setEnabled(on)
        self.toggled.emit()


class ReceiptForm(AskForm):
    """Filled with what stands on the receipt; recording writes the one that replaces it, which is then `written`."""

    WIDE_PX = 560

    def __init__(self, context: PageContext, receipt: Receipt, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Correct receipt {0}").format(receipt.number),
            tr("Write receipt {0}").format(receipts.next_number(context.practice)),
            self._record,
            parent,
            words=tr(
                "Receipt {0} stays on record and says what replaces it. Letterhead and patient are as they are now."
            ).format(receipt.number),
        )
        self._context, self._receipt = context, receipt
        self.written: Receipt | None = None
        self.rows = [self._row(payment) for payment in receipts.payments_to_correct(context.practice, receipt)]
        self._sum = wrapping("strong")
        self.add_part(self._rows_area())
        self.add_part(self._sum)
        self.add_line("paid_words", tr("How it was paid"), receipt.paid_words)
        self.add_text("reason", tr("Reason, kept on record, not printed"))
        self._paid_words = paid_words(self.chosen())
        self._show_sum()

    def _row(self, payment: Payment) -> _PaymentRow:
        receipt = self._receipt
        on = payment.id in receipt.payment_ids
        written = dict(zip(receipt.payment_ids, receipt.lines, strict=False))
        words = written[payment.id].words if on else payment_words(self._context.practice, payment)
        row = _PaymentRow(payment, words, on)
        row.toggled.connect(self._choose)
        return row

    def _rows_area(self) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        wide = max((row.chip.sizeHint().width() for row in self.rows), default=0)
        for row in self.rows:
            row.chip.setFixedWidth(wide)
            column.addWidget(row)
        if len(self.rows) <= _MOST_ROWS_SEEN:
            return inner
        column.setContentsMargins(0, 0, 8, 0)
        area = scrolled(inner)
        area.setFixedHeight(round((_MOST_ROWS_SEEN + 0.5) * (self.rows[0].sizeHint().height() + column.spacing())))
        return area

    def chosen(self) -> tuple[Payment, ...]:
        """The payments that stand on the new receipt."""
        return tuple(row.payment for row in self.rows if row.chip.isChecked())

    def _choose(self) -> None:
        """The sum follows the choice; so does how it was paid, as long as nobody wrote something else there."""
        field, before = self.field("paid_words"), self._paid_words
        self._paid_words = paid_words(self.chosen())
        if field.text() == before:
            field.set_text(self._paid_words)
        self._show_sum()

    def _show_sum(self) -> None:
        payments = self.chosen()
        currencies = dict.fromkeys(payment.currency for payment in payments)
        sums = [
            amount_words(total(one.amount or Decimal(0) for one in payments if one.currency == currency), currency)
            for currency in currencies
        ]
        nothing = tr("No payment: the new receipt takes receipt {0} back.").format(self._receipt.number)
        self._sum.setText(tr("Paid: {0}").format(", ".join(sums)) if sums else nothing)

    def _record(self, values: Mapping[str, str]) -> None:
        self.written = receipts.issue_receipt(
            self._context.practice,
            self._context.patient.id,
            self.chosen(),
            issued_on=date.today(),
            paid_words=values["paid_words"],
            line_words=[row.line_words() for row in self.rows if row.chip.isChecked()],
            corrects=self._receipt,
            reason=values["reason"],
        )
