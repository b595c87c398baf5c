from typing import Literal, overload

import numpy as np
from numpy.typing import NDArray

_Floats = NDArray[np.float32]

class EmbreeScene:
    # The number of the triangle that each ray meets first (-1: none), or how far away it is.
    @overload
    def run(self, vec_origins: _Floats, vec_directions: _Floats) -> NDArray[np.int32]: ...
    @overload
    def run(self, vec_origins: _Floats, vec_directions: _Floats, *, query: Literal["DISTANCE"]) -> _Floats: ...
