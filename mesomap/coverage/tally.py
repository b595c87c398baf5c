"""The live tally: figures by region, recomputed only where a mark came, went or changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mesomap.atlas.areas import EMPTY, polygonal
from mesomap.atlas.atlas import Atlas
from mesomap.atlas.chart import Chart
from mesomap.atlas.records import Floats
from mesomap.atlas.skin import SkinArray
from mesomap.coverage.figures import RegionFigures, Spacing, Tally, total_of
from mesomap.coverage.footprints import footprints
from mesomap.coverage.shapes import closed, lattice_cover, nearest_mm, outline_in_chart, union
from mesomap.domain.body_size import PatientScale
from mesomap.domain.marks import AreaRecord, InjectionSet, Mark
from mesomap.domain.technique import techniques


@dataclass(frozen=True, eq=False)
class _Placed:
    """Where a mark lies: own = places by region, reach = every region its footprints may touch."""

    mark: Mark
    own: dict[str, int]
    reach: frozenset[str]


@dataclass(frozen=True, eq=False)
class _State:
    """A region as last computed: its marks in order, the union of their footprints, its figures."""

    marks: tuple[Mark, ...]
    covered: BaseGeometry
    figures: RegionFigures


def shipped_radii() -> dict[str, float | None]:
    """Radius of effect of each technique as shipped, patient mm; None = not set."""
    return {key: technique.effect_radius_mm for key, technique in techniques().items()}


def tally(
    atlas: Atlas,
    marks: Iterable[Mark],
    scale: PatientScale | None = None,
    radii: Mapping[str, float | None] | None = None,
) -> Tally:
    """Figures of these marks, once. Keep a Tallier where marks change one by one."""
    return Tallier(atlas, scale or PatientScale(), radii).tally(marks)


class Tallier:
    """Keeps what was computed, so that one more mark costs one region only.

    scale: the patient's, frozen in the session. radii: radius of effect by technique in patient mm.
    """

    def __init__(
        self, atlas: Atlas, scale: PatientScale, radii: Mapping[str, float | None] | None = None
    ) -> None:
        self._atlas = atlas
        self._scale = scale
        self._radii = dict(shipped_radii() if radii is None else radii)
        self._placed: dict[int, _Placed] = {}
        self._states: dict[str, _State] = {}

    def tally(self, marks: Iterable[Mark]) -> Tally:
        """Figures of the marks, in atlas order of regions. Marks are frozen, so identity tells them apart."""
        marks = tuple(marks)
        self._placed = {id(mark): self._placed.get(id(mark)) or self._place(mark) for mark in marks}
        by_region: dict[str, list[Mark]] = {}
        for mark in marks:
            for region_id in self._placed[id(mark)].reach:
                by_region.setdefault(region_id, []).append(mark)
        self._states = {region_id: self._state(region_id, tuple(own)) for region_id, own in by_region.items()}
        order = [r.id for r in self._atlas.regions if r.id in self._states]
        rows = [self._states[region_id].figures for region_id in order]
        rows = [row for row in rows if row.marks or row.covered_cm2]
        return Tally(tuple(rows), total_of(rows, len(marks)), self._scale.basis)

    def _place(self, mark: Mark) -> _Placed:
        if isinstance(mark, AreaRecord):
            return _Placed(mark, dict.fromkeys(mark.region_ids, 1), frozenset(mark.region_ids))
        points = SkinArray.of(mark.points)
        index, count = np.unique(self._atlas.region_at(points), return_counts=True)
        own = {self._atlas.regions[i].id: int(n) for i, n in zip(index, count, strict=True) if i >= 0}
        reach = {self._atlas.regions[i].id for i in np.unique(self._atlas.charts_holding(points)[1])}
        return _Placed(mark, own, frozenset(own) | reach)

    def _state(self, region_id: str, marks: tuple[Mark, ...]) -> _State:
        old = self._states.get(region_id)
        if old is not None and len(old.marks) == len(marks) and _starts_with(marks, old.marks):
            return old
        chart = self._atlas.chart(region_id)
        factor = self._scale.factor(chart.region.fixed_scale)
        grown = old if old is not None and _starts_with(marks, old.marks) else None
        fresh = marks[len(grown.marks) :] if grown else marks
        new = union([shape for mark in fresh for shape in self._covering(chart, mark, factor)])
        covered = polygonal(shapely.union(grown.covered, new)) if grown else new
        return _State(marks, covered, self._figures(chart, marks, covered, factor))

    def _radius(self, mark: Mark, factor: float) -> float | None:
        """Radius of effect in reference mm."""
        radius = self._radii.get(mark.dose.technique)
        return None if radius is None else radius / factor

    def _covering(self, chart: Chart, mark: Mark, factor: float) -> list[BaseGeometry]:
        radius = self._radius(mark, factor)
        if radius is None:
            return []
        if isinstance(mark, InjectionSet):
            return list(footprints(chart.metric, _held(chart, mark), radius))
        if mark.spacing_mm is None:
            return []
        area = outline_in_chart(chart, mark.outline)
        return [lattice_cover(chart, area, mark.spacing_mm / factor, mark.lattice, radius)]

    def _figures(
        self, chart: Chart, marks: tuple[Mark, ...], covered: BaseGeometry, factor: float
    ) -> RegionFigures:
        region_id = chart.region.id
        own = [mark for mark in marks if self._placed[id(mark)].own.get(region_id)]
        counts = [self._share(mark, region_id) for mark in own]
        volumes = [self._volume(mark, region_id) for mark in own]
        known = [volume for volume in volumes if volume is not None]
        uncovered = any(self._radii.get(m.dose.technique) is None for m in own) or any(
            isinstance(m, AreaRecord) and m.spacing_mm is None for m in own
        )
        clipped = polygonal(shapely.intersection(covered, chart.polygon))
        square = factor * factor / 100.0
        treated = self._treated(chart, marks, factor) if own else None
        return RegionFigures(
            region_id=region_id,
            marks=len(own),
            about_points=sum(counts),
            volume_ml=sum(known) if known else None,
            volume_complete=len(known) == len(volumes),
            treated_cm2=None if treated is None else chart.metric.area_mm2(treated) * square,
            covered_cm2=None if uncovered else chart.metric.area_mm2(clipped) * square,
            region_cm2=chart.region.area_cm2 * factor * factor,
            spacing_mm=_spacing(chart, own, factor),
            radii_mm=tuple(sorted({r for m in own if (r := self._radii.get(m.dose.technique)) is not None})),
            has_pattern=any(mark.origin.is_pattern for mark in own),
        )

    def _share(self, mark: Mark, region_id: str) -> int:
        own = self._placed[id(mark)].own
        if isinstance(mark, InjectionSet):
            return own[region_id]
        return round((mark.about_n or 0) / len(own))

    def _volume(self, mark: Mark, region_id: str) -> float | None:
        own = self._placed[id(mark)].own
        if isinstance(mark, InjectionSet):
            return None if mark.volume_ml is None else mark.volume_ml * own[region_id]
        return None if mark.total_ml is None else mark.total_ml / len(own)

    def _treated(self, chart: Chart, marks: tuple[Mark, ...], factor: float) -> BaseGeometry | None:
        """Fill outlines, and footprints of single points closed by their median spacing; None if unknown."""
        filled = [
            outline_in_chart(chart, mark.outline)
            for mark in marks
            if mark.outline and chart.region.id in mark.region_ids
        ]
        taps = [mark for mark in marks if isinstance(mark, InjectionSet) and not mark.outline]
        single = self._single_points(chart, taps, factor)
        if single is None and not filled:
            return None
        return polygonal(shapely.intersection(union([*filled, single or EMPTY]), chart.polygon))

    def _single_points(self, chart: Chart, taps: list[InjectionSet], factor: float) -> BaseGeometry | None:
        places = [_held(chart, mark) for mark in taps]
        if not any(len(xy) for xy in places):
            return None
        gaps = nearest_mm(chart, np.concatenate(places))
        gap = float(np.median(gaps)) if len(gaps) else 0.0
        discs: list[BaseGeometry] = []
        for mark, xy in zip(taps, places, strict=True):
            radius = self._radius(mark, factor) or gap / 2
            if radius > 0:
                discs.extend(footprints(chart.metric, xy, radius))
        return closed(union(discs), gap) if discs else None


def _starts_with(marks: tuple[Mark, ...], start: tuple[Mark, ...]) -> bool:
    return len(marks) >= len(start) and all(a is b for a, b in zip(start, marks, strict=False))


def _held(chart: Chart, mark: InjectionSet) -> Floats:
    """Chart positions of the places that the chart (with its margin) holds."""
    xy = chart.to_chart(SkinArray.of(mark.points))
    held: Floats = xy[np.isfinite(xy).all(axis=1)]
    return held


def _spacing(chart: Chart, own: list[Mark], factor: float) -> Spacing | None:
    """Nearest-neighbour spacing of the injections; of area records alone the spacing that was set."""
    places = [_held(chart, mark) for mark in own if isinstance(mark, InjectionSet)]
    gaps = nearest_mm(chart, np.concatenate(places)) * factor if places else np.empty(0)
    if len(gaps):
        p5, median, p95 = np.percentile(gaps, [5, 50, 95])
        return Spacing(float(median), float(p5), float(p95))
    set_mm = [mark.spacing_mm for mark in own if isinstance(mark, AreaRecord) and mark.spacing_mm is not None]
    return Spacing(float(np.median(set_mm)), min(set_mm), max(set_mm)) if set_mm else None
