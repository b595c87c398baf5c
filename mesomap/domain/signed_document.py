"""A session as it was signed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedDocument:
    """The canonical text of a session with all its parts at one signing, kept unchanged.

    version: 1 for the first signing, one more for each amendment. pdf_digest: attachment of the PDF as signed.
    """

    session_id: UUID
    version: int
    document: bytes
    at: datetime
    pdf_digest: str = ""

    @property
    def digest(self) -> bytes:
        """SHA-256 of the document."""
        return hashlib.sha256(self.document).digest()
