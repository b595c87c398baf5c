"""The clusters of one panel: for every row of the table its shape on the body, its points and its number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from mesomap.atlas import Atlas, SkinArray
from mesomap.domain.marks import AreaRecord, InjectionSet, Mark, Origin
from mesomap.printing.chart_data import ChartRow
from mesomap.printing.panels import Panel
from mesomap.render.needle_lines import is_needle_line
from mesomap.render.picture import on_picture, pictured

FloatArray = npt.NDArray[np.float64]

#: Hull about a point of a technique without a radius of effect, mm; only a shape, no figure rests on it.
_PLAIN_HULL_MM = 3.0
_WORTH_A_TAG = 1 / 12
#: Places tried for the end of a leader, by row and column, and how far from the rim, as a share of the shape's size.
_GRID, _RIM_SHARE = 9, 0.08


@dataclass(frozen=True, slots=True)
class Cluster:
    """One row as it shows in one panel. hull and points in view mm; anchor: where the leader ends.

    points are those that symbols stand for: threading lines are drawn as lines. tap_numbers: for each of them the
    number of its mark when it is a single tap, else 0.
    """

    row: ChartRow
    hull: BaseGeometry
    points: FloatArray
    anchor: tuple[float, float]
    tap_numbers: tuple[int, ...] = ()


class RowPlaces:
    """The points of all rows that lie in their row's region, looked up once and projected once for each view."""

    def __init__(self, atlas: Atlas, rows: Sequence[ChartRow], marks: Sequence[Mark] = ()) -> None:
        """marks: those of the session in their order, whose numbers the taps get."""
        self._atlas = atlas
        self.rows = tuple(rows)
        sets = [(i, mark) for i, row in enumerate(rows) for mark in row.marks if isinstance(mark, InjectionSet)]
        row_of = np.repeat([i for i, _ in sets], [mark.count for _, mark in sets]).astype(int)
        on_line = np.repeat([is_needle_line(mark) for _, mark in sets], [mark.count for _, mark in sets]).astype(bool)
        number_of = {mark.id: number for number, mark in enumerate(marks, start=1) if mark.origin is Origin.TAP}
        numbers = [number_of.get(mark.id, 0) if mark.count == 1 else 0 for _, mark in sets]
        number = np.repeat(numbers, [mark.count for _, mark in sets]).astype(int)
        places = SkinArray.of([point for _, mark in sets for point in mark.points])
        region = np.array([atlas.region_index(row.region_id) for row in rows], dtype=int)
        here = np.flatnonzero(atlas.region_at(places) == region[row_of]) if len(places) else np.empty(0, dtype=int)
        self._places, self._row_of, self._on_line = places[here], row_of[here], on_line[here]
        self._number = number[here]
        self._seen: dict[str, tuple[FloatArray, npt.NDArray[np.bool_]]] = {}

    def in_view(self, view_key: str, index: int) -> tuple[FloatArray, FloatArray, npt.NDArray[np.int64]]:
        """Visible points of a row in view mm: all of them, those that symbols stand for (no threading lines), and the
        numbers of the latter.
        """
        if view_key not in self._seen:
            there = self._atlas.project(view_key, self._places)
            self._seen[view_key] = there.xy, there.visible
        xy, visible = self._seen[view_key]
        mine = visible & (self._row_of == index)
        symbols = mine & ~self._on_line
        return xy[mine], xy[symbols], self._number[symbols]


def clusters_in(
    atlas: Atlas,
    panel: Panel,
    places: RowPlaces,
    length_factor: float,
    keep_out_mm: tuple[float, float, float, float] | None = None,
) -> list[Cluster]:
    """Rows that show in the panel's window, in the order of their numbers. keep_out_mm: no leader ends in this box."""
    window = shapely.box(*panel.window_mm)
    middle = (panel.window_mm[0] + panel.window_mm[2]) / 2
    free = window if keep_out_mm is None else window.difference(shapely.box(*keep_out_mm))
    found: list[Cluster] = []
    for index, row in enumerate(places.rows):
        points, symbols, numbers = places.in_view(panel.view_key, index)
        # A crop leaves parts of the body out of its picture: what lies there is not drawn in the air.
        hull = on_picture(atlas, panel.view_key, _hull(atlas, panel.view_key, row, points, length_factor))
        hull = hull.intersection(window)
        if hull.is_empty or hull.area <= 0:
            continue
        x0, y0, x1, y1 = panel.window_mm
        inside = ((symbols >= (x0, y0)) & (symbols <= (x1, y1))).all(axis=1)
        inside &= pictured(atlas, panel.view_key, symbols)
        taps = tuple(numbers[inside].tolist())
        anchor = _anchor(hull.intersection(free), hull, symbols[inside], middle)
        found.append(Cluster(row, hull, symbols[inside], anchor, taps))
    return found


def _hull(atlas: Atlas, view_key: str, row: ChartRow, points: FloatArray, length_factor: float) -> BaseGeometry:
    region = atlas.region_outline(view_key, row.region_id)
    if region.is_empty:
        return region
    parts = [_outline(atlas, view_key, row.region_id, mark) for mark in row.marks if mark.outline]
    loose = row.radius_mm / length_factor if row.radius_mm is not None else _PLAIN_HULL_MM
    if len(points) and not any(isinstance(mark, AreaRecord) or mark.outline for mark in row.marks):
        # One disc for each point: the buffer of a whole multipoint takes forty times as long.
        centres = np.asarray(shapely.points(points), dtype=object)
        parts += np.asarray(shapely.buffer(centres, loose, quad_segs=6)).tolist()
    return shapely.make_valid(shapely.union_all(parts)).intersection(shapely.make_valid(region).buffer(0.5))


def _outline(atlas: Atlas, view_key: str, region_id: str, mark: Mark) -> BaseGeometry:
    return shapely.make_valid(atlas.outline_in_view(view_key, mark.outline, region_id))


def _anchor(free: BaseGeometry, hull: BaseGeometry, symbols: FloatArray, middle: float) -> tuple[float, float]:
    """Where the leader ends: inside the shape, away from its symbols and rather on the outer side of the panel."""
    shape = _biggest(free if not free.is_empty and free.area > 0 else hull)
    inside = shape.representative_point()
    x0, y0, x1, y1 = shape.bounds
    grid = np.stack(np.meshgrid(np.linspace(x0, x1, _GRID), np.linspace(y0, y1, _GRID)), axis=-1).reshape(-1, 2)
    # Not on the rim: the dot at the end of a leader belongs to the shape.
    core = shape.buffer(-_RIM_SHARE * float(np.sqrt(shape.area)))
    grid = grid[shapely.contains_xy(core, grid[:, 0], grid[:, 1])] if not core.is_empty else grid[:0]
    if not len(grid):
        return inside.x, inside.y
    reach = float(np.sqrt(shape.area)) / 4
    away = np.full(len(grid), reach)
    if len(symbols):
        apart = np.linalg.norm(grid[:, None] - symbols[None], axis=2).min(axis=1)
        away = np.minimum(apart, reach)
    outward = np.abs(grid[:, 0] - middle) * 0.15 - np.abs(grid[:, 1] - inside.y) * 0.1
    best = grid[int(np.argmax(away + outward))]
    return float(best[0]), float(best[1])


def _biggest(hull: BaseGeometry) -> BaseGeometry:
    parts = [part for part in shapely.get_parts(hull) if part.area > 0]
    return max(parts, key=lambda part: part.area) if parts else hull


def labelled(scores: Sequence[Mapping[int, float]], overviews: Sequence[bool] = ()) -> list[frozenset[int]]:
    """Numbers that each panel tags, from the areas on paper (number → area) that clusters take in each panel.

    A cluster is tagged where it shows best and wherever it shows at least a twelfth as large: a face is not numbered
    once more on the whole body beside it. overviews: panels beside their own detail, which tag all they show.
    """
    best: dict[int, float] = {}
    for panel in scores:
        for number, area in panel.items():
            best[number] = max(best.get(number, 0.0), area)
    every = [*overviews, *[False] * (len(scores) - len(overviews))]
    return [
        frozenset(number for number, area in panel.items() if whole or area >= best[number] * _WORTH_A_TAG)
        for panel, whole in zip(scores, every, strict=True)
    ]
