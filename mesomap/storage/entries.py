"""Entries: their links, and how they are found."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict, TypeVar, Unpack
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from mesomap.domain.attachment import Attachment
from mesomap.domain.change import Change
from mesomap.domain.entry import Entry, order_text
from mesomap.domain.errors import DamagedError
from mesomap.domain.signed_document import SignedDocument
from mesomap.storage import tables
from mesomap.storage.canonical import record_from
from mesomap.storage.rows import row_of

E = TypeVar("E", bound=Entry)
_ENTRIES, _LINKS = tables.entries, tables.entry_links
_OLD_LINKS = delete(_LINKS).where(_LINKS.c.entry_id == bindparam("wanted"))
_NEW_LINKS = insert(_LINKS)


def write_links(connection: Connection, changes: Sequence[Change]) -> None:
    """Which records the new and the edited entries name."""
    for change in changes:
        before, after = change.before, change.after
        if not isinstance(after, Entry):
            continue
        named = set(after.refers_to)
        if isinstance(before, Entry):
            if set(before.refers_to) == named:
                continue
            connection.execute(_OLD_LINKS, {"wanted": after.id})
        if named:
            connection.execute(_NEW_LINKS, [{"entry_id": after.id, "target_id": target} for target in named])


class WantedEntries(TypedDict, total=False):
    """What entries are looked for by; what is None or left out does not matter.

    refers_to: another record that the entry names. since is within the period, until is not.
    """

    patient_id: UUID | None
    session_id: UUID | None
    key: str | None
    refers_to: UUID | None
    since: datetime | None
    until: datetime | None


def read_entries(connection: Connection, kind: type[E], **wanted: Unpack[WantedEntries]) -> tuple[E, ...]:
    """Entries of a kind that fit everything that is given, by their moment."""
    column = _ENTRIES.c
    query = select(column.body).where(column.kind == kind.KIND).order_by(column.at, column.id)
    for name in ("patient_id", "session_id", "key"):
        if wanted.get(name) is not None:
            query = query.where(column[name] == wanted[name])
    if (refers_to := wanted.get("refers_to")) is not None:
        query = query.where(column.id.in_(select(_LINKS.c.entry_id).where(_LINKS.c.target_id == refers_to)))
    if (since := wanted.get("since")) is not None:
        query = query.where(column.at >= order_text(since))
    if (until := wanted.get("until")) is not None:
        query = query.where(column.at < order_text(until))
    found = [_entry(row.body, kind) for row in connection.execute(query)]
    # Those of one moment, such as of one day without an hour, come in the order in which they were entered.
    return tuple(sorted(found, key=lambda entry: (entry.at, entry.entered_at)))


def read_entry(connection: Connection, kind: type[E], entry_id: UUID) -> E | None:
    """The entry of this kind, or None."""
    column = _ENTRIES.c
    found = connection.execute(select(column.body).where(column.id == entry_id, column.kind == kind.KIND))
    body = found.scalar_one_or_none()
    return None if body is None else _entry(body, kind)


def count_entries(connection: Connection, kind: type[Entry], since: datetime | None, until: datetime | None) -> int:
    """How many entries of a kind there are in a period; withdrawn ones too."""
    column = _ENTRIES.c
    query = select(func.count()).select_from(_ENTRIES).where(column.kind == kind.KIND)
    if since is not None:
        query = query.where(column.at >= order_text(since))
    if until is not None:
        query = query.where(column.at < order_text(until))
    return int(connection.execute(query).scalar_one())


def _entry(body: bytes, kind: type[E]) -> E:
    record = record_from(body)
    if not isinstance(record, kind):
        raise DamagedError(f"A {kind.KIND} is damaged in the database. Restore the last verified backup.")
    return record


def read_attachment(connection: Connection, digest: str) -> Attachment | None:
    """The file of this SHA-256 (hex), or None. Raises DamagedError when its bytes are others."""
    table = tables.attachments
    row = connection.execute(select(table).where(table.c.digest == bytes.fromhex(digest))).one_or_none()
    if row is None:
        return None
    found = Attachment(row.media_type, row.data)
    if found.digest != digest:
        raise DamagedError("A file of a record is damaged in the database. Restore the last verified backup.")
    return found


def read_signed(connection: Connection, session_id: UUID) -> tuple[SignedDocument, ...]:
    """The session as it was signed, first signing first. Raises DamagedError for a changed document."""
    table = tables.signed_documents
    found: list[SignedDocument] = []
    for row in connection.execute(select(table).where(table.c.session_id == session_id).order_by(table.c.version)):
        signed = SignedDocument(
            session_id=row.session_id,
            version=row.version,
            document=row.document,
            at=datetime.fromisoformat(row.at),
            pdf_digest=row.pdf_digest,
        )
        if signed.digest != row.digest:
            raise DamagedError("A signed document is damaged in the database. Restore the last verified backup.")
        found.append(signed)
    return tuple(found)


def entry_findings(connection: Connection) -> list[str]:
    """One line for each entry, link, file or signed document that is not what was recorded."""
    found: list[str] = []
    links: dict[UUID, set[UUID]] = {}
    for link in connection.execute(select(_LINKS)):
        links.setdefault(link.entry_id, set()).add(link.target_id)
    for row in connection.execute(select(_ENTRIES)).mappings():
        record = record_from(row["body"]) if hashlib.sha256(row["body"]).digest() == row["digest"] else None
        if (
            not isinstance(record, Entry)
            or any(row[name] != value for name, value in row_of(record).items())
            or links.get(record.id, set()) != set(record.refers_to)
        ):
            found.append(f"The {row['kind']} entry {row['id']}: the row is not what was recorded.")
    found += [
        f"File {file.digest.hex()[:16]} of an entry is not what was recorded."
        for file in connection.execute(select(tables.attachments))
        if hashlib.sha256(file.data).digest() != file.digest
    ]
    found += [
        f"Session {signed.session_id}: signed document {signed.version} is not what was signed."
        for signed in connection.execute(select(tables.signed_documents))
        if hashlib.sha256(signed.document).digest() != signed.digest
    ]
    return found
