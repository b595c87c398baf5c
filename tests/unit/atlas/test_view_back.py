"""A view may leave out what lies too far back."""

from dataclasses import replace

import numpy as np

from mesomap.atlas import Atlas
from mesomap.atlas.view_map import ViewMap


def test_skin_behind_the_given_depth_is_not_found(small_atlas: Atlas) -> None:
    view = small_atlas.views[0]
    x0, y0, x1, y1 = view.box_mm
    middle = np.array([[(x0 + x1) / 2, (y0 + y1) / 2]])
    whole = ViewMap(view, small_atlas.geometry)
    assert whole.locate(middle).tri[0] >= 0
    nearest = float(whole.positions[:, 2].max())
    nothing = ViewMap(replace(view, back_mm=nearest), small_atlas.geometry)
    assert nothing.locate(middle).tri[0] == -1
    front = ViewMap(replace(view, back_mm=nearest - 20), small_atlas.geometry)
    assert front.locate(middle).tri[0] == whole.locate(middle).tri[0]
    assert front.locate_one(float(middle[0, 0]), float(middle[0, 1])) is not None
