"""Fills of the shipped body: even on skin that is curved, folded or in pieces."""

from typing import Any

import numpy as np
import pytest
import shapely

from mesomap.atlas import Atlas
from mesomap.atlas.records import Floats
from mesomap.coverage import fill
from mesomap.coverage.discs import covered_area_cm2
from mesomap.domain.marks import Lattice


@pytest.fixture(scope="module")
def atlas(real_atlas: Any) -> Atlas:
    assert isinstance(real_atlas, Atlas)
    return real_atlas


def neighbour_ratios(atlas: Atlas, region_id: str, spacing_mm: float) -> Floats:
    """Skin distance ÷ spacing of all neighbours of a fill."""
    chart = atlas.chart(region_id)
    xy = chart.to_chart(fill(atlas, region_id, spacing_mm=spacing_mm).points)
    mesh = shapely.get_parts(shapely.delaunay_triangles(shapely.MultiPoint(xy), only_edges=True))
    edges = shapely.get_coordinates(list(mesh)).reshape(-1, 2, 2)
    ratio: Floats = chart.metric.lengths_mm(edges[:, 0], edges[:, 1], nodes=9) / spacing_mm
    return ratio[ratio < 1.32]


@pytest.mark.parametrize("spacing_mm", [3.0, 10.0])
@pytest.mark.parametrize(
    ("region_id", "within"),
    [
        ("forehead.mid", 0.03),
        ("cheek_malar.left", 0.03),
        ("cheek_buccal.right", 0.03),
        ("abdomen_upper.mid", 0.03),
        ("neck_anterior.mid", 0.03),
        ("chin.mid", 0.05),
        ("breast_lower_outer.left", 0.08),
        ("foot_dorsum.right", 0.08),
        ("toes_plantar.left", 0.08),
    ],
)
def test_neighbours_lie_one_spacing_apart(atlas: Atlas, region_id: str, within: float, spacing_mm: float) -> None:
    ratios = neighbour_ratios(atlas, region_id, spacing_mm)
    assert len(ratios) > 20
    low, high = np.percentile(ratios, [5, 95])
    assert 1 - within < low
    assert high < 1 + within


@pytest.mark.parametrize("lattice", list(Lattice))
def test_a_fill_has_the_number_of_places_that_its_area_holds(atlas: Atlas, lattice: Lattice) -> None:
    laid = fill(atlas, "cheek_buccal.left", spacing_mm=4.0, lattice=lattice)
    cell_mm2 = 16.0 * (np.sqrt(3) / 2 if lattice is not Lattice.SQUARE else 1.0)
    assert laid.count == pytest.approx(laid.area_cm2 * 100 / cell_mm2, rel=0.06)
    assert laid.area_cm2 == pytest.approx(atlas.region("cheek_buccal.left").area_cm2, rel=5e-3)


def test_a_hex_fill_just_covers_at_spacing_over_root_three(atlas: Atlas) -> None:
    laid = fill(atlas, "forehead.mid", spacing_mm=10.0)
    whole = atlas.region("forehead.mid").area_cm2
    just = covered_area_cm2(atlas, "forehead.mid", laid.points, 1.03 * 10.0 / np.sqrt(3))
    assert 0.95 * whole < just <= whole * 1.002
    half = covered_area_cm2(atlas, "forehead.mid", laid.points, 2.0)
    assert half == pytest.approx(laid.count * np.pi * 0.04, rel=0.05)


def test_the_mirrored_region_takes_as_many(atlas: Atlas) -> None:
    left, right = (fill(atlas, f"cheek_malar.{side}", spacing_mm=5.0).count for side in ("left", "right"))
    assert abs(left - right) <= max(2, 0.04 * left)
