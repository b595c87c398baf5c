"""Row 12: audit rows edited, deleted, inserted, reordered, cut off; and honest runs, which raise no alarm."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import uuid4

from sqlalchemy import Connection

from mesomap.domain.change import Change, UndoStep
from mesomap.domain.clock import now
from mesomap.domain.nutrition import NutritionNote
from mesomap.storage import Database, Home, StepAction, open_database
from mesomap.storage.engine import open_engine
from mesomap.storage.key_file import read_key_file, unlock
from tests.faults.campaign import Ground, Row, Tally
from tests.faults.children import PASSPHRASE
from tests.faults.gestures import save_mark
from tests.faults.practices import copied, new_home
from tests.records import a_patient

_MARKS = 20
_COLUMNS = "at, who, what, record_kind, record_id, before_digest, after_digest, head"

Run = Callable[[str], object]


def run(ground: Ground) -> Tally:
    """Raw SQL past the program, with its triggers dropped, as someone with the passphrase could."""
    tally = Tally()
    fresh = new_home(ground.place("fresh"), marks=_MARKS)
    blind = 0
    kinds = (_edited, _deleted, _inserted, _reordered, _cut_off)
    for number in range(ground.rounds(20, 500)):
        tally.rounds += 1
        home = copied(fresh, ground.place("home"))
        kind = kinds[number % len(kinds)]
        expected, content = _by_hand(ground, home, kind)
        blind += content
        database = open_database(home, PASSPHRASE)
        findings = database.verify().findings
        database.close()
        named = [int(found) for text in findings for found in re.findall(r"(?:number|Records?) (\d+)\b(?!-)", text)[:1]]
        tally.found(bool(named) and min(named) == expected, f"{kind.__name__} at {expected}: {findings[:2]}")
    for _ in range(ground.rounds(12, 1000)):
        tally.rounds += 1
        _honest(ground, fresh, tally)
    tally.control = f"SQLite's own check calls {blind} of the harmed databases whole"
    tally.control_failed = blind > 0
    return tally


def _by_hand(ground: Ground, home: Home, kind: Callable[[Ground, Run, int], int]) -> tuple[int, bool]:
    engine = open_engine(home.database, unlock(read_key_file(home.keys), PASSPHRASE).subkey("database"))
    with engine.connect() as connection:
        _drop_triggers(connection)
        last = int(connection.exec_driver_sql("SELECT max(sequence) FROM audit").scalar_one())
        expected = kind(ground, connection.exec_driver_sql, last)
        connection.commit()
        content = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
    engine.dispose()
    return expected, content


def _drop_triggers(connection: Connection) -> None:
    for name in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")


def _edited(ground: Ground, sql: Run, last: int) -> int:
    number = ground.chance.randint(1, last)
    column = ground.chance.choice(("who", "what", "at", "record_id", "record_kind"))
    sql(f"UPDATE audit SET {column} = {column} || 'x' WHERE sequence = {number}")
    return number


def _deleted(ground: Ground, sql: Run, last: int) -> int:
    number = ground.chance.randint(1, last - 1)
    sql(f"DELETE FROM audit WHERE sequence = {number}")
    return number


def _inserted(ground: Ground, sql: Run, last: int) -> int:
    """A copy of a row at the end, or in a place that its followers were moved away from."""
    number = ground.chance.randint(2, last + 1)
    sql(f"UPDATE audit SET sequence = -sequence - 1 WHERE sequence >= {number}")
    sql("UPDATE audit SET sequence = -sequence WHERE sequence < 0")
    before = f"SELECT {number}, {_COLUMNS} FROM audit WHERE sequence = {number - 1}"
    sql(f"INSERT INTO audit (sequence, {_COLUMNS}) {before}")
    return number


def _reordered(ground: Ground, sql: Run, last: int) -> int:
    one, other = sorted(ground.chance.sample(range(1, last + 1), 2))
    sql(f"UPDATE audit SET sequence = -sequence WHERE sequence IN ({one}, {other})")
    sql(f"UPDATE audit SET sequence = CASE sequence WHEN -{one} THEN {other} ELSE {one} END WHERE sequence < 0")
    return one


def _cut_off(ground: Ground, sql: Run, last: int) -> int:
    number = ground.chance.randint(2, last)
    sql(f"DELETE FROM audit WHERE sequence >= {number}")
    return number


def _a_note(database: Database, words: str) -> NutritionNote:
    patient = database.patients()[0]
    return NutritionNote(id=uuid4(), entered_at=now(), patient_id=patient.id, noted_on=date(2026, 5, 4), text=words)


def _honest(ground: Ground, fresh: Home, tally: Tally) -> None:
    """Whatever a practice does with the program in any order."""
    home = copied(fresh, ground.place("home"))
    database = open_database(home, PASSPHRASE, who=ground.chance.choice(("", "Dr. Ämter", "x" * 200)))
    done: list[int] = []
    marks = _MARKS
    for _ in range(ground.chance.randint(1, 12)):
        kind = ground.chance.randrange(6)
        if kind == 5:
            note = _a_note(database, ground.chance.randbytes(6).hex())
            database.commit(UndoStep("Enter note", (Change(None, note),)))
            after = replace(note, text="corrected", withdrawn=ground.chance.choice(("", "by mistake")))
            database.commit(UndoStep("Correct note", (Change(note, after),)))
        elif kind == 0:
            database.commit(UndoStep("New patient", (Change(None, a_patient(ground.chance.randbytes(6).hex())),)))
        elif kind == 1 and done:
            step = done.pop()
            changes = tuple(change.reversed() for change in database.changes_of(step))
            database.commit(UndoStep("Place", changes), action=StepAction.UNDO, undoes=step)
        elif kind == 2:
            database.note("backup made")
        elif kind == 3:
            database.close()
            database = open_database(home, PASSPHRASE)
        else:
            save_mark(database, marks)
            done.append(database.steps(database.sessions()[0].id)[-1].number)
            marks += 1
    tally.acknowledged += 1
    tally.false_alarms += bool(database.verify().findings or database.notices)
    database.close()
    database = open_database(home, PASSPHRASE)
    tally.false_alarms += bool(database.notices)
    database.close()


ROW = Row(12, "audit rows edited, deleted, inserted, reordered, cut off; honest runs", run)
