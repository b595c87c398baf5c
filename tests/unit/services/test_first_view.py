"""The view a session opens at."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from mesomap.atlas import Atlas, open_atlas
from mesomap.coverage import fill
from mesomap.domain.errors import DamagedError
from mesomap.domain.indication import indications
from mesomap.domain.marks import Mark, Origin
from mesomap.services import ChartingService, Practice
from mesomap.services.first_view import first_view, view_of_indications, view_of_marks, view_of_nothing
from mesomap.services.framing import edit_frame
from mesomap.services.last_session import last_session
from mesomap.services.pain_drawing import draw_area, lasso, place_trigger_point
from tests.unit.services.conftest import PAPULE, point_at

FRONT, BACK = "body_front", "body_back"


def nothing() -> Sequence[Mark]:
    return ()


def place(charting: ChartingService, view: str, count: int, x: float = 40.0) -> None:
    points = [point_at(charting.atlas, x, -4.0 * row, view) for row in range(count)]
    charting.place(points, PAPULE, 0.05, Origin.TAP)


def test_it_is_the_view_with_most_marks(charting: ChartingService) -> None:
    place(charting, BACK, 3)
    assert first_view(charting, nothing) == BACK
    place(charting, FRONT, 9)
    assert first_view(charting, nothing) == FRONT


def test_marks_count_before_everything_else(charting: ChartingService) -> None:
    edit_frame(charting, indication_keys=("mesolift",))
    draw_area(charting, lasso(charting, FRONT, [(30, -20), (60, -20), (60, 20), (30, 20)]))
    place(charting, BACK, 1)
    assert first_view(charting, nothing) == BACK


def test_without_marks_it_is_where_the_complaint_was_drawn(charting: ChartingService) -> None:
    place_trigger_point(charting, point_at(charting.atlas, 40.0, 0.0, BACK))
    assert first_view(charting, nothing) == BACK


def test_then_where_the_last_session_of_the_course_was(charting: ChartingService) -> None:
    place(charting, BACK, 4)
    then = charting.session
    again = charting.practice.new_session(
        then.patient_id, charting.atlas, started_at=then.started_at + timedelta(days=28)
    )
    today = ChartingService(charting.practice, charting.atlas, again.id)
    last = last_session(today.practice, today.session, today.atlas)
    assert last is not None
    assert first_view(today, lambda: last.marks) == BACK
    assert first_view(today, nothing) == "head_front"


def test_damage_of_the_last_session_does_not_keep_one_from_beginning(charting: ChartingService) -> None:
    def damaged() -> Sequence[Mark]:
        raise DamagedError("Session 3 is damaged.")

    assert first_view(charting, damaged) == "head_front"


@pytest.fixture(scope="module")
def body() -> Atlas:
    return open_atlas()


def test_every_view_an_indication_names_is_one_of_the_body(body: Atlas) -> None:
    keys = {view.key for view in body.views}
    named = {known.key: known.view for known in indications().values() if known.view}
    assert named["low_back_pain"] == "trunk_back"
    assert named["hair_loss"] == "scalp_top"
    assert set(named.values()) <= keys


def test_the_first_indication_that_names_a_view_counts(body: Atlas, atlas: Atlas) -> None:
    assert view_of_indications(body, ("muscle_pain", "knee_pain", "mesohair")) == "knee_front_right"
    assert view_of_indications(body, ("muscle_pain", "no such key")) is None
    assert view_of_indications(atlas, ("knee_pain",)) is None  # the synthetic body has no such view
    assert view_of_nothing(body) == "head_front"


@pytest.mark.parametrize(
    ("region_id", "view"),
    [
        ("forehead.mid", "head_front"),
        ("paravertebral_lumbar.left", "trunk_back"),
        ("scalp_vertex.mid", "scalp_top"),
        ("hand_dorsum.right", "hand_dorsum_right"),
        ("knee_front.left", "knee_front_left"),
    ],
)
def test_on_the_shipped_body_it_is_the_view_that_shows_it_large(
    practice: Practice, body: Atlas, region_id: str, view: str
) -> None:
    patient = practice.new_patient(family_name="Beispiel", given_name="Anna")
    charting = ChartingService(practice, body, practice.new_session(patient.id, body).id)
    charting.place(fill(body, region_id, spacing_mm=8.0).points.points(), PAPULE, 0.05, Origin.FILL)
    assert first_view(charting, nothing) == view


def test_where_work_will_begin_several_regions_weigh_more_than_the_densest_pattern(
    practice: Practice, body: Atlas
) -> None:
    """A mesolift of face and neck begins at the face, also when a nappage of the neckline was laid finer."""
    patient = practice.new_patient(family_name="Beispiel", given_name="Anna")
    charting = ChartingService(practice, body, practice.new_session(patient.id, body).id)
    for region_id, spacing in (("forehead.mid", 12.0), ("cheek_malar.left", 8.0), ("cheek_malar.right", 8.0)):
        charting.place(fill(body, region_id, spacing_mm=spacing).points.points(), PAPULE, 0.05, Origin.FILL)
    charting.place(fill(body, "decollete.mid", spacing_mm=12.0).points.points(), PAPULE, 0.05, Origin.FILL)
    marks = charting.marks
    assert marks[-1].region_ids == ("decollete.mid",)
    assert view_of_marks(body, marks) == "neck_decollete"
    assert view_of_marks(body, marks, evenly=True) == "head_front"
