"""Photos in a backup: encrypted files that never change, so that only new ones are copied.

The rest are links to the copies of the backup before, where the disk knows links; each backup stays whole by itself.
photos.json names every file with its SHA-256.
"""

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

from mesomap.domain.errors import DamagedError
from mesomap.storage.files import make_private_folder, sync_folder, write_atomic

PHOTO_LIST = "photos.json"
FOLDER = "photos"
_CHUNK = 1 << 20
_MAX_LIST_BYTES = 1 << 26


def photo_files(folder: Path) -> dict[str, Path]:
    """Photos of a home by their name inside the folder; what begins with a dot is unfinished."""
    if not folder.is_dir():
        return {}
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): path for path in found}


def keep_photos(source: Path, target: Path) -> None:
    """Put the photos of a home into a backup in the making and write their list; nothing when there are none.

    target: the photos folder of the backup. Raises OSError.
    """
    files = photo_files(source)
    if not files:
        return
    before = _latest_list(target.parent.parent)
    listed: dict[str, str] = {}
    folders = {target}
    make_private_folder(target)
    for name, path in files.items():
        copy = target / name
        folders.add(copy.parent)
        make_private_folder(copy.parent)
        kept, digest = before.get(name, (None, ""))
        if kept is None or not _linked(kept, copy, path.stat().st_size):
            digest = _copied(path, copy)
        listed[name] = digest
    for folder in folders:
        sync_folder(folder)
    write_atomic(target.parent / PHOTO_LIST, json.dumps(listed, indent=0).encode("utf-8"))


def _latest_list(folder: Path) -> dict[str, tuple[Path, str]]:
    """Where the newest backup beside this one keeps each photo, and its SHA-256."""
    for backup in sorted(folder.glob("mesomap-*"), reverse=True):
        listed = _read_list(backup)
        if listed:
            return {name: (backup / FOLDER / name, digest) for name, digest in listed.items()}
    return {}


def _read_list(backup: Path) -> dict[str, str]:
    try:
        with (backup / PHOTO_LIST).open("rb") as stream:
            body: Any = json.loads(stream.read(_MAX_LIST_BYTES))
        return {str(name): str(digest) for name, digest in body.items()}
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}


def _linked(kept: Path, copy: Path, size: int) -> bool:
    try:
        if kept.stat().st_size != size:
            return False
        os.link(kept, copy)
    except OSError:
        return False
    return True


def _copied(path: Path, copy: Path) -> str:
    """Copy a file durably; returns the SHA-256 of what was read."""
    digest = hashlib.sha256()
    with path.open("rb") as source, copy.open("xb") as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    copy.chmod(0o600)
    return digest.hexdigest()


def checked_photos(backup: Path) -> tuple[str, ...]:
    """Names of the photos of a backup, each as its list says. Raises DamagedError or OSError."""
    listed = _read_list(backup)
    there = photo_files(backup / FOLDER)
    if listed.keys() != there.keys():
        raise DamagedError(f"“{backup}” lacks photos or holds others. It was not used; choose another one.")
    for name, path in there.items():
        with path.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != listed[name]:
                raise DamagedError(f"A photo in “{backup}” is damaged. It was not used; choose another one.")
    return tuple(there)


def put_back_photos(backup: Path, target: Path) -> int:
    """Copy the photos of a backup that the folder lacks; returns how many there were to copy. Raises OSError."""
    copied = 0
    for name, path in photo_files(backup / FOLDER).items():
        place = target / name
        if place.exists():
            continue
        make_private_folder(place.parent)
        partial = place.with_name(f".{place.name}.restoring")
        partial.unlink(missing_ok=True)
        _copied(path, partial)
        partial.replace(place)
        copied += 1
    if copied:
        sync_folder(target)
    return copied


def copy_photo_folder(backup: Path, copy: Path) -> None:
    """The photos of one backup into another that is in the making, with their list. Raises OSError."""
    if not (backup / PHOTO_LIST).exists():
        return
    keep_photos(backup / FOLDER, copy / FOLDER)
    shutil.copyfile(backup / PHOTO_LIST, copy / PHOTO_LIST)
