import numpy as np
from numpy.typing import NDArray

_Ints = NDArray[np.int64]

# Vertices, triangles, source vertices, source triangles, target vertices, target triangles.
def exact_geodesic(
    V: NDArray[np.float64], F: _Ints, VS: _Ints, FS: _Ints, VT: _Ints, FT: _Ints, /
) -> NDArray[np.float64]: ...
