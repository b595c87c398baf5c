from collections.abc import Callable, Mapping
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

_Floats = NDArray[np.float64]

class OptimizeResult:
    x: _Floats
    fun: float
    success: bool
    nit: int

# With `jac=True` the function gives its value and its gradient.
def minimize(
    fun: Callable[[_Floats], tuple[float, _Floats]],
    x0: _Floats,
    *,
    jac: Literal[True],
    method: Literal["L-BFGS-B"],
    options: Mapping[str, int],
) -> OptimizeResult: ...
def linear_sum_assignment(cost_matrix: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]: ...
