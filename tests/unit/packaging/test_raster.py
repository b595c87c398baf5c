"""The z-buffer of the body pictures."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from body_atlas.raster import rasterise

FAR = np.array([[0.0, 20], [20, 20], [20, 0], [0, 0]])
QUAD = np.array([[0, 1, 2], [0, 2, 3]])


def test_a_square_covers_every_pixel_once() -> None:
    seen = rasterise(FAR, np.zeros(4), QUAD, 20, 20)
    assert seen.mask.all()
    assert len(seen.hit) == 400
    np.testing.assert_allclose(seen.weight.sum(1), 1, atol=1e-5)


def test_interpolation_gives_the_pixel_centres_back() -> None:
    seen = rasterise(FAR, np.zeros(4), QUAD, 20, 20)
    np.testing.assert_allclose(seen.interpolate(QUAD, FAR)[:, 0], seen.column + 0.5, atol=1e-4)
    np.testing.assert_allclose(seen.interpolate(QUAD, FAR)[:, 1], seen.row + 0.5, atol=1e-4)
    assert seen.image(seen.interpolate(QUAD, FAR[:, 0])).shape == (20, 20)


def test_the_nearer_triangle_wins_whatever_the_order() -> None:
    near = np.array([[4.0, 16], [16, 16], [16, 4], [4, 4]])
    points = np.concatenate([FAR, near])
    depth = np.repeat([0.0, 5.0], 4)
    for tri in (np.concatenate([QUAD, QUAD + 4]), np.concatenate([QUAD + 4, QUAD])):
        seen = rasterise(points, depth, tri, 20, 20)
        front = depth[tri[seen.tri][..., 0]] == 5
        assert front[4:16, 4:16].all()
        assert front.sum() == 144


def test_backs_are_not_drawn() -> None:
    assert not rasterise(FAR, np.zeros(4), QUAD[:, ::-1], 20, 20).mask.any()


def test_triangles_beyond_the_picture_are_cut_off() -> None:
    seen = rasterise(FAR * 3 - 20, np.zeros(4), QUAD, 20, 20)
    assert seen.mask.all()
    assert not rasterise(FAR + 100, np.zeros(4), QUAD, 20, 20).mask.any()


@given(st.lists(st.tuples(st.floats(0, 30), st.floats(0, 30)), min_size=3, max_size=3))
def test_covered_pixels_are_those_whose_centre_lies_inside(corners: list[tuple[float, float]]) -> None:
    flat = np.array(corners)
    (ax, ay), (bx, by), (cx, cy) = corners
    double = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
    order = [0, 1, 2] if double < 0 else [0, 2, 1]
    seen = rasterise(flat, np.zeros(3), np.array([order]), 30, 30).mask
    if abs(double) < 1e-6:
        return
    y, x = np.mgrid[0:30, 0:30] + 0.5
    side = [
        ((qx - px) * (y - py) - (qy - py) * (x - px)) * np.sign(double)
        for (px, py), (qx, qy) in ((corners[i], corners[(i + 1) % 3]) for i in range(3))
    ]
    inside = np.minimum.reduce(side)
    assert not (seen & (inside < -1e-4 * max(1.0, abs(double)))).any()
    assert seen[inside > 1e-4 * max(1.0, abs(double))].all()
