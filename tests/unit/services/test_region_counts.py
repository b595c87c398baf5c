"""Counts by region: the same as those of the tally."""

from dataclasses import replace

import pytest

from mesomap.coverage.tally import tally
from mesomap.domain.marks import AreaRecord, Dose
from mesomap.services import ChartingService
from mesomap.services.region_counts import region_counts
from tests.unit.services.conftest import PAPULE, point_at

NAPPAGE = Dose(technique="nappage", mixture="B", depth_mm=1.0)


def test_counts_are_those_of_the_tally(charting: ChartingService) -> None:
    atlas = charting.atlas
    charting.place([point_at(atlas, 60, 10), point_at(atlas, -60, 10), point_at(atlas, 40, 20)], PAPULE, 0.05)
    charting.place([point_at(atlas, 0, 180)], PAPULE, None)
    charting.fill("chest.right", NAPPAGE, 0.01, spacing_mm=15)
    area = charting.fill("chest.left", NAPPAGE, 0.01, spacing_mm=15)
    assert isinstance(area, AreaRecord)
    both = replace(area, region_ids=("chest.left", "chest.right"), about_n=101, total_ml=1.0)
    marks = (*charting.marks[:-1], both)
    counts = region_counts(atlas, marks, charting.scale)
    rows = tally(atlas, marks, charting.scale).rows
    assert [(c.region_id, c.points) for c in counts] == [(row.region_id, row.about_points) for row in rows]
    for count, row in zip(counts, rows, strict=True):
        assert count.volume_ml == (None if row.volume_ml is None else pytest.approx(row.volume_ml))
    assert [c.region_id for c in counts if not c.about] == ["forehead.mid"]


def test_no_marks_no_regions(charting: ChartingService) -> None:
    assert region_counts(charting.atlas, (), charting.scale) == ()
