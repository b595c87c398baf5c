import numpy as np
from numpy.typing import NDArray

_Picture = NDArray[np.uint8]

def astronaut() -> _Picture: ...
def stereo_motorcycle() -> tuple[_Picture, _Picture, NDArray[np.float32]]: ...
