"""What pairs of photographs are made of, and how the program's laying of a pair is judged.

Public sample pictures come with scikit-image (portrait, cat, retina, tissue, sky …); skin is generated. A wild fit is
one that is accepted though it is wrong: more than 1 % of the frame's width off, or of pictures that show nothing in
common.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from time import process_time

import cv2
import numpy as np
from numpy.typing import NDArray

from mesomap.domain.errors import BadInputError
from mesomap.photos.alignment import align

Picture = NDArray[np.uint8]
WHOLE_PX, HALF_PX = (4000, 3000), (2000, 1500)


class Sort(StrEnum):
    """One picture laid otherwise; what no program should lay easily; or two shots that were truly taken apart."""

    KNOWN = "one picture, known transformation"
    HARD = "hard"
    SEPARATE = "separate shots"


@dataclass(frozen=True)
class Pair:
    """second = first under the true (2, 3) matrix, None = no similarity lays it right. good: a person would expect the
    program to lay it.
    """

    kind: str
    first: Picture
    second: Picture
    truth: NDArray[np.float64] | None
    good: bool
    sort: Sort = Sort.KNOWN


@dataclass(frozen=True)
class Outcome:
    """What came of one pair. error_px: median over the common area; None = refused, or nothing in common."""

    kind: str
    sort: Sort
    good: bool
    accepted: bool
    error_px: float | None
    wild: bool
    seconds: float


@cache
def samples() -> dict[str, Picture]:
    """Grey sample pictures by name, as they come."""
    from skimage import data

    names = ("astronaut", "chelsea", "coffee", "rocket", "retina", "hubble_deep_field", "immunohistochemistry", "moon",
             "camera", "coins", "brick", "grass", "gravel")  # fmt: skip
    found = {}
    for name in names:
        picture = np.asarray(getattr(data, name)(), np.uint8)
        grey = cv2.cvtColor(picture[..., :3], cv2.COLOR_RGB2GRAY) if picture.ndim == 3 else picture
        found[name] = np.asarray(grey, np.uint8)
    return found


def skin(seed: int, size: tuple[int, int], moles: int) -> Picture:
    """Generated skin: shading, pores, and so many moles."""
    chance = np.random.default_rng(seed)
    width, height = size
    coarse = cv2.resize(chance.normal(0, 1, (6, 8)).astype(np.float32), size, interpolation=cv2.INTER_CUBIC)
    fine = cv2.GaussianBlur(chance.normal(0, 1, (height, width)).astype(np.float32), (0, 0), width / 900)
    value = 165 + 14 * coarse + (2.0 if moles == 0 else 8.0) * fine / max(float(fine.std()), 1e-6) * 0.4
    picture = np.clip(value, 0, 255).astype(np.uint8)
    for _ in range(moles):
        place = (int(chance.integers(0, width)), int(chance.integers(0, height)))
        cv2.circle(
            picture, place, int(chance.integers(3, 9) * width / 2000), int(chance.integers(80, 135)), -1, cv2.LINE_AA
        )
    return picture


def large(picture: Picture, size: tuple[int, int]) -> Picture:
    """The picture cut to the shape and enlarged."""
    height, width = picture.shape
    factor = max(size[0] / width, size[1] / height)
    whole = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
    top, left = (whole.shape[0] - size[1]) // 2, (whole.shape[1] - size[0]) // 2
    return np.ascontiguousarray(whole[top : top + size[1], left : left + size[0]], np.uint8)


def turned(size: tuple[int, int], chance: np.random.Generator, most: float = 1.0) -> NDArray[np.float64]:
    """A similarity of at most 10°, 15 % and a tenth of the frame, times most."""
    turn, scale = chance.uniform(-10, 10) * most, 1 + chance.uniform(-0.15, 0.15) * most
    matrix = np.asarray(cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), turn, scale), np.float64)
    matrix[:, 2] += chance.uniform(-0.1, 0.1, 2) * most * np.array(size)
    return matrix


def shot(picture: Picture, matrix: NDArray[np.float64] | None, chance: np.random.Generator) -> Picture:
    """Another shot: laid otherwise, other light and tone, blur, noise of its own, saved as JPEG."""
    size = (picture.shape[1], picture.shape[0])
    shot = picture if matrix is None else cv2.warpAffine(picture, matrix, size, flags=cv2.INTER_CUBIC, borderValue=90.0)
    value = np.asarray(shot, np.float32) / 255
    left, right = (float(one) for one in chance.uniform(0.8, 1.2, 2))
    slope = np.linspace(left, right, size[0], dtype=np.float32)
    value = np.clip(value * slope * chance.uniform(0.75, 1.2), 0, 1) ** chance.uniform(0.8, 1.25)
    soft = cv2.GaussianBlur(value, (0, 0), float(chance.uniform(0.3, 1.5)) * size[0] / 2000)
    # The same grain for speed, at another place: no two shots share it.
    grain = np.roll(_grain(size), tuple(chance.integers(0, 500, 2)), (0, 1))
    value = np.asarray(np.asarray(soft) * 255 + grain * chance.uniform(1, 5), np.float32)
    coded = cv2.imencode(".jpg", np.clip(value, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 85])[1]
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE), np.uint8)


@cache
def _grain(size: tuple[int, int]) -> NDArray[np.float32]:
    return np.random.default_rng(1).standard_normal((size[1], size[0]), np.float32)


def outcome(pair: Pair) -> Outcome:
    """Lay one pair and hold it against the truth."""
    started = process_time()
    try:
        fit = align(pair.first, pair.second)
    except BadInputError:
        return Outcome(pair.kind, pair.sort, pair.good, False, None, False, process_time() - started)
    seconds = process_time() - started
    if pair.truth is None:
        return Outcome(pair.kind, pair.sort, pair.good, True, None, True, seconds)
    height, width = pair.first.shape
    x, y = np.meshgrid(np.linspace(0, width, 21), np.linspace(0, height, 16))
    places = np.stack([x.ravel(), y.ravel()], axis=1)
    on_second = places @ pair.truth[:, :2].T + pair.truth[:, 2]
    both = ((on_second >= 0) & (on_second <= (width, height))).all(axis=1)
    error = float(np.median(np.linalg.norm(fit.apply(on_second[both]) - places[both], axis=1)))
    return Outcome(pair.kind, pair.sort, pair.good, True, error, error > 0.01 * width, seconds)


def table(found: list[Outcome], say: Callable[[str], None]) -> None:
    """By kind: pairs; good ones accepted of how many; others accepted though right; wild; median and 95 % error."""
    heads = f"{'n':>4s} {'good accepted':>14s} {'wild':>5s} {'median px':>10s} {'95 % px':>8s}"
    say(f"{'kind of pair':27s} {'sort':35s} {heads}")
    for kind in dict.fromkeys(one.kind for one in found):
        ours = [one for one in found if one.kind == kind]
        errors = [one.error_px for one in ours if one.error_px is not None]
        figures = f"{np.median(errors):10.2f} {np.percentile(errors, 95):8.2f}" if errors else f"{'–':>10s} {'–':>8s}"
        good = [one for one in ours if one.good]
        share = f"{sum(one.accepted for one in good)} of {len(good)}" if good else "–"
        wild = sum(one.wild for one in ours)
        say(f"{kind:27s} {ours[0].sort:35s} {len(ours):4d} {share:>14s} {wild:5d} {figures}")
    good = [one for one in found if one.good]
    accepted, wild = sum(one.accepted for one in good), sum(one.wild for one in found)
    sorts = ", ".join(f"{sum(one.sort is sort for one in found)} {sort}" for sort in Sort)
    say(f"in all {len(found)} pairs ({sorts}): {wild} wild fits accepted")
    say(f"good pairs accepted: {accepted} of {len(good)} ({accepted / max(1, len(good)):.0%})")
