"""Whether a fresh copy of a large practice is whole: everything that can be looked at in seconds.

Pages in use, structure, references, numbers of rows, the audit chain, the texts of all changes and the digest of every
record against the audit. What is left out beside verify_database: the columns of old records against their digests;
those of the newest sessions are looked at. `mesomap verify` and the drill look at all of them.
"""

import hashlib
import hmac
import os
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect

from mesomap.domain.errors import StoppedError
from mesomap.storage import tables
from mesomap.storage.audit import GENESIS, Head, next_head
from mesomap.storage.erasure import erased_ids
from mesomap.storage.reading import record_counts
from mesomap.storage.sorting import sorted_error
from mesomap.storage.verify import Step, VerifyReport, chart_findings, structure_findings, verify_database

#: Practices of up to so many changes are looked at in full.
SMALL = 20_000
#: The newest sessions whose columns are compared with their digests in larger ones.
_NEWEST = 500
_CACHE_KIB = 256 * 1024


def verify_copy(connection: Connection, path: Path, audit_key: bytes, step: Step = lambda: None) -> VerifyReport:
    """Look at a copy that nobody else has open."""
    counts = record_counts(connection)
    if counts["changes"] <= SMALL:
        return verify_database(connection, path, audit_key, None, step)
    raw = connection.connection.driver_connection
    assert raw is not None
    connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_KIB}")
    head = Head()
    try:
        with ThreadPoolExecutor(1, thread_name_prefix="structure") as beside:
            # The engine looks at its pages without the interpreter's lock.
            structure = beside.submit(_structure, connection, path)
            head, findings = _chain_and_changes(raw, audit_key, erased_ids(connection), step)
            findings += _digests(raw, connection, step) if not findings else []
            findings = structure.result() + findings
        step()
        if not findings:
            findings = chart_findings(connection, newest=_NEWEST)
    except StoppedError:
        raise
    except Exception as error:
        sentence = sorted_error(error, path)
        if sentence is None:
            raise
        findings = [sentence.sentence]
    return VerifyReport(tuple(findings), counts, head)


def _structure(connection: Connection, path: Path) -> list[str]:
    if sys.platform == "linux":
        # This thread alone: it never holds the interpreter's lock for long, so the window need not wait for it.
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
    with connection.engine.connect() as own:
        own.detach()  # closed for good afterwards: nobody else may hold the copy when its log is put away
        own.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_KIB}")
        return structure_findings(own, path)


_NAMES = ("sequence", "at", "who", "what", "record_kind", "record_id", "before_digest", "after_digest")
_AUDIT = f"SELECT {', '.join(_NAMES)}, head FROM audit ORDER BY sequence"
_CHANGES = "SELECT seq, record_id, before, after FROM changes ORDER BY seq"


def _chain_and_changes(raw: Any, key: bytes, erased: frozenset[str], step: Step) -> tuple[Head, list[str]]:
    """One walk through audit and changes, side by side: each change is the one that the audit saw."""
    last = Head(0, GENESIS)
    changes: Iterator[tuple[Any, ...]] = iter(raw.execute(_CHANGES))
    number = 0
    for row in raw.execute(_AUDIT):
        if row[0] != last.sequence + 1:
            return last, [f"Audit: number {last.sequence + 1} is missing (the next one is {row[0]})."]
        if not hmac.compare_digest(next_head(key, last.head, dict(zip(_NAMES, row, strict=False))), row[8]):
            return last, [f"Audit: number {row[0]} was changed; from there on the chain does not hold."]
        last = Head(row[0], row[8])
        if row[5]:
            number += 1
            change = next(changes, None)
            if change is None or change[0] != number:
                return last, [f"History: change {number} is missing, or one was added past the audit."]
            if change[2] is None and change[3] is None and row[5] in erased:
                continue
            if (_plain(row[5]), row[6], row[7]) != (change[1], _sha(change[2]), _sha(change[3])):
                return last, [f"History: change {number} is not the one that the audit saw."]
        if row[0] % 5000 == 0:
            step()
    if next(changes, None) is not None:
        return last, [f"History: change {number + 1} was added past the audit."]
    return last, []


def _plain(record_id: str) -> str:
    """An id as the tables hold it, without hyphens."""
    return record_id.replace("-", "")


def _sha(data: bytes | None) -> bytes | None:
    return None if data is None else hashlib.sha256(data).digest()


def _digests(raw: Any, connection: Connection, step: Step) -> list[str]:
    """The digest in each row is the last one that the audit saw of the record."""
    last: dict[str, bytes | None] = {}
    seen = raw.execute("SELECT record_id, after_digest FROM audit WHERE record_id != '' ORDER BY sequence")
    for record_id, after in seen:
        last[_plain(record_id)] = after
    step()
    there = set(inspect(connection).get_table_names())
    for table in tables.RECORDS:
        if table.name not in there:
            continue
        for record_id, digest in raw.execute(f"SELECT id, digest FROM {table.name}"):
            if last.pop(record_id, None) != digest:
                return [f"Record {record_id} of {table.name} is not the one that the audit saw last."]
        step()
    missing = next((record_id for record_id, after in last.items() if after is not None), None)
    return [] if missing is None else [f"Record {missing} is missing."]
