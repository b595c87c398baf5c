"""Row 2: each single call of a save fails, or the program is killed in it."""

import re
from dataclasses import dataclass

from mesomap.storage import Home
from tests.faults.campaign import Ground, Row, Tally
from tests.faults.children import save_in_trouble
from tests.faults.practices import copied, count_what_is_left, new_home
from tests.faults.processes import Child, require_strace, traced

_CALLS = ("pwrite64", "write", "fsync", "fdatasync", "rename", "unlink", "ftruncate", "openat")
_FAULTS = ("error=EIO", "error=ENOSPC", "signal=SIGKILL")
#: How it is said that it was not saved: of the database, of a file.
_SAID = re.compile("not saved|was not written|cannot be written")
_LINE = re.compile(r"^\d+ +(\w+)\(")
#: Marks that are there: the save adds one, or a photo and one. Then the log goes into the file with it, or not.
_SAVES = ((3, False), (3, True), (5, False))


@dataclass(frozen=True)
class _Call:
    """The n-th call of this name after the save began. of_photo: it is on a file of a photo."""

    name: str
    count: int
    marks: int
    checkpoint: bool
    of_photo: bool = False


def run(ground: Ground) -> Tally:
    """Every call that a save makes on the home, with every fault (the quick form: some of them)."""
    require_strace()
    tally = Tally()
    fresh = {marks: new_home(ground.place(f"fresh{marks}"), marks=marks) for marks, _ in _SAVES}
    faults = [
        (call, fault)
        for marks, checkpoint in _SAVES
        for call in _calls_of_a_save(ground, fresh[marks], marks, checkpoint)
        for fault in _FAULTS
    ]
    total = len(faults)
    of_photo = [fault for fault in faults if fault[0].of_photo]
    chosen = faults if ground.full else ground.chance.sample(faults, 10) + ground.chance.sample(of_photo, 4)
    for call, fault in chosen:
        _bring_about(ground, fresh[call.marks], call, fault, tally)
    tally.remarks.append(f"{len(chosen)} of {total} faults of three saves, one of them with a photo")
    lies = Tally()
    _bring_about(ground, fresh[3], _Call("pwrite64", 2, 3, False), "error=EIO", lies, lying=True)
    tally.control = f"a save that says “saved” over an error: {lies.lost} lost"
    tally.control_failed = lies.lost > 0
    return tally


def _calls_of_a_save(ground: Ground, fresh: Home, marks: int, checkpoint: bool) -> list[_Call]:
    """The calls of one save, by what is counted of each name."""
    home, log = copied(fresh, ground.place("dry")), ground.place("dry.log")
    child = Child(save_in_trouble, str(home.root), checkpoint)
    child.says()
    with traced(child.pid, log, "-e", f"trace={','.join(_CALLS)}"):
        child.talk.send("go")
        said = child.rest()
    child.end()
    assert said == ["saved", "saved"], said
    counts: dict[str, int] = {}
    found = []
    for line in log.read_text().splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        counts[match[1]] = counts.get(match[1], 0) + 1
        if str(home.root) in line:
            found.append(_Call(match[1], counts[match[1]], marks, checkpoint, f"{home.photos}/" in line))
        elif match[1] == "write" and "saved" in line:
            break
    return found


def _bring_about(ground: Ground, fresh: Home, call: _Call, fault: str, tally: Tally, *, lying: bool = False) -> None:
    tally.rounds += 1
    home, log = copied(fresh, ground.place("home")), ground.place("fault.log")
    child = Child(save_in_trouble, str(home.root), call.checkpoint, lying)
    child.says()
    inject = f"inject={call.name}:{fault}:when={call.count}"
    with traced(child.pid, log, "-e", f"trace={call.name}", "-e", inject):
        child.talk.send("go")
        said = child.rest()
    code = child.end()
    saved = said.count("saved")
    tally.acknowledged += saved
    if not fault.startswith("signal"):
        # Refused or not, the program goes on, and the next save is saved.
        works = code == 0 and len(said) == 2 and said[1] == "saved" and (said[0] == "saved" or _SAID.search(said[0]))
        tally.found(bool(works), f"{call} {fault}: {said}, exit {code}")
    count_what_is_left(home, call.marks + saved, tally)


ROW = Row(2, "kill, ENOSPC or EIO at every write, fsync, rename, unlink of a save", run)
