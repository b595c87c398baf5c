"""The audit in words: what a row changed, field by field, and windows of it for the screen and for export."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mesomap.storage import Database
    from mesomap.storage.audit_rows import AuditFilter, AuditLine, ChainState, NotePlaces

#: Fields that say nothing to a reader.
_SILENT = frozenset({"kind", "id", "entry", "session_id", "patient_id", "atlas", "outline", "wrapped_key", "pin_hash"})
_OWNERS = frozenset({"session_id", "patient_id"})
#: Fields whose text is packed: only that they changed is said.
_PACKED = {"points": "places", "outline": "outline", "ink": "ink"}
_WINDOW = 500


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: its path ("dose.depth_mm"), and what it held before and after; "" = nothing."""

    path: str
    before: str
    after: str


class AuditReading:
    """Reads the audit of an open practice. Safe in another thread."""

    def __init__(self, database: "Database") -> None:
        self._database = database
        self._places: NotePlaces | None = None

    def window(self, wanted: "AuditFilter", *, before: int | None = None, limit: int = 200) -> "tuple[AuditLine, ...]":
        """The newest rows that fit, below the number `before`."""
        from mesomap.storage.audit_rows import NotePlaces, read_window

        # Taken while it is in use: a window that is read in another thread at that moment keeps its own.
        places, self._places = self._places or NotePlaces(), None
        with self._database.reading() as connection:
            found = read_window(connection, wanted, before=before, limit=limit, places=places)
        self._places = places
        return found

    def all_of(self, wanted: "AuditFilter", most: int) -> "Iterator[AuditLine]":
        """Rows that fit, newest first, at most so many."""
        before, left = None, most
        while left > 0:
            rows = self.window(wanted, before=before, limit=min(_WINDOW, left))
            yield from rows
            if len(rows) < min(_WINDOW, left):
                return
            before, left = rows[-1].sequence, left - len(rows)

    def people(self) -> tuple[str, ...]:
        """Every name the audit holds."""
        from mesomap.storage.audit_rows import known_people

        with self._database.reading() as connection:
            return known_people(connection)

    def short_code_at(self, number: int) -> str:
        """Code of the chain at a number, as a chart printed then bears it; "" when there is no such number."""
        from mesomap.storage.audit_rows import head_at

        with self._database.reading() as connection:
            head = head_at(connection, number)
        return "" if head is None else head.short_code

    def chain(self) -> "ChainState":
        """Look at the whole chain; takes a moment, so beside the window."""
        from mesomap.storage.audit_rows import chain_state

        with self._database.reading() as connection:
            return chain_state(connection, self._database.subkey("audit"))


def field_changes(line: "AuditLine") -> tuple[FieldChange, ...]:
    """What a row changed, in the order of the fields' names; a new record says what it holds."""
    # Which session or patient a new record belongs to is told beside it; where it goes to later is a change.
    silent = _SILENT if line.before is None or line.after is None else _SILENT - _OWNERS
    before, after = _flat(line.before, silent), _flat(line.after, silent)
    found = []
    for path in dict.fromkeys([*before, *after]):
        old, new = before.get(path, ""), after.get(path, "")
        if old != new:
            found.append(FieldChange(path, old, new))
    return tuple(sorted(found, key=lambda one: one.path))


def _flat(text: bytes | None, silent: frozenset[str]) -> dict[str, str]:
    if text is None:
        return {}
    fields = json.loads(text)
    return dict(_walk("", fields, silent)) if isinstance(fields, dict) else {}


def _walk(path: str, value: Any, silent: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Leaves of a record as path and text; what is empty or says nothing is left out."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in _PACKED and isinstance(inner, (str, list)):
                if inner:
                    yield f"{path}{_PACKED[key]}", f"({_fingerprint(inner)})"
            elif key not in silent:
                yield from _walk(f"{path}{key}.", inner, silent)
        return
    name = path.rstrip(".")
    if isinstance(value, list):
        if value and all(not isinstance(item, (dict, list)) for item in value):
            yield name, ", ".join(str(item) for item in value)
        else:
            for turn, item in enumerate(value, 1):
                yield from _walk(f"{name}.{turn}.", item, silent)
    elif value not in (None, ""):
        yield name, _plain(value)


def _fingerprint(packed: Any) -> str:
    """A short mark by which two packed texts are told apart."""
    import hashlib

    return hashlib.sha256(json.dumps(packed).encode()).hexdigest()[:6]


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def day_texts(first: date | None, last: date | None) -> tuple[str, str]:
    """since and until of a filter for whole days of this place, as ISO texts with this place's offset.

    Rows hold the local time with its offset, so texts of one offset order as times do; a row written in another offset
    near midnight may fall on the neighbouring day.
    """
    begin = "" if first is None else datetime(first.year, first.month, first.day).astimezone().isoformat()
    if last is None:
        return begin, ""
    after = last + timedelta(days=1)
    return begin, datetime(after.year, after.month, after.day).astimezone().isoformat()
