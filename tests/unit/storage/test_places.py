"""No practice in a network folder, none set up in a folder that is copied while it is open."""

from pathlib import Path

import pytest

from mesomap.domain.errors import BadInputError
from mesomap.storage import Home, create_database, open_database, places
from tests.records import CHEAP
from tests.unit.storage.conftest import PASSPHRASE


@pytest.fixture
def mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A table of file systems of our own."""
    table = tmp_path / "mounts"
    monkeypatch.setattr(places, "_MOUNTS", table)
    return table


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_a_network_folder_is_refused_and_nothing_is_written(closed_home: Home, mounts: Path, kind: str) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in closed_home.root.iterdir()}
    mounts.write_text(f"/dev/sda / ext4 rw 0 0\nserver:/x {closed_home.root} {kind} rw 0 0\n")
    with pytest.raises(BadInputError, match="another computer"):
        open_database(closed_home, PASSPHRASE)
    with pytest.raises(BadInputError, match="another computer"):
        create_database(Home(closed_home.root / "new"), PASSPHRASE, cost=CHEAP)
    assert {path.name: path.stat().st_mtime_ns for path in closed_home.root.iterdir()} == before


def test_a_disk_of_this_computer_inside_a_network_folder_is_taken(closed_home: Home, mounts: Path) -> None:
    mounts.write_text(f"server:/x / nfs rw 0 0\nbroken\n/dev/sdb {closed_home.root} ext4 rw 0 0\n")
    open_database(closed_home, PASSPHRASE).close()
    mounts.unlink()
    open_database(closed_home, PASSPHRASE).close()


@pytest.mark.parametrize("name", ["Dropbox", "OneDrive - Praxis", "Nextcloud"])
def test_none_is_set_up_in_a_folder_that_is_copied(tmp_path: Path, name: str) -> None:
    home = Home(tmp_path / name / "practice")
    home.prepare()
    with pytest.raises(BadInputError, match="another program copies"):
        create_database(home, PASSPHRASE, cost=CHEAP)
    assert not home.exists()
