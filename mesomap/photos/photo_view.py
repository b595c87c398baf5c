"""The body seen by the fitted camera of a photograph, as one more view of the atlas: whatever draws views draws it."""

from functools import cached_property
from pathlib import Path

import numpy as np

from mesomap.atlas import Atlas, Projection, SkinArray, View
from mesomap.atlas.records import Bools, Floats
from mesomap.atlas.view_map import ViewMap
from mesomap.photos.camera import PhotoFit, Pose
from mesomap.photos.fit import Fit

KEY = "photo"
#: Skin hides what lies so much deeper, mm: an eyelid does, rounding does not.
_HIDES_MM = 2.0
#: A photograph has no drawn lines: no file of this name is there, and nothing is drawn.
_NO_LINES = Path("no lines of a photo")


def pose_of(view: View) -> Pose:
    """From where a photo of the angle of a view is taken."""
    return Pose(view.rotation, view.box_mm[3] - view.box_mm[1])


class PhotoViewMap(ViewMap):
    """View plane: mm of the body at the landmarks, x right, y up, the photo's top left corner at 0, 0."""

    def __init__(self, atlas: Atlas, like: View, fit: PhotoFit, size_px: tuple[int, int], laid: Fit | None) -> None:
        self.fit, self._laid = fit, laid
        self.px_per_mm = fit.px_per_mm * (1.0 if laid is None else laid.scale)
        box_mm = (0.0, -size_px[1] / self.px_per_mm, size_px[0] / self.px_per_mm, 0.0)
        seen = View(
            KEY, -1, like.body, like.group, like.names, like.pose, like.rotation, box_mm, like.left_letter,
            like.right_letter, (), _NO_LINES,
        )  # fmt: skip
        super().__init__(seen, atlas.geometry)

    @cached_property
    def positions(self) -> Floats:
        """Vertices (V, 3): place in the view plane and depth toward the camera, mm; NaN behind the camera."""
        px, depth = self.fit.project(self._geometry.positions[self.view.pose])
        if self._laid is not None:
            px = self._laid.apply(px)
        return np.column_stack([px * (1.0, -1.0) / self.px_per_mm, depth])

    @cached_property
    def visible(self) -> Bools:
        """(T,) turned to the camera, and its middle hidden by no other skin."""
        tri = self._geometry.tri
        asked = np.flatnonzero(self._geometry.tri_region >= 0)
        a, b, c = np.moveaxis(self.positions[tri[asked]], 1, 0)
        u, v = b - a, c - a
        asked = asked[u[:, 0] * v[:, 1] > u[:, 1] * v[:, 0]]
        middle = self.positions[tri[asked]].mean(axis=1)
        grid, ids = self._grid
        row, bary = grid.find(middle[:, :2])
        weights = np.column_stack([bary, 1.0 - bary.sum(axis=1)])
        front = np.einsum("ni,ni->n", weights, self.positions[:, 2][tri[ids[np.maximum(row, 0)]]])
        seen = np.zeros(len(tri), bool)
        seen[asked[(row >= 0) & (front <= middle[:, 2] + _HIDES_MM)]] = True
        return seen

    def project(self, points: SkinArray) -> Projection:
        """Where points lie; visible are only those that the landmarks tell the place of."""
        found = super().project(points)
        corners = self._geometry.positions[self.view.pose][self._geometry.tri[np.maximum(points.tri, 0)]]
        told = self.fit.is_told(np.einsum("ni,nij->nj", points.weights(), corners))
        return found._replace(visible=found.visible & told)


def seen_on_photo(
    atlas: Atlas, view_key: str, fit: PhotoFit, size_px: tuple[int, int], laid: Fit | None = None
) -> Atlas:
    """The atlas with the view KEY: the body as a photo of size_px (w, h) shows it.

    laid: the photo as it lies on another, of size_px then. Raises NotFoundError for an unknown view.
    """
    return atlas.seen_by(PhotoViewMap(atlas, atlas.view(view_key), fit, size_px, laid))
