"""Large files copied and digested piece by piece, so that the work can be watched and stopped inside them."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

_PIECE_BYTES = 1 << 20

#: Told how far the work is (0 to 1) and its part: "copy", "verify", "photos", "second", "read". Stops it by raising.
Watch = Callable[[float, str], None]
#: Told how many bytes were done since the last time. Stops the work by raising.
Moved = Callable[[int], object]


def unwatched(_part: float, _stage: str) -> None:
    """Nobody looks on."""


def uncounted(_count: int) -> None:
    """Nobody counts."""


def part_of(watch: Watch, start: float, end: float) -> Watch:
    """For work that is a part of another one: its 0 to 1 lies between start and end there."""
    return lambda part, stage: watch(start + (end - start) * part, stage)


def meter(watch: Watch, stage: str, total: int) -> Moved:
    """Counts bytes, or files, up to the total, and tells the watch which part of it is done."""
    done = 0

    def moved(count: int) -> None:
        nonlocal done
        done += count
        watch(min(1.0, done / max(total, 1)), stage)

    return moved


def endless(watch: Watch, stage: str) -> Callable[[], None]:
    """For work of unknown length: each call goes on towards 1 without reaching it."""
    looked = 0

    def step() -> None:
        nonlocal looked
        looked += 1
        watch(1.0 - 1.0 / (1.0 + looked / 20), stage)

    return step


def copied(source: Path, target: Path, moved: Moved = uncounted) -> str:
    """Copy a file durably into a new one, mode 0600; returns the SHA-256 of what was read. Raises OSError, and whatever
    `moved` raises; the caller takes away what was written.
    """
    digest = hashlib.sha256()
    with source.open("rb") as reading, target.open("xb") as writing:
        while piece := reading.read(_PIECE_BYTES):
            digest.update(piece)
            writing.write(piece)
            moved(len(piece))
        writing.flush()
        os.fsync(writing.fileno())
    target.chmod(0o600)
    return digest.hexdigest()


def sha256_of(path: Path, moved: Moved = uncounted) -> str:
    """SHA-256 in hex. Only for files that nobody has open (never the live database)."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE_BYTES):
            digest.update(piece)
            moved(len(piece))
    return digest.hexdigest()


def sync_file(path: Path) -> None:
    """Make what was written into the file durable."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
