"""The canonical text of a session that is signed, and whether signed sessions are still what was signed."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from mesomap.domain.amendment import Amendment, AmendmentKind
from mesomap.domain.complaint import Complaint
from mesomap.domain.errors import DamagedError
from mesomap.domain.marks import AreaRecord, InjectionSet, Mark
from mesomap.domain.patient import Patient
from mesomap.domain.person import Person
from mesomap.domain.plan import PlannedMark
from mesomap.domain.session import Session, SessionStatus
from mesomap.domain.signature import Signature
from mesomap.storage import tables
from mesomap.storage.canonical import record_fields, record_from
from mesomap.storage.entries import read_entries
from mesomap.storage.reading import read_complaints, read_marks, read_planned
from mesomap.storage.rows import session_from

FORMAT = "mesomap.signed"
_TEXT = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


@dataclass(frozen=True, slots=True)
class SignedParts:
    """What belongs to a session and is signed with it."""

    session: Session
    marks: tuple[Mark, ...]
    complaints: tuple[Complaint, ...] = ()
    planned: tuple[PlannedMark, ...] = ()


def _by_id(records: Iterable[Mark | Complaint | PlannedMark]) -> list[dict[str, Any]]:
    return sorted((record_fields(record) for record in records), key=lambda fields: str(fields["id"]))


def _body(parts: SignedParts) -> dict[str, Any]:
    """The records as they are signed. The status is left out: signing itself changes it."""
    session = record_fields(parts.session)
    del session["status"]
    return {
        "session": session,
        "marks": _by_id(parts.marks),
        "complaints": _by_id(parts.complaints),
        "planned": _by_id(parts.planned),
    }


def signed_text(patient: Patient, parts: SignedParts, version: int) -> bytes:
    """The canonical document: UTF-8 JSON, keys sorted, records by id; the patient named as known at that time."""
    who = {name: record_fields(patient)[name] for name in ("id", "number", "family_name", "given_name", "birth_date")}
    return _TEXT({"format": FORMAT, "version": version, "patient": who, **_body(parts)}).encode("utf-8")


def is_as_signed(document: bytes, parts: SignedParts) -> bool:
    """Whether session and parts are still those of the document."""
    signed = json.loads(document)
    return _TEXT({key: signed.get(key) for key in _body(parts)}) == _TEXT(_body(parts))


def signed_parts(document: bytes) -> SignedParts:
    """Session, marks, pain drawing and plan of a signed document. Raises DamagedError."""
    try:
        fields = json.loads(document)
        session = record_from(_TEXT(fields["session"] | {"status": SessionStatus.SIGNED.value}).encode())
        marks = [record_from(_TEXT(row).encode()) for row in fields["marks"]]
        complaints = [record_from(_TEXT(row).encode()) for row in fields["complaints"]]
        planned = [record_from(_TEXT(row).encode()) for row in fields["planned"]]
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedError("A signed document cannot be read. Restore the last verified backup.") from error
    assert isinstance(session, Session)
    return SignedParts(
        session,
        tuple(mark for mark in marks if isinstance(mark, (InjectionSet, AreaRecord))),
        tuple(one for one in complaints if isinstance(one, Complaint)),
        tuple(one for one in planned if isinstance(one, PlannedMark)),
    )


def signature_fits(signature: Signature) -> bool:
    """Whether the key that the signature names made it over its statement (Ed25519, RFC 8032)."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(signature.public_key))
        key.verify(bytes.fromhex(signature.signature), signature.statement)
    except (InvalidSignature, ValueError):
        return False
    return True


def signed_findings(connection: Connection) -> list[str]:
    """One line for each signed session that is not what was signed, or whose signature does not fit."""
    documents: dict[UUID, list[Any]] = {}
    table = tables.signed_documents
    query = select(table.c.session_id, table.c.version, table.c.digest, table.c.document, table.c.at)
    for document in connection.execute(query.order_by(table.c.version)):
        documents.setdefault(document.session_id, []).append(document)
    signatures = {(one.session_id, one.version): one for one in read_entries(connection, Signature)}
    signed = {session_id for session_id, _version in signatures}
    keys = {person.id: person.public_key for person in read_entries(connection, Person)}
    reopened = {
        (one.session_id, one.version)
        for one in read_entries(connection, Amendment)
        if one.kind is AmendmentKind.AMEND
    }
    found: list[str] = []
    for row in connection.execute(select(tables.sessions)).mappings():
        session = session_from(row)
        own = documents.get(session.id, [])
        # A session signed under an older schema has neither document nor signature.
        if session.status not in (SessionStatus.DRAFT, SessionStatus.VOIDED) and not own and session.id in signed:
            found.append(f"Session {session.number} is {session.status}, but there is no signed document of it.")
        if session.status is SessionStatus.DRAFT and own:
            found.append(f"Session {session.number} was signed, but is a draft in the database.")
        for turn, document in enumerate(own, 1):
            found += _signature_findings(session, document, turn, signatures, keys)
        if own and (session.id, own[-1].version) not in reopened:
            parts = SignedParts(
                session,
                read_marks(connection, session.id),
                read_complaints(connection, session.id),
                read_planned(connection, session.id),
            )
            if not is_as_signed(own[-1].document, parts):
                found.append(f"Session {session.number} is not what was signed (version {own[-1].version}).")
    return found


def _signature_findings(
    session: Session,
    document: Any,
    turn: int,
    signatures: dict[tuple[UUID | None, int], Signature],
    keys: dict[UUID, str],
) -> list[str]:
    """The signature under one document of a session."""
    where = f"Session {session.number}, version {document.version}"
    signature = signatures.get((session.id, document.version))
    if document.version != turn:
        return [f"{where}: version {turn} is missing."]
    if signature is None:
        return [f"{where}: the signature is missing."]
    if signature.document_sha256 != hashlib.sha256(document.document).hexdigest():
        return [f"{where}: the document is not the one that was signed."]
    if document.at != signature.signed_at.isoformat():
        return [f"{where}: it was not signed at the time that is kept with it."]
    if not signature_fits(signature):
        return [f"{where}: the signature does not fit what it says."]
    if keys.get(signature.person_id) != signature.public_key:
        return [f"{where}: it was signed with a key that is not that of {signature.name}."]
    return []
