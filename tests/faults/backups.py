"""Row 7: damaged backups, no room, killed half way, a writer at work; and the naive restore, which must be found."""

import shutil
from pathlib import Path

from mesomap.domain.errors import MesoMapError
from mesomap.services import Practice
from mesomap.storage import Home, make_backup, open_database, restore_backup
from mesomap.storage.backup_list import read_facts
from tests.faults.campaign import Ground, Row, Tally
from tests.faults.children import PASSPHRASE, back_up, chart_beside_backups, restore_elsewhere, restore_here
from tests.faults.gestures import save_gesture
from tests.faults.practices import copied, count_what_is_left, new_home
from tests.faults.processes import Child, killed_after, span_of
from tests.faults.restores import erased, healed, no_room, returns_without_lists

_OLD, _NEW = 13, 7  # marks of the practice as it is, with two photos, and of the backup, with one


def run(ground: Ground) -> Tally:
    """All of it on one practice of two states and a backup of the first."""
    tally = Tally()
    home, backup = _two_states(ground)
    _damaged(ground, backup, tally)
    _killed_backups(ground, home, tally)
    _killed_restores(ground, home, backup, tally)
    _killed_elsewhere(ground, backup, tally)
    _busy(ground, tally)
    erased(ground, tally)
    no_room(ground, home, backup, (_OLD, _NEW), tally)
    healed(ground, tally)
    _control(ground, home, backup, tally)
    return tally


def _two_states(ground: Ground) -> tuple[Home, Path]:
    home = new_home(ground.place("states"), marks=_NEW)
    with Practice.open(home.root, PASSPHRASE) as practice:
        made = make_backup(practice._database, home.backups)
        for number in range(_NEW, _OLD):
            save_gesture(practice, number)
    backup = ground.place("kept") / made.name
    shutil.move(made, backup)
    return home, backup


def _damaged(ground: Ground, backup: Path, tally: Tally) -> None:
    for _ in range(ground.rounds(10, 400)):
        tally.rounds += 1
        bad, to = ground.place("bad"), ground.place("to")
        shutil.copytree(backup, bad)
        path = ground.chance.choice(sorted(path for path in bad.rglob("*") if path.is_file()))
        data = path.read_bytes()
        kind = ground.chance.randrange(4)
        if kind == 0:
            path.unlink()
        elif kind == 1:
            path.write_bytes(data[: ground.chance.randrange(len(data))])
        elif kind == 2:
            path.write_bytes(data + ground.chance.randbytes(ground.chance.randint(1, 4096)))
        else:
            place = ground.chance.randrange(len(data))
            path.write_bytes(data[:place] + bytes([data[place] ^ ground.chance.randint(1, 255)]) + data[place + 1 :])
        try:
            restore_backup(bad, to, PASSPHRASE)
        except MesoMapError:
            tally.found(not to.exists(), f"{path.name} {kind}: something was left")
        else:
            tally.found(False, f"{path.name} {kind}: restored")


def _killed_backups(ground: Ground, fresh: Home, tally: Tally) -> None:
    """Every backup that has its name is whole; the others do not count."""
    home = copied(fresh, ground.place("home"))
    database = open_database(home, PASSPHRASE)
    key = database.subkey("backup")
    database.close()
    for _ in range(ground.rounds(3, 150)):
        tally.rounds += 1
        child = Child(back_up, str(home.root), 1000)
        child.says()
        said = killed_after(child, ground.chance.uniform(0.02, 0.25))
        tally.acknowledged += len(said)
        for name in said:
            tally.lost += not (home.backups / name).is_dir()
        for made in home.backups.glob("mesomap-*"):
            tally.torn += read_facts(made, key) is None
            shutil.rmtree(made)
    count_what_is_left(home, _OLD, tally)


def _killed_restores(ground: Ground, fresh: Home, backup: Path, tally: Tally) -> None:
    """Old or new, never a mix; the next opening finishes what was decided."""
    span = span_of(restore_here, str(copied(fresh, ground.place("home")).root), str(backup))
    seen = {_OLD: 0, _NEW: 0}
    for _ in range(ground.rounds(6, 250)):
        tally.rounds += 1
        home = copied(fresh, ground.place("home"))
        child = Child(restore_here, str(home.root), str(backup))
        child.says()
        done = "restored" in killed_after(child, ground.chance.uniform(0.0, 1.3 * span))
        try:
            found = count_what_is_left(home, 0, tally)
        except MesoMapError as error:
            tally.torn += 1
            tally.remarks.append(error.sentence)
            continue
        tally.acknowledged += done
        tally.lost += done and found != _NEW
        tally.torn += found not in seen
        seen[found] = seen.get(found, 0) + 1
    tally.remarks.append(f"killed restores: {seen[_OLD]} old, {seen[_NEW]} new")


def _killed_elsewhere(ground: Ground, backup: Path, tally: Tally) -> None:
    """Into an empty place: all of it, or no practice there."""
    span = span_of(restore_elsewhere, str(backup), str(ground.place("to")))
    for _ in range(ground.rounds(3, 100)):
        tally.rounds += 1
        to = ground.place("to")
        child = Child(restore_elsewhere, str(backup), str(to))
        child.says()
        done = "restored" in killed_after(child, ground.chance.uniform(0.0, 1.3 * span))
        tally.acknowledged += done
        if Home(to).exists():
            count_what_is_left(Home(to), _NEW, tally)
        else:
            tally.lost += done


def _busy(ground: Ground, tally: Tally) -> None:
    """Backups of a practice that is written to: each holds one moment, nothing older than its begin."""
    home = new_home(ground.place("busy"))
    child = Child(chart_beside_backups, str(home.root), ground.rounds(3, 60))
    said = child.rest()
    child.end()
    tally.torn += said[-1:] != ["done"]
    for name, before in said[:-1]:
        tally.rounds += 1
        tally.acknowledged += 1
        to = ground.place("to")
        restore_backup(home.backups / name, to, PASSPHRASE)
        count_what_is_left(Home(to), before, tally)


def _control(ground: Ground, fresh: Home, backup: Path, tally: Tally) -> None:
    """Files copied over the practice one by one, and cut off after the first."""
    home = copied(fresh, ground.place("home"))
    shutil.copyfile(backup / "mesomap.db", home.database)
    mixed = Tally()
    count_what_is_left(home, 0, mixed)
    back = returns_without_lists(ground)
    tally.control = (
        f"files copied over one by one, cut off after the first: {mixed.false_alarms} mix found; without the lists of "
        f"erasures an erased patient {'is back' if back else 'stays away'}"
    )
    tally.control_failed = mixed.false_alarms > 0 and back


ROW = Row(7, "backup and restore: damaged, killed half way, no room, writer busy; erased patients, harmed photos", run)
