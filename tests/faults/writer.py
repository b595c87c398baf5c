"""A program of its own that charts and says so: "saved N" after each commit. Killed by the fault tests.

python -m tests.faults.writer HOME PASSPHRASE [early]
"early" says it before the commit: the control that must lose.
"""

import sys
import time
from pathlib import Path

from mesomap.domain.change import Change, UndoStep
from mesomap.storage import Home, HomeLock, open_database
from tests.records import a_set


def main(home: str, passphrase: str, early: bool) -> None:
    """Chart for ever: mark N holds N % 40 + 1 points that begin on triangle N."""
    place = Home(Path(home))
    lock = HomeLock(place.lock)
    database = open_database(place, passphrase)
    session = database.sessions()[0]
    number = len(database.marks(session.id))
    while lock is not None:
        mark = a_set(session, number % 40 + 1, first=number)
        if early:
            say(number)
            time.sleep(0.005)
        database.commit(UndoStep("Place", (Change(None, mark),), session.id))
        if not early:
            say(number)
        number += 1


def say(number: int) -> None:
    """Acknowledge, as the window does with "Saved"."""
    sys.stdout.write(f"saved {number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], "early" in sys.argv[3:])
