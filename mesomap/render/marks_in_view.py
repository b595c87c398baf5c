"""Marks of a session projected into one view: which points show, where, and how each looks."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import is_
from uuid import UUID

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QPainterPath

from mesomap.atlas import Atlas, SkinArray
from mesomap.coverage.lattice import lattice_points
from mesomap.coverage.shapes import outline_in_chart
from mesomap.domain.body_size import PatientScale
from mesomap.domain.errors import MesoMapError
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Mark
from mesomap.domain.place import SkinPoint
from mesomap.domain.skin_layers import estimated_layer
from mesomap.domain.technique import SymbolFamily, techniques
from mesomap.render.laid_later import LaidLater
from mesomap.render.paths import calm, path_of
from mesomap.render.picture import on_picture, pictured
from mesomap.render.stroke_lines import is_by_strokes, strokes_in_view
from mesomap.render.symbols import Style


@dataclass(frozen=True, slots=True, eq=False)
class ViewPoints:
    """Visible points of one view. xy: (N, 2) view mm; style, mark: (N,) indices into styles and marks;

    number: (N,) running number in the session, from 1, the same in every view.
    """

    xy: npt.NDArray[np.float64]
    style: npt.NDArray[np.int32]
    mark: npt.NDArray[np.int32]
    number: npt.NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.xy)


@dataclass(frozen=True, slots=True)
class ViewArea:
    """An area record seen in one view: which mark, its look, visible outline and drawn lattice (N, 2) in
    view mm.

    The lattice is only drawn: the record says "about n". A technique of strokes has strokes instead, stroke_gap_mm
    (reference mm) apart.
    """

    mark_id: UUID
    style: Style
    path: QPainterPath
    laid: npt.NDArray[np.float64] | LaidLater
    about_n: int | None
    strokes: QPainterPath = field(default_factory=QPainterPath)
    stroke_gap_mm: float = 0.0

    @property
    def is_to_be_laid(self) -> bool:
        """Whether the lattice is still to be worked out."""
        return isinstance(self.laid, LaidLater) and self.laid.is_due

    @property
    def lattice(self) -> npt.NDArray[np.float64]:
        """The drawn lattice; laid out at the first call, which may take a while."""
        return self.laid.positions() if isinstance(self.laid, LaidLater) else self.laid


@dataclass(frozen=True, slots=True)
class ViewScene:
    """All marks of a session in one view."""

    points: ViewPoints
    areas: tuple[ViewArea, ...]
    styles: tuple[Style, ...]

    @property
    def visible_count(self) -> int:
        """Points that show in this view; area records count by their about n."""
        return len(self.points) + sum(area.about_n or 0 for area in self.areas if not area.path.isEmpty())

    def looks_like(self, other: "ViewScene") -> bool:
        """Whether points and areas are the same, whatever their numbers and marks are."""
        mine, theirs = self.points, other.points
        return (
            len(mine) == len(theirs)
            and len(self.areas) == len(other.areas)
            and all(map(is_, self.areas, other.areas))
            and np.array_equal(mine.xy, theirs.xy)
            and np.array_equal(mine.style, theirs.style)
        )


EMPTY_POINTS = ViewPoints(np.empty((0, 2)), *(np.empty(0, np.int32) for _ in range(3)))
EMPTY_SCENE = ViewScene(EMPTY_POINTS, (), ())


def style_of(dose: Dose, region_id: str | None, body: str = "") -> Style:
    """Look of a mark: family of its technique, layer estimated from its depth at the region of a body, its mixture."""
    known = techniques().get(dose.technique)
    family = known.symbol_family if known is not None else SymbolFamily.POINT
    return Style(family, estimated_layer(region_id, dose.depth_mm, body), dose.mixture)


@dataclass(frozen=True, slots=True)
class _Seen:
    """Visible points of one mark in one view; index: their positions in the mark."""

    mark: InjectionSet
    xy: npt.NDArray[np.float64]
    style: npt.NDArray[np.int32]
    index: npt.NDArray[np.int32]


def _joined(parts: Sequence[ViewPoints]) -> ViewPoints:
    return ViewPoints(
        np.concatenate([part.xy for part in parts]),
        np.concatenate([part.style for part in parts]),
        np.concatenate([part.mark for part in parts]),
        np.concatenate([part.number for part in parts]),
    )


@dataclass(frozen=True, slots=True)
class _Kept:
    """The last scene of a view; ends: points of the session up to and with each mark; areas: rows of area records."""

    marks: tuple[Mark, ...] = ()
    scene: ViewScene = EMPTY_SCENE
    ends: tuple[int, ...] = ()
    areas: tuple[int, ...] = ()

    def shared(self, marks: tuple[Mark, ...]) -> int:
        """How many marks, from the first on, are those of the scene."""
        if all(map(is_, self.marks, marks)):
            return min(len(self.marks), len(marks))
        return next(row for row, (old, new) in enumerate(zip(self.marks, marks, strict=False)) if old is not new)


def lattice_preview(atlas: Atlas, mark: AreaRecord, scale: PatientScale) -> SkinArray:
    """Places of the lattice that stands for an area record; empty without a spacing, or when it cannot be
    laid.
    """
    found: list[SkinPoint] = []
    for region_id in mark.region_ids if mark.spacing_mm is not None else ():
        chart = atlas.chart(region_id)
        spacing = (mark.spacing_mm or 0.0) / scale.factor(chart.region.fixed_scale)
        try:
            xy = lattice_points(chart.metric, outline_in_chart(chart, mark.outline), spacing, mark.lattice)
        except MesoMapError:
            continue
        places = chart.from_chart(xy)
        found.extend(places[places.tri >= 0].points())
    return SkinArray.of(found)


@dataclass(slots=True)
class MarkProjector:
    """Projects marks into views, each record once per view; an edited mark is another record of the same
    id.
    """

    atlas: Atlas
    scale: PatientScale = field(default_factory=PatientScale)
    _lattices: dict[UUID, tuple[AreaRecord, SkinArray]] = field(default_factory=dict)
    _seen: dict[tuple[str, UUID], _Seen] = field(default_factory=dict)
    _areas: dict[tuple[str, UUID], tuple[AreaRecord, ViewArea]] = field(default_factory=dict)
    _styles: list[Style] = field(default_factory=list)
    _style_index: dict[Style, int] = field(default_factory=dict)
    #: By technique, depth, mixture and region: what else a dose says does not show.
    _looks: dict[tuple[str, float | None, str | None, str | None], int] = field(default_factory=dict)
    _kept: dict[str, _Kept] = field(default_factory=dict)

    def know_lattice(self, mark: AreaRecord, places: SkinArray) -> None:
        """Take the lattice of an area that was laid out before it was recorded, so that it is not laid out again."""
        self._lattices[mark.id] = (mark, places)

    def scene(self, view_key: str, marks: Sequence[Mark]) -> ViewScene:
        """Marks as they show in the view. Those that the last scene of the view began with are not looked at again."""
        every = tuple(marks)
        old = self._kept.get(view_key, _Kept())
        same = old.shared(every)
        if same == len(every) == len(old.marks):
            return old.scene
        self._project_new(view_key, [mark for mark in every[same:] if isinstance(mark, InjectionSet)])
        held, rows = int(np.searchsorted(old.scene.points.mark, same)), bisect_left(old.areas, same)
        points = old.scene.points
        parts = [ViewPoints(points.xy[:held], points.style[:held], points.mark[:held], points.number[:held])]
        ends, area_rows, areas = list(old.ends[:same]), list(old.areas[:rows]), list(old.scene.areas[:rows])
        before = ends[-1] if ends else 0
        for row, mark in enumerate(every[same:], same):
            if isinstance(mark, AreaRecord):
                areas.append(self._area(view_key, mark))
                area_rows.append(row)
            else:
                seen = self._seen[view_key, mark.id]
                owner = np.full(len(seen.xy), row, np.int32)
                parts.append(ViewPoints(seen.xy, seen.style, owner, seen.index + np.int32(before + 1)))
                before += len(mark.points)
            ends.append(before)
        scene = ViewScene(_joined(parts), tuple(areas), tuple(self._styles))
        self._kept[view_key] = _Kept(every, scene, tuple(ends), tuple(area_rows))
        return scene

    def _project_new(self, view_key: str, marks: list[InjectionSet]) -> None:
        new = [mark for mark in marks if not self._knows(view_key, mark)]
        if not new:
            return
        places = SkinArray.of([point for mark in new for point in mark.points])
        projection = self.atlas.project(view_key, places)
        visible = projection.visible & pictured(self.atlas, view_key, projection.xy)
        several = any(len(mark.region_ids) != 1 for mark in new)
        rows = self.atlas.region_at(places) if several else np.empty(0, np.int64)
        start = 0
        for mark in new:
            end = start + len(mark.points)
            shown = np.flatnonzero(visible[start:end]).astype(np.int32)
            styles = self._mark_styles(mark, rows[start:end])
            self._seen[view_key, mark.id] = _Seen(mark, projection.xy[start:end][shown], styles[shown], shown)
            start = end

    def _knows(self, view_key: str, mark: InjectionSet) -> bool:
        known = self._seen.get((view_key, mark.id))
        return known is not None and known.mark is mark

    def _mark_styles(self, mark: InjectionSet, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
        """Style of every point. rows: region of each; only looked at when the mark lies in several."""
        if len(mark.region_ids) == 1:
            return np.full(len(mark.points), self._look(mark.dose, mark.region_ids[0]), np.int32)
        # Once for each region: a gesture may hold a thousand points.
        look = {-1: self._look(mark.dose, None)} if (rows < 0).any() else {}
        for row in np.flatnonzero(np.bincount(rows[rows >= 0])).tolist():
            look[row] = self._look(mark.dose, self.atlas.regions[row].id)
        return np.array([look[row] for row in rows.tolist()], np.int32)

    def _look(self, dose: Dose, region_id: str | None) -> int:
        key = (dose.technique, dose.depth_mm, dose.mixture, region_id)
        if key not in self._looks:
            style = style_of(dose, region_id, self.atlas.ref.body)
            if style not in self._style_index:
                self._style_index[style] = len(self._styles)
                self._styles.append(style)
            self._looks[key] = self._style_index[style]
        return self._looks[key]

    def _area(self, view_key: str, mark: AreaRecord) -> ViewArea:
        known = self._areas.get((view_key, mark.id))
        if known is None or known[0] is not mark:
            region_id = mark.region_ids[0] if mark.region_ids else None
            style = style_of(mark.dose, region_id, self.atlas.ref.body)
            by_strokes = is_by_strokes(mark)
            area = ViewArea(
                mark.id,
                style,
                self._area_path(view_key, mark),
                np.empty((0, 2)) if by_strokes else LaidLater(lambda: self._area_lattice(view_key, mark)),
                mark.about_n,
                strokes_in_view(self.atlas, view_key, mark, self.scale) if by_strokes else QPainterPath(),
                mark.spacing_mm or 0.0,
            )
            known = self._areas[view_key, mark.id] = (mark, area)
        return known[1]

    def _area_lattice(self, view_key: str, mark: AreaRecord) -> npt.NDArray[np.float64]:
        known = self._lattices.get(mark.id)
        if known is None or known[0] is not mark:
            known = self._lattices[mark.id] = (mark, lattice_preview(self.atlas, mark, self.scale))
        projection = self.atlas.project(view_key, known[1])
        return projection.xy[projection.visible & pictured(self.atlas, view_key, projection.xy)]

    def _area_path(self, view_key: str, mark: AreaRecord) -> QPainterPath:
        try:
            region_id = mark.region_ids[0] if mark.region_ids else None
            shape = self.atlas.outline_in_view(view_key, mark.outline, region_id)
            return path_of(on_picture(self.atlas, view_key, calm(shape)))
        except MesoMapError:
            return QPainterPath()
