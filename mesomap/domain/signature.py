"""A signature under a session as it stood: who, with which qualification, when, meaning what, over which document."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from mesomap.domain.entry import Entry
from mesomap.domain.errors import BadInputError

#: Crockford's base 32: no I, L, O or U. https://www.crockford.com/base32.html
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LETTERS = 10


class Meaning(StrEnum):
    """What the signature says."""

    CHARTED = "charted"  # this is what was done
    AMENDED = "amended"  # this corrects what was signed before


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature(Entry):
    """Sealed. document_sha256 and public_key, signature (Ed25519, RFC 8032): hex. missing: ticks that were open."""

    KIND: ClassVar[str] = "signature"
    SEALED: ClassVar[bool] = True

    person_id: UUID
    name: str
    qualification: str = ""
    meaning: Meaning = Meaning.CHARTED
    signed_at: datetime
    version: int
    document_sha256: str
    public_key: str
    signature: str
    missing: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The verification code without its dash, as somebody types it from paper."""
        return verification_code(self.document_sha256).replace("-", "")

    @property
    def at(self) -> datetime:
        """When it was signed."""
        return self.signed_at

    @property
    def refers_to(self) -> tuple[UUID, ...]:
        """The person who signed."""
        return (self.person_id,)

    @property
    def statement(self) -> bytes:
        """What the key signs: the document's digest with name, qualification, time and meaning."""
        return statement(
            session_id=self.session_id,
            version=self.version,
            document_sha256=self.document_sha256,
            name=self.name,
            qualification=self.qualification,
            meaning=self.meaning,
            signed_at=self.signed_at,
        )

    def check(self) -> None:
        """Raises BadInputError for a signature that names no session or whose digest is none."""
        if self.session_id is None or self.version < 1 or not _is_hex(self.document_sha256, 64):
            raise BadInputError("The signature names no session. Nothing was signed.")
        if not _is_hex(self.public_key, 64) or not _is_hex(self.signature, 128):
            raise BadInputError("The signature is incomplete. Nothing was signed.")


def _is_hex(text: str, length: int) -> bool:
    return len(text) == length and all(char in "0123456789abcdef" for char in text)


def statement(
    *,
    session_id: UUID | None,
    version: int,
    document_sha256: str,
    name: str,
    qualification: str,
    meaning: Meaning,
    signed_at: datetime,
) -> bytes:
    """The canonical text that is signed: JSON, keys sorted, UTF-8."""
    fields = {
        "format": "mesomap.signature",
        "session": str(session_id),
        "version": version,
        "document": document_sha256,
        "name": name,
        "qualification": qualification,
        "meaning": meaning.value,
        "time": signed_at.isoformat(),
    }
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def verification_code(document_sha256: str) -> str:
    """Ten letters of the document's digest (50 bits) in two groups, short enough to be read out from paper."""
    number = int(document_sha256[:16], 16) >> (64 - 5 * _CODE_LETTERS)
    letters = "".join(_ALPHABET[(number >> (5 * place)) & 31] for place in reversed(range(_CODE_LETTERS)))
    return f"{letters[:5]}-{letters[5:]}"
