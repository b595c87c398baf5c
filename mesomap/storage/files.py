"""Files written whole or not at all, for their owner only."""

import errno
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from mesomap.domain.errors import MesoMapError, NotWritableError

_FOLDER_MODE = 0o700
_FILE_MODE = 0o600


def sentence_for(error: OSError, path: Path) -> MesoMapError:
    """The typed, plain-sentence error for an operating system error at path."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return NotWritableError(f"The disk is full; “{path}” was not written. Free some space and try again.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return NotWritableError(f"“{path}” cannot be written. Check the permissions of the folder.")
    if error.errno in (errno.ENOTDIR, errno.EEXIST, errno.EISDIR):
        return NotWritableError(f"“{path}” cannot be written: something else with this name is in the way.")
    return NotWritableError(f"“{path}” cannot be written ({error.strerror or 'unknown reason'}).")


def make_private_folder(path: Path) -> None:
    """Create the folder (mode 0700) if it is missing. Raises NotWritableError."""
    try:
        path.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        path.chmod(_FOLDER_MODE)
    except OSError as error:
        raise sentence_for(error, path) from error


def make_folder(path: Path) -> None:
    """Create the folder if it is missing; an existing one keeps its mode. Raises NotWritableError."""
    try:
        path.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise sentence_for(error, path) from error


def sync_folder(path: Path) -> None:
    """Make renames inside the folder durable (nothing to do on Windows)."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_atomic(path: Path, data: bytes, *, at_once: bool = True) -> None:
    """Write the file whole: temporary file, fsync, rename, fsync of the folder; mode 0600.

    See write_parts_atomic.
    """
    write_parts_atomic(path, (data,), at_once=at_once)


def write_parts_atomic(path: Path, parts: Iterable[bytes | memoryview], *, at_once: bool = True) -> None:
    """The same of parts that follow each other, each written before the next is asked for.

    After a crash either the old or the new content is there. at_once False leaves the folder's fsync out: after
    a power cut the old content may be back. Raises NotWritableError; the old file is kept.
    """
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            for part in parts:
                stream.write(part)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_FILE_MODE)
        temporary.replace(path)
        temporary = None
        if at_once:
            sync_folder(path.parent)
    except OSError as error:
        raise sentence_for(error, path) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
