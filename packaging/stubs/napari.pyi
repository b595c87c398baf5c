import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

_Floats = NDArray[np.float64]

class _Points:
    def add(self, coords: _Floats) -> None: ...

class _Canvas:
    native: QWidget

class _QtViewer:
    canvas: _Canvas

class _Window:
    _qt_viewer: _QtViewer

class Viewer:
    window: _Window
    def __init__(self, *, show: bool) -> None: ...
    def add_points(self, data: _Floats, *, size: float, face_color: str) -> _Points: ...
    def show(self) -> None: ...
    def close(self) -> None: ...
