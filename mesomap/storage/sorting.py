"""Database errors sorted by their code.

What is the user's world gets a typed, plain sentence; the rest is our bug.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from mesomap.domain.errors import DamagedError, InUseError, MesoMapError, NotWritableError

# Primary result codes, https://www.sqlite.org/rescode.html
_PERM, _BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 3, 5, 6, 8, 10, 11, 13, 14, 26


def sorted_error(error: BaseException, path: Path) -> MesoMapError | None:
    """The error for a person, or None when it is a bug of ours (constraint, syntax…)."""
    cause: BaseException | None = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    if not isinstance(code, int):
        return None
    primary = code & 0xFF
    if primary == _FULL:
        return NotWritableError(
            f"The disk that holds “{path}” is full. It was not saved; free some space and try again."
        )
    if primary in (_READONLY, _PERM, _CANTOPEN):
        return NotWritableError(f"“{path}” cannot be written. It was not saved; check the permissions of its folder.")
    if primary == _IOERR:
        return NotWritableError(f"The disk that holds “{path}” reports an error. It was not saved; check the disk.")
    if primary in (_BUSY, _LOCKED):
        return InUseError(f"“{path}” is in use by another program. It was not saved; close that program and try again.")
    if primary in (_CORRUPT, _NOTADB):
        return DamagedError(f"“{path}” is damaged or is not a MesoMap database. Keep it and restore a verified backup.")
    return None


@contextmanager
def sorting_errors(path: Path) -> Iterator[None]:
    """Turn database errors inside the block into typed errors; bugs pass through unchanged."""
    try:
        yield
    except Exception as error:
        sentence = sorted_error(error, path)
        if sentence is None:
            raise
        raise sentence from error
