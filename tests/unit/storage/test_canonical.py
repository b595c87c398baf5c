"""Whatever a record holds, its canonical text gives it back exactly, and its digest notices any change."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.domain.change import Record
from mesomap.domain.complaint import Complaint, ComplaintKind
from mesomap.domain.errors import BadInputError, DamagedError
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Lattice, Origin
from mesomap.domain.needle import Device, DeviceKind, Insertion, Needle
from mesomap.domain.patient import Patient, Sex
from mesomap.domain.place import AtlasRef, SkinPoint
from mesomap.domain.plan import PlannedMark, PlanOutcome, place_count
from mesomap.domain.session import Frame, Mixture, Session, SessionStatus
from mesomap.storage.canonical import canonical, digest, record_from
from mesomap.storage.packing import pack_outline, pack_points, unpack_outline, unpack_points
from tests.records import a_patient, a_session, a_set, an_area

TEXT = st.text(max_size=30)
REAL = st.floats(allow_nan=False, allow_infinity=False)
MAYBE = st.none() | REAL
MOMENT = st.datetimes(
    min_value=datetime(1990, 1, 1),
    max_value=datetime(2100, 1, 1),
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m))),
)
POINT = st.builds(SkinPoint, st.integers(0, 2**31 - 1), REAL, REAL)
POINTS = st.lists(POINT, max_size=5).map(tuple)
OUTLINE = st.lists(POINTS, max_size=3).map(tuple)
DOSE = st.builds(
    Dose,
    technique=TEXT,
    mixture=st.none() | st.sampled_from("ABCDEFGH"),
    depth_mm=MAYBE,
    insertion=st.none() | st.builds(Insertion, inserted_mm=REAL, angle_deg=REAL),
    intended_layer=TEXT,
    needle=st.none()
    | st.builds(
        Needle, gauge=st.none() | st.integers(10, 40), length_mm=MAYBE, lot=TEXT, single_use=st.none() | st.booleans()
    ),
    device=st.none()
    | st.builds(
        Device,
        kind=st.sampled_from(DeviceKind),
        model=TEXT,
        mode=TEXT,
        settings=TEXT,
        shots=st.none() | st.integers(0, 9999),
    ),
)
FRAME = st.builds(
    Frame,
    indication_keys=st.lists(TEXT, max_size=2).map(tuple),
    ended_at=st.none() | MOMENT,
    entered_at=st.none() | MOMENT,
    place=TEXT,
    qualification=TEXT,
    antisepsis=TEXT,
    anaesthesia=TEXT,
    reaction=TEXT,
)
PATIENTS = st.builds(
    Patient,
    id=st.uuids(),
    number=TEXT,
    family_name=TEXT,
    given_name=TEXT,
    birth_date=st.none() | st.dates(min_value=date(1900, 1, 1)),
    sex=st.sampled_from(Sex),
    height_cm=MAYBE,
    weight_kg=MAYBE,
    phototype=TEXT,
    allergies=st.lists(TEXT, max_size=3).map(tuple),
    notes=TEXT,
)
SESSIONS = st.builds(
    Session,
    id=st.uuids(),
    patient_id=st.uuids(),
    number=st.integers(1, 10**6),
    started_at=MOMENT,
    atlas=st.builds(AtlasRef, TEXT, TEXT, TEXT),
    status=st.sampled_from(SessionStatus),
    patient_scale=REAL,
    scale_basis=TEXT,
    indication=TEXT,
    practitioner=TEXT,
    mixtures=st.lists(
        st.builds(Mixture, letter=st.sampled_from("AB"), name=TEXT, drawn_ml=MAYBE), max_size=2
    ).map(tuple),
    remark=TEXT,
    citation=TEXT,
    frame=FRAME,
)
SETS = st.builds(
    InjectionSet,
    id=st.uuids(),
    session_id=st.uuids(),
    points=POINTS,
    dose=DOSE,
    volume_ml=MAYBE,
    origin=st.sampled_from(Origin),
    done_at=MOMENT,
    entered_at=MOMENT,
    outline=OUTLINE,
    region_ids=st.lists(TEXT, max_size=2).map(tuple),
    spacing_mm=MAYBE,
    remark=TEXT,
    citation=TEXT,
    given_total_ml=MAYBE,
    plan_id=st.none() | st.uuids(),
)
AREAS = st.builds(
    AreaRecord,
    id=st.uuids(),
    session_id=st.uuids(),
    outline=OUTLINE,
    region_ids=st.lists(TEXT, max_size=2).map(tuple),
    dose=DOSE,
    lattice=st.sampled_from(Lattice),
    spacing_mm=MAYBE,
    about_n=st.none() | st.integers(0, 10**6),
    total_ml=MAYBE,
    origin=st.sampled_from(Origin),
    done_at=MOMENT,
    entered_at=MOMENT,
    remark=TEXT,
    citation=TEXT,
    plan_id=st.none() | st.uuids(),
)
COMPLAINTS = st.builds(
    Complaint,
    id=st.uuids(),
    session_id=st.uuids(),
    kind=st.sampled_from(ComplaintKind),
    region_ids=st.lists(TEXT, max_size=2).map(tuple),
    entered_at=MOMENT,
    outline=OUTLINE,
    points=POINTS,
    intensity=st.none() | st.integers(0, 10),
    quality=TEXT,
    remark=TEXT,
)


@st.composite
def planned_marks(draw: st.DrawFn) -> PlannedMark:
    mark = draw(SETS | AREAS)
    size = place_count(mark)
    outcomes = draw(st.lists(st.sampled_from(PlanOutcome), min_size=size, max_size=size))
    return PlannedMark(
        id=draw(st.uuids()),
        session_id=mark.session_id,
        mark=mark,
        source_mark_id=draw(st.uuids()),
        outcomes=tuple(outcomes),
    )


RECORDS = PATIENTS | SESSIONS | SETS | AREAS | COMPLAINTS | planned_marks()


@given(RECORDS)
def test_a_record_comes_back_exactly(record: Record) -> None:
    text = canonical(record)
    assert record_from(text) == record
    assert canonical(record_from(text)) == text


@given(RECORDS, RECORDS)
def test_digests_are_equal_only_for_equal_records(one: Record, other: Record) -> None:
    assert (digest(one) == digest(other)) == (canonical(one) == canonical(other))


def test_the_kind_is_part_of_the_digest() -> None:
    patient = a_patient()
    session = replace(a_session(patient), id=patient.id)
    assert digest(patient) != digest(session)


def test_whole_numbers_and_reals_of_the_same_value_have_one_digest() -> None:
    """A database may give back 2.0 where 2 was put in; that is the same depth."""
    session = a_session(a_patient())
    mark = a_set(session)
    assert digest(replace(mark, volume_ml=1)) == digest(replace(mark, volume_ml=1.0))


def test_what_cannot_be_kept_exactly_is_refused() -> None:
    patient = a_patient()
    session = a_session(patient)
    for record in (
        replace(patient, notes="half a character \ud800"),
        replace(patient, height_cm=float("nan")),
        replace(session, patient_scale=float("inf")),
        replace(session, started_at=datetime(2026, 1, 1)),
        replace(a_set(session), done_at=datetime(2026, 1, 1)),
    ):
        with pytest.raises(BadInputError):
            canonical(record)


def test_the_text_is_the_same_for_ever() -> None:
    """The digests of every practice rest on these bytes: another text would break their audit chains."""
    patient = Patient(id=UUID(int=7), number="1", family_name="Röt", given_name="A", birth_date=date(1980, 2, 3))
    assert canonical(patient).decode() == (
        '{"allergies":[],"birth_date":"1980-02-03","body":"female","family_name":"Röt","given_name":"A",'
        '"height_cm":null,"id":"00000000-0000-0000-0000-000000000007","kind":"patient","notes":"","number":"1",'
        '"phototype":"","sex":"unknown","weight_kg":null}'
    )


def test_a_mixture_without_a_volume_keeps_the_text_of_older_homes() -> None:
    mixtures = (Mixture(letter="A", name="HA"), Mixture(letter="B", drawn_ml=5))
    session = replace(a_session(a_patient()), mixtures=mixtures)
    assert '"mixtures":[["A","HA"],["B","",5.0]]' in canonical(session).decode()


@given(POINTS)
def test_points_are_packed_in_twenty_bytes_each(points: tuple[SkinPoint, ...]) -> None:
    data = pack_points(points)
    assert len(data) == 20 * len(points)
    assert unpack_points(data) == points
    assert all(type(point.triangle) is int for point in unpack_points(data))


@given(OUTLINE)
def test_outlines_keep_their_rings(outline: tuple[tuple[SkinPoint, ...], ...]) -> None:
    assert unpack_outline(pack_outline(outline)) == outline


@given(OUTLINE, st.integers(1, 19))
def test_cut_off_places_are_damage(outline: tuple[tuple[SkinPoint, ...], ...], cut: int) -> None:
    data = pack_outline(outline)
    with pytest.raises(DamagedError):
        unpack_outline(data[: max(0, len(data) - cut)])
    with pytest.raises(DamagedError):
        unpack_points(b"x" * cut)


def test_an_area_keeps_its_hole() -> None:
    area = an_area(a_session(a_patient()))
    back = record_from(canonical(area))
    assert isinstance(back, AreaRecord)
    assert [len(ring) for ring in back.outline] == [4, 3]
