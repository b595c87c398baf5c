"""A restore without an open practice: what a backup holds, what is left of the practice, and the way back.

Whoever has the passphrase or the recovery code may do it, as on the command line.
"""

from dataclasses import dataclass, field
from pathlib import Path

from mesomap.domain.clock import now
from mesomap.domain.errors import DamagedError, MesoMapError, NotWritableError, WrongPassphraseError
from mesomap.storage.anchor_keeper import newest_anchor
from mesomap.storage.backup import check_files, check_mac, read_list
from mesomap.storage.backup_places import BackupSeen, seen_backup
from mesomap.storage.comparing import RestorePreview, preview_beside, reading_only
from mesomap.storage.copying import Watch, part_of, unwatched
from mesomap.storage.engine import check_file, has_log
from mesomap.storage.files import make_private_folder, sentence_for, sync_folder, write_atomic
from mesomap.storage.home import Home
from mesomap.storage.key_file import read_key_file, unlock
from mesomap.storage.keys import MasterKey
from mesomap.storage.lock import HomeLock
from mesomap.storage.migrate import NEEDS, newer
from mesomap.storage.replacing import KEPT, finish_replacing, restore_opened
from mesomap.storage.schema import SCHEMA


@dataclass(frozen=True, slots=True)
class OpenedBackup:
    """A backup whose files were compared with its list, and its list with its key. secret: what opened it."""

    seen: BackupSeen
    master: MasterKey = field(repr=False)
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RescuePreview:
    """What can be said before a restore.

    nothing_there: no file of a practice lies in the home. trouble: why the present database cannot be read, "" when it
    was compared. last_seen: the last audit number that the anchor beside the database saw, None when it cannot be read.
    other_practice: what lies there is of another practice. keys_only: the database is whole and only its key file is
    not: that alone can be put back.
    """

    compared: RestorePreview | None = None
    nothing_there: bool = False
    trouble: str = ""
    last_seen: int | None = None
    other_practice: bool = False
    keys_only: bool = False


def open_backup(path: Path, secret: str, home: Home, watch: Watch = unwatched) -> OpenedBackup:
    """Check a backup with a passphrase or recovery code: that of its time, or the one that opens the home's key file.

    Raises BadInputError (no such folder), DamagedError, WrongPassphraseError, NewerVersionError. Touches nothing.
    """
    body, mac = read_list(path)
    seen = seen_backup(path)
    if seen is None:
        raise DamagedError(f"The list of the backup “{path}” cannot be read. It was not used; choose another one.")
    check_files(path, body, part_of(watch, 0.0, 0.6))
    watch(0.6, "unlock")
    master = _key_of(path, secret, home)
    check_mac(path, body, mac, master.subkey("backup"))
    _refuse_newer(Home(path).database, master.subkey("database"))
    watch(1.0, "unlock")
    return OpenedBackup(seen, master, secret)


def _refuse_newer(database: Path, key: bytes) -> None:
    with reading_only(database, key, unchanged=True) as connection:
        if int(connection.execute("PRAGMA user_version").fetchone()[0]) > SCHEMA:
            needed = connection.execute(NEEDS).fetchone()
            raise newer(database, needed[0] if needed else None)


def _key_of(path: Path, secret: str, home: Home) -> MasterKey:
    own = read_key_file(Home(path).keys)
    try:
        return unlock(own, secret)
    except WrongPassphraseError:
        try:
            present = read_key_file(home.keys)
            if present.check == own.check:
                return unlock(present, secret)  # the passphrase was changed since
        except MesoMapError:
            pass
    raise WrongPassphraseError(
        "This does not open the backup. A backup opens with the passphrase of its time or with the recovery code."
    )


def preview_rescue(home: Home, opened: OpenedBackup) -> RescuePreview:
    """Compare the backup with what is left in the home, which is not changed. Raises InUseError, NotWritableError."""
    if not (home.exists() or home.anchor.exists()):
        return RescuePreview(nothing_there=True)
    lock = HomeLock(home.lock)
    try:
        return _preview(home, opened)
    finally:
        lock.release()


def _preview(home: Home, opened: OpenedBackup) -> RescuePreview:
    trouble, other = _key_trouble(home, opened)
    if other:
        return RescuePreview(other_practice=True)
    keys_lost = bool(trouble)
    anchor = newest_anchor(home.anchor, opened.master.subkey("audit"))
    last_seen = None if anchor is None else anchor.head.sequence
    try:
        check_file(home.database)
        compared = preview_beside(home.database, opened.seen.path, opened.master.subkey("database"))
        if keys_lost and _pages_are_whole(home, opened):
            return RescuePreview(compared, trouble=trouble, last_seen=last_seen, keys_only=True)
        return RescuePreview(compared, last_seen=last_seen)
    except (DamagedError, NotWritableError) as error:
        return RescuePreview(trouble=f"{trouble} {error.sentence}".strip(), last_seen=last_seen)


def _key_trouble(home: Home, opened: OpenedBackup) -> tuple[str, bool]:
    """What is wrong with the key file, and whether it is one of another practice."""
    try:
        return "", read_key_file(home.keys).check != opened.master.subkey("check")
    except MesoMapError as error:
        return error.sentence, False


def _pages_are_whole(home: Home, opened: OpenedBackup) -> bool:
    """Every page by its HMAC, then the structure; read through the log where there is one."""
    with reading_only(home.database, opened.master.subkey("database")) as connection:
        broken = [] if has_log(home.database) else connection.execute("PRAGMA cipher_integrity_check").fetchmany(1)
        return not broken and connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)


def restore_there(home: Home, opened: OpenedBackup, watch: Watch = unwatched) -> Path | None:
    """Restore the backup into the home; what lay there is kept. Returns the folder that keeps it, None without one.

    Raises InUseError, DamagedError, NotWritableError, and whatever `watch` raises; nothing is changed then.
    """
    return restore_opened(home, opened.seen.path, opened.master, opened.secret, watch=watch)


def put_back_keys(home: Home, opened: OpenedBackup) -> Path | None:
    """Put back only the key file, of a database that is whole; returns the folder that keeps the damaged one.

    Raises InUseError, DamagedError (the key does not open the database), NotWritableError; nothing is changed then.
    """
    if not home.database.exists():
        raise DamagedError(f"There is no database “{home.database}” to go with the key. Restore the whole backup.")
    lock = HomeLock(home.lock)
    try:
        finish_replacing(home)
        if not _pages_are_whole(home, opened):
            raise DamagedError(f"“{home.database}” is damaged. Restore the whole backup; nothing was changed.")
        kept: Path | None = None
        if home.keys.exists():
            kept = home.root / f"{KEPT}{now().strftime('%Y%m%dT%H%M%S')}-keys"
            make_private_folder(kept)
            write_atomic(kept / home.keys.name, home.keys.read_bytes())
        write_atomic(home.keys, Home(opened.seen.path).keys.read_bytes())
        sync_folder(home.root)
        return kept
    except OSError as error:
        raise sentence_for(error, home.keys) from error
    finally:
        lock.release()

