"""Files of photos: what is read is what was written, and nothing else is ever read."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from mesomap.domain.errors import DamagedError, NotFoundError, NotWritableError
from mesomap.storage.photo_files import PhotoFiles

_KEY, _STEP = bytes(range(32)), 1 << 18
_NAME = "ab" * 32


@pytest.fixture
def files(tmp_path: Path) -> PhotoFiles:
    return PhotoFiles(tmp_path, _KEY)


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, _STEP - 1, _STEP, _STEP + 1, 3 * _STEP + 5])
def test_what_is_read_is_what_was_written(files: PhotoFiles, tmp_path: Path, size: int) -> None:
    data = bytes(range(251)) * (size // 251 + 1)
    files.write(_NAME, data[:size])
    assert files.read(_NAME) == data[:size]
    assert data[:64] not in (tmp_path / _NAME).read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == [_NAME]


def test_the_file_is_one_text_of_the_cipher(files: PhotoFiles, tmp_path: Path) -> None:
    """Coded in steps or in one go, it is the same file: those of before are read, and these by who codes in one go."""
    data = bytes(_STEP + 77)
    files.write(_NAME, data)
    whole = (tmp_path / _NAME).read_bytes()
    coder = AESGCM(files._coding)
    assert coder.decrypt(whole[5:17], whole[17:], _NAME.encode()) == data
    (tmp_path / _NAME).write_bytes(whole[:17] + coder.encrypt(whole[5:17], data[::-1] + b"1", _NAME.encode()))
    assert files.read(_NAME) == data[::-1] + b"1"


@given(st.integers(0, 1 << 30), st.integers(1, 255))
def test_one_changed_byte_is_found_wherever_it_is(
    tmp_path_factory: pytest.TempPathFactory, place: int, by: int
) -> None:
    folder = tmp_path_factory.mktemp("photos")
    files = PhotoFiles(folder, _KEY)
    files.write(_NAME, b"a picture" * 9)
    whole = bytearray((folder / _NAME).read_bytes())
    whole[place % len(whole)] ^= by
    (folder / _NAME).write_bytes(whole)
    with pytest.raises(DamagedError):
        files.read(_NAME)
    (folder / _NAME).write_bytes(whole[: place % len(whole)])
    with pytest.raises(DamagedError):
        files.read(_NAME)


def test_files_cannot_change_places(files: PhotoFiles, tmp_path: Path) -> None:
    other = "cd" * 32
    files.write(_NAME, b"one")
    (tmp_path / _NAME).rename(tmp_path / other)
    with pytest.raises(DamagedError):
        files.read(other)
    with pytest.raises(NotFoundError):
        files.read(_NAME)


def test_where_nothing_can_be_written_nothing_is_left(tmp_path: Path) -> None:
    files = PhotoFiles(tmp_path / "no such folder", _KEY)
    with pytest.raises(NotWritableError):
        files.write(_NAME, b"one")
    assert not list(tmp_path.iterdir())
