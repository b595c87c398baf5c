"""Details of a region: volume by mixture, largest gap, overlap, against cases worked out by hand."""

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import shapely

from mesomap.atlas import Atlas
from mesomap.coverage.details import MixtureVolume, RegionDetails, largest_gap_mm, mixture_volumes, overlap_mm2
from mesomap.coverage.fill import fill
from mesomap.coverage.tally import Tallier
from mesomap.domain.body_size import PatientScale
from mesomap.domain.errors import NotFoundError
from mesomap.domain.marks import Dose, InjectionSet, Mark
from mesomap.domain.place import SkinPoint
from tests.unit.coverage.test_tally import recorded, tapped

REGION = "chest.left"


def beside(atlas: Atlas, *offsets_mm: tuple[float, float]) -> tuple[SkinPoint, ...]:
    """Skin at these chart offsets from the middle of the region."""
    chart = atlas.chart(REGION)
    middle = np.array(chart.polygon.centroid.coords)
    return chart.from_chart(middle + np.array(offsets_mm)).points()


def details(atlas: Atlas, *marks: Mark, radius_mm: float | None = 8.0, scale: float = 1.0) -> RegionDetails:
    radii = {"papule": radius_mm, "nappage": radius_mm}
    tallier = Tallier(atlas, PatientScale(scale, ""), radii)
    tallier.tally(marks)
    found = tallier.details(REGION)
    assert found is not None
    return found


def lens_cm2(radius_mm: float, apart_mm: float) -> float:
    """Area that two discs share."""
    half = apart_mm / 2
    return 2 * (radius_mm**2 * math.acos(half / radius_mm) - half * math.sqrt(radius_mm**2 - half**2)) / 100


def test_volume_is_told_by_mixture_and_unknown_is_not_zero() -> None:
    amounts = [("B", 0.1), (None, 0.5), ("A", None), ("B", None), ("A", None), ("C", 0.0)]
    assert mixture_volumes(amounts) == (
        MixtureVolume("A", None, complete=False),
        MixtureVolume("B", 0.1, complete=False),
        MixtureVolume("C", 0.0, complete=True),
        MixtureVolume(None, 0.5, complete=True),
    )


def test_mixtures_of_a_region_add_up_to_its_volume(small_atlas: Atlas) -> None:
    first, second = (tapped(place) for place in beside(small_atlas, (0, 0), (20, 0)))
    lettered = [replace(m, dose=Dose(technique="papule", mixture=x)) for m, x in ((first, "A"), (second, "B"))]
    found = details(small_atlas, *lettered)
    assert [(row.letter, row.volume_ml) for row in found.mixtures] == [("A", 0.1), ("B", 0.1)]
    assert found.figures.volume_ml == pytest.approx(0.2)


def test_two_discs_overlap_in_a_lens(small_atlas: Atlas) -> None:
    places = beside(small_atlas, (-5, 0), (5, 0))
    found = details(small_atlas, *[tapped(place) for place in places])
    assert found.overlap_cm2 == pytest.approx(lens_cm2(8.0, small_atlas.distance_mm(*places)), rel=0.02)
    assert details(small_atlas, tapped(*beside(small_atlas, (-5, 0), (5, 0)))).overlap_cm2 == pytest.approx(
        found.overlap_cm2, rel=1e-9
    ), "one gesture or two, the skin is the same"


def test_the_same_place_many_times_overlaps_in_one_disc(small_atlas: Atlas) -> None:
    (place,) = beside(small_atlas, (0, 0))
    for count in (2, 3, 5):
        found = details(small_atlas, *[tapped(place) for _ in range(count)])
        assert found.overlap_cm2 == pytest.approx(math.pi * 0.64, rel=0.01)


def test_discs_apart_do_not_overlap(small_atlas: Atlas) -> None:
    found = details(small_atlas, *[tapped(place) for place in beside(small_atlas, (-10, 0), (10, 0))])
    assert found.overlap_cm2 == 0.0


def test_overlap_equals_the_sum_over_pairs_where_no_three_meet(small_atlas: Atlas) -> None:
    row = beside(small_atlas, *[(10.0 * i - 35, 0.0) for i in range(8)])
    found = details(small_atlas, *[tapped(place) for place in row], radius_mm=6.0)
    pairs = [lens_cm2(6.0, small_atlas.distance_mm(a, b)) for a, b in pairwise(row)]
    assert found.overlap_cm2 == pytest.approx(sum(pairs), rel=0.03)


def test_overlap_agrees_with_a_count_at_random_places(small_atlas: Atlas) -> None:
    chart = small_atlas.chart(REGION)
    middle = np.array(chart.polygon.centroid.coords)[0]
    rng = np.random.default_rng(4)
    discs = [shapely.Point(*(middle + rng.uniform(-20, 20, 2))).buffer(6.0) for _ in range(41)]
    asked = middle + rng.uniform(-30, 30, (20_000, 2))
    count = sum(shapely.contains_xy(disc, asked[:, 0], asked[:, 1]).astype(int) for disc in discs)
    box = shapely.box(*(middle - 30), *(middle + 30))
    share = float((count >= 2).mean()) * chart.metric.area_mm2(box)
    assert overlap_mm2(chart, discs) == pytest.approx(share, rel=0.05)
    assert overlap_mm2(chart, []) == overlap_mm2(chart, discs[:1]) == 0.0


def test_without_a_radius_overlap_is_unknown(small_atlas: Atlas) -> None:
    marks = [tapped(place) for place in beside(small_atlas, (-5, 0), (5, 0))]
    assert details(small_atlas, *marks, radius_mm=None).overlap_cm2 is None


def test_the_largest_gap_is_the_middle_of_a_hole(small_atlas: Atlas) -> None:
    chart = small_atlas.chart(REGION)
    x, y = chart.polygon.centroid.coords[0]
    corners = np.array([(x - 15, y - 15), (x + 15, y - 15), (x + 15, y + 15), (x - 15, y + 15)])
    gap = largest_gap_mm(chart, shapely.Polygon(corners), corners)
    reach = chart.metric.lengths_mm(np.array([(x, y)] * 4), corners)
    assert gap == pytest.approx(reach.min(), rel=0.01)
    assert gap is not None
    assert gap > 15 * math.sqrt(2)
    with_middle = largest_gap_mm(chart, shapely.Polygon(corners), np.vstack([corners, [(x, y)]]))
    assert with_middle == pytest.approx(15.0, rel=0.05), "then the middle of a side is farthest"


def test_two_places_in_a_row_leave_the_ends(small_atlas: Atlas) -> None:
    chart = small_atlas.chart(REGION)
    x, y = chart.polygon.centroid.coords[0]
    strip = shapely.box(x - 30, y - 1, x + 30, y + 1)
    gap = largest_gap_mm(chart, strip, np.array([(x - 20, y), (x + 20, y)]))
    assert gap == pytest.approx(20.0, rel=0.03)


def test_one_place_has_no_gap_to_speak_of(small_atlas: Atlas) -> None:
    (place,) = beside(small_atlas, (0, 0))
    assert details(small_atlas, tapped(place)).largest_gap_mm is None
    assert details(small_atlas, tapped(place), tapped(place)).largest_gap_mm is None


def test_between_single_points_the_gap_is_half_their_distance(small_atlas: Atlas) -> None:
    places = beside(small_atlas, (-4, 0), (4, 0))
    found = details(small_atlas, *[tapped(place) for place in places])
    assert found.largest_gap_mm == pytest.approx(small_atlas.distance_mm(*places) / 2, rel=0.02)
    corners = beside(small_atlas, (-6, -6), (6, -6), (6, 6), (-6, 6))
    middle = beside(small_atlas, (0, 0))[0]
    square = details(small_atlas, *[tapped(place) for place in corners])
    reach = min(small_atlas.distance_mm(middle, corner) for corner in corners)
    assert square.largest_gap_mm == pytest.approx(reach, rel=0.03)


def filled(atlas: Atlas, spacing_mm: float) -> InjectionSet:
    laid = fill(atlas, REGION, spacing_mm=spacing_mm)
    return replace(tapped(*laid.points.points()), outline=laid.outline, region_ids=(REGION,), spacing_mm=spacing_mm)


def test_a_hole_torn_in_a_fill_shows(small_atlas: Atlas) -> None:
    whole = filled(small_atlas, 15.0)
    gap = details(small_atlas, whole).largest_gap_mm
    assert gap is not None
    assert 15 / math.sqrt(3) <= gap < 15.0
    (middle,) = beside(small_atlas, (0, 0))
    away = [small_atlas.distance_mm(middle, point) for point in whole.points]
    torn = whole.without(frozenset(int(i) for i in np.argsort(away)[:7]))
    assert (details(small_atlas, torn).largest_gap_mm or 0) > 1.4 * gap


def test_an_area_record_has_the_gap_of_its_lattice_and_counts_once(small_atlas: Atlas) -> None:
    mark = recorded(fill(small_atlas, REGION, spacing_mm=6.0))
    found = details(small_atlas, mark, radius_mm=4.0)
    assert found.largest_gap_mm == pytest.approx(6.0 / math.sqrt(3))
    assert found.overlap_cm2 == 0.0
    twice = details(small_atlas, mark, replace(mark), radius_mm=4.0)
    assert twice.overlap_cm2 == pytest.approx(found.figures.covered_cm2, rel=1e-3)
    assert details(small_atlas, replace(mark, spacing_mm=None)).largest_gap_mm is None


def test_lengths_and_areas_are_the_patients(small_atlas: Atlas) -> None:
    marks = [tapped(place) for place in beside(small_atlas, (-5, 0), (5, 0))]
    plain, scaled = details(small_atlas, *marks), details(small_atlas, *marks, radius_mm=12.0, scale=1.5)
    assert plain.overlap_cm2 is not None
    assert plain.largest_gap_mm is not None
    assert scaled.overlap_cm2 == pytest.approx(plain.overlap_cm2 * 2.25, rel=1e-6)
    assert scaled.largest_gap_mm == pytest.approx(plain.largest_gap_mm * 1.5, rel=1e-6)


def test_a_region_without_marks_has_no_details(small_atlas: Atlas) -> None:
    tallier = Tallier(small_atlas, PatientScale())
    tallier.tally([tapped(*beside(small_atlas, (0, 0)))])
    assert tallier.details("back_upper.left") is None
    with pytest.raises(NotFoundError):
        tallier.details("nowhere")
