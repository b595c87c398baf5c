"""Covered skin as paths: the union of the footprints of single injections, by region and mixture, in any
view.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import numpy as np
import shapely
from PySide6.QtGui import QPainterPath
from shapely.geometry.base import BaseGeometry

from mesomap.atlas import Atlas, SkinArray
from mesomap.coverage.footprints import footprints
from mesomap.domain.body_size import PatientScale
from mesomap.domain.marks import InjectionSet, Mark
from mesomap.render.joined_cover import JoinedCover
from mesomap.render.paths import path_of
from mesomap.render.picture import on_picture

#: So many discs are laid in one go: more at a time are not quicker, and would keep Python's lock.
_AT_ONCE = 64
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
    _seen: dict[tuple[str, str, str | None], tuple[tuple[int, ...], BaseGeometry]] = field(default_factory=dict)
    _count: int = 0
    _versions: dict[UUID, tuple[InjectionSet, int]] = field(default_factory=dict)
    #: By mark, while paths are made.
    _points: dict[UUID, SkinArray] = field(default_factory=dict)
    _joined: dict[tuple[str, str | None], JoinedCover] = field(default_factory=dict)
    _drawn: dict[tuple[str, str | None], tuple[BaseGeometry, float, QPainterPath]] = field(default_factory=dict)

    def paths(
        self,
        view_key: str,
        marks: Sequence[Mark],
        radii: Mapping[str, float | None],
        scale: PatientScale,
        detail_mm: float = 0.0,
    ) -> list[tuple[QPainterPath, str | None]]:
        """Path in view mm and letter of every mixture with footprints. radii: patient mm by technique.

        detail_mm: what is smaller is left out of the outlines; a pixel cannot show it, and drawing it takes long.
        """
        by_letter: dict[str | None, dict[str, BaseGeometry]] = {}
        for key, own in self._by_region(marks).items():
            cover = self._cover(key, own, radii, scale)
            place = (view_key, *key)
            known = self._seen.get(place)
            if known is None or known[0] != cover.marks:
                shape = on_picture(self.atlas, view_key, self.atlas.outline_in_view(view_key, cover.shape, key[0]))
                known = self._seen[place] = (cover.marks, shape)
            by_letter.setdefault(key[1], {})[key[0]] = known[1]
        self._points.clear()
        found = [(self._draw(view_key, letter, parts, detail_mm), letter) for letter, parts in by_letter.items()]
        return [(path, letter) for path, letter in found if not path.isEmpty()]

    def _draw(
        self, view_key: str, letter: str | None, parts: dict[str, BaseGeometry], detail_mm: float
    ) -> QPainterPath:
        place = (view_key, letter)
        shape = self._joined.setdefault(place, JoinedCover()).of(parts)
        known = self._drawn.get(place)
        if known is None or known[0] is not shape or known[1] != detail_mm:
            outline = shape.simplify(detail_mm, preserve_topology=False) if detail_mm > 0 else shape
            known = self._drawn[place] = (shape, detail_mm, path_of(outline))
        return known[2]

    def _by_region(self, marks: Sequence[Mark]) -> dict[_Key, list[InjectionSet]]:
        by_region: dict[_Key, list[InjectionSet]] = {}
        for mark in marks:
            if isinstance(mark, InjectionSet):
                for region_id in mark.region_ids:
                    by_region.setdefault((region_id, mark.dose.mixture), []).append(mark)
        return by_region

    def _version(self, mark: InjectionSet) -> int:
        """A number of its own for every record: an edited mark keeps its id but is another record."""
        known = self._versions.get(mark.id)
        if known is None or known[0] is not mark:
            self._count += 1
            known = self._versions[mark.id] = (mark, self._count)
        return known[1]

    def _places(self, mark: InjectionSet) -> SkinArray:
        """Its points as arrays; a gesture is asked for by every region it lies on."""
        if mark.id not in self._points:
            self._points[mark.id] = SkinArray.of(mark.points)
        return self._points[mark.id]

    def _cover(
        self, key: _Key, own: list[InjectionSet], radii: Mapping[str, float | None], scale: PatientScale
    ) -> _Cover:
        ids = tuple(self._version(mark) for mark in own)
        old = self._covers.get(key)
        if old is not None and old.marks == ids:
            return old
        grown = old if old is not None and ids[: len(old.marks)] == old.marks else _Cover()
        chart = self.atlas.chart(key[0])
        factor = scale.factor(chart.region.fixed_scale)
        shapes: list[BaseGeometry] = [grown.shape]
        by_radius: dict[float, list[SkinArray]] = {}
        for mark in own[len(grown.marks) :]:
            radius = radii.get(mark.dose.technique)
            if radius is not None:
                by_radius.setdefault(radius, []).append(self._places(mark))
        for radius, places in by_radius.items():
            xy = chart.to_chart(SkinArray.joined(places))
            xy = xy[np.isfinite(xy).all(axis=1)]
            for first in range(0, len(xy), _AT_ONCE):
                shapes.extend(footprints(chart.metric, xy[first : first + _AT_ONCE], radius / factor))
        shape = shapely.intersection(shapely.union_all(shapes), chart.polygon)
        self._covers[key] = _Cover(ids, shape)
        return self._covers[key]
