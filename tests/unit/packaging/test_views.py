"""Views of the body: scales, crops and what they show."""

import numpy as np
import pytest

from body_atlas.body import EYEBALL, SKIN, Body, FineMesh
from body_atlas.subdivide import triangles, vertex_normals
from body_atlas.view import View, turned
from body_atlas.view_names import MIRRORED, NAMES
from body_atlas.views import LONG_SIDE_PX, visible_triangles

BOX_XYZ = np.array([[x, y, z] for x in (-1.0, 1.0) for y in (-1.0, 1.0) for z in (-1.0, 1.0)]) * 30
BOX_QUAD = np.array([[0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1], [2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]])
FRONT_FACE = [10, 11]


def two_boxes(shift: tuple[float, float, float], size: float = 0.6) -> Body:
    """A body of a box and a second one, `size` times as large and moved by `shift` mm."""
    xyz = np.concatenate([BOX_XYZ, BOX_XYZ * size + shift])
    quad = np.concatenate([BOX_QUAD, BOX_QUAD + 8])
    mirror = np.array([4, 5, 6, 7, 0, 1, 2, 3])
    mirror = np.concatenate([mirror, mirror + 8])
    tri = triangles(quad)
    kind = np.repeat(np.array([SKIN, EYEBALL], np.uint8), 12)
    normal = vertex_normals(xyz, tri)[None]
    no_uv = np.zeros((len(quad), 4, 2))
    fine = FineMesh(xyz[None], normal, quad, tri, kind, np.zeros((24, 3, 2)), np.arange(24) // 2)
    return Body(
        key="box",
        poses=("anatomical",),
        vert_xyz=xyz[None],
        vert_normal=normal,
        quad=quad,
        tri=tri,
        tri_kind=kind,
        quad_uv=no_uv,
        mirror_vert=mirror,
        mirror_tri=np.arange(24),
        mirror_perm=np.full(24, 3, np.uint8),
        template=xyz / 100,
        bone_names=("spine01", "head"),
        bone_weight=np.ones((16, 2)) * [0.25, 0.75],
        mask={},
        joints_template={},
        joints_mm=({},),
        fine=fine,
    )


def view(rotation: np.ndarray, back_mm: float | None = None) -> View:
    return View("v", "body", 0, rotation, (-50, -50, 50, 50), ("", ""), {}, "body", back_mm)


def test_body_measures() -> None:
    body = two_boxes((0, 0, 200))
    assert body.skin_area_m2() == pytest.approx(6 * 60**2 / 1e6)
    assert body.volume_l() == pytest.approx(60**3 / 1e6)
    assert body.height_mm() == pytest.approx(60)
    np.testing.assert_allclose(body.weight("spine"), 0.25)
    np.testing.assert_allclose(body.weight("spine", "head"), 1.0)


def test_only_the_facing_side_is_seen() -> None:
    seen = visible_triangles(two_boxes((0, 300, 0)), view(np.eye(3)))
    assert np.flatnonzero(seen[:12]).tolist() == FRONT_FACE
    back = visible_triangles(two_boxes((0, 300, 0)), view(np.diag([-1.0, 1, -1])))
    assert np.flatnonzero(back[:12]).tolist() == [8, 9]


def test_what_stands_in_front_hides() -> None:
    # the small box covers 36 % of the big one's front: each half is still mostly seen
    assert visible_triangles(two_boxes((0, 0, 200)), view(np.eye(3)))[FRONT_FACE].all()
    # a nearly equal box covers 81 %: less than half is left
    assert not visible_triangles(two_boxes((0, 0, 200), 0.9), view(np.eye(3)))[FRONT_FACE].any()
    # from behind the small box is hidden altogether
    from_behind = visible_triangles(two_boxes((0, 0, 200)), view(np.diag([-1.0, 1, -1])))
    assert not from_behind[12:].any()


def test_what_lies_too_far_back_is_left_out() -> None:
    seen = visible_triangles(two_boxes((0, 0, 200)), view(np.eye(3), back_mm=100))
    assert not seen[:12].any()
    assert seen[12:].any()


@pytest.mark.parametrize("azimuth", [0, 30, 45, 90, -45, 180])
def test_rotations_are_right_handed_and_face_the_viewer(azimuth: float) -> None:
    rotation = turned(azimuth)
    np.testing.assert_allclose(rotation @ rotation.T, np.eye(3), atol=1e-12)
    np.testing.assert_allclose(np.cross(rotation[0], rotation[1]), rotation[2], atol=1e-12)
    walked = [np.sin(np.deg2rad(azimuth)), 0, np.cos(np.deg2rad(azimuth))]
    np.testing.assert_allclose(rotation[2], walked, atol=1e-12)


def test_pixels_follow_the_format() -> None:
    v = view(np.eye(3))
    pixel, depth = v.pixels(np.array([[-50.0, 50, 7], [50, -50, 0]]), 2.0)
    np.testing.assert_allclose(pixel, [[0, 0], [200, 200]])
    np.testing.assert_allclose(depth, [7, 0])
    assert v.scale(1000) == (10.0, 1000, 1000)


def test_every_view_has_five_names_and_twins_exist() -> None:
    assert len(NAMES) == 26
    for names in NAMES.values():
        assert set(names) == {"en", "fr", "it", "de", "es"}
        assert all(n.strip() for n in names.values())
    assert set(MIRRORED) | set(MIRRORED.values()) <= set(NAMES)
    assert LONG_SIDE_PX[1] % LONG_SIDE_PX[0] != 0
    assert LONG_SIDE_PX[1] * 5 % LONG_SIDE_PX[0] == 0
