"""Footprints: the skin within a radius of an injection, drawn in a chart."""

import math

import numpy as np
import shapely
from numpy.typing import NDArray

from mesomap.atlas.metric import ChartMetric
from mesomap.atlas.records import Floats

RAYS = 32
#: Steps along a ray, reaching 1.5 radii: enough where the chart shrinks lengths by a third.
RAY_STEPS = 9
RAY_REACH = 1.5


def equal_area_radius(radius_mm: float, corners: int = RAYS) -> float:
    """Radius of the corners of a regular polygon that has the area of the disc: r / √(q sin(2π/q) / 2π)."""
    return radius_mm / math.sqrt(corners * math.sin(2 * math.pi / corners) / (2 * math.pi))


def footprints(metric: ChartMetric, xy: Floats, radius_mm: float, rays: int = RAYS) -> NDArray[np.object_]:
    """Polygons in chart mm of the skin within radius_mm (reference mm) of each chart position (N, 2).

    Each corner lies where a ray from the centre has the length of the radius on the skin: the geodesic disc,
    but for the bending of geodesics away from straight chart lines, second order in the chart's distortion.
    """
    if len(xy) == 0:
        return np.empty(0, dtype=object)
    radius = equal_area_radius(radius_mm, rays)
    angle = np.arange(rays) * (2 * math.pi / rays)
    direction = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    step = radius * RAY_REACH / RAY_STEPS
    along = (np.arange(RAY_STEPS) + 0.5) * step
    sample = xy[:, None, None, :] + direction[None, :, None, :] * along[None, None, :, None]
    tensor = metric.at(sample.reshape(-1, 2)).reshape(*sample.shape[:-1], 3)
    dx, dy = direction[None, :, None, 0], direction[None, :, None, 1]
    square = tensor[..., 0] * dx * dx + 2 * tensor[..., 1] * dx * dy + tensor[..., 2] * dy * dy
    rate = np.sqrt(np.maximum(square, 1e-6))
    reached = np.cumsum(rate * step, axis=2)
    index = np.minimum((reached < radius).sum(axis=2), RAY_STEPS - 1)[..., None]
    end = np.take_along_axis(reached, index, axis=2)[..., 0]
    last_rate = np.take_along_axis(rate, index, axis=2)[..., 0]
    length = (index[..., 0] + 1) * step - (end - radius) / last_rate
    corners = xy[:, None, :] + direction[None] * length[..., None]
    closed = np.concatenate([corners, corners[:, :1]], axis=1)
    return np.asarray(shapely.polygons(closed), dtype=object)
