"""Thumbnails decoded beside the window: QImage.fromData would keep Python's lock all the while, a reader lets it go."""

from functools import cache
from threading import Lock

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QImageReader


class JpegDecoder:
    """Decodes one picture at a time, in any thread. It is made in the window's thread and never goes: a buffer that
    ends in another thread would be deleted by Qt's objects' own rules, in the window's, at a moment of chance.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._held = QBuffer()

    def image(self, data: bytes) -> QImage:
        """The picture; a null one when it cannot be read. Only for JPEGs that the program wrote itself."""
        with self._lock:
            self._held.setData(data)
            self._held.open(QIODevice.OpenModeFlag.ReadOnly)
            try:
                return QImageReader(self._held, b"jpg").read()
            finally:
                self._held.close()
                # Nothing of a photo stays behind.
                self._held.setData(b"")


@cache
def jpeg_decoder() -> JpegDecoder:
    """The one of the program. Asked for first in the window's thread."""
    return JpegDecoder()
