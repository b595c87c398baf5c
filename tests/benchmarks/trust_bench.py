"""What trust costs: a gesture beside plain SQLite, unlocking, locking, a look at everything."""

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import create_engine, event

from mesomap.domain.change import Change, UndoStep
from mesomap.domain.marks import InjectionSet
from mesomap.domain.session import Session
from mesomap.services import Practice
from mesomap.storage import Database, Home, HomeLock, KdfCost, StepAction, create_database
from mesomap.storage.tables import metadata
from mesomap.storage.unit_of_work import write_step
from tests.benchmarks.table import Row
from tests.records import NOON, a_patient, a_session, a_set

_GESTURES = 120
_SECRET = "a sentence is best"


def trust_rows() -> list[Row]:
    """Times are what a person waits, not processor time: the disk is part of it."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "practice")
        home.prepare()
        database, _ = create_database(home, _SECRET, cost=KdfCost(1, 8, 1))
        patient = a_patient()
        session = a_session(patient)
        database.commit(UndoStep("New", (Change(None, patient), Change(None, session))))
        own, floor = _gestures(database, session, Path(folder) / "plain.db")
        database.close()
        unlock, derive, lock = _doors(Path(folder) / "usual")
    return [
        Row("a tap recorded (audit, encryption, anchor)", own, None, "the same rows in plain SQLite", floor),
        Row("unlock: key derivation and opening", unlock, 400, "the key derivation alone", derive),
        Row("lock: connections closed, keys gone", lock, 100, "", 0.0),
    ]


def _gestures(database: Database, session: Session, plain: Path) -> tuple[float, float]:
    """Median ms of one mark of one point: by the program, and by the same statements on an open, plain file.

    By turns, so that both meet the same disk.
    """
    engine = create_engine(f"sqlite:///{plain}")
    event.listen(engine, "connect", lambda raw, _record: _like_ours(raw))
    metadata.create_all(engine)
    own, floor = [], []
    with engine.connect() as connection:
        begin = (Change(None, session),)
        write_step(connection, name="New", session_id=None, changes=begin, action=StepAction.DO, undoes=None, **_HAND)
        connection.commit()
        for number in range(_GESTURES):
            mark: InjectionSet = a_set(session, 1, first=number)
            step = UndoStep("Place", (Change(None, mark),), session.id)
            own.append(_ms(partial(database.commit, step)))

            def plainly(mark: InjectionSet = mark) -> None:
                write_step(
                    connection, name="Place", session_id=session.id, changes=(Change(None, mark),),
                    action=StepAction.DO, undoes=None, **_HAND,
                )  # fmt: skip
                connection.commit()

            floor.append(_ms(plainly))
    engine.dispose()
    return median(own[10:]), median(floor[10:])


_HAND: dict[str, Any] = {"at": NOON.isoformat(), "who": ""}


def _like_ours(raw: Any) -> None:
    cursor = raw.cursor()
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "temp_store = MEMORY"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _ms(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3


def _doors(root: Path) -> tuple[float, float, float]:
    """Median ms of opening with the usual cost of the key, of deriving it, and of closing."""
    from mesomap.storage.key_file import read_key_file, unlock

    Practice.create(root, _SECRET).close()
    home = Home(root)
    HomeLock(home.lock).release()
    opened, derived, closed = [], [], []
    for _ in range(5):
        found: list[Practice] = []
        opened.append(_ms(partial(_open_into, found, root)))
        derived.append(_ms(lambda: unlock(read_key_file(home.keys), _SECRET)))
        closed.append(_ms(found[0].close))
    return median(opened), median(derived), median(closed)


def _open_into(found: list[Practice], root: Path) -> None:
    found.append(Practice.open(root, _SECRET))
