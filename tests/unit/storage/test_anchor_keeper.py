"""The anchor of an open practice: the newest state is there after a kill, anchor.json is whole after closing."""

from pathlib import Path

import pytest

from mesomap.domain.change import Change
from mesomap.domain.session import Session
from mesomap.storage import Database, Home, anchor_keeper
from mesomap.storage.anchor import Anchor, read_anchor
from mesomap.storage.anchor_keeper import LIVE_NAME, AnchorKeeper, newest_anchor
from mesomap.storage.audit import Head
from tests.records import a_set, commit

KEY = bytes(32)


def _anchor(sequence: int, *breaks: str) -> Anchor:
    return Anchor(Head(sequence, bytes([sequence] * 32)), breaks)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "anchor.json"


def test_the_newest_state_is_read_while_open_and_after_a_kill(path: Path) -> None:
    keeper = AnchorKeeper(path)
    for sequence in (1, 2, 200):
        keeper.write(_anchor(sequence), KEY)
        assert newest_anchor(path, KEY) == _anchor(sequence)
    assert read_anchor(path, KEY) == _anchor(1), "a commit does not wait for the disk twice"


def test_closing_leaves_one_whole_file(path: Path) -> None:
    keeper = AnchorKeeper(path)
    keeper.write(_anchor(1, "a break that was found"), KEY)
    keeper.write(_anchor(2, "a break that was found"), KEY)
    keeper.write(_anchor(3), KEY)
    keeper.write(_anchor(4), KEY)
    keeper.close()
    keeper.close()
    assert read_anchor(path, KEY) == _anchor(4)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_it_is_made_durable_now_and_then(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anchor_keeper, "_DURABLE_S", 0.0)
    keeper = AnchorKeeper(path)
    keeper.write(_anchor(1), KEY)
    keeper.write(_anchor(2), KEY)
    assert read_anchor(path, KEY) == _anchor(2)
    keeper.close()


@pytest.mark.parametrize("left", [b"", b"half", b"{}"])
def test_what_a_power_cut_left_half_written_is_passed_over(path: Path, left: bytes) -> None:
    keeper = AnchorKeeper(path)
    keeper.write(_anchor(1), KEY)
    path.with_name(LIVE_NAME).write_bytes(left)
    assert newest_anchor(path, KEY) == _anchor(1)
    path.unlink()
    assert newest_anchor(path, KEY) is None


def test_a_shorter_text_leaves_nothing_of_the_longer_one(path: Path) -> None:
    keeper = AnchorKeeper(path)
    keeper.write(_anchor(1), KEY)
    keeper.write(_anchor(2000 % 256), KEY)
    keeper.write(Anchor(Head(123456, bytes(32))), KEY)
    keeper.write(_anchor(7), KEY)
    assert read_anchor(path.with_name(LIVE_NAME), KEY) == _anchor(7)


def test_a_closed_practice_has_no_file_beside_the_anchor(database: Database, session: Session, home: Home) -> None:
    commit(database, Change(None, a_set(session)), session=session)
    assert (home.root / LIVE_NAME).exists()
    database.close()
    assert not (home.root / LIVE_NAME).exists()
