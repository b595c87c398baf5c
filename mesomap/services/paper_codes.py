"""Codes as they stand on paper, held against the records: paper is a witness that nobody at the computer changes."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mesomap.domain.session import Session
from mesomap.domain.signature import Signature
from mesomap.services.signing import find_by_code, last_signature, parts_of

if TYPE_CHECKING:
    from mesomap.services.practice import Practice

_AUDIT = re.compile(r"(\d{1,9})\s*-\s*([0-9a-f]{8})")


class PaperFinding(StrEnum):
    """What a code says."""

    AUDIT_FITS = "audit fits"  # the chain holds this head at this number
    AUDIT_DIFFERS = "audit differs"  # the database is not the one that the paper was printed from
    SIGNED = "signed"  # the document of this code is kept, and its signature fits
    SIGNED_DAMAGED = "signed damaged"  # it is kept, but document or signature do not fit
    UNKNOWN = "unknown"  # no signed document has this code


@dataclass(frozen=True, slots=True)
class PaperCheck:
    """finding; for a signed document its signature, session and latest version, and whether the session is still it."""

    finding: PaperFinding
    number: int = 0
    signature: Signature | None = None
    session: Session | None = None
    latest: int = 0
    unchanged: bool = False


def check_paper(practice: "Practice", code: str) -> PaperCheck:
    """Look a code up: "527-79c78471" of the audit, or "SVDYV-5KJJD" of a signed document. Raises DamagedError."""
    from mesomap.storage.signed_text import is_as_signed, signature_fits

    audit = _AUDIT.fullmatch(code.strip().lower())
    if audit is not None:
        fits = practice.audit.short_code_at(int(audit[1])) == f"{int(audit[1])}-{audit[2]}"
        return PaperCheck(PaperFinding.AUDIT_FITS if fits else PaperFinding.AUDIT_DIFFERS, int(audit[1]))
    signature = find_by_code(practice, code)
    if signature is None or signature.session_id is None:
        return PaperCheck(PaperFinding.UNKNOWN)
    session = practice.session(signature.session_id)
    documents = {one.version: one for one in practice.signed_documents(session.id)}
    own, last = documents.get(signature.version), last_signature(practice, session.id)
    whole = own is not None and own.digest.hex() == signature.document_sha256 and signature_fits(signature)
    latest = last.version if last is not None else signature.version
    is_latest = own is not None and latest == signature.version
    unchanged = is_latest and own is not None and is_as_signed(own.document, parts_of(practice, session))
    return PaperCheck(
        PaperFinding.SIGNED if whole else PaperFinding.SIGNED_DAMAGED, 0, signature, session, latest, unchanged
    )
