import numpy as np
from numpy.typing import NDArray

_Floats = NDArray[np.float64]

def cdist(XA: _Floats, XB: _Floats) -> _Floats: ...
