"""Truly separate shots: other moments, other cameras, other days, other people (see shots/README.md)."""

from collections.abc import Iterator
from functools import cache
from itertools import combinations, product
from pathlib import Path

import cv2
import numpy as np

from tests.benchmarks.photo_pairs import Pair, Picture, Sort, samples, shot, turned

_FOLDER = Path(__file__).with_name("shots")
_BOARDS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14)
_STILL = ("rubberwhale", "basketball")
_ELSEWHERE = (("booksL", "booksR"), ("leuvenA", "leuvenB"), ("graf1", "graf3"), ("aloeL", "aloeR"))
_ONE_PERSON, _OTHERS = ("obama", "obama2", "obama3"), ("biden", "astronaut")


@cache
def picture(name: str) -> Picture:
    """A shot by its name, grey, as it lies in the folder."""
    found = cv2.imread(str(_FOLDER / f"{name}.jpg"), cv2.IMREAD_GRAYSCALE)
    assert found is not None, name
    return np.asarray(found, np.uint8)


def separate_shots(chance: np.random.Generator) -> Iterator[Pair]:
    """56 pairs. Those of a camera that stood still are laid otherwise by a known similarity as well."""
    for number in range(12):
        name = _STILL[number % 2]
        first, second = picture(f"{name}1"), picture(f"{name}2")
        matrix = turned((first.shape[1], first.shape[0]), chance)
        yield Pair("camera stood, little moved", first, shot(second, matrix, chance), matrix, True, Sort.SEPARATE)
    still = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    for moments in list(combinations(_BOARDS, 2))[::7]:
        first, second = (picture(f"left{number:02d}") for number in moments)
        yield Pair("camera stood, person moved", first, second, still, False, Sort.SEPARATE)
    for first, second in _two_places():
        yield Pair("two cameras, two places", first, second, None, False, Sort.SEPARATE)
    for one, other in (*combinations(_ONE_PERSON, 2), *combinations(_ONE_PERSON[::-1], 2)):
        yield Pair("same person, another day", picture(one), picture(other), None, False, Sort.SEPARATE)
    for one, other in (*product(_ONE_PERSON, _OTHERS), _OTHERS, _OTHERS[::-1]):
        yield Pair("another person's face", _face(one), _face(other), None, False, Sort.SEPARATE)


def _face(name: str) -> Picture:
    return samples()[name] if name in samples() else picture(name)


def _two_places() -> Iterator[tuple[Picture, Picture]]:
    """One moment or one scene from two places: near things stand elsewhere, so that no similarity is right."""
    for number in _BOARDS:
        yield picture(f"left{number:02d}"), picture(f"right{number:02d}")
    for one, other in _ELSEWHERE:
        yield picture(one), picture(other)
    from skimage import data

    cameras: tuple[Picture, ...] = data.stereo_motorcycle()[:2]
    left, right = (np.asarray(cv2.cvtColor(one, cv2.COLOR_RGB2GRAY), np.uint8) for one in cameras)
    yield left, right
