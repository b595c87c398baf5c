"""Files that records name and keep: the PDF of each signing, signatures and scans under consents.

A signature is made before its PDF, which bears its code, so it cannot speak of it: the audit does, in a row of its own.
"""

from uuid import UUID

from sqlalchemy import Connection, select

from mesomap.domain.consent import Consent
from mesomap.domain.signed_document import SignedDocument
from mesomap.storage import tables
from mesomap.storage.audit import AuditEvent
from mesomap.storage.entries import read_entries

_KEPT = "signed PDF kept: "
_PDF = "application/pdf"


def signed_event(signed: SignedDocument) -> AuditEvent:
    """What the audit says of the PDF of a signing."""
    return AuditEvent(f"{_about(signed.session_id, signed.version)}{signed.pdf_digest or '–'}")


def _about(session_id: UUID, version: int) -> str:
    return f"{_KEPT}session {session_id}, version {version}, SHA-256 "


def kept_file_findings(connection: Connection) -> list[str]:
    """One line for each file that a record names and that is gone or another one."""
    table = tables.attachments
    there = {row.digest.hex(): row.media_type for row in connection.execute(select(table.c.digest, table.c.media_type))}
    found = _signed(connection, there)
    for consent in read_entries(connection, Consent):
        missing = [digest for digest in (consent.picture, consent.scan) if digest and digest not in there]
        found += [f"Consent {consent.id}: the file {digest[:16]} is missing." for digest in missing]
    return found


def _signed(connection: Connection, there: dict[str, str]) -> list[str]:
    found: list[str] = []
    what = tables.audit.c.what
    said = set(connection.execute(select(what).where(what.startswith(_KEPT, autoescape=True))).scalars())
    told = {text.rpartition(" ")[0] for text in said}
    table = tables.signed_documents.c
    for row in connection.execute(select(table.session_id, table.version, table.pdf_digest)):
        about = _about(row.session_id, row.version)
        where = f"Session {row.session_id}, version {row.version}"
        # Signings from before the audit spoke of their PDF are not told of.
        if about.rstrip() in told and f"{about}{row.pdf_digest or '–'}" not in said:
            found.append(f"{where}: the PDF that is kept is not the one that was signed.")
        elif row.pdf_digest and there.get(row.pdf_digest) != _PDF:
            found.append(f"{where}: the PDF as it was signed is missing, or is none.")
    return found
