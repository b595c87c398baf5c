"""Row 3: the power goes; what was not synced is gone, there, or torn."""

import shutil
from pathlib import Path

from mesomap.domain.errors import MesoMapError
from mesomap.storage import Home
from tests.faults.campaign import Ground, Row, Tally
from tests.faults.children import chart_and_note
from tests.faults.practices import copied, count_what_is_left, new_home
from tests.faults.processes import Child, require_strace, traced
from tests.faults.write_log import OPTIONS, Op, power_cuts, read_log

#: Commits of one recording: the log goes into the file in the course of it, and once more at the end.
_MARKS = 70
#: Marks that are there when it begins.
_THERE = 2


def run(ground: Ground) -> Tally:
    """Each recording of real saves is cut again and again."""
    require_strace()
    tally = Tally()
    fresh = new_home(ground.place("fresh"), marks=_THERE)
    for number in range(ground.rounds(1, 10)):
        _cuts(ground, fresh, f"full{number}", "FULL", ground.rounds(25, 100), tally)
    careless = Tally()
    _cuts(ground, fresh, "normal", "NORMAL", ground.rounds(15, 200), careless)
    tally.control = f"synchronous=NORMAL: {careless.lost} lost in {careless.rounds} power cuts"
    tally.control_failed = careless.lost > 0
    return tally


def _cuts(ground: Ground, fresh: Home, name: str, synchronous: str, count: int, tally: Tally) -> None:
    before, ops, notes = _recorded(ground, fresh, name, synchronous)
    for said, files in power_cuts(before.root, ops, str(notes), count, ground.chance):
        tally.rounds += 1
        tally.acknowledged += said
        home = Home(ground.place("after"))
        home.prepare()
        for path, content in files.items():
            if not path.endswith("-shm"):  # lives in memory, not on the disk
                (home.root / path).parent.mkdir(exist_ok=True)
                (home.root / path).write_bytes(content)
        try:
            count_what_is_left(home, said + _THERE, tally)
        except MesoMapError as error:
            tally.torn += 1
            tally.remarks.append(error.sentence)
    shutil.rmtree(before.root)


def _recorded(ground: Ground, fresh: Home, name: str, synchronous: str) -> tuple[Home, list[Op], Path]:
    """What the folder was when the log began, the log, and the file of acknowledgements."""
    home = copied(fresh, ground.place(name))
    notes, log = ground.place(f"{name}.notes"), ground.place(f"{name}.log")
    child = Child(chart_and_note, str(home.root), str(notes), _MARKS, synchronous)
    child.says()
    before = copied(home, ground.place(f"{name}.before"))
    with traced(child.pid, log, *OPTIONS):
        child.talk.send("go")
        child.rest()
    child.end()
    # The log names the folder that was written to; the copy takes that name.
    shutil.rmtree(home.root)
    before.root.rename(home.root)
    ops = read_log(log)
    log.unlink()
    return home, ops, notes


ROW = Row(3, "power cut: a log of writes replayed, unsynced ones dropped or torn", run)
