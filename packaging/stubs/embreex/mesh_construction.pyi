import numpy as np
from numpy.typing import NDArray

from .rtcore_scene import EmbreeScene

class TriangleMesh:
    def __init__(self, scene: EmbreeScene, vertices: NDArray[np.float32]) -> None: ...
