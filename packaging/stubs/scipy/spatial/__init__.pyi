import numpy as np
from numpy.typing import NDArray

_Floats = NDArray[np.float64]

class Delaunay:
    simplices: NDArray[np.int32]
    def __init__(self, points: _Floats) -> None: ...

class cKDTree:
    def __init__(self, data: _Floats) -> None: ...
    def query(
        self, x: _Floats, k: int = 1, *, distance_upper_bound: float = ...
    ) -> tuple[_Floats, NDArray[np.int64]]: ...
