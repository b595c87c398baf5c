"""A program of its own whose files may not grow: charts until that is said, then goes on when there is room.

python -m tests.faults.small_disk HOME PASSPHRASE
prints "saved N", the sentence of the error, that of a backup that failed, "saved N" again.
"""

import resource
import signal
import sys
from pathlib import Path

from mesomap.domain.change import Change, UndoStep
from mesomap.domain.errors import NotWritableError
from mesomap.storage import Home, make_backup, open_database
from tests.records import a_set


def main(home: str, passphrase: str) -> None:
    """Chart until the limit, try a backup, lift the limit, chart and back up."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    place = Home(Path(home))
    database = open_database(place, passphrase)
    session = database.sessions()[0]
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (place.database.stat().st_size + 40_000, hard))
    saved = 0
    try:
        while True:
            mark = a_set(session, 500, first=saved)
            database.commit(UndoStep("Place", (Change(None, mark),), session.id))
            saved += 1
    except NotWritableError as error:
        sys.stdout.write(f"saved {saved}\n{error.sentence}\n")
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, hard))
    try:
        make_backup(database, place.backups)
        sys.stdout.write("a backup was made\n")
    except NotWritableError as error:
        sys.stdout.write(f"{error.sentence}\n")
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    database.commit(UndoStep("Place", (Change(None, a_set(session, 500, first=saved)),), session.id))
    sys.stdout.write(f"saved {saved + 1}\n")
    make_backup(database, place.backups)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
