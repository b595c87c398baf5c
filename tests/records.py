"""Records for tests: short to make, no atlas needed."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import uuid4

from mesomap.domain.change import Change, UndoStep
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Lattice, Origin
from mesomap.domain.patient import Patient
from mesomap.domain.place import AtlasRef, SkinPoint
from mesomap.domain.session import Session
from mesomap.storage import Database, KdfCost

#: The cheapest Argon2id there is: for tests only.
CHEAP = KdfCost(passes=1, memory_kib=8, lanes=1)
ATLAS = AtlasRef("mesomap-body", "1.0.0", "female")
NOON = datetime(2026, 5, 4, 12, 0, tzinfo=timezone(timedelta(hours=2)))


def a_patient(number: str = "1", family_name: str = "Beispiel", notes: str = "") -> Patient:
    """A patient."""
    return Patient(id=uuid4(), number=number, family_name=family_name, given_name="Anna", notes=notes)


def a_session(patient: Patient, number: int = 1) -> Session:
    """A draft session."""
    return Session(id=uuid4(), patient_id=patient.id, number=number, started_at=NOON, atlas=ATLAS)


def a_set(session: Session, count: int = 1, first: int = 0) -> InjectionSet:
    """A set of papules on triangles first, first + 1, …"""
    return InjectionSet(
        id=uuid4(),
        session_id=session.id,
        points=tuple(SkinPoint(first + i, 0.25, 0.5) for i in range(count)),
        dose=Dose(technique="papule", mixture="A", depth_mm=2.0),
        volume_ml=0.05,
        origin=Origin.TAP,
        done_at=NOON,
        entered_at=NOON.astimezone(UTC),
    )


def an_area(session: Session) -> AreaRecord:
    """A nappage over two rings."""
    ring = tuple(SkinPoint(i, 0.1, 0.2) for i in range(4))
    return AreaRecord(
        id=uuid4(),
        session_id=session.id,
        outline=(ring, ring[:3]),
        region_ids=("forehead.mid",),
        dose=Dose(technique="nappage"),
        lattice=Lattice.HEX,
        spacing_mm=3.0,
        about_n=120,
        total_ml=None,
        origin=Origin.FILL,
        done_at=NOON,
        entered_at=NOON,
        remark="ü\u202e",
    )


def commit(database: Database, *changes: Change, session: Session | None = None, name: str = "Test") -> int:
    """Commit changes as one step; returns its number."""
    return database.commit(UndoStep(name, changes, session.id if session else None)).number
