"""docs/FAULTS.md: what a full campaign counted."""

import os
import pickle
import platform
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tests.faults.campaign import Outcome
from tests.faults.rows import ELSEWHERE, row

_HEAD = """\
# The fault campaign: what was survived, and how it was counted

Written by `make faults` (`python -m tests.faults --full`) on {day}, {system}, Python {python}, {cores} processors,
in a folder on {files}. {commits} {apart}Together they took {minutes} minutes.
The same rows run in their quick form with the tests. Each row brings its fault about `rounds` times; the seed repeats
it (`python -m tests.faults --full --rows N --seed S`, S = seed - N). Rows have up to 1,000 rounds of each kind of
fault, 10,000 of row 19; where the fault is one of a list, such as the calls of a save, the list is gone through.

- **acknowledged**: what the program said was saved or done; **lost**: how much of that was not there afterwards
- **torn**: what was there and not whole; **detected**, **missed**: faults that the program must say, and whether it did
- **alarms**: complaints where nothing was wrong
- **control**: the same with a careless program or without the protection. It must fail, or the row would prove nothing

| row | fault | rounds | seed | acknowledged | lost | torn | detected | missed | alarms | seconds | commit |
|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|
"""


_APART = "Rows were run apart (`--keep`), at times two at once. "


def keep_outcome(folder: Path, outcome: Outcome) -> None:
    """Keep an outcome in a file of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"row_{outcome.row.number:02d}").write_bytes(
        pickle.dumps(
            (outcome.row.number, outcome.seed, outcome.seconds, outcome.tally, outcome.not_run, outcome.commit)
        )
    )


def kept_outcomes(folder: Path) -> list[Outcome]:
    """The outcomes of a folder by row. Only for folders that this program wrote."""
    kept = [pickle.loads(path.read_bytes()) for path in sorted(folder.glob("row_*"))]
    return [Outcome(row(number), *rest) for number, *rest in kept]


def write_report(path: Path, outcomes: Sequence[Outcome], *, apart: bool = False) -> None:
    """Write the page. apart: the rows were run one by one and kept, maybe side by side."""
    system = f"{platform.system()} {platform.machine()}"
    lines = [
        _HEAD.format(
            day=date.today().isoformat(),
            system=system,
            python=platform.python_version(),
            cores=os.cpu_count(),
            files=_file_system(),
            apart=_APART if apart else "",
            commits=_commits(outcomes),
            minutes=round(sum(one.seconds for one in outcomes) / 60),
        )
    ]
    lines += [_line(outcome) for outcome in outcomes]
    empty = " |" * 9
    lines += [f"| {one} | {fault} | not run here: {where} |{empty}\n" for one, (fault, where) in ELSEWHERE.items()]
    lines.append("\n## Controls\n\n| row | what failed, as it must |\n|--:|---|\n")
    lines += [f"| {each.row.number} | {each.tally.control} |\n" for each in outcomes if each.tally is not None]
    remarks = [(each.row.number, text) for each in outcomes if each.tally is not None for text in each.tally.remarks]
    if remarks:
        lines.append("\n## Remarks\n\n")
        lines += [f"- row {number}: {text}\n" for number, text in remarks]
    lines.append(_LIMITS)
    path.write_text("".join(lines), encoding="utf-8")


def _commits(outcomes: Sequence[Outcome]) -> str:
    """Which commit the rows ran on; when there are several, the table names each."""
    found = {outcome.commit for outcome in outcomes}
    if len(found) == 1 and "" not in found:
        return f"Every row ran on commit {found.pop()}."
    return "The rows ran on several commits; the last column names that of each."


def _file_system() -> str:
    """Kind of the file system that the rows write to."""
    from mesomap.storage.places import _kind_of

    return _kind_of(Path(tempfile.gettempdir())) or "a file system that is not known"


def _line(outcome: Outcome) -> str:
    if outcome.tally is None:
        return f"| {outcome.row.number} | {outcome.row.fault} | not run: {outcome.not_run} | | | | | | | | | |\n"
    tally = outcome.tally
    cells = (
        outcome.row.number, outcome.row.fault, tally.rounds, outcome.seed, tally.acknowledged, tally.lost, tally.torn,
        tally.detected, tally.missed, tally.false_alarms, f"{outcome.seconds:.0f}", outcome.commit or "–",
    )  # fmt: skip
    return "| " + " | ".join(str(cell) for cell in cells) + " |\n"


_LIMITS = """
## What the campaign found while it was made, and what was done

- Row 3: after a power cut in the midst of a checkpoint, verification called pages damaged that the log held whole; in
  2 of 1,000 cuts the database was refused because its file ended in half a page. Both are opened and called whole now.
- Row 5: a flipped bit that turned a small hexadecimal letter of the anchor into a capital, or touched its format word,
  was not seen. The anchor is compared byte for byte now.
- Row 20: lists of an atlas that claim a trillion rows, or unpack to gigabytes, took the memory. They are refused now.
- Row 9: a home that may not be entered ended in an error of the program instead of a sentence.
- Row 7: a restore left a damaged photo in its place, although the backup held it whole. It is put back now.
- Row 11: a signed PDF that was exchanged or deleted past the program, the time of a signing and the name or person of a
  step were not looked at. The audit names the PDF of each signing, and verification compares all of them now.
- Row 18: characters that turn the direction of a line stood in the index of an exported patient. They are left out.

## What this cannot show

- Power cuts are simulated from a log of real calls: writes that were not synced are there, gone or torn at 512 bytes,
  and names change in their order. Disks that lie about syncing are not simulated.
- All of it ran on Linux. `fsync`, renaming, locks and file modes differ on Windows and macOS; nothing of this was
  measured there.
- In a folder that lies in memory (tmpfs) syncing takes no time; the quick form runs on whatever holds temporary files.
- Children are killed with SIGKILL; a kernel that stops is nearer to row 3 than to row 1.
- A flipped bit in the write-ahead log ends what can be read of it: the anchor says which records are missing, the
  rest of the log is not kept. A flip in `anchor.live`, which is not synced, is passed over like half of it after a
  power cut: it hides nothing unless the database is put back at the same time.
- A backup copies photos as they are: one that was damaged before its first backup is found by `mesomap verify`.
- A full disk is played by files that may not grow (row 4) and by ENOSPC at single calls (row 2).
"""
