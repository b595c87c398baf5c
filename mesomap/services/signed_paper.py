"""The paper of a signed version, held against everything that is kept beside it."""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from mesomap.domain.errors import NotFoundError
from mesomap.domain.signature import Signature, verification_code
from mesomap.services.signing import parts_of, signatures

if TYPE_CHECKING:
    from mesomap.services.practice import Practice


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """pdf: its bytes as they were signed. digest: their SHA-256, hex.

    paper_fits: it is the one that the signed document names. document_fits: the document is the one that the signature
    names. signature_fits: the key of the person made it. latest: the version that holds now. unchanged: the session
    still is what this version says. signature None: of a version that was taken over without one.
    """

    version: int
    pdf: bytes
    digest: str
    signature: Signature | None
    paper_fits: bool
    document_fits: bool
    signature_fits: bool
    latest: int
    unchanged: bool

    @property
    def code(self) -> str:
        """The verification code that stands on the paper, "" without a signature."""
        return "" if self.signature is None else verification_code(self.signature.document_sha256)

    @property
    def whole(self) -> bool:
        """True when nothing disagrees."""
        return self.paper_fits and self.document_fits and self.signature_fits


def signed_paper(practice: "Practice", session_id: UUID, version: int) -> SignedPaper:
    """The paper of a version. Raises NotFoundError; DamagedError when the file cannot be read."""
    from mesomap.storage.signed_text import is_as_signed, signature_fits

    session = practice.session(session_id)
    documents = {one.version: one for one in practice.signed_documents(session_id)}
    document = documents.get(version)
    if document is None:
        raise NotFoundError(f"There is no signed version {version} of session {session.number}.")
    pdf = practice.attachment(document.pdf_digest).data
    digest = hashlib.sha256(pdf).hexdigest()
    signature = next((one for one in signatures(practice, session_id) if one.version == version), None)
    latest = max(documents)
    return SignedPaper(
        version,
        pdf,
        digest,
        signature,
        paper_fits=digest == document.pdf_digest,
        document_fits=signature is not None and document.digest.hex() == signature.document_sha256,
        signature_fits=signature is not None and signature_fits(signature),
        latest=latest,
        unchanged=latest == version and is_as_signed(document.document, parts_of(practice, session)),
    )
