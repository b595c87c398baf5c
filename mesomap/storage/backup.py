"""Backups that count only once they were reopened and verified, and restores into an empty folder only.

A backup is a folder: mesomap.db (encrypted with the same key), keys.json, anchor.json, backup.json (hashes,
counts, head, authenticated with the backup subkey). It opens with the passphrase or recovery code of the
practice.
"""

import hashlib
import hmac
import json
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mesomap.domain.errors import BadInputError, DamagedError, MesoMapError, NotWritableError
from mesomap.storage.anchor import Anchor, write_anchor
from mesomap.storage.database import Database
from mesomap.storage.engine import check_file, open_engine
from mesomap.storage.files import make_folder, make_private_folder, sentence_for, sync_folder, write_atomic
from mesomap.storage.home import Home
from mesomap.storage.key_file import read_key_file, unlock
from mesomap.storage.keys import MasterKey
from mesomap.storage.verify import VerifyReport, verify_database

_FORMAT = "mesomap.backup"
_MAX_BYTES = 1 << 20
_PARTIAL = ".mesomap-unfinished-"
_UNFINISHED_S = 86_400.0


def make_backup(database: Database, folder: Path) -> Path:
    """Write a verified backup into a new folder inside `folder`; returns the new folder.

    Raises NotWritableError (also when the disk is full) or DamagedError when the copy does not verify; what
    was written of it is removed then.
    """
    make_folder(folder)
    _clear_unfinished(folder)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    partial, final = folder / f"{_PARTIAL}{stamp}", folder / f"mesomap-{stamp}"
    make_private_folder(partial)
    try:
        _fill(database, Home(partial))
        partial.replace(final)
        sync_folder(folder)
    except OSError as error:
        raise sentence_for(error, final) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return final


def _clear_unfinished(folder: Path) -> None:
    """Remove what a killed backup left behind long ago; a fresh one may belong to another practice at work."""
    for left in folder.glob(f"{_PARTIAL}*"):
        if time.time() - left.stat().st_mtime > _UNFINISHED_S:
            shutil.rmtree(left, ignore_errors=True)


def _fill(database: Database, copy: Home) -> None:
    database.copy_into(copy.database)
    shutil.copyfile(database.home.keys, copy.keys)
    copy.keys.chmod(0o600)
    report = _verified(copy, database.subkey("database"), database.subkey("audit"))
    write_anchor(copy.anchor, database.subkey("audit"), Anchor(report.head))
    body = {
        "format": _FORMAT,
        "made_at": datetime.now(UTC).astimezone().isoformat(timespec="seconds"),
        "sequence": report.head.sequence,
        "head": report.head.head.hex(),
        "counts": report.counts,
        "files": {path.name: _sha256(path) for path in (copy.database, copy.keys, copy.anchor)},
    }
    mac = _mac(database.subkey("backup"), body)
    write_atomic(copy.root / "backup.json", json.dumps({**body, "mac": mac}, indent=1).encode())


def _verified(copy: Home, key: bytes, audit_key: bytes, anchor: Path | None = None) -> VerifyReport:
    engine = open_engine(copy.database, key)
    try:
        with engine.connect() as connection:
            report = verify_database(connection, copy.database, audit_key, anchor)
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
    finally:
        engine.dispose()
    if not report.ok:
        raise DamagedError(f"The copy in “{copy.root}” did not verify: {report.findings[0]}")
    return report


def _mac(key: bytes, body: dict[str, Any]) -> str:
    return hmac.new(key, json.dumps(body, sort_keys=True).encode(), hashlib.sha256).hexdigest()


def _sha256(path: Path) -> str:
    """Only for files that nobody has open (never the live database)."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def check_backup(backup: Path, secret: str) -> MasterKey:
    """Check a backup against its own hashes; returns the key that opens it. Touches nothing.

    Raises DamagedError or WrongPassphraseError.
    """
    damaged = DamagedError(f"“{backup}” is not a whole MesoMap backup. It was not used; choose another one.")
    source = Home(backup)
    if not backup.is_dir():
        raise BadInputError(f"There is no backup folder “{backup}”.")
    try:
        with (backup / "backup.json").open("rb") as stream:
            body = json.loads(stream.read(_MAX_BYTES))
        mac = body.pop("mac")
        files = dict(body["files"])
        if body["format"] != _FORMAT or files.keys() != {
            source.database.name,
            source.keys.name,
            source.anchor.name,
        }:
            raise damaged
        if any(_sha256(backup / name) != digest for name, digest in files.items()):
            raise damaged
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise damaged from error
    check_file(source.database)
    master = unlock(read_key_file(source.keys), secret)
    if not hmac.compare_digest(_mac(master.subkey("backup"), body), str(mac)):
        raise damaged
    return master


def restore_backup(backup: Path, to: Path, secret: str) -> VerifyReport:
    """Restore a backup into an empty or new folder and verify it there; the backup itself is not changed.

    Raises BadInputError (folder not empty), DamagedError, WrongPassphraseError, NotWritableError; nothing is
    left behind then.
    """
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise BadInputError(f"“{to}” is not empty. A backup is restored into an empty folder only.")
    master = check_backup(backup, secret)
    partial = to.with_name(f".{to.name}.restoring")
    shutil.rmtree(partial, ignore_errors=True)
    target = Home(partial)
    try:
        target.prepare()
        for name in ("mesomap.db", "keys.json", "anchor.json"):
            shutil.copyfile(backup / name, partial / name)
            (partial / name).chmod(0o600)
        report = _verified(target, master.subkey("database"), master.subkey("audit"), target.anchor)
        if to.exists():
            to.rmdir()
        partial.replace(to)
        sync_folder(to.parent)
    except OSError as error:
        raise NotWritableError(sentence_for(error, to).sentence) from error
    except MesoMapError:
        raise
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return report
