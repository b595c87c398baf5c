"""Row 8: newer, older and half-migrated schemas."""

import shutil
import time
from pathlib import Path

from mesomap.domain.errors import MesoMapError, NewerVersionError
from mesomap.storage import Home, open_database, restore_backup
from mesomap.storage.engine import open_engine
from mesomap.storage.key_file import read_key_file, unlock
from mesomap.storage.schema import SCHEMA
from tests.faults.campaign import Ground, Row, Tally
from tests.faults.children import PASSPHRASE, upgrade_home
from tests.faults.practices import copied, new_home
from tests.faults.processes import Child, killed_after

_FIXTURES = Path(__file__).parents[1] / "migrations" / "fixtures"
_SECRETS = {1: "schema one", 2: "schema two"}


def run(ground: Ground) -> Tally:
    """Upgrades of every schema that ever landed are killed; newer databases are refused."""
    tally = Tally()
    seen = {"old": 0, "new": 0}
    for schema in range(1, SCHEMA):
        _killed_upgrades(ground, schema, tally, seen)
    tally.remarks.append(f"killed upgrades: {seen['old']} old, {seen['new']} new")
    fresh = new_home(ground.place("fresh"), 2)
    for number in range(ground.rounds(4, 50)):
        _newer(ground, fresh, SCHEMA + 1 + number, tally)
    _control(ground, tally)
    return tally


def _old_home(ground: Ground, schema: int) -> Home:
    home = Home(ground.place("old"))
    shutil.copytree(_FIXTURES / f"schema_{schema}", home.root)
    home.prepare()
    return home


def _counts(home: Home, schema: int) -> dict[str, int]:
    database = open_database(home, _SECRETS[schema])
    report = database.verify()
    notices = database.notices
    database.close()
    assert report.ok, report.findings
    assert not notices, notices
    return {name: count for name, count in report.counts.items() if count}


def _killed_upgrades(ground: Ground, schema: int, tally: Tally, seen: dict[str, int]) -> None:
    expected = _counts(_old_home(ground, schema), schema)
    home = _old_home(ground, schema)
    child = Child(upgrade_home, str(home.root), _SECRETS[schema])
    child.says()
    start = time.monotonic()
    child.rest()
    child.end()
    span = time.monotonic() - start
    for _ in range(ground.rounds(4, 120)):
        tally.rounds += 1
        home = _old_home(ground, schema)
        child = Child(upgrade_home, str(home.root), _SECRETS[schema])
        child.says()
        killed_after(child, ground.chance.uniform(0.0, 1.3 * span))
        tally.acknowledged += 1
        found = _schema_and_tables(home, schema)
        seen["new" if found[0] == SCHEMA else "old"] += 1
        tally.torn += found not in ((schema, False), (SCHEMA, True))
        tally.lost += _counts(home, schema) != expected
        for backup in home.backups.glob("mesomap-*"):
            to = ground.place("to")
            restore_backup(backup, to, _SECRETS[schema])
            tally.lost += _counts(Home(to), schema) != expected


def _schema_and_tables(home: Home, schema: int) -> tuple[int, bool]:
    """The number that the database names, and whether it holds what the newest schema added."""
    key = unlock(read_key_file(home.keys), _SECRETS[schema]).subkey("database")
    engine = open_engine(home.database, key)
    with engine.connect() as connection:
        number = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
        names = set(connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())
    engine.dispose()
    return number, "entries" in names


def _newer(ground: Ground, fresh: Home, schema: int, tally: Tally) -> None:
    tally.rounds += 1
    home = copied(fresh, ground.place("newer"))
    engine = open_engine(home.database, unlock(read_key_file(home.keys), PASSPHRASE).subkey("database"))
    with engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {schema}")
        connection.commit()
    engine.dispose()
    before = home.database.read_bytes()
    try:
        open_database(home, PASSPHRASE).close()
    except NewerVersionError:
        tally.found(home.database.read_bytes() == before, "the newer database was touched")
    except MesoMapError as error:
        tally.found(False, error.sentence)
    else:
        tally.found(False, "opened")


def _control(ground: Ground, tally: Tally) -> None:
    """An upgrade without one transaction: the first of its statements stays when the rest never comes."""
    home = _old_home(ground, 1)
    key = unlock(read_key_file(home.keys), _SECRETS[1]).subkey("database")
    engine = open_engine(home.database, key)
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE entries (id INTEGER)")
        connection.commit()
    engine.dispose()
    mixed = _schema_and_tables(home, 1) == (1, True)
    tally.control = f"statement by statement, cut off after the first: a mix, {'found' if mixed else 'missed'}"
    tally.control_failed = mixed


ROW = Row(8, "newer, older, half-migrated schema", run)
