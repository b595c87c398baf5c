"""What belongs to the mesh and not to one body: hidden skin, regions and their borders.

Every body is the same mesh in another shape, so a triangle is the same piece of skin on each. The borders are drawn
once, on the pattern (the female body), and carried to the others unchanged: a skin point lies in the same region on
every body, and region rules need no second set of numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from body_atlas.border_cut import Pieces, all_pieces, region_share
from body_atlas.border_fields import Borders, find_borders
from body_atlas.hidden_skin import hidden_skin
from body_atlas.regions import Region, list_regions, read_kinds, region_fields
from body_atlas.surface import Bools, Floats, Surface

if TYPE_CHECKING:
    from body_atlas.body import Body

VERT_UNIT_MM = 0.05


@dataclass(frozen=True)
class Layout:
    """`skin` (T) outer skin that can be seen; `shares` per region the share (T) of every triangle that it owns."""

    skin: Bools
    regions: list[Region]
    borders: Borders
    pieces: Pieces
    shares: list[Floats]


def rounded(body: Body) -> Floats:
    """(V,3) positions of the measuring pose as they ship, mm."""
    return np.asarray(np.round(body.vert_xyz[0] / VERT_UNIT_MM) * VERT_UNIT_MM)


def skin_layout(pattern: Body) -> Layout:
    """Hidden skin, regions and borders of the mesh, found on the pattern; raises RegionError."""
    verts = rounded(pattern)
    skin = np.asarray(pattern.tri_kind == 0) & ~hidden_skin(pattern, verts)
    kinds = read_kinds()
    regions = list_regions(kinds)
    fields = region_fields(pattern, kinds, Surface(verts, pattern.tri[skin]))
    borders = find_borders(pattern.tri, skin, fields)
    pieces = all_pieces(borders)
    shares = [region_share(borders, pieces, k) for k in range(len(regions))]
    return Layout(skin, regions, borders, pieces, shares)
