"""Filling inside a loop: what is shown is what is recorded, in one step."""

import pytest

from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import InjectionSet, Lattice
from mesomap.services import ChartingService, FillPreview
from mesomap.services.filling import fill_together, preview_loop
from tests.unit.services.conftest import PAPULE

OVER_BORDER = [(-40.0, 80.0), (40.0, 80.0), (40.0, 120.0), (-40.0, 120.0)]


def shown(charting: ChartingService, loop: list[tuple[float, float]]) -> tuple[FillPreview, ...]:
    return preview_loop(charting, "body_front", loop, PAPULE, 0.02, spacing_mm=12)


def record(charting: ChartingService, previews: tuple[FillPreview, ...]) -> None:
    fill_together(charting, previews, PAPULE, 0.02, spacing_mm=12, lattice=Lattice.HEX, at=now())


def test_a_loop_over_two_regions_is_one_step_and_comes_back_with_redo(charting: ChartingService) -> None:
    previews = shown(charting, OVER_BORDER)
    record(charting, previews)
    marks = charting.marks
    assert all(isinstance(mark, InjectionSet) for mark in marks)
    assert {mark.region_ids: mark.outline for mark in marks} == {(p.region_id,): p.outline for p in previews}
    assert sum(m.count for m in marks if isinstance(m, InjectionSet)) == sum(p.count for p in previews)
    charting.undo()
    assert charting.marks == ()
    charting.redo()
    assert charting.marks == marks


def test_the_treated_area_is_that_of_the_loop(charting: ChartingService) -> None:
    previews = shown(charting, OVER_BORDER)
    record(charting, previews)
    treated = charting.tally().total.treated_cm2
    assert treated == pytest.approx(sum(preview.area_cm2 for preview in previews), rel=0.02)


def test_beside_the_body_nothing_is_shown_and_nothing_recorded(charting: ChartingService) -> None:
    previews = shown(charting, [(165.0, 190.0), (178.0, 190.0), (178.0, 240.0)])
    assert previews == ()
    with pytest.raises(BadInputError, match="no skin"):
        record(charting, previews)
    assert charting.marks == ()


def test_one_total_is_divided_by_the_points_and_remembered(charting: ChartingService) -> None:
    previews = shown(charting, OVER_BORDER)
    fill_together(charting, previews, PAPULE, None, spacing_mm=12, lattice=Lattice.HEX, at=now(), total_ml=3.0)
    for mark, preview in zip(charting.marks, previews, strict=True):
        assert isinstance(mark, InjectionSet)
        assert mark.volume_ml is None
        assert mark.total_ml == pytest.approx(3.0 * preview.count / sum(p.count for p in previews))
    kept = charting.remembered("papule")
    assert kept is not None
    assert (kept.by_total, kept.total_ml, kept.volume_ml) == (True, 3.0, None)


def test_a_margin_leaves_out_parts_that_it_takes_up_whole(charting: ChartingService) -> None:
    narrow = [(-4.0, 60.0), (60.0, 60.0), (60.0, 120.0), (-4.0, 120.0)]
    assert len(shown(charting, narrow)) == 2
    wide = preview_loop(charting, "body_front", narrow, PAPULE, 0.02, spacing_mm=12, margin_mm=15)
    assert [preview.region_id for preview in wide] == ["chest.left"]
    with pytest.raises(BadInputError, match="margin"):
        preview_loop(charting, "body_front", narrow, PAPULE, 0.02, spacing_mm=12, margin_mm=150)
