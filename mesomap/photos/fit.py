"""How one photograph lies on another: a similarity, and how sure it is."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Fit:
    """Places of the second picture on the first: first = scale · R(turn_deg) · second + (dx_px, dy_px), y downwards.

    error_px: median distance of what agrees, in pixels of the first. points: how many places agree. agreement: share
    of the places looked at that agree, 0 to 1. cover: share of the common area in which there are any, 0 to 1.
    """

    scale: float
    turn_deg: float
    dx_px: float
    dy_px: float
    error_px: float = 0.0
    points: int = 0
    agreement: float = 0.0
    cover: float = 0.0

    @property
    def matrix(self) -> NDArray[np.float64]:
        """(2, 3): rows a, -b, dx and b, a, dy."""
        a = self.scale * math.cos(math.radians(self.turn_deg))
        b = self.scale * math.sin(math.radians(self.turn_deg))
        return np.array([[a, -b, self.dx_px], [b, a, self.dy_px]])

    def apply(self, xy_px: NDArray[np.float64]) -> NDArray[np.float64]:
        """(n, 2) places of the second picture on the first."""
        matrix = self.matrix
        return np.asarray(xy_px @ matrix[:, :2].T + matrix[:, 2])


def fit_of(matrix: NDArray[np.float64]) -> tuple[float, float, float, float]:
    """scale, turn_deg, dx_px, dy_px of a (2, 3) similarity."""
    a, b = float(matrix[0, 0]), float(matrix[1, 0])
    return math.hypot(a, b), math.degrees(math.atan2(b, a)), float(matrix[0, 2]), float(matrix[1, 2])


def similarity(source: NDArray[np.float64], target: NDArray[np.float64]) -> NDArray[np.float64]:
    """(2, 3) similarity without mirroring that maps source on target, both (n, 2), with least squares.

    Umeyama, IEEE PAMI 13 (1991), in the plane, where it is closed. Needs two different places.
    """
    middle_s, middle_t = source.mean(axis=0), target.mean(axis=0)
    s, t = source - middle_s, target - middle_t
    spread = float((s * s).sum())
    if spread == 0:
        raise ValueError("the places are all the same")
    a = float((s * t).sum()) / spread
    b = float((s[:, 0] * t[:, 1] - s[:, 1] * t[:, 0]).sum()) / spread
    linear = np.array([[a, -b], [b, a]])
    return np.hstack([linear, (middle_t - linear @ middle_s)[:, None]])
