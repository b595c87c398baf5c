"""Row 5: one flipped bit in the database and its log, a photo kept live, a backup, the key file, the anchor.

Each kind gets as many flips, over all of its files by their size, a third of them in the first and last bytes of the
file and of its pages. A flip is looked at by what it can concern, and taken back before the next. The same looks at
unharmed files are the honest reads, which must say nothing.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from mesomap.domain.errors import MesoMapError
from mesomap.domain.photo import Photo
from mesomap.services import Practice
from mesomap.storage import Home, make_backup, open_database
from mesomap.storage.photo_files import PhotoFiles
from mesomap.storage.restore import check_own_backup
from tests.faults.campaign import Ground, Row, Tally
from tests.faults.children import PASSPHRASE
from tests.faults.gestures import noise, save_mark, take_photo
from tests.faults.practices import copied, new_home

_MARKS = 25
_PAGE = 4096
_EDGE = 64

#: What was said of the files as they are; "" = nothing was noticed.
Look = Callable[[], str]


@dataclass
class _Kind:
    """Files of one kind and how they are looked at. again: puts back what a look itself writes."""

    name: str
    files: tuple[Path, ...]
    look: Look
    again: Callable[[], object] = lambda: None
    naive: int = 0  # flips that sizes and first bytes do not show


def run(ground: Ground) -> Tally:
    """Every kind of file in its turn."""
    tally = Tally()
    home = _practice(ground)
    blind = flips = 0
    each = ground.rounds(14, 1100)
    honest = ground.rounds(8, 200)
    for kind in (_database, _log, _photos, _backup, _keys, _anchor):
        with kind(ground, home) as found:
            share = each if kind is not _log else max(6, each // 4)
            for _ in range(share):
                _flip(ground, found, tally)
            for _ in range(honest):
                said = found.look()
                found.again()
                tally.false_alarms += bool(said)
            blind, flips = blind + found.naive, flips + share
            tally.remarks.append(f"{found.name}: {share} flips, {honest} honest reads")
    tally.rounds += 6 * honest
    plain = _plain_sqlite(ground)
    tally.control = (
        f"sizes and first bytes show {flips - blind} of {flips} flips; plain SQLite calls {plain} of 40 whole"
    )
    tally.control_failed = blind > flips // 2 and plain > 0
    return tally


def _practice(ground: Ground) -> Home:
    home = new_home(ground.place("home"), marks=_MARKS)
    with Practice.open(home.root, PASSPHRASE) as practice:
        take_photo(practice, noise(ground.chance.randbytes(43_200)), "large.png")
    return home


# -- one flip


def _place(ground: Ground, size: int) -> int:
    """A byte of the file: anywhere, or near an edge of it or of a page."""
    kind = ground.chance.randrange(6)
    near = ground.chance.randrange(min(_EDGE, size))
    if kind == 0:
        return near
    if kind == 1:
        return size - 1 - near
    if kind == 2 and size > 2 * _PAGE:
        return ground.chance.randrange(size // _PAGE - 1) * _PAGE + _PAGE - _EDGE // 2 + near
    return ground.chance.randrange(size)


def _flip(ground: Ground, kind: _Kind, tally: Tally) -> None:
    """One flip, which must be said; the harmed file stays as it is until it is put back here."""
    tally.rounds += 1
    sizes = [path.stat().st_size for path in kind.files]
    (path,) = ground.chance.choices(kind.files, [size + _PAGE for size in sizes])
    before = path.read_bytes()
    place, bit = _place(ground, len(before)), ground.chance.randrange(8)
    after = bytearray(before)
    after[place] ^= 1 << bit
    path.write_bytes(after)
    kind.naive += place >= 16
    said = kind.look()
    tally.found(bool(said), f"{kind.name}: {path.name} byte {place} of {len(before)}, bit {bit}")
    if kind.name not in _REPLACED and path.read_bytes() != after:
        tally.torn += 1
        tally.remarks.append(f"{path.name} was written to")
    path.write_bytes(before)
    kind.again()


#: An opening writes a new anchor, which keeps what was found; the log goes into the database as far as it is whole.
_REPLACED = ("anchor", "log")


# -- kinds


def _opened(home: Home) -> str:
    """Open the practice as the window does, and verify it. A refusal must offer the way back."""
    try:
        database = open_database(home, PASSPHRASE)
    except MesoMapError as error:
        return error.sentence if "backup" in error.sentence else ""
    try:
        said = [*database.notices, *database.verify().findings]
    finally:
        database.close()
    return " ".join(said)


@contextmanager
def _database(_ground: Ground, home: Home) -> Iterator[_Kind]:
    anchor = home.anchor.read_bytes()
    yield _Kind("database", (home.database,), lambda: _opened(home), lambda: home.anchor.write_bytes(anchor))


@contextmanager
def _log(ground: Ground, home: Home) -> Iterator[_Kind]:
    """The write-ahead log of a practice that was killed after its last commit: files copied while it is open."""
    place = copied(home, ground.place("at_work"))
    killed = ground.place("killed")
    database = open_database(place, PASSPHRASE)
    for number in range(_MARKS, _MARKS + 8):
        save_mark(database, number)
    killed_home = copied(place, killed)
    database.close()
    kept = {path.name: path.read_bytes() for path in killed.iterdir() if path.is_file()}

    def again() -> None:
        for name, data in kept.items():
            (killed / name).write_bytes(data)
        (killed / "mesomap.db-shm").unlink(missing_ok=True)

    again()
    yield _Kind("log", (killed / "mesomap.db-wal",), lambda: _opened(killed_home), again)


@contextmanager
def _photos(_ground: Ground, home: Home) -> Iterator[_Kind]:
    """Originals and thumbnails: read as the window does, and looked at as by verify."""
    database = open_database(home, PASSPHRASE)
    photos = database.entries(Photo)
    files = PhotoFiles(home.photos, database.subkey("photos"))

    def look() -> str:
        found = list(files.findings(photos))
        refused = 0
        for photo in photos:
            for name in photo.file_names:
                try:
                    files.read(name)
                except MesoMapError as error:
                    refused += "backup" in error.sentence
        # A flip in one file: one refusal to show it, and one line that names the photo.
        return found[0] if len(found) == 1 == refused else " and ".join([*found, f"{refused} refused"] if found else [])

    named = tuple(home.photos / name for photo in photos for name in photo.file_names)
    yield _Kind("photo", named, look)
    database.close()


@contextmanager
def _backup(_ground: Ground, home: Home) -> Iterator[_Kind]:
    """Every file of a backup, its photos too; looked at as before a restore."""
    database = open_database(home, PASSPHRASE)
    backup = make_backup(database, home.backups)

    def look() -> str:
        try:
            check_own_backup(database, backup)
        except MesoMapError as error:
            return error.sentence
        return ""

    yield _Kind("backup", tuple(sorted(path for path in backup.rglob("*") if path.is_file())), look)
    database.close()


@contextmanager
def _keys(_ground: Ground, home: Home) -> Iterator[_Kind]:
    yield _Kind("key file", (home.keys,), lambda: _opened(home))


@contextmanager
def _anchor(_ground: Ground, home: Home) -> Iterator[_Kind]:
    """Opening notices it, keeps the finding in a new anchor and goes on."""
    anchor = home.anchor.read_bytes()
    yield _Kind("anchor", (home.anchor,), lambda: _opened(home), lambda: home.anchor.write_bytes(anchor))


# -- control


def _plain_sqlite(ground: Ground) -> int:
    """A plain SQLite file of such records: flips that its own check does not find, of 40."""
    blind = 0
    path = ground.place("plain.db")
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE marks (id INTEGER PRIMARY KEY, digest BLOB, remark TEXT)")
    plain.executemany("INSERT INTO marks VALUES (?, ?, ?)", [(n, bytes(400), "x" * 300) for n in range(300)])
    plain.commit()
    plain.close()
    whole = path.read_bytes()
    for _ in range(40):
        data = bytearray(whole)
        data[ground.chance.randrange(len(data))] ^= 1 << ground.chance.randrange(8)
        path.write_bytes(data)
        plain = sqlite3.connect(path)
        with suppress(sqlite3.DatabaseError):
            blind += plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        plain.close()
    return blind


ROW = Row(5, "bit flips in database, log, photos kept live, backup with photos, key file, anchor", run)
