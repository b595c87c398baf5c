"""The audit for reading: a window of rows at a time, filtered, each with the texts of what it changed.

The audit holds digests only; the texts lie in the change table, in the same order: the n-th audit row that names a
record belongs to change n. Notes about the practice (a backup, a passphrase) name no record and are counted in between.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, func, or_, select

from mesomap.storage.audit import Head, chain_findings, current_head
from mesomap.storage.tables import audit, changes, entries, sessions, steps

_BATCH = 900


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What is wanted; None and "" = everything. since, until: ISO texts of the moment as it is recorded (until is
    left out); kind: of the record, "practice" for notes.
    """

    patient_id: UUID | None = None
    session_id: UUID | None = None
    who: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One row: who, when, what, which record, and its canonical texts before and after.

    erased: the texts are gone, as the patient's records were erased; the digests stay.
    """

    sequence: int
    at: str
    who: str
    what: str
    kind: str
    record_id: str
    before: bytes | None = None
    after: bytes | None = None
    erased: bool = False


@dataclass(frozen=True, slots=True)
class ChainState:
    """How far the chain was looked at, what was found ("" = nothing), and the head's moment."""

    sequence: int
    finding: str
    at: str


def chain_state(connection: Connection, key: bytes) -> ChainState:
    """Look at the whole chain."""
    head = current_head(connection)
    findings = chain_findings(connection, key)
    at = connection.execute(select(audit.c.at).where(audit.c.sequence == head.sequence)).scalar_one_or_none()
    return ChainState(head.sequence, findings[0] if findings else "", at or "")


def head_at(connection: Connection, number: int) -> Head | None:
    """The head of the chain at a number, None when there is none."""
    head = connection.execute(select(audit.c.head).where(audit.c.sequence == number)).scalar_one_or_none()
    return None if head is None else Head(number, head)


def known_people(connection: Connection) -> tuple[str, ...]:
    """Every name that the audit holds, in order."""
    return tuple(name for name in connection.execute(select(audit.c.who).distinct()).scalars() if name)


class NotePlaces:
    """Where notes stand between the rows that name a record. Rows never change, so only new ones are looked at."""

    def __init__(self) -> None:
        self._seen = 0
        #: For every note, in order, how many rows before it name a record.
        self._places: list[int] = []

    def up_to_now(self, connection: Connection) -> list[int]:
        """Look at the rows that came since."""
        column = audit.c
        numbers = select(column.sequence).where(column.record_id == "", column.sequence > self._seen)
        for number in connection.execute(numbers.order_by(column.sequence)).scalars():
            self._places.append(number - 1 - len(self._places))
        self._seen = current_head(connection).sequence
        return self._places


def read_window(
    connection: Connection,
    wanted: AuditFilter,
    *,
    before: int | None = None,
    limit: int = 200,
    places: NotePlaces | None = None,
) -> tuple[AuditLine, ...]:
    """The newest rows that fit, below the number `before`; at most `limit`. places: kept from window to window."""
    notes = (places or NotePlaces()).up_to_now(connection)
    query = select(audit).order_by(audit.c.sequence.desc()).limit(limit)
    for clause in _clauses(wanted):
        query = query.where(clause)
    if before is not None:
        query = query.where(audit.c.sequence < before)
    rows: list[Any] = []
    if wanted.patient_id is None and wanted.session_id is None:
        rows = list(connection.execute(query))
    else:
        numbers = [_sequence_of(seq, notes) for seq in _changes_about(connection, wanted)]
        numbers = sorted((n for n in numbers if before is None or n < before), reverse=True)
        # Other wishes may leave some of them out, so batches are read until there are enough.
        for start in range(0, len(numbers), _BATCH):
            rows += connection.execute(query.where(audit.c.sequence.in_(numbers[start : start + _BATCH])))
            if len(rows) >= limit:
                break
        rows = rows[:limit]
    return tuple(_with_texts(connection, rows, notes))


def count_rows(connection: Connection, wanted: AuditFilter) -> int:
    """How many rows fit. Patient and session are not counted: they are few."""
    query = select(func.count()).select_from(audit)
    for clause in _clauses(wanted):
        query = query.where(clause)
    return int(connection.execute(query).scalar_one())


def _clauses(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.who:
        found.append(audit.c.who == wanted.who)
    if wanted.kind:
        found.append(audit.c.record_kind == ("" if wanted.kind == "practice" else wanted.kind))
    if wanted.since:
        found.append(audit.c.at >= wanted.since)
    if wanted.until:
        found.append(audit.c.at < wanted.until)
    return found


def _changes_about(connection: Connection, wanted: AuditFilter) -> list[int]:
    """Changes of a session with its parts, or of a patient with all of that."""
    column = changes.c
    if wanted.session_id is not None:
        owned = select(entries.c.id).where(entries.c.session_id == wanted.session_id)
        of_steps = select(steps.c.number).where(steps.c.session_id == wanted.session_id)
        named: ColumnElement[bool] = column.record_id == wanted.session_id
    else:
        visits = select(sessions.c.id).where(sessions.c.patient_id == wanted.patient_id)
        owned = select(entries.c.id).where(
            or_(entries.c.patient_id == wanted.patient_id, entries.c.session_id.in_(visits))
        )
        of_steps = select(steps.c.number).where(steps.c.session_id.in_(visits))
        named = or_(column.record_id == wanted.patient_id, column.record_id.in_(visits))
    found: set[int] = set()
    for clause in (named, column.record_id.in_(owned), column.step.in_(of_steps)):
        found.update(connection.execute(select(column.seq).where(clause)).scalars())
    return sorted(found)


def _sequence_of(seq: int, notes: Sequence[int]) -> int:
    """Audit number of a change."""
    return seq + bisect_left(notes, seq)


def _with_texts(connection: Connection, rows: Sequence[Any], notes: Sequence[int]) -> list[AuditLine]:
    """The rows with the texts of their changes."""
    seq_of: dict[int, int] = {}
    numbers = [place + 1 + turn for turn, place in enumerate(notes)]
    for row in rows:
        if row.record_id:
            seq_of[row.sequence] = row.sequence - bisect_left(numbers, row.sequence)
    texts: dict[int, tuple[bytes | None, bytes | None]] = {}
    wanted = list(seq_of.values())
    for start in range(0, len(wanted), _BATCH):
        part = wanted[start : start + _BATCH]
        query = select(changes.c.seq, changes.c.before, changes.c.after).where(changes.c.seq.in_(part))
        texts.update((row.seq, (row.before, row.after)) for row in connection.execute(query))
    found = []
    for row in rows:
        before, after = texts.get(seq_of.get(row.sequence, 0), (None, None))
        gone = (before is None and row.before_digest is not None) or (after is None and row.after_digest is not None)
        found.append(
            AuditLine(
                row.sequence, row.at, row.who, row.what, row.record_kind or "practice", row.record_id, before, after,
                bool(row.record_id) and gone,
            )
        )  # fmt: skip
    return found
