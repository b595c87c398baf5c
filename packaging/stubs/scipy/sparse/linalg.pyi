import numpy as np
from numpy.typing import NDArray

from . import csc_array

_Floats = NDArray[np.float64]

class SuperLU:
    def solve(self, rhs: _Floats) -> _Floats: ...

def splu(A: csc_array) -> SuperLU: ...
def spsolve(A: csc_array, b: _Floats) -> _Floats: ...
