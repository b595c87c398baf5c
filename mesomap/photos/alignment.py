"""Two photographs of the same skin laid on each other, with the fit checked. Runs in the worker.

Found at reduced scale (SIFT, Lowe, IJCV 2004; RANSAC similarity), refined and checked at full scale: small patches all
over the common area are looked for near where the fit puts them, by normalised correlation, which light does not
change. Only when enough of them are found there, spread over the picture, is the fit given out.
"""

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from mesomap.domain.errors import BadInputError
from mesomap.photos.fit import Fit, fit_of, similarity

Grey = NDArray[np.uint8]
Places = NDArray[np.float64]

#: Longest side at which places are found, px.
FOUND_AT_PX = 1000
_FEATURES = 2500
_RATIO = 0.80
_RANSAC_PX = 3.0
#: Fewer agreeing places say nothing.
MIN_INLIERS = 12
#: Limits of what two shots of the same site can differ by.
MIN_SCALE, MAX_SCALE, MAX_TURN_DEG = 0.6, 1.67, 35.0
#: Patches: grid of so many along each side, of so many px, looked for so many px around, at the checked scale.
_GRID, _PATCH_PX, _AROUND_PX = 12, 32, 10
_CHECKED_AT_PX = 2000
#: A patch agrees from this correlation on; with less contrast (standard deviation) it is not asked.
_AGREES, _CONTRAST, _NEAR_PX = 0.70, 1.0, 3.0
MIN_PATCHES, MIN_AGREEMENT, MIN_COVER = 10, 0.45, 0.20
_UNSURE = "The two photos could not be laid on each other with certainty. Mark the same places on both by hand."


def align(first: Grey, second: Grey) -> Fit:
    """How the second lies on the first, both (h, w). Raises BadInputError whenever that is not certain."""
    small = [_reduced(picture, FOUND_AT_PX) for picture in (first, second)]
    rough = _found(small[0][0], small[1][0])
    middle = [_reduced(picture, _CHECKED_AT_PX) for picture in (first, second)]
    matrix = _rescaled(rough, small[0][1] / middle[0][1], small[1][1] / middle[1][1])
    matrix = _refined(middle[0][0], middle[1][0], matrix)
    error, points, agreement, cover = _checked(middle[0][0], middle[1][0], matrix)
    scale, turn, dx, dy = fit_of(_rescaled(matrix, middle[0][1], middle[1][1]))
    return Fit(scale, turn, dx, dy, error * middle[0][1], points, agreement, cover)


def _reduced(picture: Grey, longest_px: int) -> tuple[Grey, float]:
    """The picture no larger than that, and how many of its own pixels one of it is."""
    factor = max(1.0, max(picture.shape) / longest_px)
    if factor == 1.0:
        return picture, 1.0
    size = (round(picture.shape[1] / factor), round(picture.shape[0] / factor))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8), factor


def _rescaled(matrix: Places, first: float, second: float) -> Places:
    """The same similarity for pictures of which `first` and `second` pixels make one of those it was found on.

    Pixel centres lie at whole numbers, hence the halves.
    """
    half = np.array([0.5, 0.5])
    shift = first * (matrix[:, :2] @ (half / second - half) + matrix[:, 2] + half) - half
    return np.hstack([matrix[:, :2] * (first / second), shift[:, None]])


def _found(first: Grey, second: Grey) -> Places:
    """(2, 3) similarity from features, second to first. Raises BadInputError when there is none."""
    finder = cv2.SIFT.create(nfeatures=_FEATURES, contrastThreshold=0.015)
    keys_1, told_1 = finder.detectAndCompute(first, None)
    keys_2, told_2 = finder.detectAndCompute(second, None)
    if told_1 is None or told_2 is None or min(len(keys_1), len(keys_2)) < MIN_INLIERS:
        raise BadInputError(_UNSURE)
    pairs = cv2.BFMatcher(cv2.NORM_L2).knnMatch(told_2, told_1, k=2)
    good = [two[0] for two in pairs if len(two) == 2 and two[0].distance < _RATIO * two[1].distance]
    if len(good) < MIN_INLIERS:
        raise BadInputError(_UNSURE)
    source = np.array([keys_2[match.queryIdx].pt for match in good])
    target = np.array([keys_1[match.trainIdx].pt for match in good])
    cv2.setRNGSeed(1)
    matrix, agree = cv2.estimateAffinePartial2D(
        source, target, method=cv2.RANSAC, ransacReprojThreshold=_RANSAC_PX, maxIters=5000, confidence=0.999
    )
    if matrix is None or int(agree.sum()) < MIN_INLIERS:
        raise BadInputError(_UNSURE)
    return _possible(np.asarray(matrix, np.float64))


def _possible(matrix: Places) -> Places:
    """Raises BadInputError for what two shots of the same site do not differ by."""
    scale, turn, *_ = fit_of(matrix)
    if not MIN_SCALE <= scale <= MAX_SCALE or abs(turn) > MAX_TURN_DEG:
        raise BadInputError(_UNSURE)
    return matrix


@dataclass(frozen=True, slots=True)
class _Patches:
    """Places of patches on both pictures (n, 2), correlation of each."""

    first: Places
    second: Places
    score: NDArray[np.float64]


def _patches(first: Grey, second: Grey, matrix: Places, around: int) -> _Patches:
    """Look for the patches of the first near where the fit puts them on the second."""
    height, width = first.shape
    laid = np.asarray(cv2.warpAffine(second, matrix, (width, height), flags=cv2.INTER_LINEAR), np.uint8)
    seen = cv2.warpAffine(np.full(second.shape, 255, np.uint8), matrix, (width, height), flags=cv2.INTER_NEAREST)
    flat_1, flat_2 = _flattened(first), _flattened(laid)
    corners = np.asarray(cv2.cornerMinEigenVal(flat_1, 9), np.float32)
    half, reach = _PATCH_PX // 2, _PATCH_PX // 2 + around
    asked, found, scores = [], [], []
    for x, y in _cells(corners, reach):
        window = (slice(y - reach, y + reach), slice(x - reach, x + reach))
        patch = flat_1[y - half : y + half, x - half : x + half]
        if seen[window].min() == 0 or float(patch.std()) < _CONTRAST:
            continue
        map_ = np.asarray(cv2.matchTemplate(flat_2[window], patch, cv2.TM_CCOEFF_NORMED), np.float32)
        _, score, _, (column, row) = cv2.minMaxLoc(map_)
        asked.append((x, y))
        scores.append(score)
        found.append((x + column - around + _peak(map_[row], column), y + row - around + _peak(map_[:, column], row)))
    asked_px, found_px = np.array(asked, float).reshape(-1, 2), np.array(found, float).reshape(-1, 2)
    inverse = np.asarray(cv2.invertAffineTransform(matrix), np.float64)
    return _Patches(asked_px, found_px @ inverse[:, :2].T + inverse[:, 2], np.array(scores))


def _flattened(picture: Grey) -> NDArray[np.float32]:
    """Fine structure only: light and shade taken off, noise of single pixels smoothed."""
    value = cv2.GaussianBlur(picture, (0, 0), 1.2).astype(np.float32)
    return np.asarray(value - cv2.GaussianBlur(value, (0, 0), 12.0), np.float32)


def _cells(corners: NDArray[np.float32], reach: int) -> list[tuple[int, int]]:
    """x, y of the best corner of each cell of the grid, away from the edge."""
    height, width = corners.shape
    along = [np.linspace(reach, size - reach, _GRID + 1).astype(int) for size in (width, height)]
    found = []
    for left, right in pairwise(along[0]):
        for top, bottom in pairwise(along[1]):
            cell = corners[top:bottom, left:right]
            if cell.size:
                row, column = divmod(int(cell.argmax()), cell.shape[1])
                found.append((int(left) + column, int(top) + row))
    return found


def _peak(values: NDArray[np.float32], at: int) -> float:
    """How far beside the largest value the top of the parabola through its neighbours lies, -0.5 to 0.5."""
    if not 0 < at < len(values) - 1:
        return 0.0
    before, top, after = (float(value) for value in values[at - 1 : at + 2])
    bend = before - 2 * top + after
    return 0.0 if bend >= 0 else float(np.clip((before - after) / (2 * bend), -0.5, 0.5))


def _refined(first: Grey, second: Grey, matrix: Places) -> Places:
    """A better fit from the patches that are found; the same when there are too few."""
    found = _patches(first, second, matrix, _AROUND_PX)
    good = found.score >= _AGREES
    if int(good.sum()) < MIN_PATCHES:
        raise BadInputError(_UNSURE)
    better = matrix
    for _ in range(4):
        better = similarity(found.second[good], found.first[good])
        off = _distance(found, better)
        good = (found.score >= _AGREES) & (off <= max(1.0, 2.5 * float(np.median(off[good]))))
        if int(good.sum()) < MIN_PATCHES:
            raise BadInputError(_UNSURE)
    return _possible(better)


def _distance(found: _Patches, matrix: Places) -> NDArray[np.float64]:
    laid = found.second @ matrix[:, :2].T + matrix[:, 2]
    return np.asarray(np.linalg.norm(laid - found.first, axis=1))


def _checked(first: Grey, second: Grey, matrix: Places) -> tuple[float, int, float, float]:
    """error px, places that agree, their share, how much of the common area they cover. Raises BadInputError."""
    found = _patches(first, second, matrix, _AROUND_PX)
    off = _distance(found, matrix)
    agree = (found.score >= _AGREES) & (off <= _NEAR_PX)
    points = int(agree.sum())
    share = points / max(1, len(agree))
    asked = {tuple(place) for place in (found.first // (max(first.shape) / 5)).astype(int).tolist()}
    there = {tuple(place) for place in (found.first[agree] // (max(first.shape) / 5)).astype(int).tolist()}
    cover = len(there) / max(1, len(asked))
    if points < MIN_PATCHES or share < MIN_AGREEMENT or cover < MIN_COVER or len(there) < 3:
        raise BadInputError(_UNSURE)
    return float(np.median(off[agree])), points, share, cover
