"""`python -m tests.sessions --out DIR`: three whole sessions by real events, timed, killed half-way, printed.

Runs on the display there is (Xvfb will do), else offscreen. Prints a table of taps and times; DIR gets pictures, the
charts as PDF and the acts as CSV. `--only door`: a new patient from the door to the printed session, a known one in
five taps, a recall. `--only visits`: a course compared in every mode. `--only course`: an uneven course of six visits
with fourteen photos, from the patient's page to the printed comparison, and what cannot be compared. `--only hands`:
keys alone from the unlock page to a printed chart, a finger that never leaves, pen, paste, pedal.
"""

import argparse
import csv
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QPushButton

from mesomap.domain.marks import AreaRecord, Mark
from mesomap.services import DEMO_PASSPHRASE, Practice
from tests.sessions.across_visits import run_visits
from tests.sessions.from_the_door import run_door
from tests.sessions.hand import TimedHand
from tests.sessions.opened import look, open_window
from tests.sessions.other_hands import run_hands
from tests.sessions.scripts import SCRIPTS, Script
from tests.sessions.six_visits import run_course

#: Whole walks beside the sessions, by the word for --only.
_WALKS = {"door": run_door, "visits": run_visits, "course": run_course, "hands": run_hands}
#: Acts before the process is killed: about half-way through the shortest session.
_KILL_AFTER = 12


def _points(marks: tuple[Mark, ...]) -> int:
    return sum((mark.about_n or 0) if isinstance(mark, AreaRecord) else mark.count for mark in marks)


def _begin(hand: TimedHand, script: Script) -> None:
    """From the list to an open session by the taps a person needs."""
    patients = hand.window.patients
    row = next(row for row in hand.window.desk.rows("") if row.patient.family_name == script.patient)
    patients.choose(row.patient.id)
    button = next(b for b in patients.card.findChildren(QPushButton) if b.text() == "Start a session")
    hand.click(button, "start a session")


def _chart(out: Path, home: Path, script: Script, kill_after: int) -> None:
    """Chart one session; with kill_after the process ends without a word after so many acts."""
    window = open_window(home)
    hand = TimedHand(window, None if kill_after else out / script.key)
    if kill_after:
        hand.after_act = lambda done: os._exit(9) if done == kill_after else None
    _begin(hand, script)
    script.chart(hand)
    session = hand.driver.page.model.service.session
    points = _points(hand.driver.page.model.marks)
    if not window.desk.write_chart(session.id, out / f"{script.key}.pdf"):
        raise RuntimeError("the chart could not be written")
    window.close()
    if points < script.least_points:
        raise RuntimeError(f"{script.key}: {points} points charted, {script.least_points} expected")
    _report(out, script, hand, points)


def _report(out: Path, script: Script, hand: TimedHand, points: int) -> None:
    acts = hand.acts
    with (out / f"{script.key}.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("number", "kind", "what", "ms"))
        writer.writerows((n, act.kind, act.what, f"{act.ms:.1f}") for n, act in enumerate(acts, 1))
    counts = {kind: sum(act.kind == kind for act in acts) for kind in ("tap", "drag", "key", "value")}
    taps = [act.ms for act in acts if act.kind in ("tap", "key")]
    slowest = max(acts, key=lambda act: act.ms)
    print(
        f"{script.key:14s} {points:6d} {counts['tap']:5d} {counts['drag']:5d} {counts['key']:5d} {counts['value']:6d} "
        f"{median(taps):9.1f} {slowest.ms:9.1f}  {slowest.what}"
    )


def _killed_and_reopened(out: Path, script: Script) -> str:
    """Kill the process half-way through a session; what was acknowledged must be there, and the practice whole."""
    home = out / f"killed-{script.key}"
    program = [sys.executable, "-m", "tests.sessions", "--out", str(out), "--only", script.key, "--home", str(home)]
    done = subprocess.run([*program, "--kill-after", str(_KILL_AFTER)], capture_output=True, text=True)
    if done.returncode != 9:
        return f"was not killed: {done.stderr.strip()[-200:]}"
    with Practice.open(home, DEMO_PASSPHRASE) as practice:
        report = practice.verify()
        last = practice.sessions()[-1]
        kept = len(practice.marks(last.id)) + len(practice.complaints(last.id))
        findings = "whole" if report.ok else "; ".join(report.findings)
        return f"after {_KILL_AFTER} acts: session {last.number} reopened with {kept} records, database {findings}"


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description="Chart whole sessions by real events and time them.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", choices=[*(script.key for script in SCRIPTS), *_WALKS])
    parser.add_argument("--home", type=Path)
    parser.add_argument("--kill-after", type=int, default=0)
    parser.add_argument("--size", default="1440x900", help="width and height of the window")
    parser.add_argument("--text", type=float, default=1.0, help="size of the text: 1, 1.25 or 1.5")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    width, height = map(int, chosen.size.split("x"))
    look.size, look.text = (width, height), chosen.text
    home = chosen.home or chosen.out / "home"
    if chosen.only in _WALKS:
        _WALKS[chosen.only](chosen.out, home)
        return 0
    scripts = [script for script in SCRIPTS if chosen.only in (None, script.key)]
    if not chosen.kill_after:
        head = ("session", "points", "taps", "drags", "keys", "values", "median ms", "slowest", "")
        print("{:14s} {:>6s} {:>5s} {:>5s} {:>5s} {:>6s} {:>9s} {:>9s}  {}".format(*head))
    for script in scripts:
        _chart(chosen.out, home, script, chosen.kill_after)
    if chosen.only is None:
        for script in scripts:
            print(f"{script.key}, killed {_killed_and_reopened(chosen.out, script)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
