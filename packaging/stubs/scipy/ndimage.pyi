from collections.abc import Sequence
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Mode = Literal["reflect", "constant", "nearest", "mirror", "wrap"]
_T = TypeVar("_T", bound=np.generic)

def gaussian_filter(
    input: NDArray[_T], sigma: float | Sequence[float], *, mode: _Mode = "reflect", truncate: float = 4.0
) -> NDArray[_T]: ...
def gaussian_filter1d(input: NDArray[_T], sigma: float, axis: int = -1, *, mode: _Mode = "reflect") -> NDArray[_T]: ...
def maximum_filter(input: NDArray[_T], size: int) -> NDArray[_T]: ...
def minimum_filter(input: NDArray[_T], size: int) -> NDArray[_T]: ...
def distance_transform_edt(input: NDArray[Any]) -> NDArray[np.float64]: ...
def map_coordinates(
    input: NDArray[_T], coordinates: ArrayLike, *, order: int = 3, mode: _Mode = "constant"
) -> NDArray[_T]: ...
def zoom(
    input: NDArray[_T],
    zoom: float | Sequence[float],
    *,
    order: int = 3,
    mode: _Mode = "constant",
    grid_mode: bool = False,
) -> NDArray[_T]: ...
