"""Files that cannot grow (a full disk, as the system reports it): said, nothing half-written, works again."""

import subprocess
import sys

from mesomap.domain.marks import InjectionSet
from mesomap.storage import Home, open_database
from tests.faults.conftest import PASSPHRASE, ROOT, child_environment


def test_a_disk_without_room_is_said_and_nothing_is_half_written(home: Home) -> None:
    command = [sys.executable, "-m", "tests.faults.small_disk", str(home.root), PASSPHRASE]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env=child_environment(), check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    first, trouble, no_backup, last = done.stdout.splitlines()
    saved = int(first.split()[1])
    assert "was not saved" in trouble
    assert "mesomap.db" in trouble
    assert "could not be written" in no_backup
    assert last == f"saved {saved + 1}"
    assert len(list(home.backups.iterdir())) == 1
    database = open_database(home, PASSPHRASE)
    marks = database.marks(database.sessions()[0].id)
    assert database.verify().findings == ()
    assert database.notices == ()
    database.close()
    assert [mark.points[0].triangle for mark in marks if isinstance(mark, InjectionSet)] == list(range(saved + 1))
