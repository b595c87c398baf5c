"""Hints on a picture just taken: blurred, too dark, too light. Hints, never a verdict; nothing is refused by them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: Variance of the Laplacian at 1,200 px below which a picture of skin mostly is out of focus.
BLURRED = 6.0
#: Share of pixels beyond which shadows or lights count as lost.
LOST = 0.30
DARK_MEAN, LIGHT_MEAN = 45.0, 215.0


@dataclass(frozen=True, slots=True)
class Hints:
    """sharpness: variance of the Laplacian of brightness (0 to 255); mean: brightness; dark, light: shares that are
    lost.
    """

    sharpness: float
    mean: float
    dark: float
    light: float

    @property
    def names(self) -> tuple[str, ...]:
        """Which hints are given: "blurred", "dark", "light"."""
        return (
            *(("blurred",) if self.sharpness < BLURRED else ()),
            *(("dark",) if self.mean < DARK_MEAN or self.dark > LOST else ()),
            *(("light",) if self.mean > LIGHT_MEAN or self.light > LOST else ()),
        )


def hints_of(grey: NDArray[np.uint8]) -> Hints:
    """Hints of (h, w) brightness. Sharpness after Pech-Pacheco et al., ICPR 2000."""
    value = grey.astype(np.float32)
    inner = value[1:-1, 1:-1]
    laplacian = value[:-2, 1:-1] + value[2:, 1:-1] + value[1:-1, :-2] + value[1:-1, 2:] - 4 * inner
    return Hints(
        sharpness=float(laplacian.var()) if laplacian.size else 0.0,
        mean=float(value.mean()),
        dark=float((grey < 8).mean()),
        light=float((grey > 249).mean()),
    )
