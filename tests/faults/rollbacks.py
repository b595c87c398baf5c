"""Row 6: the log is cut, deleted or an older one; an older database is put back. The anchor must tell."""

import shutil
from pathlib import Path

from mesomap.domain.errors import MesoMapError
from mesomap.storage import Home, open_database
from tests.faults.campaign import Ground, Row, Tally
from tests.faults.children import PASSPHRASE, chart
from tests.faults.practices import copied, new_home
from tests.faults.processes import Child, killed_after


def run(ground: Ground) -> Tally:
    """A child charts and is killed, so that its log stays; then the harm is done to the files."""
    tally = Tally(rounds=ground.rounds(16, 400))
    fresh = new_home(ground.place("fresh"), marks=5)
    blind = 0
    for number in range(tally.rounds):
        if number % 8 == 0:
            older, newer, acknowledged = _two_states(ground, fresh)
        home = copied(newer, ground.place("home"))
        what = _harm(ground, home, older, number % 4)
        blind += _look(home, acknowledged, what, tally)
    tally.control = f"without the anchor {blind} of {tally.rounds} harmed practices are called whole"
    tally.control_failed = blind > 0
    return tally


def _two_states(ground: Ground, fresh: Home) -> tuple[Home, Home, int]:
    """The files at one moment, those of a later one, and the marks acknowledged until then."""
    home = copied(fresh, ground.place("states"))
    acknowledged = 5
    kept = []
    for name in ("older", "newer"):
        child = Child(chart, str(home.root))
        said = [int(child.says()), int(child.says()), *killed_after(child, ground.chance.uniform(0.05, 0.2))]
        acknowledged = max(said) + 1
        kept.append(copied(home, ground.place(name)))
    return kept[0], kept[1], acknowledged


def _harm(ground: Ground, home: Home, older: Home, kind: int) -> str:
    wal = home.root / "mesomap.db-wal"
    (home.root / "mesomap.db-shm").unlink(missing_ok=True)
    if kind == 0:
        size = ground.chance.randrange(wal.stat().st_size)
        with wal.open("rb+") as stream:
            stream.truncate(size)
        return f"log cut at {size}"
    if kind == 1:
        wal.unlink()
        return "log deleted"
    shutil.copyfile(older.root / "mesomap.db-wal", wal)
    if kind == 2:
        return "older log"
    shutil.copyfile(older.database, home.database)
    return "older database"


def _look(home: Home, acknowledged: int, what: str, tally: Tally) -> bool:
    """True when everything but the anchor is content although something is missing."""
    try:
        database = open_database(home, PASSPHRASE)
    except MesoMapError:
        tally.found(True)
        return False
    marks = len(database.marks(database.sessions()[0].id))
    said = [text for text in database.notices if "missing" in text or "another history" in text]
    with database.reading() as connection:
        from mesomap.storage.verify import verify_database

        content = verify_database(connection, Path("x"), database.subkey("audit"), None).ok
    database.close()
    if marks >= acknowledged:
        tally.false_alarms += bool(said)  # the cut took nothing that counted
        return False
    tally.found(bool(said), f"{what}: {acknowledged - marks} marks")
    return content


ROW = Row(6, "write-ahead log cut, deleted, swapped; older database put back", run)
