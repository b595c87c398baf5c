"""Row 13: canary names, searched in every byte that the program leaves, while open, killed and closed."""

import os
import subprocess
import sys
from pathlib import Path

from mesomap.domain.change import Change
from mesomap.services.backups import Backups
from mesomap.storage import Home, create_database, open_database
from tests.faults.campaign import Ground, Row, Tally
from tests.faults.children import PASSPHRASE, chart
from tests.faults.processes import Child, killed_after
from tests.records import CHEAP, a_patient, a_session, a_set, commit

_ROOT = Path(__file__).parents[2]


def run(ground: Ground) -> Tally:
    """A round: a practice of canaries charts, backs up to two folders, is killed, restores, is asked by command."""
    tally = Tally()
    for number in range(ground.rounds(1, 20)):
        tally.rounds += 1
        root = ground.place("round")
        canary = f"Kanarie{number}{ground.chance.randrange(10**9)}"
        _live(ground, root, canary, tally)
    words = ground.place("control")
    words.mkdir()
    (words / "mesomap.log").write_bytes("Kanarie".encode("utf-16-le"))
    seen = len(_holding(words, ["Kanarie"]))
    tally.control = f"a log with the name in it: found in {seen} file"
    tally.control_failed = seen == 1
    return tally


def _live(ground: Ground, root: Path, canary: str, tally: Tally) -> None:
    home = Home(root / "home")
    home.prepare()
    made, code = create_database(home, PASSPHRASE, who=f"Dr. {canary}", cost=CHEAP)
    patient = a_patient(f"N-{canary}", canary, notes=canary * 300)
    session = a_session(patient)
    commit(made, Change(None, patient))
    commit(made, Change(None, session))
    for _ in range(5):
        commit(made, Change(None, a_set(session, 50)), session=session)
    (root / "usb").mkdir()
    backups = Backups(made)
    backups.choose_second_folder(root / "usb")
    first = backups.make().first
    words = [canary, code, code.replace("-", "")]
    _look(root, words, "while open", tally)
    backups.preview(first)
    backups.drill(first)
    backups.decide_restore(first)
    made.close()
    child = Child(chart, str(home.root))
    child.says()
    killed_after(child, ground.chance.uniform(0.0, 0.1))
    _look(root, words, "killed", tally)
    open_database(home, PASSPHRASE).close()
    _commands(root, canary, tally)
    _look(root, words, "closed", tally)


def _commands(root: Path, canary: str, tally: Tally) -> None:
    """The command line shows the name on its output and leaves it nowhere; also when something is wrong."""
    own = {name: str(root / name.lower()) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "TMPDIR")}
    for folder in own.values():
        Path(folder).mkdir(exist_ok=True)
    environment = {**os.environ, **own, "HOME": str(root), "PYTHONPATH": str(_ROOT), "MESOMAP_PASSPHRASE": PASSPHRASE}
    environment["MESOMAP_HOME"] = str(root / "home")
    shown = 0
    for arguments in (["patients"], ["verify"], ["backup"], ["chart", canary, "--out", str(root / "no.pdf")]):
        program = "import sys; from mesomap.app.entry import main; sys.exit(main())"
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments], capture_output=True, text=True, env=environment, check=False
        )
        shown += canary in done.stdout
    tally.found(shown > 0, "the command line does not show the name: nothing was tried")


def _look(root: Path, words: list[str], when: str, tally: Tally) -> None:
    holding = _holding(root, words)
    tally.found(not holding, f"{when}: {holding}")
    tally.lost += len(holding)


def _holding(root: Path, words: list[str]) -> list[str]:
    """Files that hold a word, in UTF-8 or UTF-16, as it is or in small letters."""
    forms = [form for word in words for form in (word.encode(), word.lower().encode(), word.encode("utf-16-le"))]
    found = []
    for path in root.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            if any(form in data for form in forms) or any(word in path.name for word in words):
                found.append(path.relative_to(root).as_posix())
    return found


ROW = Row(13, "plaintext leak: canary names in every file left behind", run)
