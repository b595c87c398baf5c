"""anchor.json, outside the database.

The last audit number and head, outside the database, so that an older database put back is noticed.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from mesomap.storage.audit import Head
from mesomap.storage.files import write_atomic
from mesomap.storage.tables import audit

_FORMAT = "mesomap.anchor"
_MAX_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the file holds. breaks: one line for each time the database was found older than the anchor."""

    head: Head
    breaks: tuple[str, ...] = ()


def _mac(key: bytes, sequence: int, head: str, breaks: list[str]) -> str:
    text = json.dumps([_FORMAT, sequence, head, breaks], separators=(",", ":"))
    return hmac.new(key, text.encode("ascii"), hashlib.sha256).hexdigest()


def anchor_text(key: bytes, anchor: Anchor) -> bytes:
    """The bytes of the file: the same ones for the same anchor."""
    sequence, head, breaks = anchor.head.sequence, anchor.head.head.hex(), list(anchor.breaks)
    body = {
        "format": _FORMAT,
        "sequence": sequence,
        "head": head,
        "breaks": breaks,
        "mac": _mac(key, sequence, head, breaks),
    }
    return json.dumps(body, indent=1).encode("ascii")


def write_anchor(path: Path, key: bytes, anchor: Anchor) -> None:
    """Write anchor.json whole. Raises NotWritableError."""
    # An anchor that lags after a power cut raises no alarm, so a tap need not wait for the folder.
    write_atomic(path, anchor_text(key, anchor), at_once=False)


def read_anchor(path: Path, key: bytes) -> Anchor | None:
    """The anchor, or None when it is missing, damaged or not of this practice."""
    try:
        with path.open("rb") as stream:
            data = stream.read(_MAX_BYTES)
        body = json.loads(data)
        anchor = Anchor(Head(int(body["sequence"]), bytes.fromhex(body["head"])), tuple(body["breaks"]))
        # Byte for byte: a flipped bit that leaves the meaning alone is a flipped bit, too.
        return anchor if hmac.compare_digest(anchor_text(key, anchor), data) else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def rollback_finding(connection: Connection, anchor: Anchor, current: Head) -> str | None:
    """One line when the database is older than the anchor or has another history; None when they agree.

    A database that is ahead of the anchor is normal: the program stopped between a commit and the anchor.
    """
    seen = anchor.head
    if seen.sequence > current.sequence:
        first, last = current.sequence + 1, seen.sequence
        what = f"Records {first}–{last} are missing" if last > first else f"Record {first} is missing"
        return f"{what}: the database is older than the anchor. An older file was put back, or the end of it was lost."
    if seen.sequence == 0:
        return None
    head = connection.execute(select(audit.c.head).where(audit.c.sequence == seen.sequence)).scalar_one_or_none()
    if head is None or not hmac.compare_digest(head, seen.head):
        return f"Audit number {seen.sequence} is not the one that the anchor saw: the database has another history."
    return None
