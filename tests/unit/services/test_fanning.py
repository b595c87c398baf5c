"""Fans: lines of one length from one entry, evenly spread; the entry is counted once."""

import math

import numpy as np
import pytest

from mesomap.atlas import SkinArray
from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import Dose, Origin
from mesomap.services import ChartingService
from mesomap.services.fanning import FanLine, FanShape, fan_lines, record_fan
from tests.unit.services.conftest import point_at

FANNING = Dose(technique="fanning", mixture="A", depth_mm=4.0)
ENTRY, END = (50.0, 0.0), (90.0, 0.0)


def fan(
    charting: ChartingService, shape: FanShape, end: tuple[float, float] = END, spacing: float = 20.0
) -> tuple[FanLine, ...]:
    places = [(point_at(charting.atlas, *xy), xy) for xy in (ENTRY, end)]
    return fan_lines(charting, "body_front", places[0], places[1], shape, spacing)


def test_the_lines_are_equally_long_and_evenly_turned(charting: ChartingService) -> None:
    lines = fan(charting, FanShape(5, 80.0))
    assert len(lines) == 5
    lengths = [line.length_mm for line in lines]
    assert lengths == pytest.approx([lengths[2]] * 5, rel=0.03)
    tips = charting.atlas.project("body_front", SkinArray.of([line.points[-1] for line in lines])).xy
    turns = [math.degrees(math.atan2(y - ENTRY[1], x - ENTRY[0])) for x, y in tips.tolist()]
    assert turns[2] == pytest.approx(0, abs=1)
    # the view foreshortens the skin a little
    assert turns == pytest.approx([-40, -20, 0, 20, 40], abs=6)


def test_the_entry_is_one_puncture(charting: ChartingService) -> None:
    lines = fan(charting, FanShape(4, 60.0))
    entry = charting.atlas.position(SkinArray.of([point_at(charting.atlas, *ENTRY)]))[0]
    at_entry = [
        np.linalg.norm(charting.atlas.position(SkinArray.of([line.points[0]]))[0] - entry) < 0.01 for line in lines
    ]
    assert at_entry == [True, False, False, False]


def test_a_wide_spacing_leaves_two_points_on_each_line(charting: ChartingService) -> None:
    assert [len(line.points) for line in fan(charting, FanShape(3, 60.0), spacing=200.0)] == [3, 2, 2]


def test_lines_that_leave_the_body_are_left_out(charting: ChartingService) -> None:
    places = [(point_at(charting.atlas, *xy), xy) for xy in ((140.0, 0.0), (110.0, 0.0))]
    lines = fan_lines(charting, "body_front", places[0], places[1], FanShape(3, 350.0), 20.0)
    assert 0 < len(lines) <= 3
    assert fan(charting, FanShape(), end=ENTRY) == ()


def test_a_fan_is_one_step_of_as_many_lines(charting: ChartingService) -> None:
    lines = fan(charting, FanShape(3, 60.0))
    marks = record_fan(charting, lines, FANNING, 0.05, 20.0, now())
    assert charting.marks == marks
    assert {mark.origin for mark in marks} == {Origin.LINE}
    assert [mark.points for mark in marks] == [line.points for line in lines]
    kept = charting.remembered("fanning")
    assert kept is not None
    assert (kept.spacing_mm, kept.volume_ml) == (20.0, 0.05)
    charting.undo()
    assert not any(charting.marks)
    total = record_fan(charting, lines, FANNING, None, 20.0, now(), total_ml=1.0)
    assert sum(mark.total_ml or 0.0 for mark in total) == pytest.approx(1.0)


@pytest.mark.parametrize("shape", [FanShape(1, 60.0), FanShape(26, 60.0), FanShape(5, 0.0), FanShape(5, float("nan"))])
def test_impossible_shapes_are_refused(shape: FanShape, charting: ChartingService) -> None:
    with pytest.raises(BadInputError):
        fan(charting, shape)


def test_a_shape_is_remembered_and_nonsense_is_not() -> None:
    shape = FanShape(7, 95.0)
    assert FanShape.from_setting(shape.as_setting()) == shape
    nonsense: list[object] = [None, [], {"lines": 0, "spread_deg": 60.0}, {"lines": 5}, {"lines": 5, "spread_deg": 900}]
    for value in nonsense:
        assert FanShape.from_setting(value) == FanShape()
