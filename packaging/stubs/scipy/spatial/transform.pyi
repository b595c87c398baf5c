from typing import Self

import numpy as np
from numpy.typing import NDArray

_Floats = NDArray[np.float64]

class Rotation:
    @classmethod
    def from_matrix(cls, matrix: _Floats) -> Self: ...
    def as_quat(self) -> _Floats: ...
