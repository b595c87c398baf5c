"""The frame of the campaign: a row of TRUST is a function that brings a fault about again and again and counts.

Every row has a control, a way of doing it that must fail: a campaign that finds nothing there would be blind.
"""

import logging
import random
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

log = logging.getLogger(__name__)
_ROOT = Path(__file__).parents[2]


class NotRunError(Exception):
    """The row cannot run here (a tool is missing); its reason."""


@dataclass
class Ground:
    """Where and how a row runs. share: of the full rounds. chance: all its dice, so that the seed repeats the row."""

    folder: Path
    seed: int
    full: bool = False
    share: float = 1.0
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.folder.mkdir(parents=True, exist_ok=True)

    def rounds(self, quick: int, full: int) -> int:
        """How many rounds this run makes."""
        return max(quick, round(full * self.share)) if self.full else quick

    def place(self, name: str) -> Path:
        """A new empty place for one round (what an earlier round left there is gone)."""
        path = self.folder / name
        shutil.rmtree(path, ignore_errors=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


@dataclass
class Tally:
    """What a row counted. acknowledged: what the program said was saved or done; lost: how much of that was gone.

    torn: what was neither whole nor absent. detected, missed: faults that had to be noticed. control: what its
    control did, in words; control_failed: that it failed, as it must.
    """

    rounds: int = 0
    acknowledged: int = 0
    lost: int = 0
    torn: int = 0
    detected: int = 0
    missed: int = 0
    false_alarms: int = 0
    control: str = ""
    control_failed: bool = False
    remarks: list[str] = field(default_factory=list)

    @property
    def held(self) -> bool:
        """Nothing lost, torn, missed or cried over, and the control failed."""
        return not (self.lost or self.torn or self.missed or self.false_alarms) and self.control_failed

    def found(self, yes: bool, what: str = "") -> None:
        """Count a fault that had to be noticed; what: said of those that were not."""
        self.detected += yes
        self.missed += not yes
        if not yes and len(self.remarks) < 20:
            self.remarks.append(f"missed: {what}")


@dataclass(frozen=True)
class Row:
    """One row of the campaign: its number and fault as TRUST names them."""

    number: int
    fault: str
    run: Callable[[Ground], Tally]


@dataclass(frozen=True)
class Outcome:
    """A row that was run, or why it was not. commit: of the program it ran on, "" = not known."""

    row: Row
    seed: int
    seconds: float
    tally: Tally | None
    not_run: str = ""
    commit: str = ""

    @property
    def held(self) -> bool:
        """True when the row ran and held."""
        return self.tally is not None and self.tally.held

    def __str__(self) -> str:
        if self.tally is None:
            return f"row {self.row.number}: not run ({self.not_run})"
        tally = self.tally
        parts = [f"row {self.row.number}: {tally.rounds} rounds, seed {self.seed}"]
        counted = ("acknowledged", "lost", "torn", "detected", "missed", "false_alarms")
        parts += [f"{name.replace('_', ' ')} {getattr(tally, name)}" for name in counted]
        return ", ".join([*parts, f"{self.seconds:.1f} s; control: {tally.control}", *tally.remarks])


def run_row(row: Row, folder: Path, seed: int, *, full: bool, share: float = 1.0, commit: str = "") -> Outcome:
    """Run a row on a ground of its own, which is cleared away afterwards. commit: goes into the outcome."""
    ground = Ground(folder / f"row_{row.number:02d}", seed, full, share)
    start = time.monotonic()
    try:
        tally = row.run(ground)
    except NotRunError as reason:
        return Outcome(row, seed, time.monotonic() - start, None, str(reason), commit)
    except Exception as error:  # a row that breaks is a row that did not hold; the others are run
        log.exception("row %d broke", row.number)
        tally = Tally(missed=1, remarks=[f"broke: {type(error).__name__}: {error}"[:300]])
    finally:
        shutil.rmtree(ground.folder, ignore_errors=True)
    return Outcome(row, seed, time.monotonic() - start, tally, "", commit)


def commit_here() -> str:
    """The commit of this folder, with "+" when files of it differ; "" where that cannot be told."""
    found = []
    for command in (("rev-parse", "--short=8", "HEAD"), ("status", "--porcelain", "--untracked-files=no")):
        try:
            done = subprocess.run(["git", *command], capture_output=True, text=True, cwd=_ROOT, check=True, timeout=60)
        except (OSError, subprocess.SubprocessError):
            return ""
        found.append(done.stdout.strip())
    return found[0] + ("+" if found[1] else "")
