"""Saves a receipt as PDF on A4 or A5, beside the window."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from mesomap.domain.receipt import Receipt
from mesomap.ui.page_context import PageContext
from mesomap.ui.text_papers import write_file


def tr(text: str) -> str:
    """Translate in the context of costs."""
    return QCoreApplication.translate("Costs", text)


def save_receipt(context: PageContext, parent: QWidget, receipt: Receipt, replaced_by: int = 0) -> None:
    """Ask where to and on which paper, then write the PDF, which says so when another receipt replaced this one."""
    kinds = f"{tr('PDF on A4')} (*.pdf);;{tr('PDF on A5')} (*.pdf)"
    chosen, kind = QFileDialog.getSaveFileName(parent, tr("Save the receipt"), f"receipt-{receipt.number}.pdf", kinds)
    if not chosen:
        return

    def made() -> bytes:
        # Printing takes long to load and is needed for this alone.
        from mesomap.printing.receipt import RECEIPT_A4, RECEIPT_A5, receipt_pdf

        return receipt_pdf(receipt, RECEIPT_A5 if "A5" in kind else RECEIPT_A4, replaced_by)

    write_file(context, Path(chosen), made)
