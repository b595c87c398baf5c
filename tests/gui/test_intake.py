"""Fifty photographs taken in by real events: damaged ones among them, stopped half way, a disk that is full."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from mesomap.domain.errors import NotWritableError
from mesomap.domain.photo import Photo
from mesomap.services import Practice
from mesomap.storage.files import write_parts_atomic
from mesomap.ui.desk import Desk
from mesomap.ui.main_window import MainWindow
from mesomap.ui.photos.decoding import jpeg_decoder
from mesomap.ui.photos.intake import Intake, sources_of
from mesomap.ui.photos.tab import PatientPhotos
from tests.gui.hands import tab_of, until
from tests.pictures import exif, face, saved

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
_COUNT, _CUT, _TEXT, _EMPTY = 50, 25, 10, 40
_DAMAGED = (_TEXT, _CUT, _EMPTY)


@pytest.fixture
def tab(window: MainWindow) -> PatientPhotos:
    return tab_of(window, PatientPhotos, "photos")


def camera(folder: Path, count: int, damaged: tuple[int, ...] = ()) -> list[Path]:
    """Small photographs, a minute after each other; of the damaged ones one is cut off, one a text, one empty."""
    files = []
    for number in range(count):
        marked = exif()
        moment = datetime(2026, 3, 14, 9, 0) + timedelta(minutes=number)
        marked.get_ifd(0x8769)[0x9003] = f"{moment:%Y:%m:%d %H:%M:%S}"
        data = saved(face(48, 64, seed=number, moles=3), exif=marked)
        if number in damaged:
            data = {_CUT: data[: len(data) // 2], _TEXT: b"Shopping list: milk, bread", _EMPTY: b""}[number]
        files.append(folder / f"{number:02d}.jpg")
        files[-1].write_bytes(data)
    return files


def names(photos: tuple[Photo, ...] | list[Photo]) -> list[str]:
    return [photo.name for photo in photos]


def whole(practice: Practice, photos: tuple[Photo, ...]) -> None:
    """Every photo has both its files, there is none beside them, and all is as recorded."""
    expected = {name for photo in photos for name in photo.file_names}
    assert {path.name for path in practice.home.photos.iterdir()} == expected
    report = practice.verify()
    assert report.ok
    assert report.findings == ()
    assert "photo files without a record" not in report.counts


def test_fifty_come_in_around_three_that_are_damaged(tab: PatientPhotos, practice: Practice, tmp_path: Path) -> None:
    files = camera(tmp_path, _COUNT, _DAMAGED)
    moved: list[tuple[int, int]] = []
    tab.intake.moved.connect(lambda done, count: moved.append((done, count)))

    def name_angle(photo: Photo) -> None:
        # One who works on while the rest comes in.
        if photo.name == "03.jpg":
            tab.album.set_angle(photo, "profile_left")

    tab.intake.came.connect(name_angle)
    tab.take_in(files)
    until(lambda: not tab.intake.running)
    expected = [path.name for number, path in enumerate(files) if number not in _DAMAGED]
    assert moved == [(done, _COUNT) for done in range(_COUNT + 1)]
    photos = tab.album.photos()
    assert names(photos) == names(tab.list.photos()) == names(tab.list.chosen()) == expected
    assert [photo.angle for photo in photos] == ["profile_left" if name == "03.jpg" else "" for name in expected]
    assert tab.list.photos() == list(photos)
    said = tab.side.said.text()
    assert "47 taken in." in said
    for number, words in (
        (_TEXT, "This is no JPEG, PNG, HEIC, TIFF or WebP picture. Choose another file."),
        (_CUT, "The picture is cut off or damaged. Copy it from the camera again."),
        (_EMPTY, "The file is empty. Choose another one."),
    ):
        assert f"“{number:02d}.jpg”: {words}" in said
    assert not tab.side.bar.isVisible()
    whole(practice, photos)


def test_stopped_at_twenty_what_came_is_whole_and_the_rest_is_left_out(
    tab: PatientPhotos, practice: Practice, tmp_path: Path
) -> None:
    came: list[Photo] = []

    def stop_at_twenty(photo: Photo) -> None:
        came.append(photo)
        if len(came) == 20:
            QTest.mouseClick(tab.side.stop, Qt.MouseButton.LeftButton)

    tab.intake.came.connect(stop_at_twenty)
    tab.take_in(camera(tmp_path, _COUNT))
    until(lambda: not tab.intake.running)
    photos = tab.album.photos()
    assert names(photos) == names(came) == [f"{number:02d}.jpg" for number in range(20)]
    assert "20 taken in." in tab.side.said.text()
    assert "30 files were left out." in tab.side.said.text()
    whole(practice, photos)
    # The same folder again: the rest comes in, nothing twice.
    tab.take_in([tmp_path])
    until(lambda: not tab.intake.running)
    assert len(tab.album.photos()) == _COUNT
    assert "“00.jpg”, “01.jpg”" in tab.side.said.text()
    assert tab.side.said.text().count("already") == 1
    whole(practice, tab.album.photos())


def fill_up(monkeypatch: pytest.MonkeyPatch, after: int) -> Callable[[], None]:
    """The disk is full after so many files; returns how room is made."""
    left = [after]

    def limited(path: Path, parts: Iterable[bytes | memoryview]) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise NotWritableError(f"The disk is full; “{path}” was not written. Free some space and try again.")
        write_parts_atomic(path, parts)

    monkeypatch.setattr("mesomap.storage.photo_files.write_parts_atomic", limited)
    return lambda: left.__setitem__(0, 1000)


@pytest.mark.parametrize("after", [6, 7])
def test_where_the_disk_is_full_it_is_said_once_and_nothing_is_half_there(
    tab: PatientPhotos, practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    files = camera(tmp_path, 9)
    make_room = fill_up(monkeypatch, after)
    tab.take_in(files)
    until(lambda: not tab.intake.running)
    said = tab.side.said.text()
    assert "3 taken in." in said
    assert said.count("The disk is full") == 1
    assert "“03.jpg”" in said
    assert "5 files were left out." in said
    assert names(tab.album.photos()) == ["00.jpg", "01.jpg", "02.jpg"]
    whole(practice, tab.album.photos())
    make_room()
    tab.take_in(files)
    until(lambda: not tab.intake.running)
    assert len(tab.album.photos()) == 9
    whole(practice, tab.album.photos())


def test_photos_are_seen_while_the_rest_comes_in(tab: PatientPhotos, tmp_path: Path) -> None:
    seen: list[int] = []
    tab._soon.setInterval(0)
    tab.list.changed.connect(lambda: seen.append(tab.list.count() if tab.intake.running else 0))
    tab.take_in(camera(tmp_path, 6))
    until(lambda: not tab.intake.running)
    assert any(seen)
    assert tab.list.count() == 6


def test_who_chooses_a_photo_while_the_rest_comes_in_keeps_it(tab: PatientPhotos, tmp_path: Path) -> None:
    files = camera(tmp_path, 7)
    tab.take_in(files[:1])
    until(lambda: not tab.intake.running)
    assert names(tab.list.chosen()) == ["00.jpg"]

    def choose(photo: Photo) -> None:
        if photo.name == "03.jpg":
            assert not tab.list.chosen()
            box = tab.list.visualItemRect(tab.list.item(tab.list.count() - 1))
            QTest.mouseClick(tab.list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
            QTest.mouseClick(tab.side.angles["front"], Qt.MouseButton.LeftButton)

    tab.intake.came.connect(choose)
    tab.take_in(files[1:])
    until(lambda: not tab.intake.running)
    assert names(tab.list.chosen()) == ["00.jpg"]
    assert [photo.angle for photo in tab.album.photos()] == ["front", *[""] * 6]
    assert names(tab.list.photos()) == [path.name for path in files]


def test_a_practice_that_is_closed_meanwhile_ends_the_intake_with_one_sentence(
    tab: PatientPhotos, practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake, over = Intake(tab._context, tab.worker), list[list[str]]()
    intake.over.connect(lambda _taken, refused: over.append(refused))
    intake.came.connect(lambda _photo: monkeypatch.setattr(Desk, "practice", None))
    intake.start(sources_of(camera(tmp_path, 5)))
    try:
        until(lambda: bool(over))
    finally:
        monkeypatch.undo()
    closed, left_out = over[0]
    assert closed.startswith("“01.jpg”: ")
    assert left_out.startswith("3 files were left out.")
    whole(practice, tab.album.photos())


def test_thumbnails_are_decoded_and_nothing_of_them_stays(tab: PatientPhotos) -> None:
    decoder = jpeg_decoder()
    image = decoder.image(saved(face(40, 50)))
    assert (image.width(), image.height()) == (40, 50)
    assert decoder.image(b"no picture").isNull()
    assert decoder.image(b"").isNull()
    assert decoder._held.data().isEmpty()
    assert tab.list.count() == 0


def test_a_folder_that_cannot_be_read_is_said_and_one_without_pictures_too(
    tab: PatientPhotos, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "holidays"
    folder.mkdir()
    tab.take_in([folder])
    assert "There is no picture in this folder." in tab.side.said.text()

    def refused(_path: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "iterdir", refused)
    tab.take_in([folder])
    assert "The folder “holidays” cannot be read." in tab.side.said.text()
    assert not tab.intake.running


def test_the_bytes_of_a_picture_on_the_clipboard_are_taken_as_they_are(tab: PatientPhotos) -> None:
    held = QMimeData()
    held.setData("image/png", saved(face(40, 50), "PNG"))
    QGuiApplication.clipboard().setMimeData(held)
    tab.paste()
    until(lambda: not tab.intake.running)
    QGuiApplication.clipboard().clear()
    assert [(photo.width_px, photo.height_px) for photo in tab.album.photos()] == [(40, 50)]


def test_a_picture_with_clear_parts_is_pasted_with_them(tab: PatientPhotos, practice: Practice) -> None:
    image = QImage(33, 20, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    QGuiApplication.clipboard().setImage(image)
    tab.paste()
    until(lambda: not tab.intake.running)
    QGuiApplication.clipboard().clear()
    (photo,) = tab.album.photos()
    kept = QImage.fromData(practice.photo_files.read(photo.file))
    assert kept.hasAlphaChannel()
    assert (kept.width(), kept.height(), kept.pixelColor(5, 5).alpha()) == (33, 20, 0)


def test_files_and_a_folder_are_chosen_by_the_buttons(
    tab: PatientPhotos, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = camera(tmp_path, 3)
    asked: list[str] = []

    def choose_files(*asks: object) -> tuple[list[str], str]:
        asked.append(str(asks[-1]))
        return ([str(files[0])], "") if len(asked) > 1 else ([], "")

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose_files)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_asks: str(tmp_path))
    for _ in range(2):
        QTest.mouseClick(tab.side.files, Qt.MouseButton.LeftButton)
    until(lambda: not tab.intake.running)
    assert all(ending in asked[0] for ending in ("*.jpg", "*.heic", "*.webp", "*.tiff", "*.png"))
    assert names(tab.album.photos()) == ["00.jpg"]
    QTest.mouseClick(tab.side.folder, Qt.MouseButton.LeftButton)
    until(lambda: not tab.intake.running)
    assert names(tab.album.photos()) == ["00.jpg", "01.jpg", "02.jpg"]
