"""What the children do: chart and say so."""

import os
import time
from multiprocessing.connection import Connection
from pathlib import Path

from mesomap.domain.change import Change, UndoStep
from mesomap.domain.errors import MesoMapError
from mesomap.storage import Database, Home, HomeLock, open_database
from tests.records import a_set

PASSPHRASE = "four"


def chart(talk: Connection, home: str, early: bool = False) -> None:
    """Chart for ever: mark N holds N % 40 + 1 points that begin on triangle N; says N once it is saved.

    early: says so before it is, the control that must lose.
    """
    place = Home(Path(home))
    lock = HomeLock(place.lock)
    database = open_database(place, PASSPHRASE)
    number = len(database.marks(database.sessions()[0].id))
    while lock is not None:
        if early:
            talk.send(number)
            time.sleep(0.005)
        save_mark(database, number)
        if not early:
            talk.send(number)
        number += 1


def save_mark(database: Database, number: int) -> None:
    """One gesture: mark N."""
    session = database.sessions()[0]
    mark = a_set(session, number % 40 + 1, first=number)
    database.commit(UndoStep("Place", (Change(None, mark),), session.id))


def save_in_trouble(talk: Connection, home: str, checkpoint: bool, lying: bool = False) -> None:
    """Save one mark when told to and say "saved" or the sentence; then once more, as a person would.

    checkpoint: every save also brings the log into the file. lying: says "saved" whatever happened, as a control.
    """
    place = Home(Path(home))
    lock = HomeLock(place.lock)
    database = open_database(place, PASSPHRASE)
    number = len(database.marks(database.sessions()[0].id))
    if checkpoint:
        with database.reading() as connection:
            connection.exec_driver_sql("PRAGMA wal_autocheckpoint = 1")
    talk.send("ready")
    talk.recv()
    for _ in range(2):
        try:
            save_mark(database, number)
        except MesoMapError as error:
            talk.send("saved" if lying else error.sentence)
        else:
            talk.send("saved")
            number += 1
    database.close()
    lock.release()


def chart_and_note(talk: Connection, home: str, notes: str, count: int, synchronous: str) -> None:
    """Chart `count` marks; "saved N" is one write to a file, so that a tracer sees it in its place."""
    place = Home(Path(home))
    database = open_database(place, PASSPHRASE)
    with database.reading() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
    if synchronous != "FULL":
        # The pool keeps two connections; both must be as careless as the control wants them.
        with database.reading() as one, database.reading() as two:
            for each in (one, two):
                each.exec_driver_sql("ROLLBACK")
                each.exec_driver_sql(f"PRAGMA synchronous = {synchronous}")
    handle = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    talk.send("ready")
    talk.recv()
    number = len(database.marks(database.sessions()[0].id))
    for _ in range(count):
        save_mark(database, number)
        os.write(handle, f"saved {number}\n".encode())
        number += 1
    database.close()
    os.close(handle)
    talk.send("done")
