"""The figures a practitioner reads: treated, covered, density, spacing, volume, by region."""

import math
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import numpy as np
import pytest
import shapely

from mesomap.atlas import Atlas
from mesomap.coverage.fill import Fill, fill
from mesomap.coverage.tally import Tallier, tally
from mesomap.domain.body_size import PatientScale
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Lattice, Origin
from mesomap.domain.place import SkinPoint

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def tapped(
    *points: SkinPoint, technique: str = "papule", volume_ml: float | None = 0.1, origin: Origin = Origin.TAP
) -> InjectionSet:
    return InjectionSet(
        id=uuid4(),
        session_id=uuid4(),
        points=points,
        dose=Dose(technique=technique),
        volume_ml=volume_ml,
        origin=origin,
        done_at=NOW,
        entered_at=NOW,
    )


def recorded(laid: Fill, *, total_ml: float | None = 2.0) -> AreaRecord:
    return AreaRecord(
        id=uuid4(),
        session_id=uuid4(),
        outline=laid.outline,
        region_ids=(laid.region_id,),
        dose=Dose(technique="nappage"),
        lattice=laid.lattice,
        spacing_mm=laid.spacing_mm,
        about_n=laid.count,
        total_ml=total_ml,
        origin=Origin.FILL,
        done_at=NOW,
        entered_at=NOW,
    )


def middle(atlas: Atlas, region_id: str) -> SkinPoint:
    chart = atlas.chart(region_id)
    return chart.from_chart(np.array(chart.polygon.centroid.coords)).points()[0]


def test_one_tap_covers_a_disc_of_its_radius_of_effect(small_atlas: Atlas) -> None:
    figures = tally(small_atlas, [tapped(middle(small_atlas, "chest.left"))], radii={"papule": 8.0})
    row = figures.rows[0]
    assert row.region_id == "chest.left"
    assert (row.marks, row.about_points, row.volume_ml) == (1, 1, 0.1)
    assert row.covered_cm2 == pytest.approx(math.pi * 0.64, rel=3e-3)
    assert row.treated_cm2 == pytest.approx(math.pi * 0.64, rel=3e-3)
    assert row.spacing_mm is None
    assert row.radii_mm == (8.0,)
    assert not row.has_pattern


def test_a_total_of_points_is_shared_by_their_number_where_they_lie(small_atlas: Atlas) -> None:
    left, right = middle(small_atlas, "chest.left"), middle(small_atlas, "chest.right")
    mark = replace(tapped(left, left, left, right, volume_ml=None), given_total_ml=2.0)
    figures = tally(small_atlas, [mark])
    volumes = {row.region_id: row.volume_ml for row in figures.rows}
    assert volumes == {"chest.left": pytest.approx(1.5), "chest.right": pytest.approx(0.5)}
    assert figures.total.volume_ml == pytest.approx(2.0)
    assert all(row.volume_complete for row in figures.rows)
    unknown = tally(small_atlas, [replace(mark, given_total_ml=None)])
    assert {row.volume_ml for row in unknown.rows} == {None}


def test_the_same_place_twice_covers_once_but_counts_twice(small_atlas: Atlas) -> None:
    place = middle(small_atlas, "chest.left")
    row = tally(small_atlas, [tapped(place), tapped(place)], radii={"papule": 8.0}).rows[0]
    assert row.about_points == 2
    assert row.volume_ml == pytest.approx(0.2)
    assert row.covered_cm2 == pytest.approx(math.pi * 0.64, rel=3e-3)


def test_without_a_radius_covered_is_unknown_not_zero(small_atlas: Atlas) -> None:
    figures = tally(small_atlas, [tapped(middle(small_atlas, "chest.left"))], radii={"papule": None})
    assert figures.rows[0].covered_cm2 is None
    assert figures.total.covered_cm2 is None


def test_a_missing_volume_is_said_and_not_counted_as_zero(small_atlas: Atlas) -> None:
    place = middle(small_atlas, "chest.left")
    row = tally(small_atlas, [tapped(place), tapped(place, volume_ml=None)]).rows[0]
    assert row.volume_ml == pytest.approx(0.1)
    assert not row.volume_complete
    assert tally(small_atlas, [tapped(place, volume_ml=None)]).total.volume_ml is None
    assert tally(small_atlas, [tapped(place, volume_ml=0.0)]).total.volume_ml == 0.0, "dry is a volume"


def test_a_fill_is_treated_over_its_whole_outline(small_atlas: Atlas) -> None:
    laid = fill(small_atlas, "chest.left", spacing_mm=15.0)
    mark = InjectionSet(
        id=uuid4(),
        session_id=uuid4(),
        points=laid.points.points(),
        dose=Dose(technique="papule"),
        volume_ml=0.05,
        origin=Origin.FILL,
        done_at=NOW,
        entered_at=NOW,
        outline=laid.outline,
        region_ids=("chest.left",),
        spacing_mm=15.0,
    )
    row = tally(small_atlas, [mark]).rows[0]
    assert row.treated_cm2 == pytest.approx(row.region_cm2, rel=2e-3)
    assert row.density_per_cm2 == pytest.approx(laid.count / row.region_cm2, rel=3e-3)
    assert row.spacing_mm is not None
    assert row.spacing_mm.median == pytest.approx(15.0, rel=0.05)
    assert row.has_pattern


def test_an_area_record_is_one_mark_with_about_n_and_its_total_volume(small_atlas: Atlas) -> None:
    laid = fill(small_atlas, "chest.left", spacing_mm=6.0)
    row = tally(small_atlas, [recorded(laid)], radii={"nappage": 4.0}).rows[0]
    assert (row.marks, row.about_points, row.volume_ml) == (1, laid.count, 2.0)
    assert row.covered_cm2 == pytest.approx(row.region_cm2, rel=0.01)
    sparse = tally(small_atlas, [recorded(laid)], radii={"nappage": 1.0}).rows[0]
    assert sparse.covered_cm2 == pytest.approx(laid.count * math.pi * 0.01, rel=0.02), "gaps stay uncovered"


def test_footprints_across_a_border_are_shared_without_loss(small_atlas: Atlas) -> None:
    chart = small_atlas.chart("chest.left")
    rim = np.array(shapely.get_coordinates(shapely.boundary(chart.polygon))[::7])
    marks = [tapped(*chart.from_chart(rim[:6]).points())]
    figures = tally(small_atlas, marks, radii={"papule": 6.0})
    assert len(figures.regions) >= 2
    total = figures.total.covered_cm2
    assert total is not None
    one_chart = chart.metric.area_mm2(shapely.union_all([*_footprints(small_atlas, marks[0])])) / 100
    assert total == pytest.approx(one_chart, rel=5e-3)


def _footprints(atlas: Atlas, mark: InjectionSet) -> list[shapely.Geometry]:
    from mesomap.atlas.skin import SkinArray
    from mesomap.coverage.footprints import footprints

    chart = atlas.chart("chest.left")
    return list(footprints(chart.metric, chart.to_chart(SkinArray.of(mark.points)), 6.0))


def test_figures_are_the_patients_own_size_except_on_the_head(small_atlas: Atlas) -> None:
    larger = PatientScale(1.1, "scaled by BSA")
    marks = [tapped(middle(small_atlas, "chest.left")), tapped(middle(small_atlas, "forehead.mid"))]
    figures = tally(small_atlas, marks, larger, {"papule": 8.0})
    assert figures.basis == "scaled by BSA"
    by_id = {row.region_id: row for row in figures.rows}
    assert by_id["chest.left"].region_cm2 == pytest.approx(small_atlas.region("chest.left").area_cm2 * 1.21)
    assert by_id["forehead.mid"].region_cm2 == pytest.approx(small_atlas.region("forehead.mid").area_cm2)
    for row in by_id.values():
        assert row.covered_cm2 == pytest.approx(math.pi * 0.64, rel=4e-3), "the radius is patient mm everywhere"


def test_tap_by_tap_and_undo_give_the_same_as_all_at_once(small_atlas: Atlas) -> None:
    laid = fill(small_atlas, "chest.left", spacing_mm=14.0)
    marks = [tapped(point) for point in laid.points.points()[:40]]
    live = Tallier(small_atlas, PatientScale())
    for count in range(1, len(marks) + 1):
        stepwise = live.tally(marks[:count])
    at_once = tally(small_atlas, marks)
    assert stepwise.total.covered_cm2 == pytest.approx(at_once.total.covered_cm2, rel=1e-6)
    assert stepwise.total.treated_cm2 == pytest.approx(at_once.total.treated_cm2, rel=1e-6)
    undone = live.tally(marks[:20])
    assert undone.total.covered_cm2 == pytest.approx(tally(small_atlas, marks[:20]).total.covered_cm2, rel=1e-6)
    without_first = live.tally(marks[1:20])
    assert without_first.total.about_points == 19
    assert without_first.total.covered_cm2 == pytest.approx(tally(small_atlas, marks[1:20]).total.covered_cm2, rel=1e-6)


def test_no_marks_no_rows(small_atlas: Atlas) -> None:
    figures = tally(small_atlas, [])
    assert figures.regions == ()
    assert figures.total.about_points == 0
    assert figures.total.covered_cm2 is None


def test_a_square_lattice_record_is_covered_when_its_diagonal_is(small_atlas: Atlas) -> None:
    laid = fill(small_atlas, "chest.left", spacing_mm=10.0, lattice=Lattice.SQUARE)
    row = tally(small_atlas, [recorded(laid)], radii={"nappage": 7.6}).rows[0]
    assert row.covered_cm2 == pytest.approx(row.region_cm2, rel=0.01)


def test_a_tally_reports_how_far_it_is_and_a_report_can_end_it(small_atlas: Atlas) -> None:
    class EnoughError(Exception):
        pass

    def enough(part: float) -> None:
        if part > 0.4:
            raise EnoughError

    marks = [recorded(fill(small_atlas, region, spacing_mm=15.0)) for region in ("chest.left", "chest.right")]
    parts: list[float] = []
    figures = Tallier(small_atlas, PatientScale()).tally(marks, parts.append)
    assert parts == sorted(parts)
    assert all(0.0 <= part < 1.0 for part in parts)
    assert len(parts) >= len(figures.rows)
    with pytest.raises(EnoughError):
        Tallier(small_atlas, PatientScale()).tally(marks, enough)
