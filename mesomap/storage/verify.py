"""Whole or not: pages, structure, digests, chain, anchor. Findings in one line each."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import zip_longest
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, inspect, select

from mesomap.domain.errors import MesoMapError, StoppedError
from mesomap.storage import tables
from mesomap.storage.anchor import rollback_finding
from mesomap.storage.anchor_keeper import newest_anchor
from mesomap.storage.audit import Head, chain_findings, current_head
from mesomap.storage.canonical import digest
from mesomap.storage.engine import has_log
from mesomap.storage.entries import entry_findings
from mesomap.storage.erasure import erased_ids
from mesomap.storage.kept_files import kept_file_findings
from mesomap.storage.reading import read_complaints, read_marks, read_planned, record_counts
from mesomap.storage.rows import patient_from, session_from
from mesomap.storage.schema import SCHEMA
from mesomap.storage.signed_text import signed_findings
from mesomap.storage.sorting import sorted_error
from mesomap.storage.summaries import summary_findings

#: Sessions looked at between two questions whether the work goes on.
_SESSIONS_A_STEP = 100


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What was looked at and what was found; no findings means whole."""

    findings: tuple[str, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    head: Head = field(default_factory=Head)

    @property
    def ok(self) -> bool:
        """True when nothing was found."""
        return not self.findings


#: Told after each part; may stop the work by raising.
Step = Callable[[], object]


def verify_database(
    connection: Connection, path: Path, audit_key: bytes, anchor_path: Path | None, step: Step = lambda: None
) -> VerifyReport:
    """Look at everything that the connection shows.

    anchor_path None leaves the anchor out (backups in the making). Raises nothing but what `step` raises.
    """
    findings: list[str] = []
    try:
        findings += page_findings(connection, path)
        if findings:
            return VerifyReport(tuple(findings))
        step()
        if connection.exec_driver_sql("PRAGMA user_version").scalar_one() >= SCHEMA:
            findings += _records(connection, step)  # rows of an older schema can be read after the upgrade only
        for look in (partial(chain_findings, connection, audit_key), partial(_histories, connection)):
            findings += look()
            step()
        findings += _change_texts(connection)
        head = current_head(connection)
        if anchor_path is not None:
            findings += _anchor(connection, anchor_path, audit_key, head)
        return VerifyReport(tuple(findings), record_counts(connection), head)
    except StoppedError:
        raise
    except MesoMapError as error:
        return VerifyReport((*findings, error.sentence))
    except (ValueError, KeyError, TypeError):
        return VerifyReport((*findings, "A row holds what MesoMap never writes; it cannot be read."))
    except Exception as error:
        sentence = sorted_error(error, path)
        if sentence is None:
            raise
        return VerifyReport((*findings, sentence.sentence))


def page_findings(connection: Connection, path: Path) -> list[str]:
    """Page HMACs of SQLCipher, then the structure, then the references between tables."""
    broken_pages = connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchmany(5)
    # This looks at the file alone. After a power cut half-written pages may lie in it that the log holds whole; then
    # only what is read through the log counts.
    if broken_pages and not has_log(path):
        return [_damaged(path, row[0]) for row in broken_pages]
    return structure_findings(connection, path)


def structure_findings(connection: Connection, path: Path) -> list[str]:
    """Every page in use is read, and with it its HMAC; tables, indexes and references must fit together."""
    rows = connection.exec_driver_sql("PRAGMA integrity_check(5)").scalars().all()
    found = [_damaged(path, text) for text in rows if text != "ok"]
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(5)
    return found + [f"“{path.name}”: a row of {row[0]} refers to a missing row of {row[2]}." for row in broken]


def _damaged(path: Path, detail: str) -> str:
    return f"“{path.name}” is damaged ({detail}). It was not touched; restore the last verified backup."


def _records(connection: Connection, step: Step) -> list[str]:
    """Every record must still be what its digest says."""
    found = chart_findings(connection, step=step)
    for look in (entry_findings, signed_findings, kept_file_findings):
        found += look(connection)
        step()
    return found


def chart_findings(connection: Connection, newest: int | None = None, step: Step = lambda: None) -> list[str]:
    """Patients, and sessions with their parts (the newest ones, or all), against their digests."""
    found = [
        f"Patient {row['id']}: the row is not what was recorded."
        for row in connection.execute(select(tables.patients)).mappings()
        if digest(patient_from(row)) != row["digest"]
    ]
    sessions = select(tables.sessions)
    if newest is not None:
        sessions = sessions.order_by(tables.sessions.c.number.desc()).limit(newest)
    for number, row in enumerate(connection.execute(sessions).mappings().all()):
        if number % _SESSIONS_A_STEP == 0:
            step()
        if digest(session_from(row)) != row["digest"]:
            found.append(f"Session {row['id']}: the row is not what was recorded.")
        query = select(tables.marks.c.id, tables.marks.c.digest).where(tables.marks.c.session_id == row["id"])
        digests = {mark_row.id: mark_row.digest for mark_row in connection.execute(query)}
        marks = read_marks(connection, row["id"])
        found += [
            f"Mark {mark.id}: the row is not what was recorded." for mark in marks if digest(mark) != digests[mark.id]
        ]
        if len(marks) != len(digests):
            found.append(f"Session {row['id']}: {len(digests) - len(marks)} marks lack their places.")
        found += _parts(connection, row["id"])
        found += summary_findings(connection, session_from(row), marks)
    return found


def _parts(connection: Connection, session_id: UUID) -> list[str]:
    """Pain drawing and plan of a session against their digests."""
    found: list[str] = []
    for table, records, word in (
        (tables.complaints, read_complaints(connection, session_id), "Complaint"),
        (tables.planned_marks, read_planned(connection, session_id), "Planned mark"),
    ):
        query = select(table.c.id, table.c.digest).where(table.c.session_id == session_id)
        digests = {row.id: row.digest for row in connection.execute(query)}
        changed = [part.id for part in records if digest(part) != digests[part.id]]
        found += [f"{word} {part_id}: the row is not what was recorded." for part_id in changed]
    return found


def _histories(connection: Connection) -> list[str]:
    """The last digest that the audit saw of each record is the one in its row.

    Taken-away records have no row.
    """
    audit = tables.audit.c
    last = {
        row.record_id: (row.record_kind, row.after_digest)
        for row in connection.execute(
            select(audit.record_id, audit.record_kind, audit.after_digest)
            .where(audit.record_id != "")
            .order_by(audit.sequence)
        )
    }
    present: dict[str, bytes] = {}
    there = set(inspect(connection).get_table_names())
    for table in tables.RECORDS:
        if table.name not in there:
            continue
        present.update((str(row.id), row.digest) for row in connection.execute(select(table.c.id, table.c.digest)))
    found = [f"Record {key} is in the database, but the audit never saw it." for key in present.keys() - last.keys()]
    for key, (kind, after) in last.items():
        if after is None and key in present:
            found.append(f"The {kind} record {key} was taken away, but is in the database.")
        elif after is not None and key not in present:
            found.append(f"The {kind} record {key} is missing.")
        elif after is not None and present[key] != after:
            found.append(f"The {kind} record {key} was changed past the audit.")
    return found


def _change_texts(connection: Connection) -> list[str]:
    """Each change, and the step it belongs to, is the one that the audit saw: undo and history rest on them. Erased
    ones have no texts.
    """
    erased = erased_ids(connection)
    changes, audit = tables.changes.c, tables.audit.c
    seen = connection.execute(
        select(audit.record_id, audit.before_digest, audit.after_digest, audit.what, audit.at, audit.who)
        .where(audit.record_id != "")
        .order_by(audit.sequence)
    )
    steps = tables.steps.c
    kept = connection.execute(
        select(changes.seq, changes.record_id, changes.before, changes.after, steps.name, steps.at, steps.who)
        .join_from(tables.changes, tables.steps, changes.step == steps.number)
        .order_by(changes.seq)
    )
    for number, (row, row_seen) in enumerate(zip_longest(kept, seen), 1):
        if row is None or row_seen is None or row.seq != number:
            return [f"History: change {number} is missing, or one was added past the audit."]
        if (row.name, row.at, row.who) != (row_seen.what.partition(": ")[2], row_seen.at, row_seen.who):
            return [f"History: the step of change {number} is not the one that the audit saw."]
        if row.before is None and row.after is None and row_seen.record_id in erased:
            continue
        if (str(row.record_id), _sha(row.before), _sha(row.after)) != tuple(row_seen)[:3]:
            return [f"History: change {number} is not the one that the audit saw."]
    return []


def _sha(data: bytes | None) -> bytes | None:
    return None if data is None else hashlib.sha256(data).digest()


def _anchor(connection: Connection, path: Path, key: bytes, head: Head) -> list[str]:
    anchor = newest_anchor(path, key)
    if anchor is None:
        return [
            f"The anchor “{path.name}” is missing, damaged or of another practice: an older database would not show."
        ]
    finding = rollback_finding(connection, anchor, head)
    return [*anchor.breaks, *([finding] if finding else [])]
