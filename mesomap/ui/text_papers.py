"""Saves a signed consent, a scan or an advice sheet as a file; everything slow runs beside the window."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from mesomap.domain.consent import Consent
from mesomap.domain.errors import MesoMapError
from mesomap.domain.patient import Patient
from mesomap.domain.practice_text import PracticeText
from mesomap.services.consents import state_of, text_of
from mesomap.services.letterhead import letterhead
from mesomap.storage.files import write_atomic
from mesomap.ui.background import raise_again
from mesomap.ui.page_context import PageContext

_ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


def tr(text: str) -> str:
    """Translate in the context of these papers."""
    return QCoreApplication.translate("TextPapers", text)


def consent_pdf(context: PageContext, consent: Consent) -> bytes:
    """The signed consent as PDF; safe in another thread. Raises typed errors."""
    # Printing takes long to load and is needed for this alone.
    from mesomap.printing.practice_papers import consent_document

    practice = context.practice
    state = state_of(practice, consent, date.today())
    picture = practice.attachment(consent.picture).data if consent.picture else b""
    head = letterhead(practice).lines
    return consent_document(
        consent, text_of(practice, consent), context.patient, head, picture=picture, end=state.end,
        changed=state.changed,
    ).pdf()  # fmt: skip


def sheet_pdf(context: PageContext, sheet: PracticeText, patient: Patient | None) -> bytes:
    """The sheet as PDF; safe in another thread. Raises typed errors."""
    from mesomap.printing.practice_papers import advice_document

    return advice_document(sheet, patient, letterhead(context.practice).lines).pdf()


def save_consent(context: PageContext, consent: Consent, parent: QWidget) -> None:
    """Ask where to, then write the PDF."""
    _save(
        context, parent, f"{consent.title}-{consent.signed_at:%Y-%m-%d}", "pdf", lambda: consent_pdf(context, consent)
    )


def save_scan(context: PageContext, consent: Consent, parent: QWidget) -> None:
    """Ask where to, then write the scan as it came in."""
    try:
        scan = context.practice.attachment(consent.scan)
    except MesoMapError as error:
        context.say(error.sentence)
        return
    ending = _ENDINGS.get(scan.media_type, "bin")
    _save(context, parent, Path(consent.scan_name or consent.title).stem, ending, lambda: scan.data)


def save_sheet(context: PageContext, sheet: PracticeText, patient: Patient | None, parent: QWidget) -> None:
    """Ask where to, then write the PDF."""
    _save(context, parent, sheet.title, "pdf", lambda: sheet_pdf(context, sheet, patient))


def _save(context: PageContext, parent: QWidget, name: str, ending: str, make: Callable[[], bytes]) -> None:
    proposed = re.sub(r"[^\w.-]+", "-", name).strip("-")[:80] or "document"
    chosen, _filter = QFileDialog.getSaveFileName(parent, tr("Save as"), f"{proposed}.{ending}", f"*.{ending}")
    if chosen:
        write_file(context, Path(chosen), make)


def write_file(context: PageContext, path: Path, make: Callable[[], bytes]) -> None:
    """Write what make() gives, beside the window; say how it went."""

    def work(_progress: object) -> Path:
        write_atomic(path, make())
        return path

    def failed(error: Exception) -> None:
        if isinstance(error, MesoMapError):
            context.say(error.sentence)
        else:
            raise_again(error)

    context.beside.run(work, done=lambda _path: None, failed=failed)
