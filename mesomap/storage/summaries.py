"""Lots, regions and totals of sessions, kept beside the records in the same transaction.

Recall and counting over 100,000 sessions read these rows only; `mesomap verify` works them out anew and compares.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from mesomap.domain.change import Change
from mesomap.domain.entry import order_text
from mesomap.domain.marks import AreaRecord, InjectionSet, Mark
from mesomap.domain.session import Session, SessionStatus
from mesomap.storage.tables import lot_uses, mark_regions, session_totals

_COUNTED = ("marks", "points", "about_points", "volume_nl")
_ADD = (
    update(session_totals)
    .where(session_totals.c.session_id == bindparam("wanted"))
    .values({name: session_totals.c[name] + bindparam(f"more_{name}") for name in _COUNTED})
)
_NEW_TOTALS = insert(session_totals)
_MOVE = (
    update(session_totals)
    .where(session_totals.c.session_id == bindparam("wanted"))
    .values(started_utc=bindparam("utc"), practitioner=bindparam("who"), voided=bindparam("void"))
)
_NEW_REGIONS = insert(mark_regions)
_OLD_REGIONS = delete(mark_regions).where(mark_regions.c.mark_id == bindparam("wanted"))
_OLD_LOTS = delete(lot_uses).where(lot_uses.c.session_id == bindparam("wanted"))
_NEW_LOTS = insert(lot_uses)


def volume_nl(mark: Mark) -> int:
    """What a mark put into the skin in nanolitres; 0 when it is not recorded."""
    if isinstance(mark, AreaRecord):
        return round((mark.total_ml or 0.0) * 1e6)
    if mark.given_total_ml is not None:
        return round(mark.given_total_ml * 1e6)
    return round((mark.volume_ml or 0.0) * mark.count * 1e6)


def _counted(mark: Mark) -> tuple[int, int, int, int]:
    """1, points, about points, nanolitres."""
    if isinstance(mark, AreaRecord):
        return 1, 0, mark.about_n or 0, volume_nl(mark)
    return 1, mark.count, 0, volume_nl(mark)


def forget_regions(connection: Connection, changes: Sequence[Change]) -> None:
    """Take away the regions of marks that change or go, before their rows do."""
    old = [{"wanted": change.before.id} for change in changes if isinstance(change.before, (InjectionSet, AreaRecord))]
    if old:
        connection.execute(_OLD_REGIONS, old)


def write_summaries(connection: Connection, changes: Sequence[Change]) -> None:
    """Bring lots, regions and totals up to date with the changes, whose rows are written already."""
    more: dict[UUID, list[int]] = {}
    regions: list[dict[str, Any]] = []
    for change in changes:
        if isinstance(change.record, Session):
            _session(connection, change.before, change.record)
        for record, sign in ((change.before, -1), (change.after, 1)):
            if isinstance(record, (InjectionSet, AreaRecord)):
                own = more.setdefault(record.session_id, [0, 0, 0, 0])
                for place, value in enumerate(_counted(record)):
                    own[place] += sign * value
        if isinstance(change.after, (InjectionSet, AreaRecord)):
            regions += region_rows(change.after)
    if regions:
        connection.execute(_NEW_REGIONS, regions)
    rows = [
        {"wanted": key} | {f"more_{name}": value for name, value in zip(_COUNTED, own, strict=True)}
        for key, own in more.items()
        if any(own)
    ]
    if rows:
        connection.execute(_ADD, rows)


def _head(session: Session) -> tuple[str, str, int]:
    """Start in UTC, practitioner, 1 when it is void: what sessions are found by."""
    return order_text(session.started_at), session.practitioner, int(session.status is SessionStatus.VOIDED)


def _session(connection: Connection, before: object, session: Session) -> None:
    utc, who, void = _head(session)
    if before is None:
        row = {"session_id": session.id, "patient_id": session.patient_id, "started_utc": utc, "practitioner": who}
        connection.execute(_NEW_TOTALS, row | {"voided": void} | dict.fromkeys(_COUNTED, 0))
    elif isinstance(before, Session) and _head(before) != (utc, who, void):
        connection.execute(_MOVE, {"wanted": session.id, "utc": utc, "who": who, "void": void})
    if isinstance(before, Session) and before.mixtures == session.mixtures:
        return
    if before is not None:
        connection.execute(_OLD_LOTS, {"wanted": session.id})
    rows = lot_rows(session)
    if rows:
        connection.execute(_NEW_LOTS, rows)


def region_rows(mark: Mark) -> list[dict[str, Any]]:
    """Rows of mark_regions that belong to a mark."""
    return [
        {"mark_id": mark.id, "region_id": region, "session_id": mark.session_id}
        for region in sorted(set(mark.region_ids))
    ]


def lot_rows(session: Session) -> list[dict[str, Any]]:
    """Rows of lot_uses that belong to a session: every line that names a lot or a product."""
    return [
        {
            "session_id": session.id,
            "letter": mixture.letter,
            "line": number,
            "lot_id": line.lot_id,
            "product_id": line.product_id,
        }
        for mixture in session.mixtures
        if mixture.details is not None
        for number, line in enumerate(mixture.details.lines)
        if line.lot_id is not None or line.product_id is not None
    ]


def summary_findings(connection: Connection, session: Session, marks: Iterable[Mark]) -> list[str]:
    """One line for each summary of a session that is not what its records say."""
    marks = list(marks)
    sums = [0, 0, 0, 0]
    for mark in marks:
        for place, value in enumerate(_counted(mark)):
            sums[place] += value
    row = connection.execute(select(session_totals).where(session_totals.c.session_id == session.id)).one_or_none()
    found: list[str] = []
    if row is None or tuple(row)[1:] != (session.patient_id, *_head(session), *sums):
        found.append(f"Session {session.id}: its totals are not those of its marks.")
    kept = connection.execute(
        select(mark_regions.c.mark_id, mark_regions.c.region_id).where(mark_regions.c.session_id == session.id)
    )
    wanted = {(row["mark_id"], row["region_id"]) for mark in marks for row in region_rows(mark)}
    if {(row.mark_id, row.region_id) for row in kept} != wanted:
        found.append(f"Session {session.id}: the regions kept for counting are not those of its marks.")
    lots = connection.execute(select(lot_uses).where(lot_uses.c.session_id == session.id)).mappings()
    if sorted(map(str, (dict(row) for row in lots))) != sorted(map(str, lot_rows(session))):
        found.append(f"Session {session.id}: the lots kept for recalls are not those of its mixtures.")
    return found
