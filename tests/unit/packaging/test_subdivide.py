"""Subdivision and mirror maps of the body mesh."""

import numpy as np
import pytest

from body_atlas.subdivide import (
    catmull_clark,
    grow,
    mirror_of_finer,
    mirror_triangles,
    triangle_areas,
    triangles,
    vertex_normals,
    volume,
)

BOX_XYZ = np.array([[x, y, z] for x in (-1.0, 1.0) for y in (-1.0, 1.0) for z in (-1.0, 1.0)])
BOX_QUAD = np.array([[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]])
BOX_MIRROR = np.array([4, 5, 6, 7, 0, 1, 2, 3])
NO_UV = np.zeros((6, 4, 2))


def test_box_is_outward_and_has_its_volume() -> None:
    assert volume(BOX_XYZ, triangles(BOX_QUAD)) == pytest.approx(8.0)
    assert triangle_areas(BOX_XYZ, triangles(BOX_QUAD)).sum() == pytest.approx(24.0)


def test_one_step_makes_the_known_points_of_a_cube() -> None:
    # Catmull–Clark on a cube: corner ±1 → ±5/9, edge points (0, 3/4, 3/4), face points (0, 0, 1).
    fine, quad, _ = catmull_clark(BOX_XYZ, BOX_QUAD, NO_UV)
    assert len(fine) == 8 + 12 + 6
    assert quad.shape == (24, 4)
    np.testing.assert_allclose(np.abs(fine[:8]), 5 / 9)
    np.testing.assert_allclose(np.sort(np.abs(fine[8:20]), 1), np.tile([0, 0.75, 0.75], (12, 1)))
    np.testing.assert_allclose(np.sort(np.abs(fine[20:]), 1), np.tile([0.0, 0.0, 1.0], (6, 1)), atol=1e-12)


def test_children_start_at_their_old_corner_and_end_at_the_face_point() -> None:
    _, quad, _ = catmull_clark(BOX_XYZ, BOX_QUAD, NO_UV)
    np.testing.assert_array_equal(quad[:, 0].reshape(6, 4), BOX_QUAD)
    np.testing.assert_array_equal(quad[:, 2].reshape(6, 4), np.arange(20, 26)[:, None].repeat(4, 1))


def test_open_borders_stay_in_their_plane() -> None:
    sheet = np.array([[0.0, 0, 0], [2, 0, 0], [2, 2, 0], [0, 2, 0]])
    fine, _, uv = catmull_clark(
        sheet, np.array([[0, 1, 2, 3]]), np.array([[[0.0, 0], [1, 0], [1, 1], [0, 1]]])
    )
    assert np.all(fine[:, 2] == 0)
    np.testing.assert_allclose(fine[4:8].sum(0), [4, 4, 0])
    np.testing.assert_allclose(uv[0], np.array([[0, 0], [0.5, 0], [0.5, 0.5], [0, 0.5]]))


def test_mirror_maps_carry_over_every_step_exactly() -> None:
    xyz, quad, uv, mirror = BOX_XYZ, BOX_QUAD, NO_UV, BOX_MIRROR
    for _ in range(2):
        fine, fine_quad, uv = catmull_clark(xyz, quad, uv)
        mirror = mirror_of_finer(quad, mirror)
        np.testing.assert_allclose(fine[mirror], fine * [-1, 1, 1], atol=1e-12)
        np.testing.assert_array_equal(mirror[mirror], np.arange(len(fine)))
        xyz, quad = fine, fine_quad
    tri = triangles(quad)
    twin, packed = mirror_triangles(tri, mirror)
    np.testing.assert_array_equal(twin[twin], np.arange(len(tri)))
    rows = np.arange(len(tri))
    for corner, into in ((0, packed % 3), (1, packed // 3)):
        np.testing.assert_array_equal(mirror[tri[rows, corner]], tri[twin, into])


def test_a_lopsided_mesh_is_refused() -> None:
    wrong = BOX_MIRROR.copy()
    wrong[[0, 1]] = wrong[[1, 0]]
    with pytest.raises(ValueError, match="not mirror symmetric"):
        mirror_of_finer(BOX_QUAD, wrong)


def test_normals_point_outward() -> None:
    normal = vertex_normals(BOX_XYZ, triangles(BOX_QUAD))
    assert np.all((normal * BOX_XYZ).sum(1) > 0.9)


def test_growing_takes_in_the_neighbouring_quads() -> None:
    start = np.zeros(8, bool)
    start[0] = True
    assert grow(BOX_QUAD, start, 1).sum() == 7
    assert grow(BOX_QUAD, start, 2).all()
