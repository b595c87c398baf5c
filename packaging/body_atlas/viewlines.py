"""All lines of one view, strongest first: outline, inner contours, features."""

from __future__ import annotations

import numpy as np

from body_atlas.body import Body
from body_atlas.lineart import SILHOUETTE, Line, plain
from body_atlas.raster import Buffer
from body_atlas.silhouette import closed_outlines, simplified
from body_atlas.source import F64
from body_atlas.views import View

SILHOUETTE_MM = {"body": 1.9, "head": 0.42}


def to_plane(view: View, pixel: F64, px: float) -> F64:
    """Pixel positions (n,2) to the view plane, mm, y up."""
    return np.stack([view.box_mm[0] + pixel[:, 0] / px, view.box_mm[3] - pixel[:, 1] / px], 1)


def view_lines(body: Body, view: View, buffer: Buffer, px: float) -> list[Line]:
    """The line art of a view."""
    out = []
    for ring in closed_outlines(buffer.mask, px):
        plane = simplified(to_plane(view, ring, px), 0.04, closed=True)
        out.append(plain(plane, SILHOUETTE, SILHOUETTE_MM[view.style]))
    return out
