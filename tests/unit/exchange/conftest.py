"""A session on the synthetic body, and its file."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import numpy as np
import pytest

from mesomap.domain.complaint import Complaint, ComplaintKind
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Lattice, Origin
from mesomap.domain.mixture import LineRole, MixtureDetails, MixtureLine
from mesomap.domain.patient import Patient, Sex
from mesomap.domain.plan import PlannedMark, PlanOutcome
from mesomap.domain.session import Frame, Mixture, Session
from mesomap.domain.substance import ConcentrationUnit, SubstanceAmount
from mesomap.exchange import SessionContents, session_text

SESSION_ID = UUID("11111111-2222-4333-8444-555555555555")
PATIENT_ID = UUID("99999999-2222-4333-8444-555555555555")
DONE_AT = datetime(2026, 11, 21, 14, 22, 5, tzinfo=UTC)


def _prepared() -> MixtureDetails:
    """A mixture with everything that can be recorded of one."""
    lidocaine = SubstanceAmount(
        name="Lidocaine", system="ATC", code="N01BB02", concentration=Decimal("20.0"), unit=ConcentrationUnit.MG_PER_ML
    )
    return MixtureDetails(
        lines=(
            MixtureLine(
                role=LineRole.ANAESTHETIC, product_id=UUID(int=21), lot_id=UUID(int=22), vial_id=UUID(int=23),
                product_name="Lidocaine 2 %", lot_number="LD 77", expiry=date(2027, 3, 31), volume_ml=Decimal("0.50"),
                substances=(lidocaine, SubstanceAmount(name="Arnica", potency="D4")), reason="Asked and agreed",
            ),
            MixtureLine(role=LineRole.DILUENT, product_name="NaCl 0.9 %", volume_ml=Decimal(3)),
        ),
        prepared_by="Dr Example", prepared_where="Room 3", prepared_at=DONE_AT, use_by=DONE_AT + timedelta(hours=4),
        discarded_ml=Decimal("0.2"), fills=2, remark="clear", favourite_id=UUID(int=24),
    )  # fmt: skip


@pytest.fixture(scope="session")
def contents(small_atlas: Any) -> SessionContents:
    """Three taps, a pattern with an outline, and an area record."""
    patient = Patient(
        id=PATIENT_ID, number="20417", family_name="Geheim", given_name="Gerda", birth_date=date(1980, 3, 12),
        sex=Sex.FEMALE, height_cm=168.0, weight_kg=62.0, allergies=("latex",), notes="Hidden note",
    )  # fmt: skip
    session = Session(
        id=SESSION_ID, patient_id=PATIENT_ID, number=7, started_at=DONE_AT, atlas=small_atlas.ref,
        patient_scale=1.0173, scale_basis="scaled by BSA", indication="Example", practitioner="Dr Example",
        mixtures=(
            Mixture(letter="A", name="Hyaluronic acid 1 %"), Mixture(letter="B", details=_prepared()),
            Mixture(letter="C"),
        ),
        remark="Line\nbreak „…“", citation="A source.",
        frame=Frame(
            indication_keys=("low_back_pain", "sciatica"), ended_at=DONE_AT + timedelta(minutes=20),
            entered_at=DONE_AT + timedelta(days=2), place="Room 3", qualification="Physician",
            antisepsis="Alcohol 70 %", anaesthesia="Cold pack", reaction="Redness, warm",
        ),
    )  # fmt: skip
    taps = small_atlas.locate("body_front", np.array([[60.0, -20.0], [75.5, 10.25], [-40.0, -60.0]]))
    ring = small_atlas.locate(
        "body_front", np.array([[40.0, -40.0], [90.0, -40.0], [90.0, 20.0], [40.0, 20.0]])
    )
    common: dict[str, Any] = {"session_id": SESSION_ID, "done_at": DONE_AT, "entered_at": DONE_AT}
    marks = (
        InjectionSet(
            id=UUID(int=1), points=taps.points(), dose=Dose(technique="papule", mixture="A", depth_mm=1.5),
            volume_ml=0.02, origin=Origin.TAP, region_ids=("chest.left", "chest.right"),
            remark="first", **common,
        ),
        InjectionSet(
            id=UUID(int=2), points=taps.points()[:2], dose=Dose(technique="dry"), volume_ml=0.0,
            origin=Origin.FILL, outline=(ring.points(),), region_ids=("chest.left",), spacing_mm=12.5,
            citation="pattern", **common,
        ),
        AreaRecord(
            id=UUID(int=3), outline=(ring.points(),), region_ids=("chest.left",),
            dose=Dose(technique="nappage", mixture="C", depth_mm=1.0), lattice=Lattice.SQUARE, spacing_mm=3.0,
            about_n=333, total_ml=1.25, origin=Origin.FILL, **common,
        ),
    )  # fmt: skip
    drawn: dict[str, Any] = {"session_id": SESSION_ID, "region_ids": ("chest.left",), "entered_at": DONE_AT}
    complaints = (
        Complaint(
            id=UUID(int=4), kind=ComplaintKind.AREA, outline=(ring.points(),), intensity=0, quality="dull", **drawn
        ),
        Complaint(
            id=UUID(int=5), kind=ComplaintKind.TRIGGER_POINT, points=taps.points()[:1], remark="twitches", **drawn
        ),
    )
    to_do: dict[str, Any] = {"session_id": SESSION_ID, "source_mark_id": UUID(int=99)}
    planned = (
        PlannedMark(
            id=UUID(int=6), mark=replace(marks[0], id=UUID(int=6)), **to_do,
            outcomes=(PlanOutcome.DONE, PlanOutcome.SKIPPED, PlanOutcome.PLANNED),
        ),
        PlannedMark(id=UUID(int=7), mark=replace(marks[2], id=UUID(int=7)), outcomes=(PlanOutcome.MOVED,), **to_do),
    )  # fmt: skip
    done = (replace(marks[0], plan_id=UUID(int=6)), marks[1], replace(marks[2], plan_id=UUID(int=7)))
    return SessionContents(session=session, marks=done, patient=patient, complaints=complaints, planned=planned)


@pytest.fixture
def document(contents: SessionContents) -> dict[str, Any]:
    """The session file as a fresh object that a test may spoil."""
    loaded: dict[str, Any] = json.loads(session_text(contents, with_patient=True))
    return loaded
