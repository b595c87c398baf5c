"""Erasing all that is known of one patient, so that the audit chain still holds and says that it happened.

The audit keeps digests only, so it needs nothing taken away: rows are deleted, the texts of their changes blanked, and
each record gets one more audit row, "erase", after which no digest is expected of it. `mesomap verify` accepts a
missing text for such records alone. Backups made before still hold the records; the list of erased ids beside the
database (erasure_list.py) erases them again when one is restored.
"""

import hashlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, delete, func, insert, or_, select, update

from mesomap.domain.restriction import Erasure
from mesomap.storage import tables
from mesomap.storage.audit import AuditEvent
from mesomap.storage.canonical import canonical, record_from
from mesomap.storage.rows import row_of

#: How audit rows of erased records begin.
ERASE = "erase: "
STEP_NAME = "Erase patient records"
_BATCH = 400
_RULE = "erasing"


def erase_rows(connection: Connection, patient_id: UUID, entry: Erasure, at: str, who: str) -> list[AuditEvent]:
    """Erase in the transaction of the connection, with a step that keeps the entry; returns what the audit must say."""
    about = tables.about
    connection.execute(insert(about), {"key": _RULE, "value": str(patient_id)})
    known = _records_of(connection, patient_id)
    _blank_changes(connection, list(known))
    _delete_rows(connection, patient_id, list(known))
    connection.execute(delete(about).where(about.c.key == _RULE))
    return _record_step(connection, known, entry, at, who)


def records_of(connection: Connection, patient_id: UUID) -> int:
    """How many records there are, or were, of a patient."""
    return len(_records_of(connection, patient_id))


def _sessions(patient_id: UUID) -> Any:
    return select(tables.sessions.c.id).where(tables.sessions.c.patient_id == patient_id)


def _owned_entries(patient_id: UUID) -> Any:
    column = tables.entries.c
    return select(column.id).where(or_(column.patient_id == patient_id, column.session_id.in_(_sessions(patient_id))))


def _records_of(connection: Connection, patient_id: UUID) -> dict[UUID, tuple[str, bytes | None]]:
    """Every record of the patient that ever was: kind, and the digest of what it is now (None = taken away)."""
    changes, steps = tables.changes.c, tables.steps.c
    visits = list(connection.execute(_sessions(patient_id)).scalars())
    found: dict[UUID, str] = {}
    for clause in (
        changes.record_id == patient_id,
        changes.record_id.in_(_sessions(patient_id)),
        changes.record_id.in_(_owned_entries(patient_id)),
        changes.step.in_(select(steps.number).where(steps.session_id.in_(visits))),
    ):
        query = select(changes.record_id, changes.record_kind).where(clause)
        found.update((row.record_id, row.record_kind) for row in connection.execute(query))
    # Parts that came with an import stand in a step without a session.
    for table in (tables.marks, tables.complaints, tables.planned_marks):
        for row in connection.execute(select(table.c.id).where(table.c.session_id.in_(visits))):
            found.setdefault(row.id, {"marks": "injections", "complaints": "complaint"}.get(table.name, "planned"))
    digests = _digests(connection, list(found))
    return {key: (kind, digests.get(key)) for key, kind in found.items()}


def _digests(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, bytes]:
    found: dict[UUID, bytes] = {}
    for table in tables.RECORDS:
        for part in _parts(ids):
            rows = connection.execute(select(table.c.id, table.c.digest).where(table.c.id.in_(part)))
            found.update((row.id, row.digest) for row in rows)
    return found


def _parts(ids: Sequence[UUID]) -> list[Sequence[UUID]]:
    return [ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH)]


def _blank_changes(connection: Connection, ids: Sequence[UUID]) -> None:
    for part in _parts(ids):
        connection.execute(
            update(tables.changes).where(tables.changes.c.record_id.in_(part)).values(before=None, after=None)
        )


def _delete_rows(connection: Connection, patient_id: UUID, ids: Sequence[UUID]) -> None:
    visits = list(connection.execute(_sessions(patient_id)).scalars())
    for session in visits:
        # What the window remembers of a session, such as how it was printed.
        connection.execute(delete(tables.settings).where(tables.settings.c.key.contains(str(session))))
    connection.execute(delete(tables.settings).where(tables.settings.c.key.contains(str(patient_id))))
    files = _attachments(connection, ids, visits)
    for part in _parts(ids):
        connection.execute(delete(tables.entry_links).where(tables.entry_links.c.entry_id.in_(part)))
        connection.execute(delete(tables.entries).where(tables.entries.c.id.in_(part)))
    owned = select(tables.marks.c.id).where(tables.marks.c.session_id.in_(visits))
    for table in (tables.mark_places, tables.mark_regions):
        connection.execute(delete(table).where(table.c.mark_id.in_(owned)))
    of_sessions: tuple[Table, ...] = (
        tables.marks, tables.complaints, tables.planned_marks, tables.lot_uses, tables.session_totals,
        tables.signed_documents,
    )  # fmt: skip
    for table in of_sessions:
        connection.execute(delete(table).where(table.c.session_id.in_(visits)))
    connection.execute(delete(tables.sessions).where(tables.sessions.c.patient_id == patient_id))
    connection.execute(delete(tables.patients).where(tables.patients.c.id == patient_id))
    for digest in files - _still_named(connection, files):
        connection.execute(
            delete(tables.attachments).where(tables.attachments.c.digest == bytes.fromhex(digest))
        )


def _attachments(connection: Connection, ids: Sequence[UUID], visits: Sequence[UUID]) -> set[str]:
    """Digests of the files that entries and signed documents of the patient name."""
    known = {digest.hex() for digest in connection.execute(select(tables.attachments.c.digest)).scalars()}
    named: set[str] = set()
    for part in _parts(ids):
        bodies = connection.execute(select(tables.entries.c.body).where(tables.entries.c.id.in_(part))).scalars()
        named |= {digest for body in bodies for digest in known if digest.encode() in body}
    table = tables.signed_documents
    named |= set(connection.execute(select(table.c.pdf_digest).where(table.c.session_id.in_(visits))).scalars())
    return named & known


def _still_named(connection: Connection, files: set[str]) -> set[str]:
    """Those of the files that other records name as well: the same scan may lie with two patients."""
    if not files:
        return set()
    found = set(connection.execute(select(tables.signed_documents.c.pdf_digest)).scalars())
    for body in connection.execute(select(tables.entries.c.body)).scalars():
        found |= {digest for digest in files if digest.encode() in body}
    return found


def _record_step(
    connection: Connection, known: dict[UUID, tuple[str, bytes | None]], entry: Erasure, at: str, who: str
) -> list[AuditEvent]:
    """One step: every erased record, then the entry that says why."""
    steps, changes = tables.steps, tables.changes
    number = int(connection.execute(select(func.coalesce(func.max(steps.c.number), 0))).scalar_one()) + 1
    seq = int(connection.execute(select(func.coalesce(func.max(changes.c.seq), 0))).scalar_one())
    connection.execute(
        insert(steps),
        {"number": number, "session_id": None, "action": "do", "undoes": None, "name": STEP_NAME, "at": at, "who": who},
    )
    body = canonical(entry)
    digest = hashlib.sha256(body).digest()
    rows: list[dict[str, Any]] = []
    events: list[AuditEvent] = []
    for key, (kind, before) in known.items():
        rows.append({"record_kind": kind, "record_id": key, "before": None, "after": None})
        events.append(AuditEvent(f"{ERASE}{STEP_NAME}", kind, str(key), before, None))
    rows.append({"record_kind": entry.KIND, "record_id": entry.id, "before": None, "after": body})
    events.append(AuditEvent(f"do: {STEP_NAME}", entry.KIND, str(entry.id), None, digest))
    numbered = [row | {"seq": seq + turn, "step": number} for turn, row in enumerate(rows, 1)]
    connection.execute(insert(changes), numbered)
    connection.execute(insert(tables.entries), row_of(entry) | {"row_version": 1, "digest": digest})
    return events


def files_of(connection: Connection, patient_id: UUID) -> tuple[str, ...]:
    """Names of files outside the database (photos) that entries of the patient keep, before they are erased."""
    found: list[str] = []
    query = select(tables.entries.c.body).where(tables.entries.c.id.in_(_owned_entries(patient_id)))
    for body in connection.execute(query).scalars():
        found += getattr(record_from(body), "file_names", ())
    return tuple(found)


def erased_ids(connection: Connection) -> frozenset[str]:
    """Ids of the records that the audit says were erased."""
    column = tables.audit.c
    query = select(column.record_id).where(column.what.startswith(ERASE, autoescape=True))
    return frozenset(connection.execute(query).scalars())
