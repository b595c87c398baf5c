"""Strokes: parallel, at the spacing, over a strip of the width asked for; charted as its area, without points."""

from itertools import pairwise

import numpy as np
import pytest

from mesomap.atlas import SkinArray
from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import Dose
from mesomap.services import ChartingService
from mesomap.services.fanning import Seen
from mesomap.services.stroking import Strip, record_strokes, strip
from tests.unit.services.conftest import PAPULE, point_at

IED = Dose(technique="ied", mixture="A", depth_mm=0.5)
ENTRY, END = (40.0, 0.0), (90.0, 10.0)


def seen(charting: ChartingService, xy: tuple[float, float]) -> Seen:
    return point_at(charting.atlas, *xy), xy


def laid(charting: ChartingService, width: float = 40.0, spacing: float = 10.0) -> Strip:
    found = strip(charting, "body_front", seen(charting, ENTRY), seen(charting, END), width, spacing)
    assert found is not None
    return found


def test_strokes_lie_one_spacing_apart_on_the_skin(charting: ChartingService) -> None:
    found = laid(charting)
    assert found.count == 4
    xyz = [charting.atlas.position(stroke) for stroke in found.strokes]
    factor = charting.scale.factor(False)
    for one, other in pairwise(xyz):
        gaps = np.linalg.norm(one[:, None] - other[None], axis=2).min(axis=1) * factor
        assert np.median(gaps) == pytest.approx(10.0, rel=0.05)
    for places in xyz:
        along = np.linalg.norm(np.diff(places, axis=0), axis=1).sum() * factor
        assert along == pytest.approx(found.length_mm, rel=0.03)


def test_the_strip_is_as_large_as_its_length_and_width_say(charting: ChartingService) -> None:
    found = laid(charting)
    assert sum(part.area_cm2 for part in found.parts) == pytest.approx(found.length_mm * 40.0 / 100.0, rel=0.05)
    assert [part.region_id for part in found.parts] == ["chest.left"]


def test_a_narrow_strip_is_one_stroke_and_a_strip_over_a_border_is_charted_in_both_regions(
    charting: ChartingService,
) -> None:
    assert laid(charting, width=2.0).count == 1
    ends = seen(charting, (-30.0, 60.0)), seen(charting, (30.0, 60.0))
    found = strip(charting, "body_front", *ends, 20.0, 5.0)
    assert found is not None
    assert {part.region_id for part in found.parts} == {"chest.left", "chest.right"}
    marks = record_strokes(charting, found, IED, None, 5.0, now(), total_ml=1.0)
    assert sum(mark.total_ml or 0.0 for mark in marks) == pytest.approx(1.0)
    charting.undo()
    assert not any(charting.marks)


def test_strokes_are_an_area_without_a_count(charting: ChartingService) -> None:
    found = laid(charting)
    (mark,) = record_strokes(charting, found, IED, 0.02, 10.0, now())
    assert (mark.about_n, mark.spacing_mm) == (None, 10.0)
    assert mark.total_ml == pytest.approx(0.08)
    figures = charting.tally().total
    assert figures.density_per_cm2 is None
    assert figures.treated_cm2 == pytest.approx(sum(part.area_cm2 for part in found.parts), rel=0.02)


def test_no_way_no_strip_and_impossible_widths_are_refused(charting: ChartingService) -> None:
    there = seen(charting, ENTRY)
    assert strip(charting, "body_front", there, there, 20.0, 5.0) is None
    for width, spacing in ((0.0, 5.0), (500.0, 5.0), (float("nan"), 5.0), (20.0, 0.0)):
        with pytest.raises(BadInputError):
            strip(charting, "body_front", there, seen(charting, END), width, spacing)
    with pytest.raises(BadInputError):
        record_strokes(charting, laid(charting), PAPULE, 0.02, 10.0, now())


def test_every_place_of_a_stroke_is_skin(charting: ChartingService) -> None:
    ends = seen(charting, (110.0, 0.0)), seen(charting, (148.0, 0.0))
    found = strip(charting, "body_front", *ends, 60.0, 5.0)
    assert found is not None
    for stroke in found.strokes:
        assert isinstance(stroke, SkinArray)
        assert (charting.atlas.region_at(stroke) >= 0).all()
