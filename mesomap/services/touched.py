"""Which regions places and areas of skin touch."""

from collections.abc import Sequence

import numpy as np
import shapely

from mesomap.atlas import Atlas, SkinArray
from mesomap.atlas.records import Ints
from mesomap.domain.marks import Outline
from mesomap.domain.place import SkinPoint

#: Places of an area that are looked at, per side of its box.
_LOOKS = 32


def regions_of_points(atlas: Atlas, points: Sequence[SkinPoint]) -> tuple[str, ...]:
    """Regions of the points, in their order, each once."""
    return regions_of_rows(atlas, atlas.region_at(SkinArray.of(points)))


def regions_of_rows(atlas: Atlas, rows: Ints) -> tuple[str, ...]:
    """Regions by their rows (N,), in their order, each once; −1 is none."""
    first = dict.fromkeys(rows.tolist())
    return tuple(atlas.regions[row].id for row in first if row >= 0)


def regions_under(atlas: Atlas, outline: Outline) -> tuple[str, ...]:
    """Regions that an area of skin touches, its home first; empty when no chart holds its first ring."""
    home = atlas.home_region(outline)
    if home is None:
        return ()
    chart = atlas.chart(home)
    area = atlas.outline_polygon(home, outline)
    x0, y0, x1, y1 = shapely.bounds(area)
    x, y = (axis.ravel() for axis in np.meshgrid(np.linspace(x0, x1, _LOOKS), np.linspace(y0, y1, _LOOKS)))
    inside = shapely.contains_xy(area, x, y)
    places = chart.from_chart(np.column_stack([x[inside], y[inside]]))
    rows = np.unique(atlas.region_at(places)).tolist()
    found = [atlas.regions[row].id for row in rows if row >= 0]
    return tuple(dict.fromkeys(([home] if home in found else []) + found))
