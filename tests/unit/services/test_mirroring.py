"""Mirroring: the other side gets what one side has, once."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mesomap.atlas import SkinArray
from mesomap.commands import MirrorMarks
from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Mark, Origin
from mesomap.services import ChartingService
from mesomap.services.mirroring import mirrored
from tests.unit.services.conftest import PAPULE, point_at

NAPPAGE = Dose(technique="nappage", mixture="B", depth_mm=1.0)


def mirror(charting: ChartingService, *marks: Mark) -> tuple[Mark, ...]:
    """Mirror whole marks as one step."""
    copies = mirrored(charting.atlas, charting.marks, dict.fromkeys(m.id for m in marks), now())
    charting.run(MirrorMarks(copies))
    return copies


def test_a_tap_is_mirrored_to_the_other_side_as_a_pattern_and_undone_in_one_step(charting: ChartingService) -> None:
    mark = charting.place([point_at(charting.atlas, 60, 10)], PAPULE, 0.05)
    (copy,) = mirror(charting, mark)
    assert isinstance(copy, InjectionSet)
    assert (copy.origin, copy.region_ids, copy.volume_ml, copy.dose) == (
        Origin.REPEAT, ("chest.right",), 0.05, PAPULE,
    )  # fmt: skip
    assert copy.origin.is_pattern
    there, here = (charting.atlas.position(SkinArray.of(m.points))[0] for m in (copy, mark))
    assert there == pytest.approx(here * [-1, 1, 1], abs=0.01)
    charting.undo()
    assert charting.marks == (mark,)


def test_points_on_the_midline_stay_single(charting: ChartingService) -> None:
    atlas = charting.atlas
    mark = charting.place([point_at(atlas, 0.2, 180), point_at(atlas, 30, 180)], PAPULE, None)
    (copy,) = mirror(charting, mark)
    assert isinstance(copy, InjectionSet)
    assert copy.count == 1
    assert atlas.project("body_front", SkinArray.of(copy.points)).xy[0, 0] == pytest.approx(-30, abs=0.1)


def test_mirroring_twice_adds_nothing(charting: ChartingService) -> None:
    mark = charting.place([point_at(charting.atlas, 60, 10)], PAPULE, 0.05)
    (copy,) = mirror(charting, mark)
    for again in (mark, copy):
        with pytest.raises(BadInputError, match="charted already"):
            mirror(charting, again)
    assert len(charting.marks) == 2


def test_a_filled_area_is_mirrored_with_its_outline_and_figures(charting: ChartingService) -> None:
    mark = charting.fill("chest.left", NAPPAGE, 0.01, spacing_mm=15)
    assert isinstance(mark, AreaRecord)
    (copy,) = mirror(charting, mark)
    assert isinstance(copy, AreaRecord)
    assert (copy.region_ids, copy.about_n, copy.total_ml) == (("chest.right",), mark.about_n, mark.total_ml)
    left, right = charting.tally().regions
    assert right.treated_cm2 == pytest.approx(left.treated_cm2, rel=0.02)
    with pytest.raises(BadInputError):
        mirror(charting, mark)


def test_a_fill_of_a_region_on_the_midline_is_not_doubled(charting: ChartingService) -> None:
    mark = charting.fill("forehead.mid", PAPULE, 0.02, spacing_mm=15)
    with pytest.raises(BadInputError, match="midline"):
        mirror(charting, mark)
    assert charting.marks == (mark,)


def test_single_points_of_a_fill_are_mirrored_without_its_outline(charting: ChartingService) -> None:
    mark = charting.fill("chest.left", PAPULE, 0.02, spacing_mm=20)
    copies = mirrored(charting.atlas, charting.marks, {mark.id: frozenset({0, 3})}, now())
    (copy,) = copies
    assert isinstance(copy, InjectionSet)
    assert copy.count == 2
    assert copy.outline == ()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(x=st.floats(40, 110), y=st.floats(-100, 100))
def test_the_mirror_of_the_mirror_is_where_it_began(charting: ChartingService, x: float, y: float) -> None:
    atlas = charting.atlas
    place = SkinArray.of([point_at(atlas, x, y)])
    back = atlas.mirror(atlas.mirror(place))
    assert np.allclose(atlas.position(back), atlas.position(place), atol=1e-6)


def test_live_mirroring_is_one_step_and_leaves_edits_alone(charting: ChartingService) -> None:
    charting.mirror_live = True
    mark = charting.place([point_at(charting.atlas, 60, 10), point_at(charting.atlas, 80, 10)], PAPULE, 0.05)
    own, copy = charting.marks
    assert own == mark
    assert isinstance(copy, InjectionSet)
    assert (copy.count, copy.region_ids) == (2, ("chest.right",))
    charting.erase({mark.id: frozenset({0})})
    assert [m.count for m in charting.marks if isinstance(m, InjectionSet)] == [1, 2]
    charting.undo()
    charting.undo()
    assert not any(charting.marks)
    charting.redo()
    assert charting.marks == (own, copy)
