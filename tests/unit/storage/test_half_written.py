"""What a power cut leaves while the log goes into the file: the log holds it whole, nothing is lost or refused."""

import shutil
from pathlib import Path

from mesomap.domain.change import Change
from mesomap.domain.session import Session
from mesomap.storage import Database, Home
from tests.records import a_set, commit
from tests.unit.storage.conftest import reopened


def _left_by_a_power_cut(database: Database, session: Session, to: Path) -> Home:
    """The files of an open practice, its log full, as they lie on the disk."""
    for _ in range(8):
        commit(database, Change(None, a_set(session, 200)), session=session)
    home = Home(to)
    shutil.copytree(database.home.root, to)
    (to / "mesomap.db-shm").unlink()
    return home


def test_half_a_page_at_the_end_of_the_file(database: Database, session: Session, tmp_path: Path) -> None:
    home = _left_by_a_power_cut(database, session, tmp_path / "after")
    with home.database.open("ab") as stream:
        stream.write(bytes(512))
    again = reopened(home)
    assert len(again.marks(session.id)) == 8
    assert again.verify().findings == ()
    assert again.notices == ()
    again.close()
    assert home.database.stat().st_size % 4096 == 0


def test_a_half_written_page_inside_the_file(database: Database, session: Session, tmp_path: Path) -> None:
    home = _left_by_a_power_cut(database, session, tmp_path / "after")
    with (home.root / "mesomap.db-wal").open("rb") as log:
        log.seek(32)
        page = int.from_bytes(log.read(4), "big")  # the first page that the log holds
    with home.database.open("rb+") as stream:
        stream.seek((page - 1) * 4096 + 512)
        stream.write(bytes(1024))
    again = reopened(home)
    assert len(again.marks(session.id)) == 8
    assert again.verify().findings == ()
    again.close()
    whole = reopened(home)
    assert whole.verify().findings == ()
    whole.close()
