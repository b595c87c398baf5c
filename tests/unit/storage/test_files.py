"""Files are written whole or not at all."""

import errno
import os
from pathlib import Path

import pytest

from mesomap.domain.errors import NotWritableError
from mesomap.storage.files import make_private_folder, sentence_for, write_atomic


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    for data in (b"one", b"a longer second", b""):
        write_atomic(path, data)
        assert path.read_bytes() == data
        assert [entry.name for entry in tmp_path.iterdir()] == ["keys.json"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_a_failure_at_any_step_keeps_the_old_file_and_leaves_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int
) -> None:
    path = tmp_path / "keys.json"
    write_atomic(path, b"old")

    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        if step == "fsync":
            patch.setattr(os, "fsync", fail)
        else:
            patch.setattr(Path, "replace", fail)
        with pytest.raises(NotWritableError, match=r"keys\.json"):
            write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["keys.json"]
    write_atomic(path, b"new")
    assert path.read_bytes() == b"new"


def test_the_reasons_are_told_apart(tmp_path: Path) -> None:
    reasons = {
        errno.ENOSPC: "disk is full",
        errno.EACCES: "permissions",
        errno.EROFS: "permissions",
        errno.ENOTDIR: "in the way",
        errno.EIO: "cannot be written",
    }
    for code, words in reasons.items():
        sentence = sentence_for(OSError(code, os.strerror(code)), tmp_path / "x").sentence
        assert words in sentence
        assert "x" in sentence
        assert sentence.endswith(".")


def test_an_existing_home_is_closed_to_others(tmp_path: Path) -> None:
    folder = tmp_path / "home"
    folder.mkdir(mode=0o755)
    make_private_folder(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
