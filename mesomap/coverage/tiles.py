"""The area of a growing union of shapes in a chart, kept tile by tile so that one more shape costs little.

Each tile keeps the union of the shapes that reach it; its share of the area is recomputed only after a
change. The tiles partition the chart, so their shares add up to the area of the plain union.
"""

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

import shapely
from shapely.geometry.base import BaseGeometry

from mesomap.atlas.areas import EMPTY, polygonal
from mesomap.atlas.chart import Chart
from mesomap.coverage.shapes import closed, union

#: A shape that reaches more tiles than this is cut up, lest every tile carry all of it.
_WHOLE_TILES = 9


@dataclass(eq=False)
class _Tile:
    """shapes and solids by key; joined: union of the shapes but for `fresh`, None when to be made anew."""

    box: BaseGeometry
    window: tuple[float, float, float, float]
    room: BaseGeometry
    shapes: dict[Hashable, list[BaseGeometry]] = field(default_factory=dict)
    solids: dict[Hashable, BaseGeometry] = field(default_factory=dict)
    joined: BaseGeometry | None = EMPTY
    fresh: list[BaseGeometry] = field(default_factory=list)
    area_mm2: float | None = 0.0


class TiledArea:
    """Area of (shapes, with gaps up to gap_mm between them closed) ∪ solids, cut to the region of the chart.

    gap_mm 0: the plain union. Shapes and solids are polygons in chart mm; a key names what came together.
    """

    def __init__(self, chart: Chart, tile_mm: float, gap_mm: float = 0.0) -> None:
        self._chart = chart
        self._tile_mm = tile_mm
        self._gap_mm = gap_mm
        self._tiles: dict[tuple[int, int], _Tile] = {}
        self._at: dict[Hashable, set[tuple[int, int]]] = {}

    def add(self, key: Hashable, shapes: Sequence[BaseGeometry], solids: Iterable[BaseGeometry] = ()) -> None:
        """Add shapes, and solids that are never closed, under a new key."""
        places = self._at.setdefault(key, set())
        for shape in shapes:
            tiles = self._reached(shape, places)
            for tile in tiles:
                part = shape if len(tiles) <= _WHOLE_TILES else _clipped(shape, tile)
                tile.shapes.setdefault(key, []).append(part)
                tile.fresh.append(part)
                tile.area_mm2 = None
        for solid in solids:
            for tile in self._reached(solid, places):
                part = _clipped(solid, tile)
                tile.solids[key] = polygonal(shapely.union(tile.solids.get(key, EMPTY), part))
                tile.area_mm2 = None

    def remove(self, key: Hashable) -> None:
        """Take away what was added under the key; nothing happens for an unknown key."""
        for place in self._at.pop(key, ()):
            tile = self._tiles[place]
            if tile.shapes.pop(key, None):
                tile.joined, tile.fresh = None, []
            tile.solids.pop(key, None)
            tile.area_mm2 = None

    def area_mm2(self) -> float:
        """True skin area in mm² (reference)."""
        total = 0.0
        for tile in self._tiles.values():
            if tile.area_mm2 is None:
                tile.area_mm2 = self._chart.metric.area_mm2(self._shape(tile))
            total += tile.area_mm2
        return total

    def shape(self) -> BaseGeometry:
        """The area itself, chart mm."""
        return union([self._shape(tile) for tile in self._tiles.values()])

    def _shape(self, tile: _Tile) -> BaseGeometry:
        if tile.room.is_empty:
            return EMPTY
        if tile.joined is None:
            tile.joined = union([shape for shapes in tile.shapes.values() for shape in shapes])
        elif tile.fresh:
            tile.joined = union([tile.joined, *tile.fresh])
        tile.fresh = []
        whole = tile.joined
        if self._gap_mm > 0:
            whole = closed(_clipped(whole, tile), self._gap_mm)
        if tile.solids:
            whole = union([whole, *tile.solids.values()])
        return polygonal(shapely.intersection(whole, tile.room))

    def _reached(self, shape: BaseGeometry, places: set[tuple[int, int]]) -> list[_Tile]:
        """Tiles that the shape reaches, gap included; noted in `places`."""
        if shape.is_empty:
            return []
        x0, y0, x1, y1 = shape.bounds
        size, halo = self._tile_mm, 2 * self._gap_mm
        reached = []
        for i in range(math.floor((x0 - halo) / size), math.floor((x1 + halo) / size) + 1):
            for j in range(math.floor((y0 - halo) / size), math.floor((y1 + halo) / size) + 1):
                places.add((i, j))
                reached.append(self._tile(i, j))
        return reached

    def _tile(self, i: int, j: int) -> _Tile:
        tile = self._tiles.get((i, j))
        if tile is None:
            size, halo = self._tile_mm, 2 * self._gap_mm
            x, y = i * size, j * size
            box = shapely.box(x, y, x + size, y + size)
            room = polygonal(shapely.intersection(self._chart.polygon, box))
            window = (x - halo, y - halo, x + size + halo, y + size + halo)
            tile = self._tiles[(i, j)] = _Tile(box, window, room)
        return tile


def _clipped(shape: BaseGeometry, tile: _Tile) -> BaseGeometry:
    return polygonal(shapely.clip_by_rect(shape, *tile.window))
