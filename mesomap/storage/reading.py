"""Queries: records and history as they stand."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, inspect, or_, select

from mesomap.domain.change import Change
from mesomap.domain.complaint import Complaint
from mesomap.domain.marks import Mark
from mesomap.domain.patient import Patient
from mesomap.domain.plan import PlannedMark
from mesomap.domain.session import Session
from mesomap.storage import tables
from mesomap.storage.canonical import record_from
from mesomap.storage.history import SavedStep, StepAction
from mesomap.storage.rows import complaint_from, mark_from, patient_from, planned_from, session_from

# Made once: asked for often, and building a statement takes longer than running it.
_SETTING = select(tables.settings.c.value).where(tables.settings.c.key == bindparam("wanted"))


def read_patients(connection: Connection) -> tuple[Patient, ...]:
    """All patients by family name."""
    column = tables.patients.c
    query = select(tables.patients).order_by(column.family_name, column.given_name, column.number)
    return tuple(patient_from(row) for row in connection.execute(query).mappings())


def read_patient(connection: Connection, patient_id: UUID) -> Patient | None:
    """The patient, or None."""
    row = connection.execute(select(tables.patients).where(tables.patients.c.id == patient_id)).mappings().one_or_none()
    return None if row is None else patient_from(row)


def read_sessions(connection: Connection, patient_id: UUID | None = None) -> tuple[Session, ...]:
    """Sessions of a patient, or all, by chart number."""
    query = select(tables.sessions).order_by(tables.sessions.c.number)
    if patient_id is not None:
        query = query.where(tables.sessions.c.patient_id == patient_id)
    return tuple(session_from(row) for row in connection.execute(query).mappings())


def read_session_starts(connection: Connection) -> tuple[tuple[UUID, datetime], ...]:
    """Patient and begin of every session."""
    column = tables.sessions.c
    rows = connection.execute(select(column.patient_id, column.started_at))
    return tuple((row.patient_id, datetime.fromisoformat(row.started_at)) for row in rows)


def read_session(connection: Connection, session_id: UUID) -> Session | None:
    """The session, or None."""
    row = connection.execute(select(tables.sessions).where(tables.sessions.c.id == session_id)).mappings().one_or_none()
    return None if row is None else session_from(row)


def find_sessions(connection: Connection, low: UUID, high: UUID, number: int | None) -> tuple[Session, ...]:
    """Sessions whose id lies from low to high, or that have the chart number."""
    column = tables.sessions.c
    query = select(tables.sessions).where(or_(column.id.between(low, high), column.number == number))
    return tuple(session_from(row) for row in connection.execute(query).mappings())


def last_session_number(connection: Connection) -> int:
    """The highest chart number, 0 when there is none."""
    return int(connection.execute(select(func.coalesce(func.max(tables.sessions.c.number), 0))).scalar_one())


def read_marks(connection: Connection, session_id: UUID) -> tuple[Mark, ...]:
    """Marks of a session in the order of charting."""
    marks, places = tables.marks, tables.mark_places
    query = (
        select(marks, places.c.points, places.c.outline)
        .join(places, places.c.mark_id == marks.c.id)
        .where(marks.c.session_id == session_id)
        .order_by(marks.c.position)
    )
    return tuple(mark_from(row) for row in connection.execute(query).mappings())


def read_mark_ids(connection: Connection, session_id: UUID) -> tuple[UUID, ...]:
    """Ids of the marks of a session in the order of charting."""
    column = tables.marks.c
    query = select(column.id).where(column.session_id == session_id).order_by(column.position)
    return tuple(connection.execute(query).scalars())


def read_complaints(connection: Connection, session_id: UUID) -> tuple[Complaint, ...]:
    """The pain drawing of a session, in the order it was drawn."""
    table = tables.complaints
    query = select(table).where(table.c.session_id == session_id).order_by(table.c.position)
    return tuple(complaint_from(row) for row in connection.execute(query).mappings())


def read_planned(connection: Connection, session_id: UUID) -> tuple[PlannedMark, ...]:
    """The plan of a session, in its order."""
    table = tables.planned_marks
    query = select(table).where(table.c.session_id == session_id).order_by(table.c.position)
    return tuple(planned_from(row) for row in connection.execute(query).mappings())


def read_steps(connection: Connection, session_id: UUID) -> tuple[SavedStep, ...]:
    """Steps of a session in order: what the undo stack is rebuilt from."""
    column = tables.steps.c
    rows = connection.execute(select(tables.steps).where(column.session_id == session_id).order_by(column.number))
    return tuple(SavedStep(row.number, row.session_id, row.name, StepAction(row.action), row.undoes) for row in rows)


def read_changes(connection: Connection, step: int) -> tuple[Change, ...]:
    """The changes of one step, in order."""
    column = tables.changes.c
    rows = connection.execute(select(column.before, column.after).where(column.step == step).order_by(column.seq))
    return tuple(
        Change(
            record_from(row.before) if row.before is not None else None,
            record_from(row.after) if row.after is not None else None,
        )
        for row in rows
    )


def read_setting(connection: Connection, key: str) -> Any:
    """The value, or None when it was never set."""
    text = connection.execute(_SETTING, {"wanted": key}).scalar_one_or_none()
    return None if text is None else json.loads(text)


def read_settings(connection: Connection, prefix: str) -> dict[str, Any]:
    """Values whose key begins with the prefix, by the rest of the key."""
    column = tables.settings.c
    rows = connection.execute(select(column.key, column.value).where(column.key.startswith(prefix, autoescape=True)))
    return {row.key[len(prefix) :]: json.loads(row.value) for row in rows}


def record_counts(connection: Connection) -> dict[str, int]:
    """Rows of each table that a backup must hold; tables that an older schema lacks are left out."""
    present = set(inspect(connection).get_table_names())
    return {
        table.name: int(connection.execute(select(func.count()).select_from(table)).scalar_one())
        for table in (
            *tables.RECORDS,
            tables.attachments,
            tables.signed_documents,
            tables.steps,
            tables.changes,
            tables.audit,
        )
        if table.name in present
    }
