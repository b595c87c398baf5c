"""The body as a photo shows it: what is hidden, what is too far, and the same on a photo laid on another."""

import numpy as np
import pytest

from mesomap.atlas import Atlas, SkinArray
from mesomap.atlas.landmarks import landmarks_of
from mesomap.domain.errors import NotFoundError
from mesomap.photos.camera import PhotoFit, fit_camera
from mesomap.photos.fit import Fit
from mesomap.photos.photo_view import KEY, pose_of, seen_on_photo
from tests.photo_camera import Shot

SIZE = (1200, 1600)


def fitted(atlas: Atlas, view_key: str, shot: Shot) -> PhotoFit:
    """By all landmarks that the view sees well."""
    known = landmarks_of(atlas)
    found = atlas.project(view_key, known.skin)
    rows = np.flatnonzero(found.visible & (found.cos_angle > 0.2))
    xyz = known.xyz_mm[rows]
    return fit_camera(pose_of(atlas.view(view_key)), xyz, shot.takes(atlas, view_key, xyz))


def skin_of(atlas: Atlas, *names: str) -> SkinArray:
    known = landmarks_of(atlas)
    rows = [known.row(*name.split(".")) for name in names]
    assert min(rows) >= 0
    return known.skin[np.array(rows)]


def test_skin_lies_where_the_camera_shows_it(real_atlas: Atlas) -> None:
    shot = Shot(yaw_deg=8, pitch_deg=5, roll_deg=10)
    seen = seen_on_photo(real_atlas, "head_front", fitted(real_atlas, "head_front", shot), SIZE)
    skin = real_atlas.locate("head_front", np.array([[x, y] for x in range(-50, 51, 10) for y in range(610, 740, 10)]))
    found = seen.project(KEY, skin[skin.tri >= 0])
    view = seen.view(KEY)
    px = shot.takes(real_atlas, "head_front", real_atlas.position(skin[skin.tri >= 0]))
    scale = SIZE[0] / (view.box_mm[2] - view.box_mm[0])
    off = np.linalg.norm(found.xy * (scale, -scale) - px, axis=1)[found.visible]
    assert found.visible.mean() > 0.8
    assert np.sqrt((off**2).mean()) < 1.5 * shot.px_per_mm


def test_a_turned_head_hides_the_far_side(real_atlas: Atlas) -> None:
    left = seen_on_photo(real_atlas, "head_front", fitted(real_atlas, "head_front", Shot(yaw_deg=-12)), SIZE)
    right = seen_on_photo(real_atlas, "head_front", fitted(real_atlas, "head_front", Shot(yaw_deg=12)), SIZE)
    ears = skin_of(real_atlas, "tragus.left", "tragus.right")
    assert left.project(KEY, ears).visible.tolist() == [True, False]
    assert right.project(KEY, ears).visible.tolist() == [False, True]


def test_skin_behind_other_skin_is_not_seen(real_atlas: Atlas) -> None:
    seen = seen_on_photo(real_atlas, "head_profile_right", fitted(real_atlas, "head_profile_right", Shot()), SIZE)
    places = skin_of(real_atlas, "cheilion.right", "cheilion.left", "opisthocranion.mid", "canthus_lateral.left")
    assert seen.project(KEY, places).visible.tolist() == [True, False, False, False]
    # Not a triangle that is turned to the camera is seen through the nose: each that shows is the front-most there.
    rows = seen.seen(KEY)
    middle = SkinArray(rows, np.full((len(rows), 2), 1 / 3))
    front = seen.locate(KEY, seen.project(KEY, middle).xy)
    deep = np.linalg.norm(seen.position(front) - seen.position(middle), axis=1)
    assert np.nanmax(deep[front.tri >= 0]) < 6


def test_skin_far_from_every_landmark_is_not_drawn(real_atlas: Atlas) -> None:
    seen = seen_on_photo(real_atlas, "head_front", fitted(real_atlas, "head_front", Shot(pitch_deg=20)), SIZE)
    places = skin_of(real_atlas, "glabella.mid", "suprasternale.mid", "navel.mid", "heel.left")
    assert seen.project(KEY, places).visible.tolist() == [True, False, False, False]


@pytest.mark.parametrize("view_key", ["trunk_left", "trunk_back", "hand_dorsum_right", "knee_front_left"])
def test_every_part_of_the_body_in_its_own_pose(real_atlas: Atlas, view_key: str) -> None:
    view, known = real_atlas.view(view_key), landmarks_of(real_atlas)
    found = real_atlas.project(view_key, known.skin)
    rows = np.flatnonzero(found.visible & (found.cos_angle > 0.1))
    tall = view.box_mm[3] - view.box_mm[1]
    shot = Shot(yaw_deg=5, pitch_deg=-5, away_mm=3.5 * tall, focal_px=3.5 * 1500)
    xyz = real_atlas.position(known.skin[rows], view.pose)
    fit = fit_camera(pose_of(view), xyz, shot.takes(real_atlas, view_key, xyz))
    assert fit.is_good
    seen = seen_on_photo(real_atlas, view_key, fit, SIZE)
    x0, y0, x1, y1 = view.box_mm
    skin = real_atlas.locate(view_key, np.random.default_rng(2).uniform((x0, y0), (x1, y1), (300, 2)))
    skin = skin[skin.tri >= 0]
    there = seen.project(KEY, skin)
    assert there.visible.mean() > 0.3
    scale = SIZE[0] / (seen.view(KEY).box_mm[2])
    px = shot.takes(real_atlas, view_key, real_atlas.position(skin, view.pose))
    off = np.linalg.norm(there.xy * (scale, -scale) - px, axis=1)[there.visible] / fit.px_per_mm
    assert np.sqrt((off**2).mean()) < 0.015 * tall


def test_a_photo_laid_on_another_takes_its_marks_along(real_atlas: Atlas) -> None:
    fit = fitted(real_atlas, "head_front", Shot(yaw_deg=4))
    laid = Fit(0.8, 7.0, 60.0, -25.0)
    plain, moved = (seen_on_photo(real_atlas, "head_front", fit, SIZE, one) for one in (None, laid))
    places = skin_of(real_atlas, "glabella.mid", "cheilion.left", "canthus_lateral.right")
    (first, wide), (second, narrow) = (
        (one.project(KEY, places).xy, SIZE[0] / one.view(KEY).box_mm[2]) for one in (plain, moved)
    )
    px, there = first * (wide, -wide), second * (narrow, -narrow)
    assert there == pytest.approx(laid.apply(px), abs=1e-6)
    assert narrow == pytest.approx(0.8 * wide)


def test_the_body_of_the_charts_stays_as_it_is(real_atlas: Atlas) -> None:
    fit = fitted(real_atlas, "head_front", Shot())
    seen = seen_on_photo(real_atlas, "head_front", fit, SIZE)
    assert seen.chart("cheek_malar.left") is real_atlas.chart("cheek_malar.left")
    assert KEY not in {view.key for view in real_atlas.views}
    with pytest.raises(NotFoundError):
        real_atlas.view(KEY)
    with pytest.raises(NotFoundError):
        seen_on_photo(real_atlas, "no such view", fit, SIZE)
