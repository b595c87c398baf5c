"""Exposure and white balance of one photograph brought to those of another, for display only."""

import numpy as np
from numpy.typing import NDArray

#: More is no difference of light but another picture.
_LEAST, _MOST = 0.4, 2.5


def gains(first: NDArray[np.uint8], second: NDArray[np.uint8]) -> tuple[float, float, float]:
    """Factors of linear red, green, blue for the second, both (n, 3): medians of what both show become equal.

    Linear light by the curve of IEC 61966-2-1.
    """
    if not len(first) or not len(second):
        return 1.0, 1.0, 1.0
    linear = _linear(np.arange(256) / 255.0)
    ours, theirs = (np.median(linear[part], axis=0) for part in (first, second))
    found = np.clip(ours / np.maximum(theirs, 1e-4), _LEAST, _MOST)
    return float(found[0]), float(found[1]), float(found[2])


def table(gain: float) -> NDArray[np.uint8]:
    """(256,): what each value of a channel becomes under a factor of linear light."""
    light = np.clip(_linear(np.arange(256) / 255.0) * gain, 0.0, 1.0)
    value = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.round(255 * value).astype(np.uint8)


def _linear(value: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4))
