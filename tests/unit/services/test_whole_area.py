"""Whole areas: names of groups of regions, one total for all of them, one step."""

import pytest

from mesomap.atlas import open_atlas
from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet
from mesomap.services import ChartingService
from mesomap.services.named_areas import NAMED_AREAS, areas_of
from mesomap.services.whole_area import AreaDose, preview_region, record_whole_area, total_of

REGIONS = ("chest.left", "chest.right", "abdomen_lower.mid")


def wish(technique: str = "nappage", spacing_mm: float | None = 15.0, total_ml: float | None = None) -> AreaDose:
    """A dose with 0.01 mL a point."""
    dose = Dose(technique=technique, mixture="A", depth_mm=1.0)
    return AreaDose(dose=dose, volume_ml=0.01, total_ml=total_ml, spacing_mm=spacing_mm)


def test_every_area_names_regions_that_the_shipped_body_has_each_once() -> None:
    known = {region.id for region in open_atlas().regions}
    keys = [area.key for area in NAMED_AREAS]
    assert len(set(keys)) == len(keys)
    for area in NAMED_AREAS:
        assert set(area.region_ids) <= known, area.key
        assert len(set(area.region_ids)) == len(area.region_ids), area.key
        sides = {region.rpartition(".")[2] for region in area.region_ids}
        assert sides in ({"mid"}, {"left", "right"}, {"mid", "left", "right"}, {area.key.rpartition(".")[2]})


def test_a_body_offers_only_the_areas_it_has(charting: ChartingService) -> None:
    assert [(area.key, area.region_ids) for area in areas_of(charting.atlas)] == [
        ("face", ("forehead.mid",)),
        ("forehead", ("forehead.mid",)),
        ("abdomen", ("abdomen_lower.mid",)),
    ]


def test_a_total_is_shared_by_the_points_of_the_regions_in_one_step(charting: ChartingService) -> None:
    asked = wish(total_ml=2.0)
    previews = [preview_region(charting, region, asked) for region in REGIONS]
    marks = record_whole_area(charting, previews, asked, now())
    assert [mark.region_ids for mark in marks] == [(region,) for region in REGIONS]
    for mark, part in zip(marks, previews, strict=True):
        assert isinstance(mark, AreaRecord)
        assert (mark.about_n, mark.outline) == (part.count, part.outline)
        assert mark.total_ml == pytest.approx(2.0 * part.count / sum(p.count for p in previews))
    assert charting.tally().total.volume_ml == pytest.approx(2.0)
    charting.undo()
    assert charting.marks == ()
    charting.redo()
    assert len(charting.marks) == len(REGIONS)


def test_without_a_total_the_volume_of_a_point_counts(charting: ChartingService) -> None:
    asked = wish()
    previews = [preview_region(charting, region, asked) for region in REGIONS]
    count = sum(part.count for part in previews)
    assert total_of(previews, asked) == pytest.approx(0.01 * count)
    record_whole_area(charting, previews, asked, now())
    assert charting.tally().total.volume_ml == pytest.approx(0.01 * count)


def test_without_a_spacing_an_area_is_charted_by_its_size_alone(charting: ChartingService) -> None:
    asked = wish(spacing_mm=None, total_ml=3.0)
    previews = [preview_region(charting, region, asked) for region in REGIONS]
    marks = record_whole_area(charting, previews, asked, now())
    sizes = [part.area_cm2 for part in previews]
    for mark, size in zip(marks, sizes, strict=True):
        assert isinstance(mark, AreaRecord)
        assert (mark.about_n, mark.spacing_mm) == (None, None)
        assert mark.total_ml == pytest.approx(3.0 * size / sum(sizes))
    assert charting.tally().total.treated_cm2 == pytest.approx(sum(sizes), rel=0.01)


def test_a_point_technique_places_its_points_and_needs_a_spacing(charting: ChartingService) -> None:
    asked = wish("papule", total_ml=1.5)
    previews = [preview_region(charting, region, asked) for region in REGIONS]
    marks = record_whole_area(charting, previews, asked, now())
    for mark, part in zip(marks, previews, strict=True):
        assert isinstance(mark, InjectionSet)
        assert (mark.points, mark.volume_ml) == (part.points, None)
    assert sum(mark.total_ml or 0.0 for mark in marks) == pytest.approx(1.5)
    with pytest.raises(BadInputError, match="spacing"):
        preview_region(charting, REGIONS[0], wish("papule", spacing_mm=None))
    with pytest.raises(BadInputError):
        record_whole_area(charting, previews, wish("papule", total_ml=-1.0), now())


def test_live_mirror_charts_the_other_side_too(charting: ChartingService) -> None:
    charting.mirror_live = True
    asked = wish(total_ml=1.0)
    record_whole_area(charting, [preview_region(charting, "chest.left", asked)], asked, now())
    assert {mark.region_ids for mark in charting.marks} == {("chest.left",), ("chest.right",)}
    charting.undo()
    assert charting.marks == ()
