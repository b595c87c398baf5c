"""Whether a session is signed, as it stands on paper: by whom, when, and the codes that prove it."""

from mesomap.domain.session import SessionStatus
from mesomap.domain.signature import verification_code
from mesomap.printing.chart_data import ChartData
from mesomap.printing.head import practitioner_words
from mesomap.printing.wording import moment, tr


def signer_words(data: ChartData) -> str:
    """Who signed, else who treated, else what the line is for."""
    signature = data.signature
    if signature is not None:
        return ", ".join(part for part in (signature.name, signature.qualification) if part)
    return practitioner_words(data) or tr("Name and signature")


def state_words(data: ChartData) -> str:
    """Draft, signed when, amended when, or voided why."""
    status, signature = data.session.status, data.signature
    if status is SessionStatus.VOIDED:
        return f"{tr('Voided')}: {data.void_reason}" if data.void_reason else tr("Voided")
    if status is SessionStatus.AMENDING:
        return tr("Being amended, not signed again yet")
    if signature is None:
        return tr("Draft, not signed in the program")
    words = tr("Signed") if signature.version == 1 else tr("Amended and signed")
    return f"{words} {moment(signature.signed_at)} · {tr('version')} {signature.version}"


def codes(data: ChartData) -> list[tuple[str, str]]:
    """Label and code: of the signed document, and of the audit when the page was printed."""
    found = []
    if data.signature is not None and data.session.status is not SessionStatus.AMENDING:
        found.append((tr("Verification code"), verification_code(data.signature.document_sha256)))
    if data.audit_code:
        found.append((tr("Audit code"), data.audit_code))
    return found
