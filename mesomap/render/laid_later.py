"""A lattice that is laid out when it is first drawn: whoever paints beside the window does not keep it waiting."""

from collections.abc import Callable
from threading import Lock

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


class LaidLater:
    """Positions (N, 2) in view mm, worked out once, by the first thread that asks."""

    def __init__(self, lay: Callable[[], Floats]) -> None:
        self._lay: Callable[[], Floats] | None = lay
        self._found = np.empty((0, 2))
        self._lock = Lock()

    @property
    def is_due(self) -> bool:
        """Whether nobody asked yet."""
        return self._lay is not None

    def positions(self) -> Floats:
        """The positions."""
        with self._lock:
            if self._lay is not None:
                self._found, self._lay = self._lay(), None
            return self._found
