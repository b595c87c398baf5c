"""Backups that count only once they were reopened and verified.

A backup is a folder: mesomap.db (encrypted with the same key), keys.json, anchor.json, backup.json (hashes,
counts, head, authenticated with the backup subkey), and photos once there are any. It opens with the passphrase or
recovery code of its practice.
"""

import hashlib
import hmac
import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from mesomap.domain.errors import BadInputError, DamagedError, MesoMapError, NotWritableError
from mesomap.storage.anchor import Anchor, write_anchor
from mesomap.storage.backup_photos import (
    FOLDER,
    PHOTO_LIST,
    checked_photos,
    keep_photos,
    latest_with_photos,
    photo_files,
)
from mesomap.storage.copy_check import verify_copy
from mesomap.storage.copying import Watch, endless, meter, part_of, sha256_of, sync_file, unwatched
from mesomap.storage.database import Database
from mesomap.storage.engine import check_file, connect, driver, open_engine
from mesomap.storage.files import make_folder, make_private_folder, sentence_for, sync_folder, write_atomic
from mesomap.storage.home import Home
from mesomap.storage.key_file import read_key_file, unlock
from mesomap.storage.keys import MasterKey
from mesomap.storage.reading import record_counts
from mesomap.storage.sorting import sorting_errors
from mesomap.storage.verify import VerifyReport, verify_database

FORMAT = "mesomap.backup"
LIST_NAME = "backup.json"
MAX_LIST_BYTES = 1 << 20
_PARTIAL = ".mesomap-unfinished-"
_UNFINISHED_S = 86_400.0
#: Pages of one go: the progress is told, and the work can be stopped, after each (4 MB).
_PAGES = 1000
#: So many names of photos that cannot be read stand in the list; all of them count.
_MOST_NAMES = 1000


def make_backup(database: Database, folder: Path, watch: Watch = unwatched) -> Path:
    """Write a verified backup into a new folder inside `folder`; returns the new folder.

    Raises NotWritableError (also when the disk is full), DamagedError when the copy does not verify, and whatever
    `watch` raises; what was written of it is removed then.
    """
    with new_backup_folder(folder) as partial:
        _fill(database, Home(partial), watch)
    return folder / partial.name.replace(_PARTIAL, "mesomap-")


@contextmanager
def new_backup_folder(folder: Path, stamp: str = "") -> Iterator[Path]:
    """A folder inside `folder` that takes its name (mesomap-STAMP) once the block is done, or goes away.

    Raises NotWritableError.
    """
    make_folder(folder)
    _clear_unfinished(folder)
    stamp = stamp or datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    partial, final = folder / f"{_PARTIAL}{stamp}", folder / f"mesomap-{stamp}"
    make_private_folder(partial)
    try:
        yield partial
        partial.replace(final)
        sync_folder(folder)
    except OSError as error:
        raise sentence_for(error, final) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _clear_unfinished(folder: Path) -> None:
    """Remove what a killed backup left behind long ago; a fresh one may belong to another practice at work."""
    for left in folder.glob(f"{_PARTIAL}*"):
        if time.time() - left.stat().st_mtime > _UNFINISHED_S:
            shutil.rmtree(left, ignore_errors=True)


def _fill(database: Database, copy: Home, watch: Watch) -> None:
    counts = _copy_database(database, copy.database, watch)
    shutil.copyfile(database.home.keys, copy.keys)
    copy.keys.chmod(0o600)
    sync_file(copy.keys)
    watch(0.5, "verify")
    step = endless(part_of(watch, 0.5, 0.8), "verify")
    report = verified_copy(copy, database.subkey("database"), database.subkey("audit"), step=step, quick=True)
    if report.counts != counts:
        raise DamagedError(f"The copy in “{copy.root}” did not verify: rows are missing in it.")
    write_anchor(copy.anchor, database.subkey("audit"), Anchor(report.head))
    watch(0.8, "photos")
    unreadable = _fill_photos(database, copy, part_of(watch, 0.8, 1.0))
    body = {
        "format": FORMAT,
        "made_at": datetime.now(UTC).astimezone().isoformat(timespec="seconds"),
        "database_id": read_key_file(copy.keys).database_id,
        "sequence": report.head.sequence,
        "head": report.head.head.hex(),
        "counts": report.counts,
        "files": {path.name: sha256_of(path) for path in _files_of(copy)},
        "unreadable_photos": len(unreadable),
        "unreadable_names": sorted(unreadable)[:_MOST_NAMES],
    }
    mac = mac_of(database.subkey("backup"), body)
    write_atomic(copy.root / LIST_NAME, json.dumps({**body, "mac": mac}, indent=1).encode())
    watch(1.0, "verify")


def _fill_photos(database: Database, copy: Home, watch: Watch) -> frozenset[str]:
    """Copy the photos and look inside those that are new; names of files that records name and nobody can read.

    A photo that is damaged on the disk of the practice must not keep everything else from being backed up. The others
    were looked at when they were copied, and are linked from there.
    """
    from mesomap.storage.photo_checks import recorded_photos, unreadable_files  # late: where there are none, not loaded

    with database.reading() as connection:
        before = recorded_photos(connection)
    latest = latest_with_photos(copy.root.parent)
    doubtful = frozenset() if latest is None else _unreadable_names(latest)
    new = keep_photos(database.home.photos, copy.photos, latest, doubtful, part_of(watch, 0.0, 0.5))
    if not before:
        return frozenset()
    key = database.subkey("photos")
    found = unreadable_files(before, copy.photos, key, new, meter(part_of(watch, 0.5, 1.0), "photos", len(before)))
    if not found:
        return found
    with database.reading() as connection:
        # Who was erased meanwhile has no files any more.
        return found & {name for photo in recorded_photos(connection) for name in photo.file_names}


def _unreadable_names(backup: Path) -> frozenset[str]:
    try:
        return frozenset(str(name) for name in read_list(backup)[0].get("unreadable_names", ()))
    except (MesoMapError, TypeError, AttributeError):
        return frozenset()


def _files_of(copy: Home) -> list[Path]:
    photos = copy.root / PHOTO_LIST
    return [copy.database, copy.keys, copy.anchor, *([photos] if photos.exists() else [])]


def _copy_database(database: Database, target: Path, watch: Watch) -> dict[str, int]:
    """One moment of the live database in a new file, through the backup API; returns the rows of that moment.

    The connection reads before the first page is copied, so that later commits neither change nor restart the copy.
    """
    key = database.subkey("database")
    with sorting_errors(target), database.reading() as connection:
        counts = record_counts(connection)
        copy = connect(target, key, create=True)
        try:
            copy.execute("PRAGMA journal_mode = DELETE").fetchall()
            source = connection.connection.driver_connection
            assert source is not None
            _copy_pages(source, copy, target, watch)
        finally:
            copy.close()
    target.chmod(0o600)
    return counts


def _copy_pages(source: Any, copy: Any, target: Path, watch: Watch) -> None:
    """The backup API; its errors carry no code, only their class (sqlcipher3 0.6)."""

    def moved(_status: int, remaining: int, total: int) -> None:
        watch(0.5 * (1.0 - remaining / max(total, 1)), "copy")

    try:
        source.backup(copy, pages=_PAGES, progress=moved, sleep=0.0)
    except driver().OperationalError as error:
        raise NotWritableError(
            f"The copy “{target}” could not be written; the disk may be full. The practice itself is unchanged."
        ) from error
    except driver().DatabaseError as error:
        raise DamagedError(
            f"The copy “{target}” could not be made: the database is damaged. Keep it and restore a backup."
        ) from error


def verified_copy(
    copy: Home,
    key: bytes,
    audit_key: bytes,
    *,
    anchor: Path | None = None,
    step: Callable[[], object] = lambda: None,
    quick: bool = False,
    beside: Callable[[Connection], tuple[str, ...]] = lambda _connection: (),
) -> VerifyReport:
    """Open a copied database as a practice would and look at all of it; it keeps no log beside it afterwards.

    step: told after each part. quick: a large copy is looked at as storage.copy_check does, without the anchor. beside:
    looks at what lies beside the database; its findings stand in the report. Raises DamagedError with the first finding
    in the database itself, and whatever `step` raises.
    """
    engine = open_engine(copy.database, key)
    try:
        with engine.connect() as connection:
            if quick:
                report = verify_copy(connection, copy.database, audit_key, step)
            else:
                report = verify_database(connection, copy.database, audit_key, anchor, step)
            also = beside(connection) if report.ok else ()
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
    finally:
        engine.dispose()
    if not report.ok:
        raise DamagedError(f"The copy in “{copy.root}” did not verify: {report.findings[0]}")
    return replace(report, findings=also)


def mac_of(key: bytes, body: dict[str, Any]) -> str:
    """HMAC-SHA256 of the list of a backup under the practice's backup subkey, in hex."""
    return hmac.new(key, json.dumps(body, sort_keys=True).encode(), hashlib.sha256).hexdigest()


def damaged_backup(backup: Path) -> DamagedError:
    """The sentence for a backup that is not whole."""
    return DamagedError(f"“{backup}” is not a whole MesoMap backup. It was not used; choose another one.")


def read_list(backup: Path) -> tuple[dict[str, Any], str]:
    """What backup.json says, and its code; nothing of it is believed yet. Raises BadInputError or DamagedError."""
    if not backup.is_dir():
        raise BadInputError(f"There is no backup folder “{backup}”.")
    try:
        with (backup / LIST_NAME).open("rb") as stream:
            body = json.loads(stream.read(MAX_LIST_BYTES))
        mac = str(body.pop("mac"))
        if body["format"] != FORMAT:
            raise damaged_backup(backup)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise damaged_backup(backup) from error
    return body, mac


def check_files(backup: Path, body: dict[str, Any], watch: Watch = unwatched) -> None:
    """Every file against the hash in the list, and no other file. Raises DamagedError, and whatever `watch` raises."""
    source = Home(backup)
    try:
        moved = meter(watch, "read", bytes_of(backup))
        files = dict(body["files"])
        if files.keys() != {path.name for path in _files_of(source)}:
            raise damaged_backup(backup)
        if any(sha256_of(backup / name, moved) != digest for name, digest in files.items()):
            raise damaged_backup(backup)
        checked_photos(backup, moved)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise damaged_backup(backup) from error
    check_file(source.database)


def bytes_of(backup: Path) -> int:
    """How much a backup holds, for telling how far the work on it is. Raises OSError."""
    photos = photo_files(backup / FOLDER).values()
    return sum(path.stat().st_size for path in (*_files_of(Home(backup)), *photos))


def check_backup(backup: Path, secret: str) -> MasterKey:
    """Check a backup against its own hashes; returns the key that opens it. Touches nothing.

    Raises BadInputError (no such folder), DamagedError or WrongPassphraseError.
    """
    body, mac = read_list(backup)
    check_files(backup, body)
    master = unlock(read_key_file(Home(backup).keys), secret)
    check_mac(backup, body, mac, master.subkey("backup"))
    return master


def check_mac(backup: Path, body: dict[str, Any], mac: str, key: bytes) -> None:
    """The list must be the one that this practice wrote. Raises DamagedError."""
    if not hmac.compare_digest(mac_of(key, body), mac):
        raise damaged_backup(backup)
