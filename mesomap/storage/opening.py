"""A new practice, and an existing one: files checked, key unlocked, schema brought up to date."""

from collections.abc import Callable
from uuid import uuid4

from sqlalchemy import insert, select

import mesomap
from mesomap.domain.errors import BadInputError, DamagedError
from mesomap.storage import tables
from mesomap.storage.database import Database
from mesomap.storage.engine import WRITES, check_file, connect, open_engine
from mesomap.storage.files import sentence_for
from mesomap.storage.home import Home
from mesomap.storage.key_file import KeyFile, new_key_file, write_key_file
from mesomap.storage.keys import KdfCost, MasterKey
from mesomap.storage.migrate import SCHEMA, schema_of, upgrade
from mesomap.storage.places import refuse_network_folder, refuse_synced_folder
from mesomap.storage.sorting import sorting_errors


def create_database(home: Home, passphrase: str, *, who: str = "", cost: KdfCost | None = None) -> tuple[Database, str]:
    """A new practice: key, encrypted database, and the recovery code to print.

    Killed half way, the home is either still new or complete. Raises BadInputError when a practice is here
    already (never a new key where a database exists), NotWritableError.
    """
    refuse_network_folder(home.root)
    refuse_synced_folder(home.root)
    if home.exists():
        raise BadInputError(f"“{home.root}” holds a practice already. Open it, or choose an empty folder.")
    keys, master, code = new_key_file(uuid4().hex, passphrase, cost or KdfCost())
    unfinished = home.unfinished_database
    key = master.subkey("database")
    try:
        for left in (unfinished, *(unfinished.with_name(unfinished.name + end) for end in ("-wal", "-shm"))):
            left.unlink(missing_ok=True)
    except OSError as error:
        raise sentence_for(error, unfinished) from error
    with sorting_errors(unfinished):
        connect(unfinished, key, create=True).close()
    unfinished.chmod(0o600)
    engine = open_engine(unfinished, key)
    try:
        upgrade(engine, unfinished)
        with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
            connection.execute(
                insert(tables.about),
                [
                    {"key": "database_id", "value": keys.database_id},
                    {"key": "needs", "value": mesomap.__version__},
                ],
            )
    finally:
        engine.dispose()
    write_key_file(home.keys, keys)
    database = _finish(home, keys, master, who)
    database.note("practice created")
    return database, code


def open_unlocked(home: Home, keys: KeyFile, master: Callable[[], MasterKey], *, who: str = "") -> Database:
    """Open the practice whose key file was read; master gives its key, or raises WrongPassphraseError, after the
    file was looked at.

    Raises as storage.open_database().
    """
    if not home.unfinished_database.exists() or home.database.exists():
        check_file(home.database)
    return _finish(home, keys, master(), who)


def _finish(home: Home, keys: KeyFile, master: MasterKey, who: str) -> Database:
    if not home.database.exists() and home.unfinished_database.exists():
        try:
            home.unfinished_database.replace(home.database)
        except OSError as error:
            raise sentence_for(error, home.database) from error
    check_file(home.database)
    engine = open_engine(home.database, master.subkey("database"))
    try:
        with sorting_errors(home.database), engine.connect() as connection:
            schema = schema_of(connection, home.database)
            about = tables.about.c
            owner = connection.execute(select(about.value).where(about.key == "database_id")).scalar_one_or_none()
        if owner != keys.database_id:
            raise DamagedError(f"“{home.database}” does not belong to “{home.keys}”. Put back the right pair of files.")
        _clear_temporary(home)
        database = Database(home, engine, keys, master, who)
        if schema < SCHEMA:
            from mesomap.storage.backup import make_backup  # late: only a new version of MesoMap needs it

            make_backup(database, home.backups)
            upgrade(engine, home.database)
    except BaseException:
        engine.dispose()
        raise
    return database


def _clear_temporary(home: Home) -> None:
    """Files that a kill left between writing and renaming; the home's lock says that nobody needs them."""
    for name in (home.keys.name, home.anchor.name):
        for left in home.root.glob(f".{name}.*"):
            left.unlink(missing_ok=True)
