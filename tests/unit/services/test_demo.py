"""The demonstration: whole, invented, uneven as real records are, inside the sourced ranges, the same every time."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from mesomap.atlas import Atlas, Bodies
from mesomap.domain.complaint import ComplaintKind
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import InjectionSet, Origin
from mesomap.domain.technique import technique
from mesomap.services import DEMO_PASSPHRASE, ChartingService, DemoPractice, Practice
from mesomap.services.demo_courses import PATIENTS, Going
from mesomap.services.planning import Planning
from mesomap.services.practitioners import only_practitioner
from mesomap.services.recall import trace_lot
from mesomap.services.shelf import read_shelf
from mesomap.services.visit_time import is_late
from tests.records import CHEAP

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def shipped() -> Bodies:
    return Bodies()


@pytest.fixture(scope="module")
def demo(shipped: Bodies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    """The demonstration on the shipped body; not to be changed."""
    home = tmp_path_factory.mktemp("demo") / "home"
    with DemoPractice.build(home, shipped, cost=CHEAP, today=TODAY) as made:
        yield made


def test_twelve_patients_and_their_sessions_of_two_years(demo: Practice) -> None:
    assert len(demo.patients()) == 12
    *past, under_way, draft = demo.sessions()
    days = [session.started_at.date() for session in past]
    assert days == sorted(days)
    assert TODAY - timedelta(days=732) <= days[0] < TODAY - timedelta(days=600)
    assert days[-1] < TODAY
    assert all(day.weekday() < 5 for day in days)
    assert demo.planned(under_way.id) != ()
    assert demo.marks(draft.id) == ()
    assert demo.history(draft.id) == ()
    assert demo.patient(draft.patient_id).family_name == "Beispiel"
    assert DemoPractice.draft(demo) == draft.id
    assert demo.verify().findings == ()


def test_one_visit_is_under_way_with_a_plan_half_settled(demo: Practice, shipped: Bodies) -> None:
    under_way = demo.sessions()[-2]
    service = ChartingService(demo, shipped.named(under_way.atlas.body), under_way.id)
    total = Planning(service).total()
    assert min(total.done, total.skipped, total.moved, total.open) > 0
    assert 0.1 < total.done / total.planned < 0.9
    assert {mark.plan_id for mark in service.marks} <= {planned.id for planned in service.planned}
    assert {mark.origin for mark in service.marks} == {Origin.TAP, Origin.REPEAT}
    assert demo.complaints(under_way.id) == ()


def test_needles_and_volumes_drawn_up_are_recorded_at_some_visits_only(demo: Practice) -> None:
    past = demo.sessions()[:-2]
    doses = [mark.dose for session in past for mark in demo.marks(session.id)]
    assert {dose.needle is None for dose in doses} == {True, False}
    assert {dose.insertion is None for dose in doses} == {True, False}
    assert all("EXAMPLE" in dose.needle.lot for dose in doses if dose.needle is not None)
    drawn = [mixture.drawn_ml for session in past for mixture in session.mixtures]
    assert {value is None for value in drawn} == {True, False}


def test_everything_says_that_it_is_invented(demo: Practice) -> None:
    past = demo.sessions()[:-2]
    assert all("invented example" in session.remark.lower() for session in demo.sessions())
    assert all("invented example" in patient.notes.lower() for patient in demo.patients())
    for session in past:
        marks = demo.marks(session.id)
        assert marks
        assert all("invented example" in mark.remark.lower() for mark in marks)
        assert all("(example)" in mixture.name for mixture in session.mixtures)


def test_every_treatment_that_the_domain_tables_name_is_there(demo: Practice) -> None:
    kinds = Counter(session.indication.partition(",")[0] for session in demo.sessions()[:-2])
    assert set(kinds) == {
        "Mesolift", "Mesoglow", "Mesobotox", "Mesohair", "Mesocellulite", "Body contour", "Neck pain", "Low back pain",
        "Knee pain",
    }  # fmt: skip
    assert all(count >= 3 for count in kinds.values())


def test_depth_volume_and_spacing_lie_in_the_sourced_ranges() -> None:
    parts = {part for patient in PATIENTS for series in patient.series for part in series.parts}
    assert len(parts) > 10
    for part in parts:
        known = technique(part.technique)
        for value, limits in (
            (part.depth_mm, known.depth_range_mm),
            (part.spacing_mm, known.spacing_range_mm),
            (part.volume_ml, known.volume_range_ml),
        ):
            assert limits is None or limits[0] <= value <= limits[1], part


def test_every_region_of_a_course_is_on_the_body(shipped: Bodies) -> None:
    ids = {region.id for region in shipped.first.regions}
    named = {region for p in PATIENTS for series in p.series for part in series.parts for region in part.regions}
    assert named <= ids


def test_half_of_the_visits_are_as_uneven_as_real_ones(demo: Practice) -> None:
    how = [
        series.going_of(number)
        for patient in PATIENTS
        for series in patient.series
        for number in range(1, len(series.days_ago()) + 1)
    ]
    assert len(how) == len(demo.sessions()) - 2
    assert sum(bool(going) for going in how) * 2 >= len(how)
    assert {one for going in how for one in going} == set(Going)


def test_late_taps_erased_taken_back_and_interrupted_are_in_the_record(demo: Practice) -> None:
    past = demo.sessions()[:-2]
    marks = {session.id: demo.marks(session.id) for session in past}
    every = [mark for found in marks.values() for mark in found]
    assert all(mark.done_at <= mark.entered_at for mark in every)
    late = {mark.session_id for mark in every if mark.entered_at - mark.done_at > timedelta(days=1)}
    assert len(late) >= 4
    assert sum(mark.origin is Origin.TAP for mark in every) > 40
    names = Counter(entry.name for session in past for entry in demo.history(session.id))
    actions = Counter(entry.action.value for session in past for entry in demo.history(session.id))
    assert names["Erase"] > 15
    assert actions["undo"] >= 3
    # A fill of which points were erased keeps its outline; the same fill, whole, holds more points.
    fills = [m for m in every if isinstance(m, InjectionSet) and m.origin is Origin.FILL]
    sizes = {m.region_ids[0]: {n.count for n in fills if n.region_ids == m.region_ids} for m in fills}
    assert sum(len(counts) > 1 for counts in sizes.values()) > 10
    interrupted = [session for session in past if "Interrupted" in session.remark]
    assert len(interrupted) >= 4
    assert all(len(marks[session.id]) <= 3 for session in interrupted)


def test_visits_have_a_frame_and_late_ones_say_when_they_were_entered(demo: Practice) -> None:
    past = demo.sessions()[:-2]
    assert all(session.frame.indication_keys and session.frame.ended_at for session in past)
    assert all(session.frame.ended_at > session.started_at for session in past if session.frame.ended_at)
    late = [session for session in past if is_late(session)]
    assert len(late) >= 4
    assert all("afterwards" in session.remark for session in late)
    assert not is_late(demo.sessions()[-1])
    assert only_practitioner(demo) is not None


def test_pain_patients_have_pain_drawings_and_nobody_else_does(demo: Practice) -> None:
    for session in demo.sessions():
        drawn = demo.complaints(session.id)
        assert bool(drawn) == ("pain" in session.indication)
        assert all("invented example" in complaint.remark.lower() for complaint in drawn)
    low_back = [session for session in demo.sessions() if session.indication.startswith("Low back pain")]
    for session in low_back:
        kinds = [complaint.kind for complaint in demo.complaints(session.id)]
        assert kinds == [ComplaintKind.AREA] * 2 + [ComplaintKind.TRIGGER_POINT] * 2
    intensities = {demo.complaints(session.id)[0].intensity for session in low_back}
    assert len(intensities) >= 3


def test_the_same_day_gives_the_same_records(demo: Practice, shipped: Bodies, tmp_path: Path) -> None:
    def pages(practice: Practice) -> list[object]:
        return [
            (s.number, s.started_at, s.indication, s.remark, s.mixtures, s.patient_scale, s.frame,
             [(c.kind, c.outline, c.points, c.intensity) for c in practice.complaints(s.id)],
             [(m.done_at, m.entered_at, m.dose, m.total_ml, m.outline, getattr(m, "points", ()))
              for m in practice.marks(s.id)])
            for s in practice.sessions()[:-2]
        ]  # fmt: skip

    with DemoPractice.build(tmp_path / "again", shipped, cost=CHEAP, today=TODAY) as again:
        assert pages(again) == pages(demo)
        assert [replaced(p) for p in again.patients()] == [replaced(p) for p in demo.patients()]


def replaced(patient: object) -> str:
    return str(patient).partition(", number=")[2]


def test_another_body_without_these_regions_is_charted_too(home: Path, atlas: Atlas) -> None:
    bodies = Bodies(lambda _body: atlas)
    with DemoPractice.build(home, bodies, cost=CHEAP) as demo:
        sessions = demo.sessions()
        assert demo.verify().findings == ()
        assert any(demo.marks(session.id) for session in sessions[:-1])
    with DemoPractice.open_or_build(home, bodies) as again:
        assert again.sessions() == sessions
    with pytest.raises(BadInputError, match="already"):
        DemoPractice.build(home, bodies, cost=CHEAP)


def test_a_demonstration_broken_off_before_its_first_visit_is_built_on(shipped: Bodies, tmp_path: Path) -> None:
    Practice.create(tmp_path / "home", DEMO_PASSPHRASE, cost=CHEAP).close()
    with DemoPractice.open_or_build(tmp_path / "home", shipped) as practice:
        assert len(practice.patients()) == 12
        assert DemoPractice.draft(practice) == practice.sessions()[-1].id


def test_products_lots_and_a_recall_lead_to_visits(demo: Practice) -> None:
    shelf = read_shelf(demo, TODAY)
    assert len(shelf.products) >= 10
    assert {len(favourite.lines) for favourite in shelf.favourites} >= {1, 3}
    (recalled,) = (one.lot for one in shelf.lots if one.recall is not None)
    trace = trace_lot(demo, recalled)
    assert trace.patients >= 1
    assert trace.marks > trace.patients
    with_lots = [
        session
        for session in demo.sessions()
        if any(mixture.details is not None and mixture.details.lots for mixture in session.mixtures)
    ]
    assert 10 < len(with_lots) < len(demo.sessions())
