"""Row 9: second instance, stale lock, read-only folder, folder gone while open, network or copied folder."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from mesomap.domain.errors import BadInputError, InUseError
from mesomap.storage import Home, HomeLock, create_database, open_database
from tests.faults.campaign import Ground, Row, Tally
from tests.faults.children import PASSPHRASE, chart, lose_the_folder, open_without_rights
from tests.faults.practices import copied, count_what_is_left, new_home
from tests.faults.processes import Child, killed_after
from tests.records import CHEAP

_MARKS = 3


def run(ground: Ground) -> Tally:
    """Each trouble by turns."""
    tally = Tally()
    fresh = new_home(ground.place("fresh"), marks=_MARKS)
    stale = 0
    for _ in range(ground.rounds(2, 40)):
        tally.rounds += 5
        stale += _second_instance(ground, fresh, tally)
        _read_only(fresh, tally)
        _gone(ground, fresh, tally)
        _elsewhere(ground, fresh, tally)
    tally.control = f"a lock that only looks for the file would refuse {stale} practices whose program was killed"
    tally.control_failed = stale > 0
    return tally


def _second_instance(ground: Ground, fresh: Home, tally: Tally) -> bool:
    home = copied(fresh, ground.place("home"))
    child = Child(chart, str(home.root))
    child.says()
    try:
        HomeLock(home.lock).release()
    except InUseError as error:
        tally.found("Another MesoMap" in error.sentence)
    else:
        tally.found(False, "the second instance got in")
    said = killed_after(child, 0.05)
    stale = home.lock.exists()
    tally.acknowledged += len(said)
    count_what_is_left(home, max([_MARKS, *(number + 1 for number in said)]), tally)
    return stale


def _read_only(fresh: Home, tally: Tally) -> None:
    """Root may write everywhere, so a child becomes nobody; the folder lies where nobody can reach it."""
    with tempfile.TemporaryDirectory(prefix="mesomap-read-only-") as folder:
        Path(folder).chmod(0o755)
        home = copied(fresh, Path(folder) / "home")
        for path in (home.root, *home.root.iterdir()):
            path.chmod(0o555 if path.is_dir() else 0o444)
        before = _bytes(home)
        child = Child(open_without_rights, str(home.root))
        said = child.rest()
        child.end()
        refused = len(said) == 2 and all("cannot be" in sentence for sentence in said)
        tally.found(refused and before == _bytes(home), f"read-only: {said}")
        for path in (home.root, *home.root.iterdir()):
            path.chmod(0o755)


def _bytes(home: Home) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in home.root.iterdir() if path.is_file()}


def _gone(ground: Ground, fresh: Home, tally: Tally) -> None:
    home = copied(fresh, ground.place("home"))
    child = Child(lose_the_folder, str(home.root))
    said = child.rest()
    code = child.end()
    tally.found(len(said) == 2 and "not saved" in said[0] and said[1] == "saved", f"folder gone: {said}, exit {code}")
    count_what_is_left(home, _MARKS + 2, tally)


def _elsewhere(ground: Ground, fresh: Home, tally: Tally) -> None:
    """On a network disk nothing is opened or made; in a folder of a copying program nothing is made."""
    home = copied(fresh, ground.place("home"))
    before = _bytes(home)
    table = ground.place("mounts")
    kind = ground.chance.choice(("nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "davfs"))
    table.write_text(f"/dev/sda / ext4 rw 0 0\nserver:/x {home.root} {kind} rw 0 0\n")
    synced = Home(ground.place(ground.chance.choice(("Dropbox", "OneDrive - Praxis", "Nextcloud"))) / "home")
    attempts: tuple[Callable[[], object], ...] = (
        lambda: open_database(home, PASSPHRASE),
        lambda: create_database(Home(home.root / "new"), PASSPHRASE, cost=CHEAP),
        lambda: create_database(synced, PASSPHRASE, cost=CHEAP),
    )
    said = []
    with mock.patch("mesomap.storage.places._MOUNTS", table):
        for attempt in attempts:
            try:
                attempt()
            except BadInputError as error:
                said.append(error.sentence)
    tally.found(len(said) == len(attempts) and _bytes(home) == before and not synced.exists(), f"{kind}: {said}")


ROW = Row(9, "second instance, stale lock, read-only, network or copied folder, folder gone while open", run)
