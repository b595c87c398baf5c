"""Plan and pain drawing as records."""

from dataclasses import replace
from uuid import uuid4

import pytest

from mesomap.domain.complaint import Complaint, ComplaintKind, check_complaint
from mesomap.domain.errors import BadInputError
from mesomap.domain.place import SkinPoint
from mesomap.domain.plan import PlannedMark, PlanOutcome, place_count
from tests.records import NOON, a_patient, a_session, a_set, an_area

POINT = SkinPoint(1, 0.2, 0.3)


def _planned(count: int = 3) -> PlannedMark:
    mark = a_set(a_session(a_patient()), count)
    return PlannedMark(
        id=mark.id,
        session_id=mark.session_id,
        mark=mark,
        source_mark_id=uuid4(),
        outcomes=(PlanOutcome.PLANNED,) * count,
    )


def test_places_are_settled_one_by_one_or_all_that_are_open() -> None:
    one = _planned().with_outcome(PlanOutcome.SKIPPED, frozenset({1}))
    assert one.open_places == (0, 2)
    every = one.with_outcome(PlanOutcome.DONE)
    assert every.outcomes == (PlanOutcome.DONE, PlanOutcome.SKIPPED, PlanOutcome.DONE)
    assert every.open_places == ()


def test_an_area_is_one_place_and_outcomes_must_fit() -> None:
    assert place_count(an_area(a_session(a_patient()))) == 1
    with pytest.raises(ValueError, match="one outcome"):
        replace(_planned(), outcomes=())


def test_a_complaint_off_the_scale_or_without_place_is_refused() -> None:
    area = Complaint(
        id=uuid4(),
        session_id=uuid4(),
        kind=ComplaintKind.AREA,
        region_ids=("lumbar.mid",),
        entered_at=NOON,
        outline=((POINT, POINT, POINT),),
        intensity=7,
    )
    check_complaint(area)
    for wrong in (
        replace(area, intensity=11),
        replace(area, outline=()),
        replace(area, kind=ComplaintKind.TRIGGER_POINT, points=()),
    ):
        with pytest.raises(BadInputError):
            check_complaint(wrong)
