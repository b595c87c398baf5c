"""The pain drawing: areas and trigger points on the skin, apart from every injection."""

from pathlib import Path

import pytest

from mesomap.commands.complaints import EditComplaint
from mesomap.coverage.split import split_by_region
from mesomap.domain.complaint import ComplaintKind
from mesomap.domain.errors import BadInputError, NotFoundError
from mesomap.services import ChartingService
from mesomap.services.pain_drawing import (
    area_cm2,
    brushed,
    change_complaint,
    draw_area,
    erase_complaint,
    extend_area,
    lasso,
    last_drawing,
    place_trigger_point,
    repeat_drawing,
)
from tests.unit.services.conftest import PAPULE, point_at, reopened

LOOP = [(20.0, -20.0), (60.0, -20.0), (60.0, 20.0), (20.0, 20.0)]
ACROSS = [(-30.0, -20.0), (30.0, -20.0), (30.0, 20.0), (-30.0, 20.0)]


def test_an_area_lies_on_the_skin_and_survives_a_restart(charting: ChartingService, home: Path) -> None:
    drawn = draw_area(charting, lasso(charting, "body_front", LOOP), 6, "burning")
    place_trigger_point(charting, point_at(charting.atlas, 40, 0), 9)
    again = reopened(charting, home)
    area, point = again.complaints
    assert area == drawn
    assert (area.kind, area.intensity, area.quality) == (ComplaintKind.AREA, 6, "burning")
    assert area.region_ids == ("chest.left",)
    assert (point.kind, point.intensity, point.region_ids) == (ComplaintKind.TRIGGER_POINT, 9, ("chest.left",))
    again.undo()
    assert [found.id for found in again.complaints] == [area.id]
    again.redo()
    assert [found.id for found in again.complaints] == [area.id, point.id]
    again.practice.close()


def test_its_area_is_that_of_the_skin_on_every_region_it_touches(charting: ChartingService) -> None:
    uneven = [(x + 10.0, y) for x, y in ACROSS]
    assert draw_area(charting, lasso(charting, "body_front", uneven)).region_ids == ("chest.left", "chest.right")
    uneven = [(x - 10.0, y) for x, y in ACROSS]
    assert draw_area(charting, lasso(charting, "body_front", uneven)).region_ids == ("chest.right", "chest.left")
    parts = lasso(charting, "body_front", ACROSS)
    drawn = draw_area(charting, parts)
    assert set(drawn.region_ids) == {"chest.left", "chest.right"}
    assert set(split_by_region(charting.atlas, drawn.outline)) == set(drawn.region_ids)
    found = area_cm2(charting.atlas, charting.scale, drawn)
    assert found == pytest.approx(sum(part.area_cm2 for part in parts), rel=0.01)
    # the front of the ellipsoid is nearly flat: about 60 × 40 mm of the view, in patient mm
    assert found == pytest.approx(24 * charting.scale.length**2, rel=0.08)
    assert area_cm2(charting.atlas, charting.scale, place_trigger_point(charting, point_at(charting.atlas, 0, -9))) == 0


def test_an_area_grows_by_a_stroke_in_one_step(charting: ChartingService) -> None:
    drawn = draw_area(charting, lasso(charting, "body_front", LOOP), 3)
    before = area_cm2(charting.atlas, charting.scale, drawn)
    stroke = brushed(charting, "body_front", [(40.0, 0.0), (-40.0, 0.0)], 20.0)
    grown = extend_area(charting, drawn.id, stroke)
    assert charting.complaints == (grown,)
    assert (grown.intensity, set(grown.region_ids)) == (3, {"chest.left", "chest.right"})
    after = area_cm2(charting.atlas, charting.scale, grown)
    both = before + sum(part.area_cm2 for part in stroke)
    assert before * 1.2 < after < both
    charting.undo()
    assert charting.complaints == (drawn,)


def test_the_last_drawing_comes_back_without_its_intensities(charting: ChartingService) -> None:
    assert last_drawing(charting) == ()
    draw_area(charting, lasso(charting, "body_front", LOOP), 6, "burning")
    place_trigger_point(charting, point_at(charting.atlas, 40, 0), 9)
    practice = charting.practice
    practice.new_session(charting.patient.id, charting.atlas)
    later = ChartingService(practice, charting.atlas, practice.new_session(charting.patient.id, charting.atlas).id)
    found = last_drawing(later)
    assert found == charting.complaints
    repeat_drawing(later, found)
    assert [(one.intensity, one.quality, one.outline, one.points) for one in later.complaints] == [
        (None, one.quality, one.outline, one.points) for one in charting.complaints
    ]
    assert not {one.id for one in later.complaints} & {one.id for one in charting.complaints}
    later.undo()
    assert later.complaints == ()
    with pytest.raises(BadInputError, match="no earlier pain drawing"):
        repeat_drawing(later, ())


def test_areas_may_overlap_and_each_keeps_its_intensity(charting: ChartingService) -> None:
    one = draw_area(charting, lasso(charting, "body_front", LOOP), 2)
    two = draw_area(charting, lasso(charting, "body_front", ACROSS), 8)
    change_complaint(charting, one.id, intensity=5, quality="dull")
    assert [(found.intensity, found.quality) for found in charting.complaints] == [(5, "dull"), (8, "")]
    change_complaint(charting, two.id, intensity=None)
    assert charting.complaints[1].intensity is None
    erase_complaint(charting, one.id)
    assert [found.id for found in charting.complaints] == [two.id]
    charting.undo()
    assert {found.id for found in charting.complaints} == {one.id, two.id}


def test_no_complaint_is_ever_tallied_or_mirrored(charting: ChartingService) -> None:
    charting.mirror_live = True
    draw_area(charting, lasso(charting, "body_front", LOOP), 6)
    place_trigger_point(charting, point_at(charting.atlas, 60, 0))
    assert len(charting.complaints) == 2
    assert charting.marks == ()
    assert charting.tally().total.marks == 0
    charting.mirror_live = False
    charting.place([point_at(charting.atlas, 60, 0)], PAPULE, 0.05)
    assert charting.tally().total.marks == 1


def test_what_cannot_be_is_refused_and_nothing_changes(charting: ChartingService) -> None:
    assert lasso(charting, "body_front", [(-175, 200), (-170, 240), (-165, 210)]) == ()
    with pytest.raises(BadInputError, match="off the body"):
        draw_area(charting, ())
    with pytest.raises(BadInputError, match="not on the scale"):
        draw_area(charting, lasso(charting, "body_front", LOOP), 11)
    drawn = draw_area(charting, lasso(charting, "body_front", LOOP))
    with pytest.raises(BadInputError, match="not on the scale"):
        change_complaint(charting, drawn.id, intensity=-1)
    with pytest.raises(BadInputError, match="too long"):
        change_complaint(charting, drawn.id, quality="x" * 20_001)
    with pytest.raises(BadInputError, match="stays as it was recorded"):
        EditComplaint(drawn, {"kind": ComplaintKind.TRIGGER_POINT}).changes()
    assert charting.complaints == (drawn,)
    erase_complaint(charting, drawn.id)
    with pytest.raises(NotFoundError):
        erase_complaint(charting, drawn.id)
    with pytest.raises(NotFoundError):
        change_complaint(charting, drawn.id, intensity=1)


def test_setting_what_is_set_already_is_no_step(charting: ChartingService) -> None:
    drawn = draw_area(charting, lasso(charting, "body_front", LOOP), 4)
    name = charting.undo_name
    change_complaint(charting, drawn.id, intensity=4)
    assert name == charting.undo_name == "Draw complaint"
