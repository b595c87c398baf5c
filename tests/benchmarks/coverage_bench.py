"""The live tally, covered areas and fills."""

from datetime import UTC, datetime
from uuid import uuid4

import numpy as np
import shapely

from mesomap.atlas import Atlas, SkinArray, open_atlas
from mesomap.coverage import Tallier, fill
from mesomap.coverage.discs import covered_area_cm2
from mesomap.coverage.footprints import footprints
from mesomap.coverage.heat import HeatMaps, Measure
from mesomap.domain.body_size import PatientScale
from mesomap.domain.marks import Dose, InjectionSet, Origin
from mesomap.domain.place import SkinPoint
from tests.benchmarks.table import Row, best_ms

REGION = "thigh_front.left"
RADIUS_MM = 5.0


def coverage_rows() -> list[Row]:
    """One more tap among 2,000; 2,000 taps at once; covered area; fills."""
    atlas = open_atlas()
    chart = atlas.chart(REGION)
    chart.metric.area_mm2(chart.polygon)
    points = fill(atlas, REGION, spacing_mm=4.5).points
    order = np.random.default_rng(0).permutation(len(points))[:2000]
    marks = [_tap(point) for point in points[order].points()]
    discs = footprints(chart.metric, chart.to_chart(points[order]), RADIUS_MM)
    plain = best_ms(lambda: shapely.union_all(discs), 3)
    return [
        _tap_row(atlas, marks, plain),
        Row(
            "tally of 2,000 taps at once",
            best_ms(lambda: _tallier(atlas).tally(marks), 3),
            None,
            "union_all of their discs",
            plain,
        ),
        Row(
            "covered area of 2,000 footprints",
            best_ms(lambda: covered_area_cm2(atlas, REGION, points[order], RADIUS_MM), 3),
            None,
            "union_all of their discs",
            plain,
        ),
        _heat_row(atlas, marks, points[order]),
        _fill_row(atlas, 5.2),
        _fill_row(atlas, 20.0),
    ]


def _tallier(atlas: Atlas) -> Tallier:
    return Tallier(atlas, PatientScale(), {"papule": RADIUS_MM})


def _tap(point: SkinPoint) -> InjectionSet:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return InjectionSet(
        id=uuid4(),
        session_id=uuid4(),
        points=(point,),
        dose=Dose(technique="papule"),
        volume_ml=0.05,
        origin=Origin.TAP,
        done_at=now,
        entered_at=now,
    )


def _tap_row(atlas: Atlas, marks: list[InjectionSet], plain: float) -> Row:
    live = _tallier(atlas)
    live.tally(marks[:-30])
    upto = iter(range(len(marks) - 29, len(marks)))
    ms = best_ms(lambda: live.tally(marks[: next(upto)]), 25)
    return Row("tally after one more tap among 2,000", ms, 10, "union_all of 2,000 discs", plain)


def _heat_row(atlas: Atlas, marks: list[InjectionSet], points: SkinArray) -> Row:
    """The heat map beside the mere counting of the points by cells of its raster."""
    maps = HeatMaps(atlas)
    raster = maps.raster("body_front", marks, Measure.POINTS)
    rows, columns = raster.values.shape
    ms = best_ms(lambda: maps.raster("body_front", marks, Measure.POINTS), 5)
    x, y = atlas.project("body_front", points).xy.T
    plain = best_ms(lambda: np.histogram2d(y, x, bins=(rows, columns)), 5)
    return Row("heat map of 2,000 taps over one view", ms, None, "histogram2d of their places", plain)


def _fill_row(atlas: Atlas, spacing_mm: float) -> Row:
    chart = atlas.chart(REGION)
    count = fill(atlas, REGION, spacing_mm=spacing_mm).count
    x0, y0, x1, y1 = chart.polygon.bounds

    def regular() -> int:
        y, x = np.mgrid[y0 : y1 : spacing_mm * 0.866, x0:x1:spacing_mm]
        return int(shapely.contains_xy(chart.polygon, x.ravel(), y.ravel()).sum())

    ms = best_ms(lambda: fill(atlas, REGION, spacing_mm=spacing_mm), 5)
    return Row(f"fill of {count:,} places", ms, 100, "regular grid cut to the region", best_ms(regular))
