"""The outline of the body in a view, as smooth closed polylines."""

from __future__ import annotations

import numpy as np

from body_atlas.arrays import F64, Bool


def closed_outlines(mask: Bool, px_per_mm: float, exact: F64, smallest_mm2: float = 12.0) -> list[F64]:
    """Closed polylines (n,2) in pixels (x right, y down; first point not repeated) round the covered pixels.

    `exact` (m,2) are points of the surface's own outlines (n·v = 0); the traced line is pulled onto them.
    Where the body leaves the picture the outline runs along the picture's edge. Tiny islands and holes
    are left out.
    """
    from scipy.ndimage import gaussian_filter
    from skimage.measure import find_contours

    height, width = mask.shape
    soft = gaussian_filter(np.pad(mask.astype(np.float32), 3, mode="edge"), 0.8)
    framed = np.pad(soft, 1)
    out = []
    for line in find_contours(framed, 0.5):
        flat = line[:-1, ::-1] - 3.5
        if abs(polygon_area(flat)) < smallest_mm2 * px_per_mm**2:
            continue
        flat = _smooth_inside(_pulled(flat, exact), width, height, max(2.0, 0.40 * px_per_mm))
        out.append(np.clip(flat, [0, 0], [width, height]))
    return out


def _pulled(flat: F64, exact: F64) -> F64:
    """Moves the points of a traced line, smoothed first, onto the nearest exact point within 1.6 pixels."""
    from scipy.ndimage import gaussian_filter1d
    from scipy.spatial import cKDTree

    soft = gaussian_filter1d(flat, 3.0, axis=0, mode="wrap")
    distance, nearest = cKDTree(exact).query(soft, distance_upper_bound=1.6)
    found = np.isfinite(distance)
    out = flat.copy()
    out[found] = exact[nearest[found]]
    return out


def _smooth_inside(flat: F64, width: int, height: int, sigma: float) -> F64:
    """Takes the pixel steps off the outline, but keeps the parts along the frame straight."""
    from scipy.ndimage import gaussian_filter1d

    soft = gaussian_filter1d(flat, sigma, axis=0, mode="wrap")
    edge = np.minimum.reduce([flat[:, 0], flat[:, 1], width - flat[:, 0], height - flat[:, 1]])
    blend = np.clip((edge - 1.5) / 3, 0, 1)[:, None]
    return np.asarray(flat * (1 - blend) + soft * blend)


def polygon_area(ring: F64) -> float:
    """Signed area of a closed ring."""
    x, y = ring[:, 0], ring[:, 1]
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y) / 2)


def kept_points(line: F64, tolerance: float) -> Bool:
    """(n) points of an open polyline (n, any dimension) that keep it within `tolerance` (Douglas &
    Peucker 1973).
    """
    keep = np.zeros(len(line), bool)
    keep[[0, -1]] = True
    todo = [(0, len(line) - 1)]
    while todo:
        a, b = todo.pop()
        if b - a < 2:
            continue
        chord = line[b] - line[a]
        off = line[a + 1 : b] - line[a]
        share = np.clip(off @ chord / max(float(chord @ chord), 1e-12), 0, 1)
        distance = np.linalg.norm(off - share[:, None] * chord, axis=1)
        worst = int(np.argmax(distance))
        if distance[worst] > tolerance:
            keep[a + 1 + worst] = True
            todo += [(a, a + 1 + worst), (a + 1 + worst, b)]
    return keep


def simplified(line: F64, tolerance: float, closed: bool) -> F64:
    """Fewer points within `tolerance`; a closed ring stays closed (first point not repeated)."""
    if not closed:
        return line[kept_points(line, tolerance)]
    far = int(np.argmax(np.linalg.norm(line - line[0], axis=1)))
    if far == 0:
        return line
    halves = [line[: far + 1], np.concatenate([line[far:], line[:1]])]
    first, second = (h[kept_points(h, tolerance)] for h in halves)
    return np.concatenate([first[:-1], second[:-1]])


def thinned(line: F64, value: F64, tolerance: float) -> tuple[F64, F64]:
    """An open line simplified within `tolerance`, keeping a value at each point (which may be off by up
    to 0.08).
    """
    keep = kept_points(np.concatenate([line, value[:, None] * (tolerance / 0.08)], 1), tolerance)
    return line[keep], value[keep]


def unseen_along(ring: F64, box: tuple[float, float, float, float], near: float) -> tuple[F64, F64]:
    """The ring with strengths: sides that run along the crop get 0 at both ends; the points where they
    begin and end are doubled, so that the neighbouring sides keep their full strength."""
    x0, y0, x1, y1 = box
    limits = ((0, x0), (0, x1), (1, y0), (1, y1))
    following = np.roll(ring, -1, axis=0)
    along = np.zeros(len(ring), bool)
    for axis, value in limits:
        along |= (np.abs(ring[:, axis] - value) < near) & (np.abs(following[:, axis] - value) < near)
    before = np.roll(along, 1)
    points: list[F64] = []
    strength: list[float] = []
    for i, point in enumerate(ring):
        if along[i] != before[i]:
            points += [point, point]
            strength += [0.0, 1.0] if before[i] else [1.0, 0.0]
        else:
            points.append(point)
            strength.append(0.0 if along[i] else 1.0)
    return np.array(points), np.array(strength)
