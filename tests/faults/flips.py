"""Row 5: one flipped bit in the database, a backup, the key file, the anchor, a photo of a backup."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from mesomap.domain.errors import MesoMapError
from mesomap.storage import Home, make_backup, open_database
from mesomap.storage.restore import check_own_backup
from tests.faults.campaign import Ground, Row, Tally
from tests.faults.children import PASSPHRASE
from tests.faults.practices import new_home

_MARKS = 25


def run(ground: Ground) -> Tally:
    """Each kind of file gets its flips; each flip is taken back before the next."""
    tally = Tally()
    home = new_home(ground.place("home"), marks=_MARKS)
    (home.photos / "0f").write_bytes(ground.chance.randbytes(40_000))
    database = open_database(home, PASSPHRASE)
    backup = make_backup(database, home.backups)
    each = ground.rounds(14, 1000)
    for path in sorted(p for p in backup.rglob("*") if p.is_file()):
        # A backup has several files; the larger ones get the more flips.
        share = max(2, each // 2 if path.name == "mesomap.db" else each // 8)
        for _ in range(share):
            _flip_in_backup(ground, path, lambda: check_own_backup(database, backup), tally)
    database.close()
    for path in (home.database, home.keys, home.anchor):
        for _ in range(each):
            _flip_in_home(ground, home, path, tally)
    _control(ground, home, tally)
    return tally


def _flipped(ground: Ground, path: Path) -> tuple[bytes, bytes, str]:
    before = path.read_bytes()
    place, bit = ground.chance.randrange(len(before)), ground.chance.randrange(8)
    after = bytearray(before)
    after[place] ^= 1 << bit
    path.write_bytes(after)
    return before, bytes(after), f"{path.name} byte {place} bit {bit}"


def _flip_in_backup(ground: Ground, path: Path, check: Callable[[], object], tally: Tally) -> None:
    tally.rounds += 1
    before, _, where = _flipped(ground, path)
    try:
        check()
    except MesoMapError:
        tally.found(True)
    else:
        tally.found(False, f"backup: {where}")
    path.write_bytes(before)


def _flip_in_home(ground: Ground, home: Home, path: Path, tally: Tally) -> None:
    """Refused at opening, or opened and said: by a notice, or by verification. The damaged file stays as it is."""
    tally.rounds += 1
    anchor = home.anchor.read_bytes()
    before, after, where = _flipped(ground, path)
    try:
        database = open_database(home, PASSPHRASE)
    except MesoMapError as error:
        kept = path.read_bytes() == after
        tally.found("backup" in error.sentence and kept, f"{where}: “{error.sentence}”, kept {kept}")
    else:
        said = [*database.notices, *database.verify().findings]
        database.close()
        tally.found(bool(said), where)
        if path == home.database:
            tally.torn += path.read_bytes() != after
    path.write_bytes(before)
    home.anchor.write_bytes(anchor)


def _control(ground: Ground, home: Home, tally: Tally) -> None:
    """A plain SQLite file of the same records: what its own check does not find."""
    blind = 0
    path = ground.place("plain.db")
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE marks (id INTEGER PRIMARY KEY, digest BLOB, remark TEXT)")
    plain.executemany("INSERT INTO marks VALUES (?, ?, ?)", [(n, bytes(400), "x" * 300) for n in range(300)])
    plain.commit()
    plain.close()
    whole = path.read_bytes()
    rounds = 40
    for _ in range(rounds):
        _flipped(ground, path)
        plain = sqlite3.connect(path)
        with suppress(sqlite3.DatabaseError):
            blind += plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        plain.close()
        path.write_bytes(whole)
    assert home.exists()
    tally.control = f"plain SQLite calls {blind} of {rounds} flipped files whole"
    tally.control_failed = blind > 0


ROW = Row(5, "bit flips in database, backup, its photos, key file, anchor", run)
