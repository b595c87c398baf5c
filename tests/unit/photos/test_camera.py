"""The camera of a photo: found from landmarks within the error it states, and refused where it cannot be."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from mesomap.atlas import Atlas, open_atlas
from mesomap.atlas.landmarks import landmarks_of
from mesomap.atlas.records import Ints
from mesomap.domain.errors import BadInputError
from mesomap.photos.camera import Floats, PhotoFit, Pose, fit_camera
from mesomap.photos.photo_view import pose_of
from mesomap.services.photo_landmarks import asked_landmarks
from tests.photo_camera import Shot

VIEWS = ("head_front", "head_three_quarter_left", "head_profile_right", "trunk_front", "trunk_back")
shots = st.builds(
    Shot,
    yaw_deg=st.floats(-12, 12),
    pitch_deg=st.floats(-12, 12),
    roll_deg=st.floats(-180, 180),
    away_mm=st.floats(700, 2500),
    aside=st.tuples(st.floats(-0.05, 0.05), st.floats(-0.05, 0.05)),
    focal_px=st.floats(800, 6000),
)


def seen(atlas: Atlas, view_key: str) -> Floats:
    """Landmarks (n, 3) that a view sees well, in an order in which the first ones do not lie on a line."""
    known = landmarks_of(atlas)
    found = atlas.project(view_key, known.skin)
    xyz = known.xyz_mm[found.visible & (found.cos_angle > 0.2)]
    return np.asarray(np.random.default_rng(1).permutation(xyz))


def some(xyz: Floats, count: int, seed: int) -> Ints:
    return np.random.default_rng(seed).choice(len(xyz), min(count, len(xyz)), replace=False)


def off_mm(fit: PhotoFit, xyz: Floats, px: Floats) -> Floats:
    """How far places are off, mm."""
    return np.asarray(np.linalg.norm(fit.project(xyz)[0] - px, axis=1) / fit.px_per_mm)


def root(values: Floats) -> float:
    return float(np.sqrt(np.mean(values**2)))


@settings(max_examples=40)
@given(shot=shots, view=st.sampled_from(VIEWS), count=st.integers(8, 20), seed=st.integers(0, 999))
@example(shot=Shot(pitch_deg=-12.0, away_mm=700.0, focal_px=800.0), view="head_front", count=8, seed=0)
def test_marks_are_found_where_a_true_camera_shows_them(
    real_atlas: Atlas, shot: Shot, view: str, count: int, seed: int
) -> None:
    pose, xyz = pose_of(real_atlas.view(view)), seen(real_atlas, view)
    shot = replace(shot, away_mm=shot.away_mm * pose.height_mm / 306)
    px = shot.takes(real_atlas, view, xyz)
    rows = some(xyz, count, seed)
    spread = np.linalg.svd(xyz[rows] - xyz[rows].mean(axis=0), compute_uv=False)
    assume(spread[1] > 0.3 * spread[0])
    fit = fit_camera(pose, xyz[rows], px[rows])
    assert fit.is_good
    near = fit.is_told(xyz)
    true_mm = root(off_mm(fit, xyz, px)[near])
    assert true_mm < 0.012 * pose.height_mm
    # Few landmarks seen from near and from below: what is said is larger than what is, never the other way round.
    assert true_mm < fit.error_mm + 0.004 * pose.height_mm


@pytest.mark.parametrize("click_mm", [0.5, 2.0, 4.0])
def test_the_error_stated_is_the_error_made(real_atlas: Atlas, click_mm: float) -> None:
    pose, xyz = pose_of(real_atlas.view("head_front")), seen(real_atlas, "head_front")
    stated, made = [], []
    for seed in range(25):
        chance = np.random.default_rng(seed)
        shot = Shot(yaw_deg=chance.uniform(-10, 10), pitch_deg=chance.uniform(-10, 10))
        px = shot.takes(real_atlas, "head_front", xyz)
        px += chance.normal(0, click_mm / np.sqrt(2) * shot.px_per_mm, px.shape)
        rows = some(xyz, 12, seed)
        others = np.setdiff1d(np.arange(len(xyz)), rows)
        fit = fit_camera(pose, xyz[rows], px[rows])
        stated.append(fit.error_mm)
        made.append(root(off_mm(fit, xyz[others], px[others])))
    # What landmarks that were not set are off by.
    assert 0.7 * root(np.array(made)) < root(np.array(stated)) < 1.4 * root(np.array(made))


def test_leaving_out_at_one_stroke_is_leaving_out_one_by_one(real_atlas: Atlas) -> None:
    pose, xyz = pose_of(real_atlas.view("head_front")), seen(real_atlas, "head_front")
    shot = Shot(yaw_deg=6, pitch_deg=-4)
    px = shot.takes(real_atlas, "head_front", xyz) + np.random.default_rng(3).normal(0, 6, (len(xyz), 2))
    rows = some(xyz, 14, 3)
    fit = fit_camera(pose, xyz[rows], px[rows])
    alone = []
    for row in rows.tolist():
        rest = rows[rows != row]
        alone.append(off_mm(fit_camera(pose, xyz[rest], px[rest]), xyz[[row]], px[[row]])[0])
    assert fit.error_mm == pytest.approx(root(np.array(alone)), rel=0.15)
    assert np.corrcoef(fit.errors_mm, alone)[0, 1] > 0.95


def test_what_a_person_differs_by_is_spread_over_the_skin_only_where_that_helps(real_atlas: Atlas) -> None:
    pose, xyz = pose_of(real_atlas.view("head_front")), seen(real_atlas, "head_front")
    # A chin that is longer by up to 12 mm: smooth, and no camera makes it.
    other = xyz.copy()
    other[:, 1] -= 12 * np.clip((650 - xyz[:, 1]) / 45, 0, 1)
    px = Shot().takes(real_atlas, "head_front", other)
    fit = fit_camera(pose, xyz, px)
    assert fit.smooth
    assert root(off_mm(fit, xyz, px)) < 1.2
    alone = []
    for row in range(len(xyz)):
        rest = np.arange(len(xyz)) != row
        alone.append(off_mm(fit_camera(pose, xyz[rest], px[rest]), xyz[[row]], px[[row]])[0])
    assert fit.error_mm == pytest.approx(root(np.array(alone)), rel=0.3)
    few = fit_camera(pose, xyz[:5], px[:5])
    assert not few.smooth


def test_the_landmark_set_wrongly_is_named(real_atlas: Atlas) -> None:
    pose, xyz = pose_of(real_atlas.view("head_front")), seen(real_atlas, "head_front")[:14]
    px = Shot(yaw_deg=5).takes(real_atlas, "head_front", xyz)
    px[9] += (130, 60)
    fit = fit_camera(pose, xyz, px)
    assert fit.worst == 9
    assert not fit.is_good
    assert fit.errors_mm[9] > 25


@settings(max_examples=30)
@given(shot=shots, view=st.sampled_from(VIEWS), seed=st.integers(0, 999))
def test_a_mirrored_picture_is_refused_by_name(real_atlas: Atlas, shot: Shot, view: str, seed: int) -> None:
    pose, xyz = pose_of(real_atlas.view(view)), seen(real_atlas, view)
    shot = replace(shot, away_mm=shot.away_mm * pose.height_mm / 306)
    px = shot.takes(real_atlas, view, xyz)
    rows = some(xyz, 12, seed)
    spread = np.linalg.svd((xyz[rows] - xyz[rows].mean(axis=0)) @ pose.rotation[:2].T, compute_uv=False)
    assume(spread[1] > 0.3 * spread[0])
    with pytest.raises(BadInputError, match="wrong way round"):
        fit_camera(pose, xyz[rows], px[rows] * (-1.0, 1.0) + (1200.0, 0.0))


def test_left_taken_for_right_is_refused(real_atlas: Atlas) -> None:
    known, pose = landmarks_of(real_atlas), pose_of(real_atlas.view("head_front"))
    keys = ("canthus_lateral", "cheilion", "alare", "canthus_medial")
    rows = [known.row(key, side) for key in keys for side in ("left", "right")] + [known.row("pronasale")]
    other = [known.row(key, side) for key in keys for side in ("right", "left")] + [known.row("pronasale")]
    px = Shot(yaw_deg=4).takes(real_atlas, "head_front", known.xyz_mm[other])
    with pytest.raises(BadInputError, match="Left and right"):
        fit_camera(pose, known.xyz_mm[rows], px)


def test_a_photo_of_another_angle_is_not_taken_for_this_one(real_atlas: Atlas) -> None:
    xyz = seen(real_atlas, "head_profile_right")
    px = Shot().takes(real_atlas, "head_profile_right", xyz)
    with pytest.raises(BadInputError, match=r"another side|wrong way"):
        fit_camera(pose_of(real_atlas.view("head_front")), xyz, px)


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_fewer_than_four_landmarks_say_nothing(real_atlas: Atlas, count: int) -> None:
    xyz = seen(real_atlas, "head_front")[:count]
    with pytest.raises(BadInputError, match="Four landmarks at least"):
        fit_camera(pose_of(real_atlas.view("head_front")), xyz, np.zeros((count, 2)))


def test_landmarks_on_a_line_say_nothing(real_atlas: Atlas) -> None:
    pose, known = pose_of(real_atlas.view("head_front")), landmarks_of(real_atlas)
    rows = [known.row(key) for key in ("glabella", "nasion", "subnasale", "stomion", "pogonion")]
    px = Shot().takes(real_atlas, "head_front", known.xyz_mm[rows])
    with pytest.raises(BadInputError, match="on one line"):
        fit_camera(pose, known.xyz_mm[rows], px)
    xyz = seen(real_atlas, "head_front")[:6]
    with pytest.raises(BadInputError, match="on one line"):
        fit_camera(pose, xyz, np.column_stack([np.arange(6.0), np.arange(6.0)]))


@settings(max_examples=60)
@given(
    places=st.lists(st.tuples(st.floats(0, 4000), st.floats(0, 4000)), min_size=9, max_size=9),
    seed=st.integers(0, 999),
)
def test_places_at_random_are_never_drawn_by(real_atlas: Atlas, places: list[tuple[float, float]], seed: int) -> None:
    pose, xyz = pose_of(real_atlas.view("head_front")), seen(real_atlas, "head_front")
    rows, px = some(xyz, 9, seed), np.array(places)
    assume(np.ptp(px, axis=0).min() > 200)
    try:
        fit = fit_camera(pose, xyz[rows], px)
    except BadInputError:
        return
    assert not fit.is_good


@pytest.mark.parametrize("wrong", [np.nan, np.inf])
def test_what_is_no_number_is_refused(real_atlas: Atlas, wrong: float) -> None:
    pose, xyz = pose_of(real_atlas.view("head_front")), seen(real_atlas, "head_front")[:6]
    px = Shot().takes(real_atlas, "head_front", xyz)
    px[2, 1] = wrong
    with pytest.raises(BadInputError):
        fit_camera(pose, xyz, px)


def test_few_landmarks_must_fit_better(real_atlas: Atlas) -> None:
    pose, xyz = pose_of(real_atlas.view("head_front")), seen(real_atlas, "head_front")
    px = Shot().takes(real_atlas, "head_front", xyz)
    limits = [fit_camera(pose, xyz[:count], px[:count]).limit_mm for count in (4, 6, 8, 20)]
    assert limits[0] < limits[1] < limits[2] == limits[3] == pytest.approx(0.026 * pose.height_mm)


def test_what_lies_behind_the_camera_is_nowhere(real_atlas: Atlas) -> None:
    pose, xyz = Pose(np.eye(3), 306.0), seen(real_atlas, "head_front")
    fit = fit_camera(pose, xyz, Shot(away_mm=600).takes(real_atlas, "head_front", xyz))
    px, depth = fit.project(xyz.mean(axis=0) + np.array([[0.0, 0.0, 5000.0], [0.0, 0.0, 10.0]]))
    assert np.isnan(px[0]).all()
    assert np.isfinite(px[1]).all()
    assert depth[0] > depth[1]


def test_on_somebody_of_other_proportions_many_landmarks_state_what_marks_are_off_by(real_atlas: Atlas) -> None:
    """A rest that reaches too little left marks farther off than was stated."""
    view, known, somebody = "head_front", landmarks_of(real_atlas), open_atlas(body="male")
    pose = pose_of(real_atlas.view(view))
    rows = np.array([known.row(*name.split(".")) for name in asked_landmarks(real_atlas, view)[:24]])
    box = real_atlas.view(view).box_mm
    skin = real_atlas.locate(view, np.random.default_rng(5).uniform(box[:2], box[2:], (700, 2)))
    skin = skin[skin.tri >= 0]
    skin = skin[real_atlas.project(view, skin).cos_angle > 0.35]
    xyz, there = real_atlas.position(skin), somebody.position(known.skin[rows])
    for seed in range(6):
        chance = np.random.default_rng(seed)
        shot = Shot(yaw_deg=chance.uniform(-10, 10), pitch_deg=chance.uniform(-10, 10))
        px = shot.takes(real_atlas, view, there)
        fit = fit_camera(
            pose, real_atlas.position(known.skin[rows]), px + chance.normal(0, 1.06 * shot.px_per_mm, px.shape)
        )
        told = fit.is_told(xyz)
        truth = shot.takes(real_atlas, view, somebody.position(skin))
        made = np.linalg.norm(fit.project(xyz)[0] - truth, axis=1)[told] / shot.px_per_mm
        assert root(made) < 1.03 * root(fit.error_at(xyz)[told])
