"""Bytes that belong to a record: a signature picture, a signed PDF. Named by what they hold."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file kept with a record. Never changed: other bytes are another attachment."""

    media_type: str
    data: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, hex: the name by which an entry refers to it."""
        return hashlib.sha256(self.data).hexdigest()
