from typing import Literal

import numpy as np
from numpy.typing import NDArray

_Floats = NDArray[np.float64]

class CubicSpline:
    def __init__(self, x: _Floats, y: _Floats) -> None: ...
    def __call__(self, x: _Floats | float, nu: int = 0) -> _Floats: ...

class RBFInterpolator:
    def __init__(
        self, y: _Floats, d: _Floats, *, smoothing: float = 0.0, kernel: Literal["thin_plate_spline"]
    ) -> None: ...
    def __call__(self, x: _Floats) -> _Floats: ...
