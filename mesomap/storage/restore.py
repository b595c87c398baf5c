"""Restores: into an empty folder, and as a drill that leaves nothing behind."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from mesomap.domain.errors import BadInputError, MesoMapError, NotWritableError
from mesomap.storage.backup import (
    Watch,
    check_backup,
    check_files,
    check_mac,
    read_list,
    sync_file,
    unwatched,
    verified_copy,
)
from mesomap.storage.backup_photos import put_back_photos
from mesomap.storage.database import Database
from mesomap.storage.erasure_list import NAME as ERASURES
from mesomap.storage.files import make_private_folder, sentence_for, sync_folder
from mesomap.storage.home import Home
from mesomap.storage.verify import VerifyReport

#: What a backup puts back, beside photos.
FILES = ("mesomap.db", "keys.json", "anchor.json")

Subkey = Callable[[str], bytes]


def restore_backup(backup: Path, to: Path, secret: str) -> VerifyReport:
    """Restore a backup into an empty or new folder and verify it there; the backup itself is not changed.

    Raises BadInputError (folder not empty), DamagedError, WrongPassphraseError, NotWritableError; nothing is
    left behind then.
    """
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise BadInputError(f"“{to}” is not empty. A backup is restored into an empty folder only.")
    subkey = check_backup(backup, secret).subkey
    partial = to.with_name(f".{to.name}.restoring")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        report = unpack_backup(backup, Home(partial), subkey)
        if to.exists():
            to.rmdir()
        partial.replace(to)
        sync_folder(to.parent)
    except OSError as error:
        raise NotWritableError(sentence_for(error, to).sentence) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return report


def unpack_backup(backup: Path, target: Home, subkey: Subkey, watch: Watch = unwatched) -> VerifyReport:
    """Copy a checked backup into a new home and verify it there. Raises DamagedError, NotWritableError or OSError."""
    target.prepare()
    for name in FILES:
        shutil.copyfile(backup / name, target.root / name)
        (target.root / name).chmod(0o600)
    if (backup.parent / ERASURES).is_file():
        # Patients that were erased since are erased again when the practice is opened.
        shutil.copyfile(backup.parent / ERASURES, target.root / ERASURES)
    watch(0.3, "photos")
    put_back_photos(backup, target.photos)
    watch(0.5, "verify")
    report = verified_copy(target, subkey("database"), subkey("audit"), target.anchor)
    for name in FILES:
        sync_file(target.root / name)
    sync_folder(target.root)
    return report


def check_own_backup(database: Database, backup: Path) -> dict[str, int]:
    """Check a backup of the open practice against its own hashes, without a passphrase; returns its counts.

    Raises BadInputError, DamagedError (also for a backup of another practice). Touches nothing.
    """
    body, mac = read_list(backup)
    check_mac(backup, body, mac, database.subkey("backup"))
    check_files(backup, body)
    return {str(name): int(count) for name, count in dict(body["counts"]).items()}


def drill(database: Database, backup: Path, watch: Watch = unwatched) -> VerifyReport:
    """Restore a backup of the open practice into a folder of its own, verify it there, and take it away again.

    Raises DamagedError, NotWritableError, and whatever `watch` raises; the practice is not touched.
    """
    counts = check_own_backup(database, backup)
    watch(0.1, "copy")
    try:
        with tempfile.TemporaryDirectory(prefix=".mesomap-drill-", dir=_room(database)) as folder:
            place = Home(Path(folder) / "practice")
            make_private_folder(place.root)
            report = unpack_backup(backup, place, database.subkey, watch)
    except OSError as error:
        raise sentence_for(error, database.home.root) from error
    if report.counts != counts:
        raise MesoMapError(f"The restored copy of “{backup}” holds other numbers than its list says.")
    watch(1.0, "verify")
    return report


def _room(database: Database) -> Path:
    """Beside the backups: that disk has room for copies, and the system's temporary folder may be in memory."""
    return database.home.backups
