"""A plain pinhole camera for tests: written without a glance at the one that is fitted."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mesomap.atlas import Atlas

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Shot:
    """A photo of a body. yaw_deg: the body turned to its left; pitch_deg: bent forward; roll_deg: the camera turned.

    away_mm: of the lens from the middle of what is looked at; aside: how far the camera points beside it, as a share of
    the distance; focal_px: of the lens.
    """

    size_px: tuple[int, int] = (1200, 1600)
    yaw_deg: float = 0.0
    pitch_deg: float = 0.0
    roll_deg: float = 0.0
    away_mm: float = 900.0
    aside: tuple[float, float] = (0.0, 0.0)
    focal_px: float = 3600.0

    def takes(self, atlas: Atlas, view_key: str, xyz_mm: Floats) -> Floats:
        """(N, 2) px of places (N, 3) of the body."""
        view = atlas.view(view_key)
        x0, y0, x1, y1 = view.box_mm
        place = xyz_mm @ view.rotation.T - (0.5 * (x0 + x1), 0.5 * (y0 + y1), 0.0)
        yaw, pitch, roll = (math.radians(value) for value in (self.yaw_deg, self.pitch_deg, self.roll_deg))
        about_y = np.array([[math.cos(yaw), 0, math.sin(yaw)], [0, 1, 0], [-math.sin(yaw), 0, math.cos(yaw)]])
        about_x = np.array([[1, 0, 0], [0, math.cos(pitch), math.sin(pitch)], [0, -math.sin(pitch), math.cos(pitch)]])
        about_z = np.array([[math.cos(roll), -math.sin(roll), 0], [math.sin(roll), math.cos(roll), 0], [0, 0, 1]])
        turned = place @ (about_z @ about_x @ about_y).T
        ahead = self.away_mm - turned[:, 2]
        across = turned[:, :2] / ahead[:, None] + self.aside
        width, height = self.size_px
        return np.asarray(
            np.column_stack([width / 2 + self.focal_px * across[:, 0], height / 2 - self.focal_px * across[:, 1]])
        )

    @property
    def px_per_mm(self) -> float:
        """About, in the middle."""
        return self.focal_px / self.away_mm
