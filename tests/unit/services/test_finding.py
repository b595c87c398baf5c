"""Find and count: whatever is asked, the answer is that of looking at every session; CSV; the practice's numbers."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mesomap.commands import ImportSession
from mesomap.commands.entries import AddEntries
from mesomap.domain.adverse_event import AdverseEvent
from mesomap.domain.errors import BadInputError
from mesomap.domain.finding import SessionWish
from mesomap.domain.marks import AreaRecord, Mark
from mesomap.domain.mixture import MixtureDetails, MixtureLine
from mesomap.domain.patient import Patient
from mesomap.domain.score import Judge, Score
from mesomap.domain.session import Mixture, Session, SessionStatus
from mesomap.services import Practice
from mesomap.services.finding import COLUMNS, found_sessions, period, write_found
from mesomap.services.practice_numbers import practice_numbers, scale_changes
from tests.records import CHEAP, NOON, a_session, a_set, an_area
from tests.unit.services.conftest import PASSPHRASE

PRODUCTS = tuple(UUID(int=n) for n in (1, 2))
LOTS = tuple(UUID(int=n) for n in (11, 12, 13))
REGIONS = ("buttock.left", "buttock.right", "forehead.mid")
WHO = ("Dr A", "Dr B", "")
TECHNIQUES = ("papule", "nappage", "gun_single")
DAY = timedelta(days=1)


def _mixture(number: int) -> Mixture:
    line = MixtureLine(product_name="P", product_id=PRODUCTS[number % 2], lot_id=LOTS[number % 3], lot_number="L")
    return Mixture(letter="A", details=MixtureDetails(lines=(line,)))


def _marks(session: Session, number: int) -> tuple[Mark, ...]:
    one = replace(a_set(session, 1 + number % 4), region_ids=(REGIONS[number % 3],))
    area = replace(an_area(session), region_ids=(REGIONS[0], REGIONS[2]), total_ml=0.3)
    return (one, area) if number % 2 else (one,)


@pytest.fixture(scope="module")
def filled(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Practice, dict[UUID, tuple[Session, tuple[Mark, ...]]]]]:
    """Twenty sessions of three patients, uneven in everything; one of them void."""
    with Practice.create(tmp_path_factory.mktemp("find") / "practice", PASSPHRASE, cost=CHEAP) as practice:
        people = [practice.new_patient(family_name=f"=Name{n}", given_name="Anna") for n in range(3)]
        known: dict[UUID, tuple[Session, tuple[Mark, ...]]] = {}
        for number in range(20):
            session = replace(
                a_session(people[number % 3], number + 1),
                started_at=NOON + number * DAY,
                practitioner=WHO[number % 3 if number % 5 else 0],
                mixtures=(_mixture(number),) if number % 4 else (),
            )
            marks = _marks(session, number)
            practice.run(ImportSession(session, marks))
            known[session.id] = (session, marks)
        void = practice.edit_session(practice.sessions()[7], status=SessionStatus.VOIDED)
        known[void.id] = (void, known[void.id][1])
        yield practice, known


def _fits(wish: SessionWish, session: Session, marks: tuple[Mark, ...]) -> bool:
    lines = [line for mixture in session.mixtures if mixture.details for line in mixture.details.lines]
    return (
        session.status is not SessionStatus.VOIDED
        and (wish.product_id is None or any(line.product_id == wish.product_id for line in lines))
        and (wish.lot_id is None or any(line.lot_id == wish.lot_id for line in lines))
        and (not wish.region_ids or any(set(mark.region_ids) & set(wish.region_ids) for mark in marks))
        and (not wish.technique or any(mark.dose.technique == wish.technique for mark in marks))
        and (not wish.practitioner or session.practitioner == wish.practitioner)
        and (wish.since is None or session.started_at >= wish.since)
        and (wish.until is None or session.started_at < wish.until)
    )


WISHES = st.builds(
    SessionWish,
    product_id=st.sampled_from((None, *PRODUCTS)),
    lot_id=st.sampled_from((None, *LOTS)),
    region_ids=st.lists(st.sampled_from((*REGIONS, "tail")), max_size=2, unique=True).map(tuple),
    technique=st.sampled_from(("", *TECHNIQUES)),
    practitioner=st.sampled_from(WHO),
    since=st.sampled_from((None, *(NOON + n * DAY for n in (0, 3, 11)))),
    until=st.sampled_from((None, *(NOON + n * DAY for n in (4, 12, 20)))),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(wish=WISHES)
def test_every_combination_finds_what_looking_at_every_session_finds(
    filled: tuple[Practice, dict[UUID, tuple[Session, tuple[Mark, ...]]]], wish: SessionWish
) -> None:
    practice, known = filled
    fitting = {key: pair for key, pair in known.items() if _fits(wish, *pair)}
    sums, rows = found_sessions(practice, wish)
    assert {row.id for row in rows} == set(fitting)
    assert [row.started_at for row in rows] == sorted((row.started_at for row in rows), reverse=True)
    assert sums.sessions == len(fitting)
    assert sums.patients == len({session.patient_id for session, _ in fitting.values()})
    marks = [mark for _, held in fitting.values() for mark in held]
    assert sums.about_points == sum(mark.about_n or 0 for mark in marks if isinstance(mark, AreaRecord))
    assert sums.points == sum(mark.count for mark in marks if not isinstance(mark, AreaRecord))
    assert sums.volume_ml == pytest.approx(sum(mark.total_ml or 0 for mark in marks))


def test_only_the_latest_are_listed_but_all_are_counted(
    filled: tuple[Practice, dict[UUID, tuple[Session, tuple[Mark, ...]]]],
) -> None:
    sums, rows = found_sessions(filled[0], SessionWish(), limit=3)
    assert (sums.sessions, [row.number for row in rows]) == (19, [20, 19, 18])


def test_names_to_choose_from_are_those_on_record(
    filled: tuple[Practice, dict[UUID, tuple[Session, tuple[Mark, ...]]]],
) -> None:
    assert filled[0].finder.practitioners() == ("Dr A", "Dr B")
    assert filled[0].finder.techniques() == ("nappage", "papule")


def test_the_csv_holds_all_and_runs_nothing(
    filled: tuple[Practice, dict[UUID, tuple[Session, tuple[Mark, ...]]]], tmp_path: Path
) -> None:
    path = tmp_path / "found.csv"
    assert write_found(filled[0], SessionWish(practitioner="Dr A"), path) == len(
        found_sessions(filled[0], SessionWish(practitioner="Dr A"))[1]
    )
    text = path.read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    assert tuple(rows[0]) == COLUMNS
    assert all(row[3].startswith("'=Name") for row in rows[1:])


def test_a_session_that_is_edited_is_found_as_it_stands(practice: Practice) -> None:
    patient = practice.new_patient(family_name="Beispiel", given_name="Anna")
    session = replace(a_session(patient), practitioner="Dr A")
    practice.run(ImportSession(session, (a_set(session),)))
    moved = practice.edit_session(session, practitioner="Dr B", started_at=NOON + 40 * DAY)
    assert found_sessions(practice, SessionWish(practitioner="Dr A"))[1] == ()
    assert found_sessions(practice, SessionWish(since=NOON + 39 * DAY))[0].sessions == 1
    practice.edit_session(moved, status=SessionStatus.VOIDED)
    assert found_sessions(practice, SessionWish())[0].sessions == 0
    assert not practice.verify().findings


def test_a_period_holds_its_last_day_and_never_ends_before_it_begins() -> None:
    since, until = period(date(2026, 3, 1), date(2026, 3, 1))
    assert since is not None
    assert until is not None
    assert since.date() == date(2026, 3, 1)
    assert until.date() == date(2026, 3, 2)
    assert period(None, None) == (None, None)
    with pytest.raises(BadInputError, match="ends before it begins"):
        period(date(2026, 3, 2), date(2026, 3, 1))


def _score(
    patient: Patient, value: str, day: int, *, key: str = "nrs", judge: Judge = Judge.PATIENT, site: str = ""
) -> Score:
    return Score(
        id=uuid4(), entered_at=datetime(2026, 6, 1, tzinfo=UTC), patient_id=patient.id, scale=key,
        value=Decimal(value), judge=judge, scored_at=datetime(2026, 5, day, 12, tzinfo=UTC), site=site,
    )  # fmt: skip


def test_change_is_last_less_first_of_each_patient_site_and_judge(practice: Practice) -> None:
    anna, bruno = (practice.new_patient(family_name=name, given_name="") for name in ("Anna", "Bruno"))
    (change,) = scale_changes([
        _score(anna, "3", 9), _score(anna, "8", 1), _score(anna, "5", 4),  # −5, whatever the order
        _score(bruno, "6", 1), _score(bruno, "5", 2),  # −1
        _score(bruno, "9", 1, site="Neck"),  # once only: no pair
        _score(anna, "2", 3, judge=Judge.PRACTITIONER),
        _score(anna, "1", 1, key="phototype"), _score(anna, "2", 2, key="phototype"),  # no order
    ])  # fmt: skip
    assert (change.scale, change.judge, change.n, change.mean) == ("nrs", Judge.PATIENT, 2, -3.0)
    assert change.spread == pytest.approx(2.8284271)
    assert (change.low, change.high) == (-5.0, -1.0)


def test_a_single_pair_has_no_spread(practice: Practice) -> None:
    anna = practice.new_patient(family_name="Anna", given_name="")
    (change,) = scale_changes([_score(anna, "3", 1), _score(anna, "3", 2)])
    assert (change.n, change.mean, change.spread) == (1, 0.0, None)


def test_events_are_counted_in_the_period_of_their_onset(practice: Practice) -> None:
    patient = practice.new_patient(family_name="Beispiel", given_name="Anna")
    session = a_session(patient)
    practice.run(ImportSession(session, (a_set(session, 4),)))
    event = AdverseEvent(
        id=uuid4(), entered_at=NOON + 10 * DAY, patient_id=patient.id, onset=NOON + 3 * DAY, description="bruise"
    )
    gone = replace(event, id=uuid4(), withdrawn="entered twice")
    practice.run(AddEntries((event, gone)))
    numbers = practice_numbers(practice, None, None)
    assert (numbers.adverse_events, numbers.events_per_1000, numbers.sums.points) == (1, 1000.0, 4)
    early = practice_numbers(practice, None, NOON + DAY)
    assert (early.adverse_events, early.sums.sessions, early.events_per_1000) == (0, 1, None)
    assert practice_numbers(practice, NOON + 20 * DAY, None).events_per_1000 is None


@pytest.mark.parametrize(
    "change", ["practitioner = 'Dr X'", "voided = 1", "points = points + 1", f"patient_id = '{UUID(int=1).hex}'"]
)
def test_rows_for_counting_that_do_not_fit_the_record_are_found_by_verify(practice: Practice, change: str) -> None:
    patient = practice.new_patient(family_name="Beispiel", given_name="Anna")
    session = a_session(patient)
    practice.run(ImportSession(session, (a_set(session),)))
    assert not practice.verify().findings
    with practice._database._writing() as connection:
        connection.exec_driver_sql(f"UPDATE session_totals SET {change}")
    assert any("totals" in finding for finding in practice.verify().findings)
