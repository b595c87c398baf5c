"""Where a lot went: read through the index of lot uses, no other session is looked at."""

import json
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Connection, bindparam, select

from mesomap.domain.exact import total
from mesomap.domain.marks import Origin
from mesomap.domain.recall import LotMark, LotSession
from mesomap.domain.session import SessionStatus
from mesomap.storage.database import Database
from mesomap.storage.tables import lot_uses, marks, patients, sessions

_WANTED: BindParameter[UUID] = bindparam("wanted")
_SESSIONS = (
    select(
        lot_uses.c.letter,
        lot_uses.c.line,
        sessions.c.id,
        sessions.c.number,
        sessions.c.started_at,
        sessions.c.status,
        sessions.c.practitioner,
        sessions.c.mixtures,
        sessions.c.patient_id,
        patients.c.number.label("patient_number"),
        patients.c.family_name,
        patients.c.given_name,
    )
    .join(sessions, sessions.c.id == lot_uses.c.session_id)
    .join(patients, patients.c.id == sessions.c.patient_id)
    .where(lot_uses.c.lot_id == _WANTED)
)
_HOLDS = select(lot_uses.c.session_id, lot_uses.c.letter).where(lot_uses.c.lot_id == _WANTED).distinct().subquery()
_MARKS = (
    select(
        marks.c.id,
        marks.c.session_id,
        marks.c.kind,
        marks.c.mixture,
        marks.c.technique,
        marks.c.region_ids,
        marks.c.point_count,
        marks.c.about_n,
        marks.c.volume_ml,
        marks.c.total_ml,
        marks.c.given_total_ml,
        marks.c.origin,
        marks.c.done_at,
    )
    .select_from(_HOLDS.join(marks, (marks.c.session_id == _HOLDS.c.session_id) & (marks.c.mixture == _HOLDS.c.letter)))
    .order_by(marks.c.session_id, marks.c.position)
)


class LotReader:
    """Sessions and marks of a lot."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sessions_of(self, lot_id: UUID) -> tuple[LotSession, ...]:
        """Every session in which the lot was drawn up, the latest first; voided ones too."""
        with self._database.reading() as connection:
            return read_lot_sessions(connection, lot_id)


def read_lot_sessions(connection: Connection, lot_id: UUID) -> tuple[LotSession, ...]:
    """Every session in which the lot was drawn up, with the marks of those mixtures, the latest first."""
    marked: dict[UUID, list[LotMark]] = {}
    for row in connection.execute(_MARKS, {"wanted": lot_id}):
        marked.setdefault(row.session_id, []).append(_mark(row))
    lines: dict[UUID, list[Any]] = {}
    for row in connection.execute(_SESSIONS, {"wanted": lot_id}):
        lines.setdefault(row.id, []).append(row)
    found = [_session(rows, tuple(marked.get(session_id, ()))) for session_id, rows in lines.items()]
    return tuple(sorted(found, key=lambda one: (one.started_at, one.number), reverse=True))


def _session(rows: list[Any], found: tuple[LotMark, ...]) -> LotSession:
    row = rows[0]
    volumes = _volumes(row.mixtures)
    drawn = [volumes.get((line.letter, line.line)) for line in rows]
    return LotSession(
        id=row.id,
        number=row.number,
        started_at=datetime.fromisoformat(row.started_at),
        status=SessionStatus(row.status),
        practitioner=row.practitioner,
        patient_id=row.patient_id,
        patient_number=row.patient_number,
        family_name=row.family_name,
        given_name=row.given_name,
        letters=tuple(sorted({line.letter for line in rows})),
        drawn_ml=total(volume for volume in drawn if volume is not None),
        complete=None not in drawn,
        marks=found,
    )


def _volumes(text: str) -> dict[tuple[str, int], Decimal]:
    """Volume drawn up by letter and line, from the mixtures of a session as they are stored."""
    found: dict[tuple[str, int], Decimal] = {}
    for mixture in json.loads(text):
        details = mixture[3] if len(mixture) > 3 else None
        for number, line in enumerate((details or {}).get("lines", ())):
            if "volume_ml" in line:
                found[mixture[0], number] = Decimal(line["volume_ml"])
    return found


def _mark(row: Any) -> LotMark:
    area = row.about_n is not None
    points = row.about_n if area else row.point_count
    volume = row.total_ml if area else row.given_total_ml
    if volume is None and not area and row.volume_ml is not None:
        volume = row.volume_ml * points
    return LotMark(
        id=row.id,
        letter=row.mixture,
        technique=row.technique,
        region_ids=tuple(json.loads(row.region_ids)),
        points=points,
        about=area or Origin(row.origin).is_pattern,
        volume_ml=volume,
        done_at=datetime.fromisoformat(row.done_at),
    )
