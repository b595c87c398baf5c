"""Photographs laid on each other: right within two pixels, or refused."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from mesomap.domain.errors import BadInputError
from mesomap.photos.alignment import align
from mesomap.photos.fit import Fit, fit_of, similarity
from mesomap.photos.hints import hints_of
from mesomap.photos.tones import gains, table
from tests.pictures import face

Grey = NDArray[np.uint8]


def _grey(seed: int = 1, size: tuple[int, int] = (1200, 1600)) -> Grey:
    return np.asarray(face(*size, seed=seed, moles=160).convert("L"))


def _shot(picture: Grey, turn_deg: float, scale: float, shift: tuple[float, float]) -> tuple[Grey, NDArray[np.float64]]:
    """Laid otherwise, darker, blurred, with noise of its own; and the true matrix, first to second."""
    height, width = picture.shape
    matrix = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), turn_deg, scale), np.float64)
    matrix[:, 2] += shift
    laid = np.asarray(cv2.warpAffine(picture, matrix, (width, height), borderValue=128.0), np.float64)
    blurred = np.asarray(cv2.GaussianBlur(laid * 0.8 + 10, (0, 0), 1.5), np.float64)
    noise = np.random.default_rng(5).normal(0, 3, picture.shape)
    return np.clip(blurred + noise, 0, 255).astype(np.uint8), matrix


@pytest.mark.parametrize(("turn", "scale", "shift"), [(0, 1, (0, 0)), (10, 1.15, (50, -40)), (-10, 0.85, (-30, 60))])
def test_a_second_shot_is_laid_within_two_pixels(turn: float, scale: float, shift: tuple[float, float]) -> None:
    first = _grey()
    second, matrix = _shot(first, turn, scale, shift)
    fit = align(first, second)
    places = np.array([(x, y) for x in (200.0, 600.0, 1000.0) for y in (300.0, 800.0, 1300.0)])
    laid = fit.apply(places @ matrix[:, :2].T + matrix[:, 2])
    assert np.linalg.norm(laid - places, axis=1).max() < 2
    assert fit.error_px < 1
    assert fit.agreement > 0.5


def _smooth() -> Grey:
    chance = np.random.default_rng(3)
    coarse = cv2.resize(chance.normal(0, 1, (5, 6)).astype(np.float32), (1200, 1600), interpolation=cv2.INTER_CUBIC)
    return np.clip(165 + 14 * np.asarray(coarse) + chance.normal(0, 2, (1600, 1200)), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("what", ["somebody else", "mirrored", "smooth", "one grey"])
def test_what_is_not_the_same_is_refused(what: str) -> None:
    first = _grey()
    seconds: dict[str, Callable[[], Grey]] = {
        # Faces of the same drawing have eyes and mouth at the same places; upside down they have not.
        "somebody else": lambda: np.rot90(_grey(8), 2).copy(),
        "mirrored": lambda: np.ascontiguousarray(first[:, ::-1]),
        "smooth": _smooth,
        "one grey": lambda: np.full(first.shape, 90, np.uint8),
    }
    second = seconds[what]()
    with pytest.raises(BadInputError, match="by hand"):
        align(first, second)


def test_too_far_turned_is_refused() -> None:
    first = _grey()
    with pytest.raises(BadInputError):
        align(first, np.rot90(first).copy())


@given(
    st.floats(0.3, 3), st.floats(-180, 180), st.floats(-500, 500), st.floats(-500, 500),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), min_size=2, max_size=12, unique=True),
)  # fmt: skip
def test_places_give_back_the_similarity_that_made_them(
    scale: float, turn: float, dx: float, dy: float, places: list[tuple[int, int]]
) -> None:
    source = np.array(places, float)
    made = Fit(scale, turn, dx, dy)
    again = Fit(*fit_of(similarity(source, made.apply(source))))
    assert np.allclose(again.apply(source), made.apply(source), atol=1e-6)


def test_places_all_the_same_have_no_similarity() -> None:
    with pytest.raises(ValueError, match="the same"):
        similarity(np.ones((3, 2)), np.ones((3, 2)))


def test_hints_tell_blurred_dark_and_light() -> None:
    sharp = _grey()
    assert hints_of(sharp).names == ()
    assert "blurred" in hints_of(np.asarray(cv2.GaussianBlur(sharp, (0, 0), 12), np.uint8)).names
    assert "dark" in hints_of((sharp // 8).astype(np.uint8)).names
    assert "light" in hints_of(np.clip(sharp.astype(int) + 120, 0, 255).astype(np.uint8)).names


def test_tones_become_those_of_the_first() -> None:
    chance = np.random.default_rng(2)
    first = chance.integers(60, 200, (4000, 3)).astype(np.uint8)
    darker = np.stack([table(factor)[first[:, channel]] for channel, factor in enumerate((0.6, 0.8, 1.1))], axis=1)
    found = gains(first, darker)
    assert found == pytest.approx((1 / 0.6, 1 / 0.8, 1 / 1.1), rel=0.05)
    assert gains(first[:0], darker[:0]) == (1.0, 1.0, 1.0)
    assert np.array_equal(table(1.0), np.arange(256))
