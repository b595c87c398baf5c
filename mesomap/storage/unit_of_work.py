"""One gesture, one transaction: rows, change table, audit, settings. All of it is durable, or none of it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Delete, Insert, Table, Update, bindparam, delete, func, insert, select, update

from mesomap.domain.attachment import Attachment
from mesomap.domain.change import Change, Part, Record
from mesomap.domain.entry import Entry
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import AreaRecord, InjectionSet
from mesomap.domain.patient import Patient
from mesomap.domain.session import Session, SessionStatus
from mesomap.domain.signed_document import SignedDocument
from mesomap.storage import tables
from mesomap.storage.audit import AuditEvent
from mesomap.storage.canonical import canonical, kind_of
from mesomap.storage.entries import write_links
from mesomap.storage.history import SavedStep, StepAction
from mesomap.storage.rows import places_of, row_of, table_of
from mesomap.storage.summaries import forget_regions, write_summaries

_BATCH = 400
# Made once: every commit runs them, and building a statement takes longer than running it.
_NEXT = select(
    select(func.coalesce(func.max(tables.steps.c.number), 0) + 1).scalar_subquery(),
    select(func.coalesce(func.max(tables.changes.c.seq), 0) + 1).scalar_subquery(),
)
_STATUS = select(tables.sessions.c.status, tables.sessions.c.number).where(
    tables.sessions.c.id == bindparam("wanted", type_=tables.sessions.c.id.type)
)
_FIRST_SEEN = (
    select(tables.changes.c.record_id, func.min(tables.changes.c.seq))
    .where(tables.changes.c.record_id.in_(bindparam("wanted", expanding=True)))
    .group_by(tables.changes.c.record_id)
)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A change with its canonical texts and their digests."""

    change: Change
    before: bytes | None
    after: bytes | None
    digests: tuple[bytes | None, bytes | None]


def _prepare(change: Change) -> _Prepared:
    before = canonical(change.before) if change.before is not None else None
    after = canonical(change.after) if change.after is not None else None
    return _Prepared(change, before, after, (_sha(before), _sha(after)))


def _sha(data: bytes | None) -> bytes | None:
    return None if data is None else hashlib.sha256(data).digest()


def write_step(
    connection: Connection,
    *,
    name: str,
    session_id: UUID | None,
    changes: Sequence[Change],
    action: StepAction,
    undoes: int | None,
    at: str,
    who: str,
) -> tuple[SavedStep, list[AuditEvent]]:
    """Write the rows, the step and its changes in the transaction of the connection; returns what the audit
    must say.

    Raises BadInputError when a record is no longer what the change saw, or its session is closed.
    """
    prepared = [_prepare(change) for change in changes]
    if len({change.record_id for change in changes}) != len(changes):
        raise ValueError("a step changes each record once")
    _refuse_closed_sessions(connection, changes)
    number, first_seq = (int(value) for value in connection.execute(_NEXT).one())
    connection.execute(
        _insert(tables.steps),
        {
            "number": number,
            "session_id": session_id,
            "action": action.value,
            "undoes": undoes,
            "name": name,
            "at": at,
            "who": who,
        },
    )
    forget_regions(connection, changes)
    _write_records(connection, prepared, first_seq)
    write_summaries(connection, changes)
    _write_changes(connection, prepared, number, first_seq)
    events = [
        AuditEvent(f"{action.value}: {name}", kind_of(item.change.record), str(item.change.record_id), *item.digests)
        for item in prepared
    ]
    return SavedStep(number, session_id, name, action, undoes), events


def write_attached(connection: Connection, files: Sequence[Attachment], signed: SignedDocument | None) -> None:
    """Files and a signed document in the transaction of the connection; a file that is there already stays."""
    for file in files:
        there = select(tables.attachments.c.digest).where(tables.attachments.c.digest == bytes.fromhex(file.digest))
        if connection.execute(there).one_or_none() is None:
            row = {"digest": bytes.fromhex(file.digest), "media_type": file.media_type, "data": file.data}
            connection.execute(_insert(tables.attachments), row)
    if signed is not None:
        document: dict[str, Any] = {
            "session_id": signed.session_id,
            "version": signed.version,
            "at": signed.at.isoformat(),
            "document": signed.document,
            "digest": signed.digest,
            "pdf_digest": signed.pdf_digest,
        }
        connection.execute(_insert(tables.signed_documents), document)


def write_settings(connection: Connection, values: Mapping[str, Any]) -> None:
    """Set values (anything JSON holds) in the transaction of the connection."""
    settings = tables.settings
    for key, value in values.items():
        text = json.dumps(value, sort_keys=True, allow_nan=False)
        done = connection.execute(
            update(settings).where(settings.c.key == key).values(value=text, row_version=settings.c.row_version + 1)
        )
        if done.rowcount == 0:
            connection.execute(insert(settings).values(key=key, value=text, row_version=1))


@cache
def _insert(table: Table) -> Insert:
    return insert(table)


def _only_status(before: Session, after: Record | None) -> bool:
    """Whether nothing but the status of a session changes."""
    if not isinstance(after, Session) or after.status is before.status:
        return False
    return replace(after, status=before.status) == before


def _refuse_closed_sessions(connection: Connection, changes: Sequence[Change]) -> None:
    sessions = {
        change.record.session_id for change in changes if not isinstance(change.record, (Patient, Session, Entry))
    }
    for change in changes:
        before = change.before
        if isinstance(before, Entry) and (before.SEALED or change.after is None):
            raise BadInputError(
                f"The {before.KIND} of {before.entered_at:%d %b %Y} is kept as it was written. Add a new one instead."
            )
        if isinstance(before, Session):
            after = change.after
            if isinstance(after, Session) and not before.status.may_become(after.status):
                raise BadInputError(f"Session {before.number} is {before.status}; it never becomes {after.status}.")
            if not before.status.is_open and not _only_status(before, after):
                sessions.add(before.id)
    for session_id in sessions:
        row = connection.execute(_STATUS, {"wanted": session_id}).one_or_none()
        if row is not None and not SessionStatus(row.status).is_open:
            raise BadInputError(f"Session {row.number} is {row.status}; it cannot be changed any more.")


def _write_records(connection: Connection, prepared: Sequence[_Prepared], first_seq: int) -> None:
    new_parts: list[tuple[int, Part, bytes]] = []
    gone: list[_Prepared] = []
    replaced: list[_Prepared] = []
    for offset, item in enumerate(prepared):
        before, after = item.change.before, item.change.after
        if after is None:
            gone.append(item)
        elif before is not None:
            replaced.append(item)
        elif not isinstance(after, (Patient, Session, Entry)):
            new_parts.append((first_seq + offset, after, item.digests[1] or b""))
        else:
            values = row_of(after) | {"row_version": 1, "digest": item.digests[1]}
            connection.execute(_insert(table_of(after)), values)
    write_links(connection, [item.change for item in prepared])
    _take_away(connection, gone)
    _replace(connection, replaced)
    _add_parts(connection, new_parts)


def _add_parts(connection: Connection, found: Sequence[tuple[int, Part, bytes]]) -> None:
    """Insert parts of sessions; one that comes back (undo) takes its old position in the order of charting."""
    if not found:
        return
    old: dict[UUID, int] = {}
    for start in range(0, len(found), _BATCH):
        ids = [part.id for _, part, _ in found[start : start + _BATCH]]
        old.update((row[0], row[1]) for row in connection.execute(_FIRST_SEEN, {"wanted": ids}))
    rows: dict[Table, list[dict[str, Any]]] = {}
    for seq, part, digest in found:
        row = row_of(part) | {"position": old.get(part.id, seq), "row_version": 1, "digest": digest}
        rows.setdefault(table_of(part), []).append(row)
    for table, new in rows.items():
        connection.execute(_insert(table), new)
    places = [places_of(part) for _, part, _ in found if isinstance(part, (InjectionSet, AreaRecord))]
    if places:
        connection.execute(_insert(tables.mark_places), places)


def _stale(record: Record) -> BadInputError:
    return BadInputError(
        f"The {kind_of(record)} record {record.id} was changed in the meantime. Nothing was saved; open it again."
    )


def _replace(connection: Connection, items: Sequence[_Prepared]) -> None:
    """Records that change, many of a kind by one statement: a thousand marks move in one gesture."""
    rows: dict[tuple[Table, tuple[str, ...]], list[tuple[Record, dict[str, Any]]]] = {}
    places: list[dict[str, Any]] = []
    for item in items:
        record = item.change.record
        row = row_of(record)
        values = {f"new_{name}": value for name, value in row.items()} | {"new_digest": item.digests[1]}
        keys = {"old_id": record.id, "old_digest": item.digests[0]}
        rows.setdefault((table_of(record), tuple(sorted(row))), []).append((record, values | keys))
        if isinstance(record, (InjectionSet, AreaRecord)):
            places.append({f"new_{name}": value for name, value in places_of(record).items()} | {"old_id": record.id})
    for (table, names), found in rows.items():
        columns: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
        statement = (
            update(table)
            .where(table.c.id == bindparam("old_id"), table.c.digest == bindparam("old_digest"))
            .values(columns | {"row_version": table.c.row_version + 1, "digest": bindparam("new_digest")})
        )
        _run_on_all(connection, statement, found)
    if places:
        parts = [name.removeprefix("new_") for name in places[0] if name.startswith("new_")]
        moved = update(tables.mark_places).where(tables.mark_places.c.mark_id == bindparam("old_id"))
        connection.execute(moved.values({name: bindparam(f"new_{name}") for name in parts}), places)


def _take_away(connection: Connection, items: Sequence[_Prepared]) -> None:
    rows: dict[Table, list[tuple[Record, dict[str, Any]]]] = {}
    marks: list[dict[str, Any]] = []
    for item in items:
        record = item.change.record
        if isinstance(record, (Patient, Session, Entry)):
            raise BadInputError("Patients and sessions are never deleted. Void the session with a reason.")
        if isinstance(record, (InjectionSet, AreaRecord)):
            marks.append({"old_id": record.id})
        keys = {"old_id": record.id, "old_digest": item.digests[0]}
        rows.setdefault(table_of(record), []).append((record, keys))
    if marks:
        connection.execute(delete(tables.mark_places).where(tables.mark_places.c.mark_id == bindparam("old_id")), marks)
    for table, found in rows.items():
        statement = delete(table).where(table.c.id == bindparam("old_id"), table.c.digest == bindparam("old_digest"))
        _run_on_all(connection, statement, found)


def _run_on_all(
    connection: Connection, statement: Update | Delete, found: Sequence[tuple[Record, dict[str, Any]]]
) -> None:
    """Run the statement on every record; each must be as it was seen, else all of it is refused."""
    done = connection.execute(statement, [values for _, values in found])
    if done.rowcount == len(found):
        return
    # Which one it was is worked out only now: the transaction is given up anyway.
    for record, values in found:
        table = table_of(record)
        now = connection.execute(select(table.c.digest).where(table.c.id == record.id)).scalar_one_or_none()
        if now != values.get("new_digest"):
            raise _stale(record)
    raise _stale(found[0][0])


def _write_changes(connection: Connection, prepared: Sequence[_Prepared], step: int, first_seq: int) -> None:
    rows = [
        {
            "seq": first_seq + offset,
            "step": step,
            "record_kind": kind_of(item.change.record),
            "record_id": item.change.record_id,
            "before": item.before,
            "after": item.after,
        }
        for offset, item in enumerate(prepared)
    ]
    if rows:
        connection.execute(_insert(tables.changes), rows)
