"""Reading back: the order of regions, doses kept apart, counts, the view that shows them best."""

from dataclasses import replace
from itertools import pairwise

import pytest

from mesomap.atlas import SkinArray
from mesomap.domain.marks import Dose, Origin
from mesomap.services import ChartingService
from mesomap.services.assistant import last_read_back, read_backs, view_for
from mesomap.services.planning import Planning, lay, region_order
from tests.unit.services.conftest import PAPULE, point_at
from tests.unit.services.test_last_session import last_of, next_visit

NAPPAGE = Dose(technique="nappage", mixture="B", depth_mm=1.0)


@pytest.fixture
def planning(charting: ChartingService) -> tuple[ChartingService, Planning]:
    """A plan of taps on both sides, deeper ones on the left, and an area on the right; the left was charted first."""
    atlas = charting.atlas
    charting.place([point_at(atlas, 60, 10), point_at(atlas, 80, 10)], PAPULE, 0.05, Origin.FILL)
    charting.place([point_at(atlas, 60, 40)], replace(PAPULE, depth_mm=4.0), 0.05)
    charting.place([point_at(atlas, -60, 10)], PAPULE, 0.05)
    charting.place([point_at(atlas, 70, 40)], PAPULE, 0.05)
    charting.fill("chest.right", NAPPAGE, 0.01, spacing_mm=30)
    today = next_visit(charting)
    lay(today, last_of(today))
    return today, Planning(today)


def test_right_is_read_before_left_and_each_dose_for_itself(planning: tuple[ChartingService, Planning]) -> None:
    today, plan = planning
    items = read_backs(today.atlas, plan)
    area = today.planned[-1].mark
    assert [(i.region_id, i.dose.depth_mm, i.points, i.about) for i in items] == [
        ("chest.right", 2.0, 1, False),
        ("chest.right", 1.0, getattr(area, "about_n", None), True),
        ("chest.left", 2.0, 3, False),
        ("chest.left", 4.0, 1, False),
    ]
    assert items[1].volume_ml == pytest.approx(0.01)
    assert items[2].total_ml == pytest.approx(0.15)
    assert len(items[2].skin) == 3


def test_what_is_settled_is_not_read_again(planning: tuple[ChartingService, Planning]) -> None:
    today, plan = planning
    for _ in range(4):
        item = read_backs(today.atlas, plan)[0]
        plan.confirm(item.places)
    assert read_backs(today.atlas, plan) == ()
    assert plan.total().done == plan.total().planned


def test_without_a_plan_the_last_mark_is_read_back(charting: ChartingService) -> None:
    assert last_read_back(charting) is None
    charting.place([point_at(charting.atlas, 60, 10)], PAPULE, 0.05)
    charting.fill("chest.right", NAPPAGE, 0.01, spacing_mm=30)
    item = last_read_back(charting)
    assert item is not None
    assert (item.region_id, item.about, item.places) == ("chest.right", True, {})
    charting.undo()
    item = last_read_back(charting)
    assert item is not None
    assert (item.region_id, item.points, item.volume_ml) == ("chest.left", 1, 0.05)


def test_the_view_is_the_one_that_sees_the_places(charting: ChartingService) -> None:
    atlas = charting.atlas
    front = view_for(atlas, [point_at(atlas, 60, 10)])
    back = view_for(atlas, [point_at(atlas, 60, 10, "body_back")])
    assert front != back
    assert {front, back} <= {view.key for view in atlas.views}
    assert bool(atlas.project(front, _array(charting, (60, 10))).visible[0])


def _array(charting: ChartingService, xy: tuple[float, float]) -> SkinArray:
    return SkinArray.of([point_at(charting.atlas, *xy)])


def test_pairs_stand_together_from_head_to_foot(charting: ChartingService) -> None:
    atlas = charting.atlas
    ordered = sorted(atlas.regions, key=lambda region: region_order(atlas, region))
    for one, other in pairwise(ordered):
        if one.side == "right":
            assert other.id == atlas.mirror_region(one.id).id
