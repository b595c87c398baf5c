"""One MesoMap a home: an operating system lock held for the life of the process."""

import os
import sys
from pathlib import Path
from typing import BinaryIO

from mesomap.domain.errors import InUseError
from mesomap.storage.files import sentence_for

if sys.platform == "win32":
    import msvcrt

    def _take(stream: BinaryIO) -> None:
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(stream: BinaryIO) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


class HomeLock:
    """The lock of one home folder.

    A lock file left by a killed process does not count: the system freed it.
    """

    def __init__(self, path: Path) -> None:
        """Take the lock.

        Raises InUseError when another MesoMap holds it, NotWritableError when it cannot be written.
        """
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise sentence_for(error, path) from error
        self._stream: BinaryIO | None = os.fdopen(handle, "r+b")
        try:
            _take(self._stream)
        except OSError as error:
            self._stream.close()
            self._stream = None
            raise InUseError(
                f"Another MesoMap has “{path.parent}” open. Close it there first; nothing was changed."
            ) from error

    def release(self) -> None:
        """Let the home go; calling it twice does no harm."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None
