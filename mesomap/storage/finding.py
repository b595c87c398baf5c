"""Sessions found and counted by what was recorded: read from the rows kept for it, never from marks or entries."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, ColumnElement, Connection, Select, distinct, func, select

from mesomap.domain.entry import order_text
from mesomap.domain.finding import FoundSession, SessionSums, SessionWish
from mesomap.domain.session import SessionStatus
from mesomap.storage.tables import lot_uses, mark_regions, marks, patients, session_totals, sessions

if TYPE_CHECKING:
    from mesomap.storage.database import Database

_NL_PER_ML = 1e6
#: Pages that finding keeps in memory, KiB: all totals and regions of 100,000 sessions, decrypted once.
_CACHE = "PRAGMA cache_size = -48000"
_TOTALS = session_totals.c
#: From so many fitting sessions on the latest are found by walking back in time.
_MANY = 5_000


def _fits(wish: SessionWish) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [_TOTALS.voided == 0]
    if wish.patient_id is not None:
        found.append(_TOTALS.patient_id == wish.patient_id)
    if wish.practitioner:
        found.append(_TOTALS.practitioner == wish.practitioner)
    if wish.since is not None:
        found.append(_TOTALS.started_utc >= order_text(wish.since))
    if wish.until is not None:
        found.append(_TOTALS.started_utc < order_text(wish.until))
    for column, wanted in ((lot_uses.c.product_id, wish.product_id), (lot_uses.c.lot_id, wish.lot_id)):
        if wanted is not None:
            found.append(_TOTALS.session_id.in_(select(lot_uses.c.session_id).where(column == wanted)))
    if wish.region_ids:
        treated = select(mark_regions.c.session_id).where(mark_regions.c.region_id.in_(wish.region_ids))
        found.append(_TOTALS.session_id.in_(treated))
    if wish.technique:
        found.append(_TOTALS.session_id.in_(select(marks.c.session_id).where(marks.c.technique == wish.technique)))
    return found


def _count(connection: Connection, wish: SessionWish) -> SessionSums:
    fits = _fits(wish)
    columns = [
        func.count(),
        func.coalesce(func.sum(_TOTALS.points), 0),
        func.coalesce(func.sum(_TOTALS.about_points), 0),
        func.coalesce(func.sum(_TOTALS.volume_nl), 0),
    ]
    people = func.count(distinct(_TOTALS.patient_id))
    if len(fits) > 1:
        row = tuple(connection.execute(select(*columns, people).where(*fits)).one())
    else:
        # Where nothing else is asked an index alone tells the patients, in their order.
        sums = connection.execute(select(*columns).where(*fits)).one()
        row = (*sums, connection.execute(select(people).where(*fits)).scalar_one())
    return SessionSums(
        sessions=row[0], patients=row[4], points=row[1], about_points=row[2], volume_ml=row[3] / _NL_PER_ML
    )


def _find(connection: Connection, wish: SessionWish, *, limit: int | None, many: bool) -> tuple[FoundSession, ...]:
    """many: most sessions fit, so that walking back in time soon finds enough of them."""
    order = (_TOTALS.started_utc.desc(), _TOTALS.session_id)
    # Ids alone are put in order; the rest is read for those that are shown.
    ids = select(_TOTALS.session_id).where(*_fits(wish)).order_by(*order).limit(limit)
    if many:
        ids = ids.with_hint(session_totals, "INDEXED BY ix_session_totals_started_utc", "sqlite")
    chosen = ids.subquery()
    query: Select[Any] = (
        select(
            session_totals,
            sessions.c.number,
            sessions.c.started_at,
            sessions.c.indication,
            sessions.c.status,
            patients.c.number.label("patient_number"),
            patients.c.family_name,
            patients.c.given_name,
        )
        .join(chosen, chosen.c.session_id == _TOTALS.session_id)
        .join(sessions, sessions.c.id == _TOTALS.session_id)
        .join(patients, patients.c.id == _TOTALS.patient_id)
        .order_by(*order)
    )
    return tuple(_found(row) for row in connection.execute(query).mappings())


def _found(row: Any) -> FoundSession:
    return FoundSession(
        id=row["session_id"],
        number=row["number"],
        patient_id=row["patient_id"],
        patient_number=row["patient_number"],
        family_name=row["family_name"],
        given_name=row["given_name"],
        started_at=datetime.fromisoformat(row["started_at"]),
        practitioner=row["practitioner"],
        indication=row["indication"],
        status=SessionStatus(row["status"]),
        points=row["points"],
        about_points=row["about_points"],
        volume_ml=row["volume_nl"] / _NL_PER_ML,
    )


def _names(connection: Connection, column: Column[str]) -> tuple[str, ...]:
    """Every value of an indexed text column, by name; skips from one to the next along the index."""
    found: list[str] = []
    last = ""
    while True:
        name = connection.execute(select(func.min(column)).where(column > last)).scalar_one()
        if name is None:
            return tuple(found)
        found.append(name)
        last = name


class SessionFinder:
    """Finds and counts in one database. Every call raises the typed errors of reading."""

    def __init__(self, database: "Database") -> None:
        self._database = database

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._database.reading() as connection:
            connection.exec_driver_sql(_CACHE)
            yield connection

    def page(self, wish: SessionWish, limit: int) -> tuple[SessionSums, tuple[FoundSession, ...]]:
        """Figures over all sessions that fit, and the latest of them."""
        with self._reading() as connection:
            sums = _count(connection, wish)
            many = sums.sessions > _MANY
            return sums, _find(connection, wish, limit=limit, many=many)

    def find(self, wish: SessionWish) -> tuple[FoundSession, ...]:
        """All sessions that fit, the latest first."""
        with self._reading() as connection:
            return _find(connection, wish, limit=None, many=False)

    def count(self, wish: SessionWish) -> SessionSums:
        """Figures over all sessions that fit."""
        with self._reading() as connection:
            return _count(connection, wish)

    def practitioners(self) -> tuple[str, ...]:
        """Every practitioner that a session names, by name."""
        with self._reading() as connection:
            return _names(connection, _TOTALS.practitioner)

    def techniques(self) -> tuple[str, ...]:
        """Keys of every technique that a mark names, in alphabetical order."""
        with self._reading() as connection:
            return _names(connection, marks.c.technique)
