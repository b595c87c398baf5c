"""What is asked of one region only when somebody looks: volume by mixture, largest gap, overlap."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from mesomap.atlas.areas import EMPTY, polygonal
from mesomap.atlas.chart import Chart
from mesomap.atlas.records import Floats
from mesomap.coverage.figures import RegionFigures, Spacing

Shapes = NDArray[np.object_]

#: So many of the flat chart's widest gaps are measured on the skin; its order differs little from the skin's.
_MEASURED = 64
#: On the skin the nearest injection may be another than in the chart: all up to this much farther are measured.
_FARTHER = 1.5


@dataclass(frozen=True, slots=True)
class MixtureVolume:
    """Volume of one mixture. letter: None = no mixture recorded; volume_ml: None = not recorded.

    complete: every mark of the mixture has a volume.
    """

    letter: str | None
    volume_ml: float | None
    complete: bool


@dataclass(frozen=True, slots=True)
class DepthCount:
    """Injections of one depth. depth_mm: None = not recorded; points: those of areas as their about n."""

    depth_mm: float | None
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionDetails:
    """Figures of one region, or of all (region_id ""), and what is only computed when asked for. Lengths and areas
    are the patient's.

    largest_gap_mm: how far skin of an outline, or treated skin between single points, lies from the nearest
    injection at most; None without two places or when the spacing of an area is unknown. overlap_cm2: skin that
    more than one footprint covers (an area record counts as one, as its places are only drawn); None where
    covered is unknown.
    """

    figures: RegionFigures
    mixtures: tuple[MixtureVolume, ...]
    largest_gap_mm: float | None
    overlap_cm2: float | None
    depths: tuple[DepthCount, ...] = ()

    @property
    def region_id(self) -> str:
        """The region."""
        return self.figures.region_id


def depth_counts(amounts: Iterable[tuple[float | None, int]]) -> tuple[DepthCount, ...]:
    """Sum of (depth, points) by depth, the shallowest first, not recorded last."""
    found: dict[float | None, int] = {}
    for depth_mm, points in amounts:
        found[depth_mm] = found.get(depth_mm, 0) + points
    order = sorted(found, key=lambda depth_mm: math.inf if depth_mm is None else depth_mm)
    return tuple(DepthCount(depth_mm, found[depth_mm]) for depth_mm in order if found[depth_mm])


def whole_of(figures: RegionFigures, regions: Sequence[RegionDetails], gaps_mm: Floats) -> RegionDetails:
    """Details of all regions together. figures: their total; gaps_mm: of every injection to its nearest.

    The largest gap is that of the worst region; a sum is unknown when one of its parts is.
    """
    overlaps = [row.overlap_cm2 for row in regions]
    gaps = [row.largest_gap_mm for row in regions if row.largest_gap_mm is not None]
    return RegionDetails(
        figures=replace(figures, spacing_mm=Spacing.of(gaps_mm)),
        mixtures=_summed_mixtures(regions),
        largest_gap_mm=max(gaps, default=None),
        overlap_cm2=None if None in overlaps else sum(value or 0.0 for value in overlaps),
        depths=depth_counts((depth.depth_mm, depth.points) for row in regions for depth in row.depths),
    )


def _summed_mixtures(regions: Sequence[RegionDetails]) -> tuple[MixtureVolume, ...]:
    rows = [row for region in regions for row in region.mixtures]
    letters = sorted({row.letter for row in rows}, key=lambda letter: (letter is None, letter or ""))
    summed = []
    for letter in letters:
        own = [row for row in rows if row.letter == letter]
        known = [row.volume_ml for row in own if row.volume_ml is not None]
        summed.append(MixtureVolume(letter, sum(known) if known else None, all(row.complete for row in own)))
    return tuple(summed)


def mixture_volumes(amounts: Iterable[tuple[str | None, float | None]]) -> tuple[MixtureVolume, ...]:
    """Sum of (letter, mL) by letter, A first, no mixture last. An unknown volume is never counted as zero."""
    found: dict[str | None, list[float | None]] = {}
    for letter, volume_ml in amounts:
        found.setdefault(letter, []).append(volume_ml)
    rows = []
    for letter in sorted(found, key=lambda name: (name is None, name or "")):
        known = [volume for volume in found[letter] if volume is not None]
        rows.append(MixtureVolume(letter, sum(known) if known else None, len(known) == len(found[letter])))
    return tuple(rows)


def largest_gap_mm(
    chart: Chart, searched: BaseGeometry, xy: Floats, drawn: Sequence[tuple[BaseGeometry, float]] = ()
) -> float | None:
    """Radius of the largest circle that holds no injection, its centre in the area searched; reference mm.

    searched: chart mm, a line where all places lie in one; xy (N, 2): chart positions of the injections; drawn:
    outline and gap of each area whose lattice is only drawn. None without two different places. The widest
    places of a set of sites are the corners of its Voronoi diagram and where that crosses the border
    (Toussaint, 1983).
    """
    places = np.unique(xy, axis=0)
    gaps = [gap for _, gap in drawn]
    if len(places) < 2 and not gaps:
        return None
    rest = shapely.difference(searched, shapely.union_all([shape for shape, _ in drawn]))
    if rest.is_empty or len(places) == 0:
        return max(gaps, default=None)
    return max([*gaps, _widest_mm(chart, rest, places, [shape for shape, _ in drawn])])


def _widest_mm(chart: Chart, rest: BaseGeometry, places: Floats, outlines: list[BaseGeometry]) -> float:
    """Largest skin distance from a place of `rest` to the nearest of the places or outlines."""
    sites = np.asarray(shapely.points(places))
    corners = [shapely.get_coordinates(rest)]
    if len(places) > 1:
        edges = shapely.voronoi_polygons(shapely.multipoints(sites), extend_to=rest, only_edges=True)
        corners.append(shapely.get_coordinates(shapely.intersection(edges, rest)))
    asked = np.concatenate(corners)
    spots = np.asarray(shapely.points(asked))
    _, flat = shapely.STRtree(sites).query_nearest(spots, all_matches=False, return_distance=True)
    beside = (
        np.min([shapely.distance(shape, spots) for shape in outlines], axis=0)
        if outlines
        else np.full(len(asked), np.inf)
    )
    widest = 0.0
    for i in np.argsort(-np.minimum(flat, beside))[:_MEASURED].tolist():
        away = np.hypot(*(places - asked[i]).T)
        near = places[away <= _FARTHER * flat[i] + 1e-6]
        lengths = chart.metric.lengths_mm(np.repeat(asked[i : i + 1], len(near), axis=0), near)
        widest = max(widest, min(float(lengths.min()), float(beside[i])))
    return widest


def overlap_mm2(chart: Chart, shapes: Sequence[BaseGeometry]) -> float:
    """Skin of the region that two or more of the shapes (polygons in chart mm) cover, reference mm².

    Neighbours are merged pair by pair, and each merge keeps what both sides cover, so that the work grows
    with the number of shapes and not with that of their pairs.
    """
    none = _objects([EMPTY])
    once = _in_order(shapes)
    twice = np.repeat(none, len(once))
    while len(once) > 1:
        if len(once) % 2:
            once, twice = np.concatenate([once, none]), np.concatenate([twice, none])
        left, right = once[::2], once[1::2]
        both = _objects([polygonal(shape) for shape in shapely.intersection(left, right)])
        twice = np.asarray(shapely.union(shapely.union(twice[::2], twice[1::2]), both), dtype=object)
        once = np.asarray(shapely.union(left, right), dtype=object)
    if len(twice) == 0:
        return 0.0
    return chart.metric.area_mm2(polygonal(shapely.intersection(twice[0], chart.polygon)))


def _in_order(shapes: Sequence[BaseGeometry]) -> Shapes:
    """The shapes so that neighbours in the list are neighbours on the skin: rows of a coarse grid."""
    listed = _objects([shape for shape in shapes if not shape.is_empty])
    if len(listed) < 3:
        return listed
    xy = shapely.get_coordinates(shapely.centroid(listed))
    row = np.floor((xy[:, 1] - xy[:, 1].min()) / max(float(np.ptp(xy[:, 1])), 1e-9) * math.sqrt(len(listed)))
    return listed[np.lexsort((xy[:, 0], row))]


def _objects(shapes: Sequence[BaseGeometry]) -> Shapes:
    listed: Shapes = np.empty(len(shapes), dtype=np.object_)
    listed[:] = shapes
    return listed
