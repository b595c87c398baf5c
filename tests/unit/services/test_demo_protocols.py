"""The demonstration's protocols, courses and costs: whole, invented, uneven, and said to be examples."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from mesomap.atlas import Bodies
from mesomap.domain.course import Course, CourseStatus
from mesomap.domain.price import Payment
from mesomap.domain.receipt import Receipt
from mesomap.services import DemoPractice, Practice, protocols
from mesomap.services.costs import account_of
from mesomap.services.courses import courses_of, place_of
from mesomap.services.protocol_plan import regions_of_step
from tests.records import CHEAP

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    """The demonstration on the shipped body; not to be changed."""
    home = tmp_path_factory.mktemp("demo") / "home"
    with DemoPractice.build(home, Bodies(), cost=CHEAP, today=TODAY) as made:
        yield made


def test_every_past_session_belongs_to_a_course(demo: Practice) -> None:
    *held, draft = demo.sessions()
    assert all(place_of(demo, session.id) is not None for session in held)
    assert place_of(demo, draft.id) is None
    assert {course.status for course in demo.entries(Course)} == set(CourseStatus)
    assert any(visit.deviation for course in demo.entries(Course) for visit in course.visits)
    assert any(course.is_overdue(TODAY) for course in demo.entries(Course))


def test_protocols_name_regions_of_this_body_and_say_what_they_are(demo: Practice) -> None:
    atlas = Bodies().named("female")
    known = protocols.protocols(demo)
    assert sum(one.example for one in known) >= 10
    for one in known:
        assert one.example or "nothing here is a recommendation" in one.sources
        assert all(regions_of_step(atlas, step)[1] == () for step in one.steps)


def test_costs_are_partly_open_and_receipts_add_up(demo: Practice) -> None:
    first = demo.patients()[0]
    accounts = {patient.id: account_of(demo, patient.id) for patient in demo.patients()}
    assert any(account.open_by_currency() for account in accounts.values())
    assert any(account.payments and not account.open_by_currency() for account in accounts.values())
    assert courses_of(demo, first.id) or not demo.sessions(first.id)
    receipts = demo.entries(Receipt)
    assert [one.number for one in receipts] == list(range(1, len(receipts) + 1))
    for one in receipts:
        paid = [demo.entry(Payment, key).amount or Decimal(0) for key in one.payment_ids]
        assert one.total == sum(paid)
    assert [one.corrects_number for one in receipts if one.corrects] == [2]
