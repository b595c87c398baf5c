"""The audit chain: append-only rows, gapless numbers, each head an HMAC over the head before and the row."""

import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select

from mesomap.storage.tables import audit

GENESIS = b"\x00" * 32
# Made once: every commit runs them, and building a statement takes longer than running it.
_LAST = select(audit.c.sequence, audit.c.head).order_by(audit.c.sequence.desc()).limit(1)
_APPEND = insert(audit)
_TEXT = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """What happened to which record; digests only, so that erasure stays possible."""

    what: str
    record_kind: str = ""
    record_id: str = ""
    before_digest: bytes | None = None
    after_digest: bytes | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """Last number and head of the chain."""

    sequence: int = 0
    head: bytes = GENESIS

    @property
    def short_code(self) -> str:
        """Number and eight letters, for the footer of printed charts."""
        return f"{self.sequence}-{self.head.hex()[:8]}"


def next_head(key: bytes, previous: bytes, row: Mapping[str, Any] | RowMapping) -> bytes:
    """HMAC-SHA256 over the head before and the row's values."""
    before, after = row["before_digest"], row["after_digest"]
    text = _TEXT(
        [
            row["sequence"],
            row["at"],
            row["who"],
            row["what"],
            row["record_kind"],
            row["record_id"],
            before.hex() if before is not None else None,
            after.hex() if after is not None else None,
        ]
    )
    return hmac.digest(key, previous + text.encode("ascii"), "sha256")


def current_head(connection: Connection) -> Head:
    """The last row's number and head."""
    row = connection.execute(_LAST).one_or_none()
    return Head() if row is None else Head(row.sequence, row.head)


def last_moment(connection: Connection) -> datetime | None:
    """When the last row was written, with its offset; None without rows or when it cannot be read."""
    text = connection.execute(select(audit.c.at).order_by(audit.c.sequence.desc()).limit(1)).scalar_one_or_none()
    try:
        moment = None if text is None else datetime.fromisoformat(text)
    except ValueError:
        return None  # verification names the row
    return None if moment is None or moment.utcoffset() is None else moment


def append(connection: Connection, key: bytes, who: str, at: str, events: Iterable[AuditEvent]) -> Head:
    """Append rows in the transaction of the connection; returns the new head."""
    last = current_head(connection)
    rows: list[dict[str, Any]] = []
    for event in events:
        row: dict[str, Any] = {
            "sequence": last.sequence + 1,
            "at": at,
            "who": who,
            "what": event.what,
            "record_kind": event.record_kind,
            "record_id": event.record_id,
            "before_digest": event.before_digest,
            "after_digest": event.after_digest,
        }
        row["head"] = next_head(key, last.head, row)
        last = Head(row["sequence"], row["head"])
        rows.append(row)
    if rows:
        connection.execute(_APPEND, rows)
    return last


def chain_findings(connection: Connection, key: bytes) -> list[str]:
    """One line for the first number whose row was edited, deleted, inserted or reordered.

    Empty when whole.
    """
    last = Head()
    rows = connection.execute(select(audit).order_by(audit.c.sequence)).mappings()
    for row in rows:
        if row["sequence"] != last.sequence + 1:
            return [f"Audit: number {last.sequence + 1} is missing (the next one is {row['sequence']})."]
        if not hmac.compare_digest(next_head(key, last.head, row), row["head"]):
            return [f"Audit: number {row['sequence']} was changed; from there on the chain does not hold."]
        last = Head(row["sequence"], row["head"])
    return []
