"""Small practices to harm, and looking at what is left of them."""

import shutil
from pathlib import Path

from mesomap.domain.change import Change
from mesomap.domain.marks import InjectionSet
from mesomap.domain.photo import Photo
from mesomap.services import Practice
from mesomap.storage import Home, HomeLock, create_database, open_database
from tests.faults.campaign import Tally
from tests.faults.children import PASSPHRASE
from tests.faults.gestures import photos_before, save_gesture
from tests.records import CHEAP, a_patient, a_session, commit


def new_home(root: Path, marks: int = 0) -> Home:
    """A closed practice with one patient and one session of so many marks, with the photos between them."""
    home = Home(root)
    home.prepare()
    made, _ = create_database(home, PASSPHRASE, cost=CHEAP)
    patient = a_patient()
    commit(made, Change(None, patient))
    commit(made, Change(None, a_session(patient)))
    made.close()
    if marks:
        with Practice.open(root, PASSPHRASE) as practice:
            for number in range(marks):
                save_gesture(practice, number)
    return home


def copied(home: Home, root: Path) -> Home:
    """A copy of a closed home in a new place."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(home.root, root)
    return Home(root)


def count_what_is_left(home: Home, acknowledged: int, tally: Tally, *, photos: int | None = None) -> int:
    """Open a home after a fault: so many marks were acknowledged. Everything there must be whole and in its order.

    photos: so many were acknowledged; left out, those that come with the marks. None of them may be there without its
    files. Returns the number of marks that are there.
    """
    HomeLock(home.lock).release()  # the lock of a killed process does not count
    database = open_database(home, PASSPHRASE)
    marks = database.marks(database.sessions()[0].id)
    there = len(database.entries(Photo))
    findings, notices = database.verify().findings, database.notices
    database.close()
    tally.lost += max(0, acknowledged - len(marks))
    tally.lost += max(0, (photos_before(acknowledged) if photos is None else photos) - there)
    for number, mark in enumerate(marks):
        whole = isinstance(mark, InjectionSet) and (mark.count, mark.points[0].triangle) == (number % 40 + 1, number)
        tally.torn += not whole
    without = [text for text in findings if text.startswith("Photo ")]
    tally.torn += len(without)
    if findings or notices:
        tally.false_alarms += len(findings) + len(notices) > len(without)
        tally.remarks.append((findings or notices)[0])
    return len(marks)
