"""Photographs on the patient's page by real events: dropped, pasted, named, laid on each other, saved with consent."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget

from mesomap.domain.photo import LaidBy, PhotoAlignment
from mesomap.services import Practice
from mesomap.ui.main_window import MainWindow
from mesomap.ui.photos.before_after import BeforeAfter
from mesomap.ui.photos.pair_pane import PairPane
from mesomap.ui.photos.pair_view import Mode
from mesomap.ui.photos.pairs_dialog import PairsDialog
from mesomap.ui.photos.tab import PatientPhotos
from tests.gui.hands import tab_of, until
from tests.pictures import exif, face, saved

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def tab(window: MainWindow) -> PatientPhotos:
    found = tab_of(window, PatientPhotos, "photos")
    QApplication.processEvents()
    return found


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Two shots of one face, the second turned and darker; a damaged file between them."""
    folder = tmp_path / "from the camera"
    folder.mkdir()
    whole = face(600, 800, moles=160)
    first, second = exif(), exif()
    second.get_ifd(0x8769)[0x9003] = "2026:06:20 10:00:00"
    darker = whole.rotate(4, Image.Resampling.BICUBIC, fillcolor=(196, 188, 180)).point(lambda value: value * 0.8)
    (folder / "a.jpg").write_bytes(saved(whole, exif=first, quality=92))
    (folder / "b.jpg").write_bytes(saved(whole, quality=92)[:9000])
    (folder / "c.jpg").write_bytes(saved(darker, exif=second, quality=92))
    return folder


def drop(tab: PatientPhotos, *paths: Path) -> None:
    """Let files go over the tab."""
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, buttons, keys = Qt.DropAction.CopyAction, LEFT, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(tab, QDragEnterEvent(QPoint(50, 50), action, held, buttons, keys))
    QApplication.sendEvent(tab, QDropEvent(QPointF(50, 50), action, held, buttons, keys))
    until(lambda: not tab.intake.running)


def click(widget: QWidget | None) -> None:
    assert widget is not None
    assert widget.isVisible()
    QTest.mouseClick(widget, LEFT)


def tap_card(tab: PatientPhotos, row: int) -> None:
    box = tab.list.visualItemRect(tab.list.item(row))
    QTest.mouseClick(tab.list.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, box.center())


def opened(tab: PatientPhotos, pictures: Path) -> BeforeAfter:
    """Both photos taken in, chosen and opened before and after."""
    drop(tab, pictures)
    assert [photo.name for photo in tab.list.chosen()] == ["a.jpg", "c.jpg"]
    click(tab.side.compare)
    pair = tab.pair
    assert pair is not None
    until(lambda: pair.view.zoom != 1.0)
    return pair


def test_a_damaged_file_is_named_and_the_rest_comes_in(tab: PatientPhotos, pictures: Path) -> None:
    drop(tab, pictures)
    assert [photo.name for photo in tab.album.photos()] == ["a.jpg", "c.jpg"]
    said = tab.side.said.text()
    assert "2 taken in." in said
    assert "“b.jpg”: The picture is cut off" in said
    assert not tab.side.bar.isVisible()
    # The same folder again: nothing twice, and it is said.
    drop(tab, pictures)
    assert len(tab.album.photos()) == 2
    assert "“a.jpg”, “c.jpg”: This photo is in the record already." in tab.side.said.text()


def test_progress_is_shown_and_stop_leaves_the_rest_out(tab: PatientPhotos, pictures: Path) -> None:
    tab.take_in([pictures / "a.jpg", pictures / "c.jpg"])
    assert tab.side.bar.isVisible()
    assert tab.side.counted.text() == "0 of 2"
    click(tab.side.stop)
    until(lambda: not tab.intake.running)
    assert len(tab.album.photos()) == 1


def test_a_picture_is_pasted(tab: PatientPhotos) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    click(tab.side.paste)
    until(lambda: not tab.intake.running)
    (photo,) = tab.album.photos()
    assert (photo.width_px, photo.height_px) == (40, 30)
    QGuiApplication.clipboard().clear()
    click(tab.side.paste)
    assert "no picture" in tab.side.said.text()


def test_the_angle_is_set_by_one_tap_and_taken_back_by_another(tab: PatientPhotos, pictures: Path) -> None:
    drop(tab, pictures)
    tap_card(tab, 0)
    assert [photo.name for photo in tab.list.chosen()] == ["a.jpg"]
    click(tab.side.angles["profile_right"])
    assert [photo.angle for photo in tab.album.photos()] == ["profile_right", ""]
    click(tab.side.angles["profile_right"])
    assert [photo.angle for photo in tab.album.photos()] == ["", ""]


def test_two_photos_are_laid_on_each_other_and_seen_in_every_mode(
    tab: PatientPhotos, pictures: Path, practice: Practice
) -> None:
    pair = opened(tab, pictures)
    (fit,) = practice.entries(PhotoAlignment)
    assert (fit.laid_by, round(abs(fit.turn_deg))) == (LaidBy.PROGRAM, 4)
    assert "agree" in pair.said.text()
    assert "turned by 4°" in pair.said.text()
    view = pair.view
    middle = QPoint(view.width() // 2, view.height() // 2)
    QTest.mousePress(view, LEFT, Qt.KeyboardModifier.NoModifier, middle)
    QTest.mouseMove(view, middle + QPoint(-view.width() // 4, 0))
    QTest.mouseRelease(view, LEFT, Qt.KeyboardModifier.NoModifier, middle)
    assert view.share == pytest.approx(0.25, abs=0.02)
    seen = [view.grab().toImage()]
    for mode in ("side_by_side", "opacity", "blink"):
        click(pair.modes.button(mode))
        seen.append(view.grab().toImage())
    assert all(one != other for number, one in enumerate(seen) for other in seen[:number])
    until(lambda: view.grab().toImage() != seen[-1])
    click(pair.modes.button("side_by_side"))
    view.setFocus()
    before = view.zoom
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom > before
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.zoom == pytest.approx(before)


def test_tones_are_matched_for_display_and_the_bytes_stay(
    tab: PatientPhotos, pictures: Path, practice: Practice
) -> None:
    pair = opened(tab, pictures)
    files = {path.name: path.read_bytes() for path in practice.home.photos.iterdir()}
    click(pair.modes.button("side_by_side"))
    plain = pair.view.grab().toImage()
    click(pair.toned)
    until(lambda: "matched for display only" in pair.said.text())
    assert pair.view.grab().toImage() != plain
    assert "light matched for display only" in pair.notes()
    assert {path.name: path.read_bytes() for path in practice.home.photos.iterdir()} == files


def _tap(pane: PairPane, x: float, y: float) -> None:
    QTest.mouseClick(pane, LEFT, Qt.KeyboardModifier.NoModifier, pane.on_screen(QPointF(x, y)).toPoint())


def _by_keys(dialog: PairsDialog) -> None:
    """Three places on each photo, without a pointer: the second photo is the next one that the keyboard comes to."""
    dialog.before.setFocus()
    for pane, away in ((dialog.before, 0), (dialog.after, 20)):
        assert pane.hasFocus()
        for keys in ((Qt.Key.Key_Left,) * 3, (Qt.Key.Key_Right,) * 3, (Qt.Key.Key_Down,) * 3):
            QTest.keyClick(pane, Qt.Key.Key_Space)
            for key in keys:
                QTest.keyClick(pane, key, Qt.KeyboardModifier.ControlModifier)
            for _ in range(away // 10):
                QTest.keyClick(pane, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyClick(pane, Qt.Key.Key_Tab)


def _by_taps(dialog: PairsDialog) -> None:
    for x, y in ((150, 200), (450, 220), (300, 600)):
        _tap(dialog.before, x, y)
        _tap(dialog.after, x + 20, y + 10)


@pytest.mark.parametrize("mark_places", [_by_taps, _by_keys], ids=["pointer", "keys"])
def test_what_the_program_cannot_lay_is_laid_by_hand(
    tab: PatientPhotos, tmp_path: Path, practice: Practice, mark_places: Callable[[PairsDialog], None]
) -> None:
    for number in (1, 2):
        shot = Image.new("RGB", (600, 800), (200 - number, 170, 150))
        (tmp_path / f"{number}.png").write_bytes(saved(shot, "PNG"))
    drop(tab, tmp_path / "1.png", tmp_path / "2.png")
    click(tab.side.compare)
    pair = tab.pair
    assert pair is not None
    until(lambda: "by hand" in pair.said.text())
    # Two halves that do not lie on each other are no picture.
    assert pair.view.mode is Mode.SIDE_BY_SIDE
    said: list[str] = []

    def mark() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PairsDialog)
        QTimer.singleShot(30_000, dialog.reject)
        until(lambda: dialog.before.on_screen(QPointF(300, 0)) != QPointF(300, 0))
        assert not dialog.done_button.isEnabled()
        mark_places(dialog)
        said.append(dialog.said.text())
        QTest.keyClick(dialog.after, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        said.append(dialog.said.text())
        click(dialog.done_button)

    QTimer.singleShot(0, mark)
    click(pair.by_hand)
    (fit,) = practice.entries(PhotoAlignment)
    assert fit.laid_by is LaidBy.HAND
    assert fit.scale == pytest.approx(1.0, abs=0.05)
    assert said[0].startswith("3 places, median error")
    assert said[0] != said[1]
    until(lambda: "Laid on by hand" in pair.said.text())
    # Both photos in full size went with the window in which they were laid.
    until(lambda: not tab.window().findChildren(PairsDialog))


def test_putting_away_asks_why_and_the_list_is_empty_again(tab: PatientPhotos, pictures: Path) -> None:
    drop(tab, pictures / "a.jpg")

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        try:
            QTest.keyClicks(dialog.findChildren(QPlainTextEdit)[0], "another person")
            click(next(one for one in dialog.findChildren(QPushButton) if one.text() == "Put away"))
        finally:
            dialog.close()

    QTimer.singleShot(0, answer)
    click(tab.side.put_away)
    assert tab.album.photos() == ()
    assert not tab.list.isVisible()


@pytest.mark.parametrize("lost", ["missing", "damaged"])
def test_where_one_photo_cannot_be_shown_the_other_is_and_why_is_said(
    tab: PatientPhotos, pictures: Path, practice: Practice, lost: str
) -> None:
    drop(tab, pictures)
    earlier = tab.album.photos()[0]
    path = practice.home.photos / earlier.file
    if lost == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-1])
    click(tab.side.compare)
    pair = tab.pair
    assert pair is not None
    until(lambda: "Only the other photo is shown." in pair.said.text())
    assert lost in pair.said.text()
    assert pair.view.captions[0].startswith(tab.album.photos()[1].taken_at.astimezone().strftime("%d"))
    assert pair.view.zoom != 1.0
    assert not pair.modes.isEnabled()
    assert not pair.by_hand.isEnabled()
    # The way back is open.
    click(next(one for one in pair.findChildren(QPushButton) if one.text() == "All photos"))
    assert tab.list.isVisible()


def test_the_visit_of_a_photo_is_chosen_in_the_list(tab: PatientPhotos, pictures: Path, practice: Practice) -> None:
    drop(tab, pictures / "a.jpg")
    atlas = tab._context.desk.atlas()
    first, second = (practice.new_session(tab.album.patient_id, atlas) for _ in range(2))
    tab.refresh()
    field = tab.side.visit
    assert field.currentText() == "no visit"
    assert field.isEnabled()
    row = field.findData(str(second.id))
    field.setFocus()
    for _ in range(abs(row - field.currentIndex())):
        QTest.keyClick(field, Qt.Key.Key_Down)
    assert tab.album.photos()[0].session_id == second.id
    assert field.currentText().startswith(f"{second.number} · ")
    tab.list.clearSelection()
    assert not field.isEnabled()
    assert field.findData(str(first.id)) > 0


def test_photos_from_different_angles_are_told_so(tab: PatientPhotos, pictures: Path) -> None:
    drop(tab, pictures)
    earlier, later = tab.album.photos()
    tab.album.set_angle(earlier, "front")
    tab.album.set_angle(later, "profile_left")
    tab.refresh()
    click(tab.side.compare)
    pair = tab.pair
    assert pair is not None
    until(lambda: pair.view.zoom != 1.0)
    assert "Taken from different angles: Front, then Profile left." in pair.said.text()


def test_many_photos_are_chosen_with_one_word_to_the_column(tab: PatientPhotos, pictures: Path) -> None:
    drop(tab, pictures)
    told: list[int] = []
    tab.list.changed.connect(lambda: told.append(len(tab.list.chosen())))
    tab.list.choose([photo.id for photo in tab.album.photos()])
    assert told == [2]
    tab.list.choose([])
    assert told == [2, 0]
