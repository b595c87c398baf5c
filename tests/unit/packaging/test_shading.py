"""Outlines traced from a mask, bled colours and shading maps."""

import numpy as np
import pytest

from body_atlas.colour import bled
from body_atlas.shade import BODY_LOOK, curvature, inset, low_pass, soft_top, valleys
from body_atlas.silhouette import closed_outlines, polygon_area

SIZE = 240
ROW, COLUMN = np.mgrid[0:SIZE, 0:SIZE] + 0.5
CENTRE = SIZE / 2
RADIUS = 80.0
DISC = np.hypot(COLUMN - CENTRE, ROW - CENTRE) < RADIUS


def rim(radius: float) -> np.ndarray:
    turn = np.linspace(0, 2 * np.pi, 4000)
    return np.stack([CENTRE + radius * np.cos(turn), CENTRE + radius * np.sin(turn)], 1)


def test_an_outline_follows_the_exact_rim_not_the_pixels() -> None:
    (ring,) = closed_outlines(DISC, 2.0, rim(RADIUS))
    distance = np.hypot(ring[:, 0] - CENTRE, ring[:, 1] - CENTRE)
    assert np.abs(distance - RADIUS).max() < 0.12
    assert abs(polygon_area(ring)) == pytest.approx(np.pi * RADIUS**2, rel=0.003)


def test_a_hole_is_a_ring_of_its_own_and_specks_are_left_out() -> None:
    holed = DISC & (np.hypot(COLUMN - CENTRE, ROW - CENTRE) > 30)
    speck = holed.copy()
    speck[4:6, 4:6] = True
    exact = np.concatenate([rim(RADIUS), rim(30.0)])
    rings = closed_outlines(speck, 2.0, exact)
    assert len(rings) == 2
    areas = sorted(abs(polygon_area(r)) for r in rings)
    np.testing.assert_allclose(areas, [np.pi * 30**2, np.pi * RADIUS**2], rtol=0.01)


def test_an_outline_that_leaves_the_picture_runs_along_its_edge() -> None:
    half = DISC.copy()[:, : SIZE // 2]
    (ring,) = closed_outlines(half, 2.0, rim(RADIUS))
    assert ring[:, 0].max() == pytest.approx(SIZE / 2, abs=0.51)
    assert (np.abs(ring[:, 0] - SIZE / 2) < 0.6).sum() > 2 * RADIUS * 0.8


def test_colours_bleed_past_the_edge_and_change_nothing_inside() -> None:
    picture = np.zeros((SIZE, SIZE, 3), np.float32)
    picture[DISC] = [200, 150, 100]
    full = bled(picture, DISC)
    grain = picture + 20 * ((ROW + COLUMN) % 2)[..., None].astype(np.float32)
    np.testing.assert_array_equal(bled(grain, DISC)[DISC], grain[DISC])
    np.testing.assert_allclose(full[~DISC], np.tile([200, 150, 100], ((~DISC).sum(), 1)), atol=0.5)


def test_wide_blurs_on_a_reduced_copy_agree_with_the_full_one() -> None:
    wave = np.sin(COLUMN / 25).astype(np.float32)
    np.testing.assert_allclose(low_pass(wave, 9.0)[40:-40, 40:-40], low_pass(wave, 3.9)[40:-40, 40:-40], atol=0.08)
    assert low_pass(wave[:101, :77], 9.0).shape == (101, 77)


def test_a_bulge_is_lighter_and_a_groove_is_marked() -> None:
    everywhere = np.ones((SIZE, SIZE), bool)
    deep = np.full((SIZE, SIZE), 100, np.float32)
    slope = np.where(np.abs(COLUMN - CENTRE) < 12, (COLUMN - CENTRE) / 24, 0)
    bulge = np.stack([slope, np.zeros_like(slope), np.sqrt(1 - slope**2)], -1).astype(np.float32)
    raised = curvature(bulge, everywhere, deep, BODY_LOOK, 1.0)
    sunken = curvature(bulge * np.array([-1, 1, 1], np.float32), everywhere, deep, BODY_LOOK, 1.0)
    middle = SIZE // 2
    assert raised[middle, middle] > 0.3 > -0.3 > sunken[middle, middle]
    upright = np.transpose(bulge, (1, 0, 2))[..., [1, 0, 2]] * np.array([1, -1, 1], np.float32)
    assert curvature(upright, everywhere, deep, BODY_LOOK, 1.0)[middle, middle] > 0.3
    facing = (1 - 0.5 * np.exp(-(((COLUMN - CENTRE) / 3) ** 2))).astype(np.float32)
    crease = valleys(facing, everywhere, deep, BODY_LOOK, 1.0)
    assert crease[middle, middle] > 0.05
    assert crease[middle, 20] < 0.001


def test_distances_inside_are_about_right() -> None:
    deep = inset(DISC)
    assert deep[SIZE // 2, SIZE // 2] == pytest.approx(RADIUS, abs=3)
    assert deep[0, 0] == 0


def test_bright_values_are_rolled_off_in_order() -> None:
    lum = np.linspace(-0.2, 2.0, 100, dtype=np.float32)
    out = soft_top(lum)
    assert (np.diff(out) >= 0).all()
    assert out.max() <= 1.02
    np.testing.assert_allclose(out[(lum > 0) & (lum < 0.8)], lum[(lum > 0) & (lum < 0.8)])
