"""The recovery code on paper: the one page that opens the records when the passphrase is lost."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtPrintSupport import QPrinter

from mesomap.printing.options import A4, Paper
from mesomap.printing.text_document import TextDocument
from mesomap.printing.wording import moment, tr


def recovery_pdf(code: str, head: Sequence[str], made_at: datetime, paper: Paper = A4) -> bytes:
    """The sheet as PDF. Needs a QGuiApplication."""
    return _sheet(code, head, made_at).pdf(paper)


def print_recovery(printer: QPrinter, code: str, head: Sequence[str], made_at: datetime) -> None:
    """Send the sheet to a printer. Raises NotWritableError."""
    _sheet(code, head, made_at).print_on(printer)


def _sheet(code: str, head: Sequence[str], made_at: datetime) -> TextDocument:
    document = TextDocument(tr("Recovery code"), tuple(head), f"MesoMap · {moment(made_at)}")
    document.paragraph(
        tr("This code opens the practice's records when the passphrase is lost. It is stored nowhere else."), size=10
    )
    document.paragraph(code, size=20, strong=True, gap=26)
    document.paragraph(
        tr(
            "Keep it away from the computer, where only those who may read every record reach it. "
            "Whoever has this page and the practice's folder can open the records."
        ),
        size=10,
        gap=26,
    )
    document.paragraph(
        tr("The letters I, L, O and U do not occur: what looks like one is the digit 1 or 0."), size=10, gap=14
    )
    return document
