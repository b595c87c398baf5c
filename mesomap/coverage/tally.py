"""The live tally: figures by region, recomputed only where a mark came, went or changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping

import numpy as np
from shapely.geometry.base import BaseGeometry

from mesomap.atlas.areas import EMPTY, polygonal
from mesomap.atlas.atlas import Atlas
from mesomap.atlas.chart import Chart
from mesomap.atlas.records import Bools, Floats
from mesomap.atlas.skin import SkinArray
from mesomap.coverage.details import RegionDetails, whole_of
from mesomap.coverage.figures import Tally, total_of
from mesomap.coverage.region_tally import RegionTally, Share, near_region
from mesomap.coverage.shapes import outline_in_chart
from mesomap.domain.body_size import PatientScale
from mesomap.domain.marks import AreaRecord, InjectionSet, Mark
from mesomap.domain.technique import techniques


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


def region_details(
    atlas: Atlas,
    marks: Iterable[Mark],
    region_id: str,
    scale: PatientScale | None = None,
    radii: Mapping[str, float | None] | None = None,
) -> RegionDetails | None:
    """More about one region, once, from nothing but these marks: may run beside a Tallier in another thread."""
    tallier = Tallier(atlas, scale or PatientScale(), radii)
    tallier.tally(marks)
    return tallier.details(region_id)


class Tallier:
    """Keeps what was computed, so that one more mark costs only the tiles of skin it touches.

    scale: the patient's, frozen in the session. radii: radius of effect by technique in patient mm.
    """

    def __init__(self, atlas: Atlas, scale: PatientScale, radii: Mapping[str, float | None] | None = None) -> None:
        self._atlas = atlas
        self._scale = scale
        self._radii = dict(shipped_radii() if radii is None else radii)
        self._marks: dict[int, Mark] = {}
        self._regions: dict[int, RegionTally] = {}
        self._touched: dict[int, list[int]] = {}

    def tally(self, marks: Iterable[Mark], report: Callable[[float], object] = lambda _part: None) -> Tally:
        """Figures of the marks, in atlas order of regions. Marks are frozen, so identity tells them apart.

        report: told now and then which part is done. It may raise to end the work: the Tallier is of no use then.
        """
        wanted = {id(mark): mark for mark in marks}
        for key in [key for key in self._marks if key not in wanted]:
            for region in self._touched.pop(key):
                self._regions[region].remove(key)
            del self._marks[key]
        self._add({key: mark for key, mark in wanted.items() if key not in self._marks}, report)
        rows = []
        for done, region in enumerate(sorted(self._regions)):
            report(0.5 + 0.5 * done / len(self._regions))
            rows.append(self._regions[region].figures())
        rows = [row for row in rows if row.marks or row.covered_cm2]
        return Tally(tuple(rows), total_of(rows, len(wanted)), self._scale.basis)

    def details(self, region_id: str) -> RegionDetails | None:
        """More about one region, of the marks of the last `tally`; None when no mark lies there.

        Raises NotFoundError for an unknown region.
        """
        found = self._regions.get(self._atlas.region(region_id).index)
        if found is None or not found.figures().marks:
            return None
        return found.details()

    def shapes(self) -> dict[str, tuple[BaseGeometry, BaseGeometry]]:
        """Treated and covered skin of each region of the last `tally`, chart mm; reference size of the body."""
        return {self._atlas.regions[region].id: found.shapes() for region, found in sorted(self._regions.items())}

    def whole(self) -> RegionDetails | None:
        """The details of all regions together, of the marks of the last `tally`; None without any."""
        rows = [region for _, region in sorted(self._regions.items()) if region.figures().marks]
        if not rows:
            return None
        total = total_of([region.figures() for region in self._regions.values()], len(self._marks))
        return whole_of(total, [row.details() for row in rows], np.concatenate([row.gaps_mm() for row in rows]))

    def _add(self, marks: dict[int, Mark], report: Callable[[float], object]) -> None:
        by_region: dict[int, dict[int, Share]] = {}
        for key, mark in marks.items():
            if isinstance(mark, AreaRecord):
                for region, share in self._area_shares(mark).items():
                    by_region.setdefault(region, {})[key] = share
        sets = {key: mark for key, mark in marks.items() if isinstance(mark, InjectionSet) and mark.points}
        for region, key, share in self._point_shares(sets):
            by_region.setdefault(region, {})[key] = share
        touched: dict[int, list[int]] = {key: [] for key in marks}
        for done, (region, shares) in enumerate(by_region.items()):
            report(0.5 * done / len(by_region))
            if region not in self._regions:
                chart = self._atlas.chart(self._atlas.regions[region].id)
                self._regions[region] = RegionTally(chart, self._factor(region))
            self._regions[region].add(shares)
            for key in shares:
                touched[key].append(region)
        self._marks.update(marks)
        self._touched.update(touched)

    def _factor(self, region: int) -> float:
        return self._scale.factor(self._atlas.regions[region].fixed_scale)

    def _radius(self, mark: Mark, region: int) -> float | None:
        """Radius of effect in reference mm."""
        radius = self._radii.get(mark.dose.technique)
        return None if radius is None else radius / self._factor(region)

    def _point_shares(self, marks: dict[int, InjectionSet]) -> Iterator[tuple[int, int, Share]]:
        """(region, key, share) for each region in or near which points of a mark lie."""
        if not marks:
            return
        keys = list(marks)
        points = SkinArray.of([point for mark in marks.values() for point in mark.points])
        owner = np.repeat(np.arange(len(keys)), [len(mark.points) for mark in marks.values()])
        radius = np.array([self._radii.get(mark.dose.technique) or np.nan for mark in marks.values()])
        lies_in = self._atlas.region_at(points)
        rows, regions = self._atlas.charts_holding(points)
        for region in np.unique(regions).tolist():
            held = rows[regions == region]
            chart = self._atlas.chart(self._atlas.regions[region].id)
            xy = chart.to_chart(points[held])
            own = lies_in[held] == region
            near = own | near_region(chart, xy, radius[owner[held]] / self._factor(region))
            held, xy, own = held[near], xy[near], own[near]
            ends = np.flatnonzero(np.diff(owner[held])) + 1
            for part in np.split(np.arange(len(held)), ends) if len(held) else ():
                key = keys[owner[held[part[0]]]]
                yield region, key, self._point_share(chart, marks[key], xy[part], own[part])

    def _point_share(self, chart: Chart, mark: InjectionSet, xy: Floats, own: Bools) -> Share:
        count = int(own.sum())
        outlined = mark.outline and chart.region.id in (mark.region_ids or (chart.region.id,))
        return Share(
            mark=mark,
            xy=xy,
            own=own,
            outline=outline_in_chart(chart, mark.outline) if outlined else EMPTY,
            points=count,
            volume_ml=None if mark.share_ml is None else mark.share_ml * count,
            radius_mm=self._radius(mark, chart.region.index),
            is_own=count > 0,
        )

    def _area_shares(self, mark: AreaRecord) -> dict[int, Share]:
        """A share for each region of the record, points and volume divided by the patient's area."""
        areas = {}
        for region_id in mark.region_ids:
            chart = self._atlas.chart(region_id)
            outline = polygonal(outline_in_chart(chart, mark.outline))
            region = chart.region.index
            areas[region] = (outline, chart.metric.area_mm2(outline) * self._factor(region) ** 2)
        whole = sum(size for _, size in areas.values())
        parts = [size / whole if whole > 0 else 1.0 / len(areas) for _, size in areas.values()]
        counts = _divided(mark.about_n or 0, parts)
        return {
            region: Share(
                mark=mark,
                xy=np.empty((0, 2)),
                own=np.empty(0, dtype=np.bool_),
                outline=outline,
                points=count,
                volume_ml=None if mark.total_ml is None else mark.total_ml * part,
                radius_mm=self._radius(mark, region),
                is_own=True,
            )
            for (region, (outline, _)), part, count in zip(areas.items(), parts, counts, strict=True)
        }


def _divided(count: int, parts: list[float]) -> list[int]:
    """Whole numbers that add up to count, near its parts (largest remainder)."""
    exact = [count * part for part in parts]
    whole = [int(value) for value in exact]
    order = sorted(range(len(parts)), key=lambda i: whole[i] - exact[i])
    for i in order[: count - sum(whole)]:
        whole[i] += 1
    return whole
