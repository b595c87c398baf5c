"""Covered skin as paths: the union of the footprints of single injections, by region and mixture, in any
view.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from PySide6.QtGui import QPainterPath
from shapely.geometry.base import BaseGeometry

from mesomap.atlas import Atlas, SkinArray
from mesomap.coverage.footprints import footprints
from mesomap.domain.body_size import PatientScale
from mesomap.domain.marks import InjectionSet, Mark
from mesomap.render.paths import path_of

_Key = tuple[str, str | None]


@dataclass(slots=True)
class _Cover:
    """Union of the footprints of these marks in the chart of one region."""

    marks: tuple[int, ...] = ()
    shape: BaseGeometry = field(default_factory=shapely.Polygon)


@dataclass(slots=True)
class FootprintPaths:
    """Keeps the unions, so that one more mark costs one disc and one region."""

    atlas: Atlas
    _covers: dict[_Key, _Cover] = field(default_factory=dict)
    _paths: dict[tuple[str, str, str | None], tuple[tuple[int, ...], QPainterPath]] = field(
        default_factory=dict
    )

    def paths(
        self, view_key: str, marks: Sequence[Mark], radii: Mapping[str, float | None], scale: PatientScale
    ) -> list[tuple[QPainterPath, str | None]]:
        """Path in view mm and mixture letter of every region with footprints. radii: patient mm by
        technique.
        """
        found: list[tuple[QPainterPath, str | None]] = []
        for key, own in self._by_region(marks).items():
            cover = self._cover(key, own, radii, scale)
            region_id, letter = key
            place = (view_key, region_id, letter)
            known = self._paths.get(place)
            if known is None or known[0] != cover.marks:
                shape = self.atlas.outline_in_view(view_key, cover.shape, region_id)
                known = self._paths[place] = (cover.marks, path_of(shape))
            if not known[1].isEmpty():
                found.append((known[1], letter))
        return found

    def _by_region(self, marks: Sequence[Mark]) -> dict[_Key, list[InjectionSet]]:
        by_region: dict[_Key, list[InjectionSet]] = {}
        for mark in marks:
            if isinstance(mark, InjectionSet):
                for region_id in mark.region_ids:
                    by_region.setdefault((region_id, mark.dose.mixture), []).append(mark)
        return by_region

    def _cover(
        self, key: _Key, own: list[InjectionSet], radii: Mapping[str, float | None], scale: PatientScale
    ) -> _Cover:
        ids = tuple(hash((mark.id, len(mark.points))) for mark in own)
        old = self._covers.get(key, _Cover())
        if old.marks == ids:
            return old
        grown = old if ids[: len(old.marks)] == old.marks else _Cover()
        chart = self.atlas.chart(key[0])
        factor = scale.factor(chart.region.fixed_scale)
        shapes: list[BaseGeometry] = [grown.shape]
        for mark in own[len(grown.marks) :]:
            radius = radii.get(mark.dose.technique)
            if radius is None:
                continue
            xy = chart.to_chart(SkinArray.of(mark.points))
            shapes.extend(footprints(chart.metric, xy[np.isfinite(xy).all(axis=1)], radius / factor))
        shape = shapely.intersection(shapely.union_all(shapes), chart.polygon)
        self._covers[key] = _Cover(ids, shape)
        return self._covers[key]
