"""A restore over the practice that is there: old or new, never a mix, wherever it is cut off.

The new files are made whole and verified in restore-staged. Its renaming to restore-ready is the moment of decision:
from there on every opening finishes the exchange before it looks at anything. What was there is kept in a folder of its
own.
"""

import shutil
from pathlib import Path

from mesomap.domain.clock import now
from mesomap.domain.errors import MesoMapError, NotWritableError
from mesomap.storage.anchor import Anchor, write_anchor
from mesomap.storage.anchor_keeper import LIVE_NAME, newest_anchor
from mesomap.storage.audit import AuditEvent, Head, append, current_head
from mesomap.storage.backup import check_backup, read_list
from mesomap.storage.copying import Watch, meter, part_of, unwatched
from mesomap.storage.engine import WRITES, open_engine
from mesomap.storage.erasure_list import NAME as ERASURES
from mesomap.storage.erasure_list import ErasureList, read_erasures, write_erasures
from mesomap.storage.files import make_private_folder, sentence_for, sync_folder, write_atomic
from mesomap.storage.home import Home
from mesomap.storage.key_file import read_key_file, unlock
from mesomap.storage.keys import MasterKey
from mesomap.storage.lock import HomeLock
from mesomap.storage.restore import FILES, Subkey, unpack_backup
from mesomap.storage.sorting import sorting_errors

_NEW = (*FILES, ERASURES)
_LIVE = (*_NEW, "mesomap.db-wal", "mesomap.db-shm", "mesomap.db-journal", "mesomap.db.setup", LIVE_NAME)
#: Begin of the names of folders that keep what a restore replaced.
KEPT = "replaced-"
#: In a restore of files that cannot be opened: nobody knows yet which ones will be wanted.
_KEEP_OLDER = "keep-older"


def stage_restore(
    home: Home, backup: Path, subkey: Subkey, *, who: str, last: Head | None, keys: Path, keep_older: bool = False,
    watch: Watch = unwatched,
) -> None:  # fmt: skip
    """Prepare a checked backup beside the live files and decide for it; finish_replacing() does the rest.

    last: the head of the practice as it is now, for the audit; None when that cannot be read. keys: the key file to go
    with it. keep_older: what earlier restores replaced stays, too. Raises DamagedError, NotWritableError, and whatever
    `watch` raises; nothing is decided then.
    """
    staged = Home(home.restore_staged)
    try:
        shutil.rmtree(staged.root, ignore_errors=True)
        unpack_backup(backup, staged, subkey, part_of(watch, 0.0, 0.9))
        write_atomic(staged.keys, keys.read_bytes())
        _keep_erasures(staged, (home.root, home.backups, backup.parent), subkey("erasure"))
        _put_on_record(staged, subkey, who, last, str(read_list(backup)[0].get("made_at", "")))
        home.prepare()
        _take_photos(staged.photos, home.photos, subkey("photos"), part_of(watch, 0.9, 1.0))
        for folder in (staged.photos, staged.backups, staged.logs):
            shutil.rmtree(folder, ignore_errors=True)
        if keep_older:
            write_atomic(staged.root / _KEEP_OLDER, b"")
        write_atomic(staged.root / "stamp", now().strftime("%Y%m%dT%H%M%S").encode())
        watch(1.0, "verify")
        staged.root.replace(home.restore_ready)
        sync_folder(home.root)
    except OSError as error:
        raise NotWritableError(sentence_for(error, home.root).sentence) from error
    finally:
        shutil.rmtree(staged.root, ignore_errors=True)


def _put_on_record(staged: Home, subkey: Subkey, who: str, last: Head | None, made_at: str) -> None:
    """The first audit row after a restore says what it was and which numbers it left behind."""
    engine = open_engine(staged.database, subkey("database"))
    try:
        with (
            sorting_errors(staged.database),
            engine.connect().execution_options(**{WRITES: True}) as connection,
            connection.begin(),
        ):
            reached = current_head(connection).sequence
            behind = "" if last is None or last.sequence <= reached else f"; {reached + 1}–{last.sequence} left behind"
            what = AuditEvent(f"backup of {made_at} restored, audit number {reached}{behind}")
            head = append(connection, subkey("audit"), who, now().isoformat(), [what])
        with engine.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
    finally:
        engine.dispose()
    write_anchor(staged.anchor, subkey("audit"), Anchor(head))


def _keep_erasures(staged: Home, folders: tuple[Path, ...], key: bytes) -> None:
    """Whoever was erased stays so, wherever the list of it lies: in the home, or beside a backup on another disk."""
    erased = ErasureList()
    for folder in folders:
        erased |= read_erasures(folder, key)
    (staged.root / ERASURES).unlink(missing_ok=True)
    if erased != ErasureList():
        write_erasures(staged.root, key, erased)


def _take_photos(source: Path, target: Path, subkey: bytes, watch: Watch) -> None:
    """Photos never change and have no name in common unless they are the same: those that are there stay, unless they
    are damaged and the backup holds them whole. All are looked at before the first is taken.
    """
    from mesomap.storage.photo_files import PhotoFiles  # late: needed by a restore only

    files = sorted(found for found in source.rglob("*") if found.is_file())
    moved = meter(watch, "photos", len(files))
    taken: list[tuple[Path, Path]] = []
    for path in files:
        place = target / path.relative_to(source)
        there, kept = PhotoFiles(place.parent, subkey), PhotoFiles(path.parent, subkey)
        if not there.is_whole(path.name) and (kept.is_whole(path.name) or not place.exists()):
            taken.append((path, place))
        moved(1)
    for path, place in taken:
        make_private_folder(place.parent)
        path.replace(place)
        sync_folder(place.parent)


def finish_replacing(home: Home) -> Path | None:
    """Finish a restore that was decided; returns the folder that keeps what was there, None when nothing was to do or
    nothing was there.

    Only for the holder of the home's lock. Raises NotWritableError; the next opening tries again.
    """
    kept: Path | None = None
    try:
        shutil.rmtree(home.restore_staged, ignore_errors=True)
        if home.restore_ready.exists():
            kept = home.root / f"{KEPT}{_stamp(home.restore_ready)}"
            make_private_folder(kept)
            for name in _LIVE:
                if (home.root / name).exists():
                    (home.root / name).replace(kept / name)
            sync_folder(kept)
            sync_folder(home.root)
            home.restore_ready.replace(home.restore_cleared)
            sync_folder(home.root)
        if home.restore_cleared.exists():
            kept = home.root / f"{KEPT}{_stamp(home.restore_cleared)}"
            for name in _NEW:
                if (home.restore_cleared / name).exists():
                    (home.restore_cleared / name).replace(home.root / name)
            sync_folder(home.root)
            keep_older = (home.restore_cleared / _KEEP_OLDER).exists()
            shutil.rmtree(home.restore_cleared)
            if not keep_older:
                _drop_older(home, kept)
            if kept.is_dir() and not any(kept.iterdir()):
                kept.rmdir()  # there was nothing
                kept = None
    except OSError as error:
        raise NotWritableError(sentence_for(error, home.root).sentence) from error
    return kept


def _stamp(folder: Path) -> str:
    try:
        stamp = (folder / "stamp").read_text("ascii")
    except (OSError, ValueError):
        return "unknown"
    return stamp if stamp.isalnum() else "unknown"


def _drop_older(home: Home, kept: Path) -> None:
    """What one restore replaced is kept until the next one."""
    for folder in home.root.glob(f"{KEPT}*"):
        if folder != kept:
            shutil.rmtree(folder, ignore_errors=True)


def restore_over(home: Home, backup: Path, secret: str, *, who: str = "") -> Path | None:
    """Restore over a home whose files cannot be opened; what was there is kept. Returns the folder that keeps it.

    Raises InUseError, DamagedError (the backup), WrongPassphraseError, NotWritableError; nothing is changed then.
    """
    return restore_opened(home, backup, check_backup(backup, secret), secret, who=who)


def restore_opened(
    home: Home, backup: Path, master: MasterKey, secret: str, *, who: str = "", watch: Watch = unwatched
) -> Path | None:
    """As restore_over(), of a backup that was checked; also raises whatever `watch` raises, until it is decided."""
    home.prepare()
    lock = HomeLock(home.lock)
    try:
        finish_replacing(home)
        keys = Home(backup).keys
        try:
            if unlock(read_key_file(home.keys), secret).subkey("check") == master.subkey("check"):
                keys = home.keys
        except MesoMapError:
            pass  # the key file of the home is lost, damaged or of another time: that of the backup serves
        anchor = newest_anchor(home.anchor, master.subkey("audit"))
        last = None if anchor is None else anchor.head
        stage_restore(home, backup, master.subkey, who=who, last=last, keys=keys, keep_older=True, watch=watch)
        return finish_replacing(home)
    finally:
        lock.release()
