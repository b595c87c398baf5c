from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import _Sparse

def connected_components(csgraph: _Sparse, directed: bool = True) -> tuple[int, NDArray[np.int32]]: ...
def dijkstra(
    csgraph: _Sparse,
    directed: bool = True,
    indices: NDArray[np.integer[Any]] | None = None,
    *,
    min_only: bool = False,
    limit: float = ...,
) -> NDArray[np.float64]: ...
