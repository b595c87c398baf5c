"""Photographs made ready for the window: laid in a frame, in tone, at full size and at halves of it. In the worker."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from mesomap.domain.photo_mask import MaskPlace
from mesomap.photos.masking import cover
from mesomap.photos.pictures import pixels
from mesomap.photos.tones import gains, table

#: No level is made below this longest side, px.
_SMALLEST_PX = 700
_TONES_AT_PX = 400

Matrix = Sequence[Sequence[float]]


def levels(
    data: bytes,
    orientation: int,
    size: tuple[int, int],
    matrix: Matrix | None,
    factors: Sequence[float] | None,
    covers: Sequence[MaskPlace] = (),
) -> list[NDArray[np.uint8]]:
    """(h, w, 4) BGRA, premultiplied, of the full size and of halves of it.

    matrix (2, 3) lays the picture in a frame of that size (w, h), transparent where it shows nothing; factors: of
    linear red, green, blue. covers: places of the picture that are covered before anything else is done with it.
    Raises BadInputError for a damaged picture.
    """
    whole = cv2.cvtColor(cover(pixels(data, orientation), covers), cv2.COLOR_RGB2BGRA)
    if factors is not None:
        red, green, blue = (table(factor) for factor in factors)
        tones = np.stack([blue, green, red, np.arange(256, dtype=np.uint8)], axis=1).reshape(1, 256, 4)
        whole = cv2.LUT(whole, tones)
    if matrix is not None:
        whole = cv2.warpAffine(whole, np.array(matrix), size, flags=cv2.INTER_LINEAR)
    found = [np.asarray(whole, np.uint8)]
    while max(found[-1].shape[:2]) > 2 * _SMALLEST_PX:
        height, width = found[-1].shape[:2]
        half = cv2.resize(found[-1], (width // 2, height // 2), interpolation=cv2.INTER_AREA)
        found.append(np.asarray(half, np.uint8))
    return found


def tone_factors(
    first: bytes, second: bytes, orientations: Sequence[int], widths: Sequence[int], matrix: Matrix
) -> tuple[float, float, float]:
    """Factors of linear light for the second, from what both show. widths: of both at full size, upright."""
    ours, theirs = (pixels(data, turn, _TONES_AT_PX) for data, turn in zip((first, second), orientations, strict=True))
    scale_1, scale_2 = ours.shape[1] / widths[0], theirs.shape[1] / widths[1]
    laid = np.array(matrix, float)
    laid[:, :2] *= scale_1 / scale_2
    laid[:, 2] *= scale_1
    size = (ours.shape[1], ours.shape[0])
    seen = cv2.warpAffine(np.full(theirs.shape[:2], 255, np.uint8), laid, size, flags=cv2.INTER_NEAREST) > 0
    return gains(ours[seen], np.asarray(cv2.warpAffine(theirs, laid, size), np.uint8)[seen])
