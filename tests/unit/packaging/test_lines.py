"""Outlines, contours and the line files."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from body_atlas.contours import arc_length, chained, crossing_segments, outline_points, runs
from body_atlas.features import read_strokes
from body_atlas.lineart import CONTOUR, SILHOUETTE, Line, plain, write_lines
from body_atlas.silhouette import kept_points, polygon_area, simplified, thinned, unseen_along
from body_atlas.view import View, turned

BOX = (-50.0, -100.0, 50.0, 100.0)


def circle(count: int, radius: float = 40.0) -> np.ndarray:
    turn = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return np.stack([radius * np.cos(turn), radius * np.sin(turn)], 1)


@given(st.floats(0.02, 2.0))
def test_simplified_rings_stay_within_the_tolerance(tolerance: float) -> None:
    ring = circle(700)
    kept = simplified(ring, tolerance, closed=True)
    assert len(kept) < len(ring)
    following = np.roll(kept, -1, axis=0)
    middle = np.linalg.norm((kept + following) / 2, axis=1)
    assert np.all(40 - middle <= tolerance + 1e-9)
    assert polygon_area(kept) == pytest.approx(np.pi * 1600, rel=0.1)


def test_straight_lines_keep_only_their_ends() -> None:
    line = np.stack([np.linspace(0, 10, 50), np.linspace(0, 5, 50)], 1)
    assert kept_points(line, 0.01).sum() == 2


def test_thinning_keeps_a_change_of_strength() -> None:
    line = np.stack([np.linspace(0, 100, 101), np.zeros(101)], 1)
    strength = np.where(np.arange(101) < 50, 1.0, 0.2)
    kept, value = thinned(line, strength, 0.05)
    np.testing.assert_allclose(np.interp(line[:, 0], kept[:, 0], value), strength, atol=0.09)
    assert len(kept) == 4


def test_sides_along_the_crop_are_not_shown_but_still_clip() -> None:
    ring = np.array([[-50.0, -100], [50, -100], [50, 100], [0, 60], [-50, 20]])
    points, alpha = unseen_along(ring, BOX, 0.5)
    assert polygon_area(points) == pytest.approx(polygon_area(ring))
    step = np.roll(points, -1, axis=0) - points
    drawn = (alpha + np.roll(alpha, -1)) / 2
    length = np.linalg.norm(step, axis=1)
    free = 2 * np.hypot(50.0, 40.0)
    assert length[drawn == 1].sum() == pytest.approx(free)
    assert set(drawn[length > 0]) == {0.0, 1.0}


def test_a_ring_inside_the_crop_is_shown_all_round() -> None:
    points, alpha = unseen_along(circle(30), BOX, 0.5)
    assert len(points) == 30
    assert (alpha == 1).all()


def test_the_zero_line_of_a_field_is_exact_and_whole() -> None:
    count = 12
    grid = np.array([[x, y] for y in range(count) for x in range(count)], float)
    first = np.array([y * count + x for y in range(count - 1) for x in range(count - 1)])
    tri = np.concatenate(
        [
            np.stack([first, first + 1, first + count + 1], 1),
            np.stack([first, first + count + 1, first + count], 1),
        ]
    )
    field = grid[:, 0] + 0.5 * grid[:, 1] - 7.3
    segments, edge, share = crossing_segments(field, tri)
    paths = chained(segments, len(edge))
    assert len(paths) == 1
    node = grid[edge[:, 0]] * (1 - share)[:, None] + grid[edge[:, 1]] * share[:, None]
    np.testing.assert_allclose(node[:, 0] + 0.5 * node[:, 1], 7.3)
    assert arc_length(node[paths[0]])[-1] == pytest.approx(np.hypot(5.5, 11.0))
    dense = outline_points(grid, field, tri, 0.1)
    assert len(dense) > 100
    np.testing.assert_allclose(dense @ [1, 0.5], 7.3)


def test_chaining_joins_loops() -> None:
    ring = np.array([[i, (i + 1) % 7] for i in range(7)])
    (path,) = chained(ring[::-1], 7)
    assert path[0] == path[-1]
    assert set(path.tolist()) == set(range(7))


@given(st.lists(st.booleans(), max_size=60), st.integers(0, 4), st.integers(1, 5))
def test_runs_cover_every_long_stretch(flags: list[bool], bridge: int, shortest: int) -> None:
    flag = np.array(flags, bool)
    found = runs(flag, bridge, shortest)
    for start, stop in found:
        assert stop - start >= shortest
        assert flag[start]
        assert flag[stop - 1]
    for (_, before), (after, _) in pairwise(found):
        assert after - before > bridge


def test_line_files_hold_what_was_drawn_and_are_reproducible(tmp_path: Path) -> None:
    ring = plain(circle(40), SILHOUETTE, 1.8)
    open_line = Line(np.array([[0.0, 0], [10, 12.34]]), CONTOUR, 0.5, np.array([0.0, 1.0]))
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_lines(tmp_path / name / "lines.npz", [ring, open_line], (0.0, -20.0, 100.0, 20.0))
    first, second = (tmp_path / n / "lines.npz" for n in "ab")
    assert first.read_bytes() == second.read_bytes()
    with np.load(first) as data:
        assert data["offset"].tolist() == [0, 40, 42]
        assert data["kind"].tolist() == [SILHOUETTE, CONTOUR]
        assert data["width"].tolist() == [180, 50]
        assert data["alpha"][40:].tolist() == [0, 255]
        np.testing.assert_allclose(
            data["xy"] * 0.05 + [50, 0], np.concatenate([ring.xy, open_line.xy]), atol=0.026
        )
        assert [data[k].dtype.str for k in ("xy", "offset", "alpha", "width", "kind")] == [
            "<i2",
            "<i4",
            "|u1",
            "|u1",
            "|u1",
        ]


def test_lines_too_far_out_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="more than"):
        write_lines(tmp_path / "lines.npz", [plain(circle(4, 5000.0), SILHOUETTE, 1.0)], BOX)


def test_mirrored_lines_change_sides() -> None:
    line = plain(np.array([[3.0, 1], [4, 2]]), CONTOUR, 0.5)
    np.testing.assert_array_equal(line.mirrored().xy, [[-3, 1], [-4, 2]])


def test_hand_drawn_strokes_are_sound() -> None:
    strokes = read_strokes()
    limbs = {"hand_palm", "foot_sole"}
    assert {s.view for s in strokes} == {"front", "back", "face", "profile"} | limbs
    named = [(s.name, s.body) for s in strokes]
    lines = {"clavicle", "sternum", "navel hood", "knee inner", "spine", "gluteal fold", "mouth", "concha", "heel pad"}
    assert lines <= {name for name, _ in named}
    assert len(named) == len(set(named))
    for stroke in strokes:
        assert len(stroke.points) >= 3
        assert 0 < stroke.strength <= 1
        assert np.abs(stroke.points[:, 0]).max() < 430
        assert stroke.paired or abs(stroke.points[:, 0].sum()) < 1e-6


def view_of(style: str, azimuth: float) -> View:
    return View("v", "body", 0, turned(azimuth), BOX, ("", ""), {}, style)


def test_lines_are_drawn_where_they_read_as_what_they_are() -> None:
    strokes = {(s.name, s.body): s for s in read_strokes()}
    body_front, head_front, profile, hand = (
        view_of("body", 0), view_of("head", 0), view_of("head", 90), view_of("limb", 0)
    )  # fmt: skip
    spine, ear, mouth, palm = (strokes[n, ""] for n in ("spine", "concha", "mouth", "thenar crease"))
    nose = strokes["nose bridge", ""]
    assert spine.shown_in(body_front)
    assert not spine.shown_in(head_front)
    assert ear.shown_in(profile)
    assert not ear.shown_in(head_front)
    assert mouth.shown_in(profile)
    assert mouth.shown_in(body_front)
    assert nose.shown_in(head_front)
    assert not nose.shown_in(profile)
    assert palm.shown_in(hand)
    assert not palm.shown_in(body_front)


def test_each_body_has_its_own_chest() -> None:
    drawn = {b: {s.name for s in read_strokes() if s.drawn_on(b)} for b in ("female", "male")}
    assert drawn["female"] ^ drawn["male"] == {"breast fold", "pectoral fold"}
    assert "navel hood" in drawn["male"]
