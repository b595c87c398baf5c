"""The open database: commits whole, refuses stale and closed records, keeps order and history."""

import stat
import threading
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from mesomap.domain.change import Change, UndoStep
from mesomap.domain.errors import BadInputError, NotWritableError
from mesomap.domain.marks import InjectionSet, Mark
from mesomap.domain.session import Session, SessionStatus
from mesomap.storage import Database, Home, StepAction, create_database, make_backup, open_database
from mesomap.storage.engine import open_engine
from tests.records import CHEAP, a_patient, a_set, an_area, commit
from tests.unit.storage.conftest import PASSPHRASE, reopened


def test_everything_is_there_after_closing(home: Home, database: Database, session: Session) -> None:
    one, area = a_set(session, 3), an_area(session)
    commit(database, Change(None, one), Change(None, area), session=session)
    patients = database.patients()
    database.close()
    again = reopened(home)
    assert again.patients() == patients
    assert again.sessions() == (session,)
    assert again.marks(session.id) == (one, area)
    assert again.notices == ()
    assert again.verify().findings == ()
    again.close()


def test_a_failed_step_changes_nothing(database: Database, session: Session) -> None:
    mark, lost = a_set(session), a_set(replace(session, id=uuid4()))
    before = database.head
    with pytest.raises(Exception, match="FOREIGN KEY"):
        commit(database, Change(None, mark), Change(None, lost), session=session)
    assert database.marks(session.id) == ()
    assert database.head == before
    assert database.steps(session.id) == ()
    commit(database, Change(None, mark), session=session)
    assert database.marks(session.id) == (mark,)


def test_a_stale_record_is_refused(database: Database, session: Session) -> None:
    mine = replace(session, remark="mine")
    commit(database, Change(session, mine), session=session)
    with pytest.raises(BadInputError, match="changed in the meantime"):
        commit(database, Change(session, replace(session, remark="theirs")), session=session)
    assert database.session(session.id) == mine
    mark = a_set(session)
    with pytest.raises(BadInputError, match="changed in the meantime"):
        commit(database, Change(mark, None), session=session)


def test_one_stale_record_among_many_is_named_and_nothing_of_the_step_stays(
    database: Database, session: Session
) -> None:
    marks = [a_set(session, 2) for _ in range(5)]
    area = an_area(session)
    commit(database, *(Change(None, mark) for mark in marks), Change(None, area), session=session)
    theirs = replace(marks[3], remark="theirs")
    commit(database, Change(marks[3], theirs), session=session)
    moved = [Change(mark, replace(mark, points=mark.points[::-1])) for mark in marks]
    with pytest.raises(BadInputError, match=str(marks[3].id)):
        commit(database, *moved, session=session)
    with pytest.raises(BadInputError, match=str(marks[3].id)):
        commit(database, *(Change(mark, None) for mark in marks), session=session)
    before: tuple[Mark, ...] = (*marks[:3], theirs, marks[4], area)
    assert database.marks(session.id) == before
    longer = replace(area, remark="longer")
    fresh = [replace(mark, points=mark.points[:1]) for mark in before[:5] if isinstance(mark, InjectionSet)]
    after: tuple[Mark, ...] = (*fresh, longer)
    edits = [Change(old, new) for old, new in zip(before, after, strict=True)]
    commit(database, *edits, session=session)
    assert database.marks(session.id) == after
    commit(database, *(Change(mark, None) for mark in fresh), session=session)
    assert database.marks(session.id) == (longer,)
    assert database.verify().findings == ()


def test_patients_and_sessions_are_never_deleted(database: Database, session: Session) -> None:
    with pytest.raises(BadInputError, match="never deleted"):
        commit(database, Change(session, None))
    assert database.sessions() == (session,)


@pytest.mark.parametrize("status", [SessionStatus.SIGNED, SessionStatus.VOIDED])
def test_a_closed_session_takes_no_more_marks(
    home: Home, database: Database, session: Session, status: SessionStatus
) -> None:
    mark = a_set(session)
    commit(database, Change(None, mark), session=session)
    closed = replace(session, status=status)
    commit(database, Change(session, closed), session=session)
    for change in (Change(None, a_set(session)), Change(mark, None), Change(mark, mark.without(frozenset()))):
        with pytest.raises(BadInputError, match=f"is {status.value}"):
            commit(database, change, session=session)
    with pytest.raises(BadInputError, match=f"is {status.value}"):
        commit(database, Change(closed, replace(closed, remark="later")), session=session)
    key = database.subkey("database")
    database.close()
    engine = open_engine(home.database, key)  # past the program: the triggers hold
    with engine.connect() as connection:
        for statement in (
            "DELETE FROM marks",
            "UPDATE marks SET volume_ml = 9",
            "DELETE FROM audit",
            "DELETE FROM steps",
        ):
            with pytest.raises(Exception, match=r"closed|append-only"):
                connection.exec_driver_sql(statement)
    engine.dispose()


def test_marks_keep_the_order_of_charting_through_undo(database: Database, session: Session) -> None:
    marks = [a_set(session) for _ in range(3)]
    for mark in marks:
        commit(database, Change(None, mark), session=session)
    erased = commit(database, Change(marks[0], None), session=session, name="Erase")
    assert database.marks(session.id) == tuple(marks[1:])
    back = tuple(change.reversed() for change in database.changes_of(erased))
    database.commit(UndoStep("Erase", back, session.id), action=StepAction.UNDO, undoes=erased)
    assert database.marks(session.id) == tuple(marks)
    assert [(entry.action, entry.origin) for entry in database.steps(session.id)][-2:] == [
        (StepAction.DO, erased),
        (StepAction.UNDO, erased),
    ]
    assert database.verify().ok


def test_single_points_erased_stay_erased(home: Home, database: Database, session: Session) -> None:
    mark = a_set(session, 5)
    commit(database, Change(None, mark), session=session)
    thinned = mark.without(frozenset({1, 3}))
    commit(database, Change(mark, thinned), session=session)
    database.close()
    again = reopened(home)
    assert again.marks(session.id) == (thinned,)
    assert again.verify().ok
    again.close()


def test_a_step_changes_each_record_once(database: Database, session: Session) -> None:
    mark = a_set(session)
    with pytest.raises(ValueError, match="once"):
        commit(database, Change(None, mark), Change(mark, None), session=session)


def test_settings_are_written_with_the_step_or_not_at_all(database: Database, session: Session) -> None:
    database.commit(UndoStep("x", (Change(None, a_set(session)),), session.id), settings={"dose.papule": {"a": 1.5}})
    assert database.setting("dose.papule") == {"a": 1.5}
    with pytest.raises(BadInputError):
        database.commit(UndoStep("x", (Change(a_set(session), None),), session.id), settings={"dose.papule": 2})
    assert database.settings("dose.") == {"papule": {"a": 1.5}}
    assert database.setting("dose_papule") is None
    assert database.settings("d%") == {}


def test_hostile_text_is_kept_literally(database: Database) -> None:
    notes = "<b>x</b> =cmd|' /C calc'!A0 \x00 \u202e'; DROP TABLE patients; -- " + "e" + "\u0301" * 1000
    patient = a_patient(notes=notes)
    commit(database, Change(None, patient))
    assert database.patient(patient.id) == patient
    assert database.verify().ok


def test_half_a_character_is_refused_and_nothing_is_lost(database: Database, session: Session) -> None:
    with pytest.raises(BadInputError, match="half a character"):
        commit(database, Change(session, replace(session, remark="\ud800")), session=session)
    assert database.sessions() == (session,)


def test_a_full_disk_is_said_and_the_work_goes_on(database: Database, session: Session) -> None:
    """SQLite itself reports the full disk: its file may not grow for a while."""
    page_limit(database, 1)  # no less than the pages in use
    big = a_set(session, 20_000)
    with pytest.raises(NotWritableError, match="full"):
        commit(database, Change(None, big), session=session)
    kept = database.marks(session.id)
    assert kept == ()
    page_limit(database, 2**30)
    mark = a_set(session)
    commit(database, Change(None, mark), session=session)
    assert database.marks(session.id) == (*kept, mark)
    assert database.verify().ok


def page_limit(database: Database, pages: int) -> None:
    """Set the largest size of the file on every pooled connection."""
    connections = [database._engine().connect() for _ in range(2)]
    for connection in connections:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}").scalar_one()
        connection.close()


def test_a_practice_is_never_set_up_over_another(closed_home: Home) -> None:
    before = {path.name: path.read_bytes() for path in closed_home.root.iterdir() if path.is_file()}
    with pytest.raises(BadInputError, match="holds a practice already"):
        create_database(closed_home, "other", cost=CHEAP)
    closed_home.keys.rename(closed_home.root / "lost")
    with pytest.raises(BadInputError, match="holds a practice already"):
        create_database(closed_home, "other", cost=CHEAP)
    (closed_home.root / "lost").rename(closed_home.keys)
    assert before == {path.name: path.read_bytes() for path in closed_home.root.iterdir() if path.is_file()}


def test_a_setup_that_was_killed_is_finished_or_begun_again(home: Home) -> None:
    home.unfinished_database.write_bytes(b"half")  # killed before keys.json was there
    made, _ = create_database(home, PASSPHRASE, cost=CHEAP)
    made.close()
    home.database.rename(home.unfinished_database)  # killed between keys.json and the last rename
    again = open_database(home, PASSPHRASE)
    assert again.verify().ok
    again.close()
    assert not home.unfinished_database.exists()


def test_what_a_kill_left_of_small_files_is_cleared(closed_home: Home) -> None:
    for name in (".anchor.json.abc", ".keys.json.xyz"):
        (closed_home.root / name).write_text("half")
    reopened(closed_home).close()
    names = {path.name for path in closed_home.root.iterdir()}
    assert names == {"mesomap.db", "keys.json", "anchor.json", "photos", "backups", "logs"}


def test_only_the_owner_may_read(home: Home, session: Session) -> None:
    assert session
    assert stat.S_IMODE(home.root.stat().st_mode) == 0o700
    for path in home.root.iterdir():
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode & 0o077 == 0, path.name


def test_readers_in_other_threads_see_whole_steps(database: Database, session: Session) -> None:
    """Each step adds two marks; a reader must never see an odd number."""
    seen: list[int] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            seen.append(len(database.marks(session.id)))

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(15):
        commit(database, Change(None, a_set(session)), Change(None, a_set(session)), session=session)
    stop.set()
    reader.join()
    assert seen
    assert all(count % 2 == 0 for count in seen)


def test_a_folder_that_goes_away_is_said_before_anything_is_lost(
    home: Home, database: Database, session: Session, tmp_path: Path
) -> None:
    """SQLite goes on writing into a file that has no name any more; "saved" would be untrue."""
    away = tmp_path / "away"
    home.root.rename(away)
    with pytest.raises(NotWritableError, match="gone or was replaced"):
        commit(database, Change(None, a_set(session)), session=session)
    home.root.mkdir()
    home.database.write_bytes((away / "mesomap.db").read_bytes())
    with pytest.raises(NotWritableError, match="gone or was replaced"):
        commit(database, Change(None, a_set(session)), session=session)
    home.database.unlink()
    home.root.rmdir()
    away.rename(home.root)
    mark = a_set(session)
    commit(database, Change(None, mark), session=session)
    assert database.marks(session.id) == (mark,)


def test_a_closed_database_is_closed(home: Home, database: Database, session: Session) -> None:
    """After Lock nothing reads or writes any more without the passphrase: the keys are gone."""
    database.close()
    database.close()
    for attempt in (
        database.patients,
        lambda: commit(database, Change(None, a_set(session)), session=session),
        lambda: database.subkey("photos"),
        lambda: make_backup(database, home.backups),
    ):
        with pytest.raises(BadInputError, match="closed"):
            attempt()
    assert list(home.backups.iterdir()) == []


def test_the_passphrase_changes_without_touching_the_data(home: Home, database: Database, session: Session) -> None:
    database.change_passphrase("new one", CHEAP)
    database.close()
    data = Path(home.database).read_bytes()
    again = open_database(home, "new one")
    assert again.sessions() == (session,)
    again.close()
    assert data[:16] == Path(home.database).read_bytes()[:16]
