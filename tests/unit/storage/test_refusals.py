"""Files that are not a whole practice: each named in a plain sentence, none of them touched."""

import random
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mesomap.domain.errors import (
    DamagedError,
    InUseError,
    MesoMapError,
    NewerVersionError,
    NotWritableError,
    WrongPassphraseError,
)
from mesomap.storage import Home, HomeLock, create_database, open_database
from mesomap.storage.engine import open_engine
from mesomap.storage.key_file import read_key_file, unlock, write_key_file
from tests.records import CHEAP
from tests.unit.storage.conftest import PASSPHRASE, reopened


def _files(home: Home) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(home.root.rglob("*")) if path.is_file()}


def _plain_sqlite(home: Home) -> None:
    home.database.unlink()
    plain = sqlite3.connect(home.database)
    plain.execute("CREATE TABLE patients (name)")
    plain.commit()
    plain.close()


def _cut(home: Home, end: int) -> None:
    data = home.database.read_bytes()
    home.database.write_bytes(data[:end])


def _folder(home: Home) -> None:
    home.database.unlink()
    home.database.mkdir()


DAMAGE: dict[str, tuple[Callable[[Home], object], type[MesoMapError], str]] = {
    "database missing": (lambda home: home.database.unlink(), DamagedError, "is missing"),
    "database empty": (lambda home: home.database.write_bytes(b""), DamagedError, "is empty"),
    "text file": (lambda home: home.database.write_text("hello"), DamagedError, "not a MesoMap database"),
    "plain SQLite": (_plain_sqlite, DamagedError, "plain SQLite"),
    "cut inside a page": (lambda home: _cut(home, 5000), DamagedError, "cut off"),
    "cut between pages": (lambda home: _cut(home, 3 * 4096), DamagedError, "cut off|damaged"),
    "zeroes": (lambda home: home.database.write_bytes(bytes(40960)), DamagedError, "damaged"),
    "first page flipped": (
        lambda home: home.database.write_bytes(
            home.database.read_bytes()[:100] + b"x" + home.database.read_bytes()[101:]
        ),
        DamagedError,
        "damaged",
    ),
    "keys missing": (lambda home: home.keys.unlink(), DamagedError, "key file .* is missing"),
    "keys damaged": (lambda home: home.keys.write_text("{}"), DamagedError, "key file"),
    "database is a folder": (_folder, DamagedError, "cannot be read"),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_home_is_refused_and_left_as_it_is(closed_home: Home, kind: str) -> None:
    damage, error, words = DAMAGE[kind]
    damage(closed_home)
    before = _files(closed_home)
    with pytest.raises(error, match=words) as caught:
        reopened(closed_home)
    assert caught.value.sentence.endswith(".")
    assert _files(closed_home) == before


def test_a_wrong_passphrase_is_not_called_damage(closed_home: Home) -> None:
    before = _files(closed_home)
    with pytest.raises(WrongPassphraseError):
        open_database(closed_home, "wrong one")
    assert _files(closed_home) == before


def test_the_keys_of_another_practice_do_not_open_this_one(closed_home: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "other")
    other.prepare()
    made, _ = create_database(other, PASSPHRASE, cost=CHEAP)
    made.close()
    closed_home.keys.write_bytes(other.keys.read_bytes())
    with pytest.raises(DamagedError):
        reopened(closed_home)


def test_a_key_file_that_names_another_database_is_refused(closed_home: Home) -> None:
    write_key_file(closed_home.keys, replace(read_key_file(closed_home.keys), database_id="another"))
    with pytest.raises(DamagedError, match="does not belong"):
        reopened(closed_home)


def test_a_newer_database_is_refused_with_the_version_it_needs(closed_home: Home) -> None:
    key = unlock(read_key_file(closed_home.keys), PASSPHRASE).subkey("database")
    engine = open_engine(closed_home.database, key)
    with engine.connect() as connection:
        connection.exec_driver_sql("UPDATE about SET value = '9.1' WHERE key = 'needs'")
        connection.exec_driver_sql("PRAGMA user_version = 99")
        connection.commit()
    engine.dispose()
    before = _files(closed_home)
    with pytest.raises(NewerVersionError, match=r"newer MesoMap \(9\.1 or later\)"):
        reopened(closed_home)
    assert _files(closed_home) == before


def test_flipped_bits_anywhere_in_the_database_are_found(closed_home: Home) -> None:
    """Every page of SQLCipher carries an HMAC; 60 flips, all found when opening or by verify()."""
    whole = closed_home.database.read_bytes()
    seed = 20260522
    chance = random.Random(seed)
    for _ in range(60):
        data = bytearray(whole)
        place = chance.randrange(len(data))
        data[place] ^= 1 << chance.randrange(8)
        closed_home.database.write_bytes(data)
        try:
            database = reopened(closed_home)
        except DamagedError:
            continue
        report = database.verify()
        database.close()
        assert not report.ok, f"seed {seed}: bit at byte {place} went unnoticed"
    closed_home.database.write_bytes(whole)
    database = reopened(closed_home)
    assert database.verify().ok  # the control: the whole file passes
    database.close()


def test_a_second_instance_is_told_and_the_lock_ends_with_its_holder(tmp_path: Path) -> None:
    path = tmp_path / "mesomap.lock"
    first = HomeLock(path)
    with pytest.raises(InUseError, match="Another MesoMap"):
        HomeLock(path)
    first.release()
    first.release()
    second = HomeLock(path)
    second.release()


def test_a_home_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A file stands where the folder should be (works for root, too, who may write everywhere)."""
    (tmp_path / "file").write_text("in the way")
    for folder in (tmp_path / "file", tmp_path / "file" / "home"):
        with pytest.raises(NotWritableError, match=r"in the way|cannot be written"):
            Home(folder).prepare()
    with pytest.raises(NotWritableError):
        HomeLock(tmp_path / "file" / "mesomap.lock")
    assert (tmp_path / "file").read_text() == "in the way"
