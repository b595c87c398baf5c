from typing import Any

import numpy as np
from numpy.typing import NDArray

def find_contours(image: NDArray[Any], level: float) -> list[NDArray[np.float64]]: ...
