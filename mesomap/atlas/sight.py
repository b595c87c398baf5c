"""How squarely every view sees places on the skin, without building the map of any view."""

import numpy as np

from mesomap.atlas.atlas import Atlas
from mesomap.atlas.records import Floats
from mesomap.atlas.skin import SkinArray


def squareness(atlas: Atlas, places: SkinArray) -> Floats:
    """(W, N) by row of `atlas.views` and place: the cosine of the angle between line of sight and skin, 0 = not seen.

    A place is seen as in `Atlas.project()`; a place off the body by no view. Only the triangles of the places are
    turned into the views, so that a few hundred places cost about a millisecond where nothing was looked at before.
    """
    geometry = atlas.geometry
    on = places.tri >= 0
    tri = np.where(on, places.tri, 0)
    weights = np.where(on[:, None], places.weights(), 1 / 3)
    found = np.zeros((len(atlas.views), len(places)))
    for pose in {view.pose for view in atlas.views}:
        corners = geometry.positions[pose][geometry.tri[tri]]
        at = np.einsum("ni,nij->nj", weights, corners)
        normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        length = np.linalg.norm(normal, axis=1)
        normal /= np.where(length > 0, length, 1.0)[:, None]
        for row, view in enumerate(atlas.views):
            if view.pose != pose:
                continue
            xy, facing = at @ view.rotation[:2].T, normal @ view.rotation[2]
            x0, y0, x1, y1 = view.box_mm
            unhidden = geometry.view_visible[view.index][tri >> 3] >> (7 - (tri & 7)) & 1
            inside = (xy >= (x0, y0)).all(axis=1) & (xy <= (x1, y1)).all(axis=1)
            found[row] = np.where(on & inside & (unhidden == 1) & (facing > 0), facing, 0.0)
    return found
