"""Restores: into an empty folder, and as a drill that leaves nothing behind."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from mesomap.domain.errors import BadInputError, DamagedError, MesoMapError, NotWritableError
from mesomap.storage.backup import bytes_of, check_backup, check_files, check_mac, read_list, verified_copy
from mesomap.storage.backup_photos import put_back_photos
from mesomap.storage.copying import Watch, copied, endless, meter, part_of, sync_file, unwatched
from mesomap.storage.database import Database
from mesomap.storage.erasure_list import NAME as ERASURES
from mesomap.storage.files import make_private_folder, sentence_for, sync_folder
from mesomap.storage.home import Home
from mesomap.storage.verify import VerifyReport

#: What a backup puts back, beside photos.
FILES = ("mesomap.db", "keys.json", "anchor.json")

Subkey = Callable[[str], bytes]


def restore_backup(backup: Path, to: Path, secret: str) -> VerifyReport:
    """Restore a backup into an empty or new folder and verify it there; the backup itself is not changed. Photos that
    cannot be read stand in the report.

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
    """Copy a checked backup into a new home and verify it there; photos that cannot be read stand in the report.

    Raises DamagedError, NotWritableError, OSError, and whatever `watch` raises: it is asked within every part.
    """
    from mesomap.storage.photo_checks import photo_findings  # late: needed here only

    target.prepare()
    total, own = bytes_of(backup), sum((backup / name).stat().st_size for name in FILES)
    moved = meter(part_of(watch, 0.0, 0.4 * own / total), "copy", own)
    for name in FILES:
        copied(backup / name, target.root / name, moved)
    if (backup.parent / ERASURES).is_file():
        # Patients that were erased since are erased again when the practice is opened.
        shutil.copyfile(backup.parent / ERASURES, target.root / ERASURES)
    put_back_photos(backup, target.photos, meter(part_of(watch, 0.4 * own / total, 0.4), "photos", total - own))
    step = endless(part_of(watch, 0.4, 1.0), "verify")
    step()
    report = verified_copy(
        target,
        subkey("database"),
        subkey("audit"),
        anchor=target.anchor,
        step=step,
        beside=lambda connection: photo_findings(connection, target.photos, subkey("photos"), step),
    )
    sync_file(target.database)
    sync_folder(target.root)
    return report


def check_own_backup(database: Database, backup: Path, watch: Watch = unwatched) -> dict[str, int]:
    """Check a backup of the open practice against its own hashes, without a passphrase; returns its counts.

    Raises BadInputError, DamagedError (also for a backup of another practice), and whatever `watch` raises. Touches
    nothing.
    """
    body, mac = read_list(backup)
    check_mac(backup, body, mac, database.subkey("backup"))
    check_files(backup, body, watch)
    return {str(name): int(count) for name, count in dict(body["counts"]).items()}


def drill(database: Database, backup: Path, watch: Watch = unwatched) -> VerifyReport:
    """Restore a backup of the open practice into a folder of its own, verify it there, and take it away again.

    Raises DamagedError (also for a photo that cannot be read), NotWritableError, and whatever `watch` raises; the
    practice is not touched.
    """
    counts = check_own_backup(database, backup, part_of(watch, 0.0, 0.2))
    try:
        with tempfile.TemporaryDirectory(prefix=".mesomap-drill-", dir=_room(database)) as folder:
            place = Home(Path(folder) / "practice")
            make_private_folder(place.root)
            report = unpack_backup(backup, place, database.subkey, part_of(watch, 0.2, 1.0))
    except OSError as error:
        raise sentence_for(error, database.home.root) from error
    if report.counts != counts:
        raise MesoMapError(f"The restored copy of “{backup}” holds other numbers than its list says.")
    if report.findings:
        raise DamagedError(
            f"The records in “{backup}” came back whole, but not all photos ({len(report.findings)}). "
            f"{report.findings[0]} A restore brings back everything else."
        )
    watch(1.0, "verify")
    return report


def _room(database: Database) -> Path:
    """Beside the backups: that disk has room for copies, and the system's temporary folder may be in memory."""
    return database.home.backups
