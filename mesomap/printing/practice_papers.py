"""A signed consent and an advice sheet on paper: the practice's own words, plain, over as many pages as they need."""

from collections.abc import Sequence

from mesomap.domain.consent import Consent, ConsentText, ConsentWithdrawal, SignedWith
from mesomap.domain.patient import Patient
from mesomap.domain.practice_text import PracticeText
from mesomap.printing.text_document import TextDocument
from mesomap.printing.wording import DASH, day, moment, tr

_SIGNATURE_PT = (260.0, 78.0)
_DIGEST_LETTERS = 16


def advice_document(sheet: PracticeText, patient: Patient | None, head: Sequence[str]) -> TextDocument:
    """The sheet as it is given to a patient (None: a blank one for the drawer)."""
    document = TextDocument(sheet.title, tuple(head), _foot(sheet.version, sheet.language, sheet.digest))
    if patient is not None:
        document.paragraph(patient.display_name, strong=True)
    _add_body(document, sheet.body)
    return document


def consent_document(
    consent: Consent,
    text: ConsentText | None,
    patient: Patient,
    head: Sequence[str],
    *,
    picture: bytes = b"",
    end: ConsentWithdrawal | None = None,
    changed: bool = False,
) -> TextDocument:
    """A consent as it was signed, with the picture of the signature.

    changed: the text kept is not the one that was signed, which the paper says.
    """
    document = TextDocument(
        consent.title, tuple(head), _foot(consent.version, consent.language, consent.text_sha256 or "")
    )
    born = day(patient.birth_date) if patient.birth_date is not None else DASH
    shares = (2.0, 5.0)
    for name, value in (
        (tr("Patient"), f"{patient.display_name}, {tr('born')} {born}, {tr('ID')} {patient.number}"),
        (tr("Signed"), moment(consent.signed_at)),
        (tr("Signed by"), ", ".join(part for part in (consent.signer, consent.relation) if part) or tr("the patient")),
        (tr("Holds until"), day(consent.valid_until) if consent.valid_until is not None else tr("no end is set")),
    ):
        document.line((name, value), shares)
    if end is not None:
        reason = f": {end.reason}" if end.reason else ""
        document.paragraph(f"{tr('Withdrawn on')} {day(end.withdrawn_on)}{reason}", strong=True, gap=10)
    if changed:
        document.paragraph(
            tr("The text below was changed after it was signed: its digest is not that of the signed text."),
            strong=True, gap=10,
        )  # fmt: skip
    _add_body(document, text.body if text is not None else tr("Another paper was signed; it is kept as a scan."))
    if picture and consent.signed_with is not SignedWith.PAPER:
        document.picture(picture, *_SIGNATURE_PT)
        document.paragraph(consent.signer or patient.display_name, gap=2)
    return document


def _add_body(document: TextDocument, body: str) -> None:
    for number, part in enumerate(body.split("\n\n")):
        document.paragraph(part, size=10.0, gap=14 if number == 0 else 8)


def _foot(version: int, language: str, digest: str) -> str:
    parts = [tr("Version {0}").format(version), language]
    parts += [f"SHA-256 {digest[:_DIGEST_LETTERS]}"] if digest else []
    return " · ".join(part for part in parts if part)
