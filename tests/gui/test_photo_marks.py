"""Marks over photos by real events: landmarks tapped one after the other, the fit said, marks switched on and off."""

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mesomap.app.application import make_application
from mesomap.atlas import Atlas
from mesomap.atlas.landmarks import landmarks_of
from mesomap.domain.marks import Dose
from mesomap.domain.photo import Photo, PhotoLandmarks
from mesomap.domain.session import Session
from mesomap.photos.fit import Fit
from mesomap.services import ChartingService, Practice
from mesomap.services.photo_album import PhotoAlbum, prepare_here
from mesomap.services.photo_landmarks import PhotoLandmarkBook, asked_landmarks
from mesomap.ui.desk import Desk
from mesomap.ui.main_window import MainWindow
from mesomap.ui.pages.patient import PatientPage
from mesomap.ui.photos.landmarks_dialog import LandmarksDialog
from mesomap.ui.photos.one_photo import OnePhoto
from mesomap.ui.photos.tab import PatientPhotos
from mesomap.ui.theme import theme
from tests.gui.hands import until
from tests.photo_camera import Shot
from tests.pictures import face
from tests.records import CHEAP

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
SIZE = (600, 800)
SHOT = Shot(size_px=SIZE, yaw_deg=6, pitch_deg=3, focal_px=1800)
MARKS = ((20.0, 660.0), (-30.0, 690.0), (0.0, 740.0))


@pytest.fixture
def session(tmp_path: Path, real_atlas: Atlas) -> tuple[Practice, Session]:
    """A practice on the shipped body; one session with three marks on the face."""
    practice = Practice.create(tmp_path / "practice", "a sentence is best", cost=CHEAP)
    patient = practice.new_patient(family_name="Beispiel", given_name="Anna")
    made = practice.new_session(patient.id, real_atlas)
    charting = ChartingService(practice, real_atlas, made.id)
    for point in real_atlas.locate("head_front", np.array(MARKS)).points():
        charting.place([point], Dose(technique="papule", mixture="A", depth_mm=2.0), 0.05)
    return practice, made


@pytest.fixture
def tab(qtbot: QtBot, tmp_path: Path, session: tuple[Practice, Session], real_atlas: Atlas) -> Iterator[PatientPhotos]:
    """The tab of photos in the window."""
    make_application()
    theme.use("light")
    desk = Desk(tmp_path / "practice", open_body=lambda _name: real_atlas)
    desk.take(session[0])
    window = MainWindow(desk)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    window.records.open_patient(session[1].patient_id, "photos")
    page = window.records.page
    assert isinstance(page, PatientPage)
    found = page.tab("photos")
    assert isinstance(found, PatientPhotos)
    yield found
    window.close()
    window.deleteLater()


def a_photo(session: tuple[Practice, Session], days: int = 0, name: str = "a.jpg", turn_deg: float = 0.0) -> Photo:
    """Taken in with the day of the session, or of so many days before it; the camera held aslant."""
    practice, visit = session
    stream = io.BytesIO()
    picture = face(*SIZE, moles=160).rotate(turn_deg, Image.Resampling.BICUBIC, fillcolor=(196, 188, 180))
    found = Image.Exif()
    at = (visit.started_at - timedelta(days=days)).astimezone()
    found.get_ifd(0x8769)[0x9003] = at.strftime("%Y:%m:%d %H:%M:%S")
    picture.save(stream, "JPEG", quality=90, exif=found)
    prepared = prepare_here(practice.photo_files, visit.patient_id, stream.getvalue(), name)
    return PhotoAlbum(practice, visit.patient_id).enter(prepared, "front")


def truth(atlas: Atlas, shot: Shot = SHOT) -> dict[str, tuple[float, float]]:
    """Where each landmark of the view is on the photo."""
    known = {mark.id: row for row, mark in enumerate(landmarks_of(atlas).rows)}
    names = asked_landmarks(atlas, "head_front")
    px = shot.takes(atlas, "head_front", landmarks_of(atlas).xyz_mm[[known[name] for name in names]])
    return {name: (x, y) for name, (x, y) in zip(names, px.tolist(), strict=True)}


def click(widget: QWidget | None) -> None:
    assert widget is not None
    assert widget.isVisible()
    assert widget.isEnabled()
    QTest.mouseClick(widget, LEFT)


def opened(tab: PatientPhotos, photo: Photo) -> OnePhoto:
    """The photo large, by its card."""
    tab.refresh()
    QApplication.processEvents()
    row = next(n for n in range(tab.list.count()) if tab.list.item(n).data(Qt.ItemDataRole.UserRole).id == photo.id)
    tab.list.clearSelection()
    QTest.mouseClick(tab.list.viewport(), LEFT, PLAIN, tab.list.visualItemRect(tab.list.item(row)).center())
    click(tab.side.open)
    one = tab.one
    assert one is not None
    until(lambda: one.view.zoom != 1.0)
    return one


def during(button: QWidget, drive: Callable[[LandmarksDialog], None]) -> None:
    """Press a button that opens the landmarks, and work in them."""
    came: list[LandmarksDialog] = []

    def work() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, LandmarksDialog)
        came.append(dialog)
        QTimer.singleShot(60_000, dialog.reject)
        until(lambda: dialog.pane.on_screen(QPointF(SIZE[0], 0)) != QPointF(SIZE[0], 0))
        try:
            drive(dialog)
        finally:
            if dialog.isVisible():
                dialog.reject()

    QTimer.singleShot(0, work)
    click(button)
    assert came


def tap(dialog: LandmarksDialog, x: float, y: float) -> None:
    QTest.mouseClick(dialog.pane, LEFT, PLAIN, dialog.pane.on_screen(QPointF(x, y)).toPoint())


def tap_all(dialog: LandmarksDialog, places: dict[str, tuple[float, float]], count: int) -> None:
    """What is asked for, one after the other."""
    for _ in range(count):
        tap(dialog, *places[dialog.asked])


def test_landmarks_are_tapped_and_the_marks_of_the_visit_are_drawn(
    tab: PatientPhotos, session: tuple[Practice, Session], real_atlas: Atlas
) -> None:
    one = opened(tab, a_photo(session))
    plain = one.view.grab().toImage()
    click(one.marks.switch)
    assert "No landmarks are set" in one.said.text()
    assert one.view.grab().toImage() == plain
    places = truth(real_atlas)

    def drive(dialog: LandmarksDialog) -> None:
        assert not dialog.keep.isEnabled()
        tap_all(dialog, places, 3)
        assert dialog.said.text() == "Set one more landmark."
        assert not dialog.keep.isEnabled()
        tap_all(dialog, places, 9)
        assert "12 landmarks: off by about" in dialog.said.text()
        click(dialog.marks)
        click(dialog.keep)

    during(one.marks.button, drive)
    until(lambda: one.view.grab().toImage() != plain)
    assert "12 landmarks: off by about" in one.said.text()
    assert "Farthest from them" in one.said.text()
    assert "reference body" in one.said.text()
    (entry,) = session[0].entries(PhotoLandmarks)
    assert len(entry.places) == 12
    # The marks lie where the camera shows their skin.
    skin = real_atlas.locate("head_front", np.array(MARKS))
    px = SHOT.takes(real_atlas, "head_front", real_atlas.position(skin))
    seen = one.view.grab().toImage()
    corner = (QPointF(one.view.width(), one.view.height()) - QPointF(*SIZE) * one.view.zoom) / 2
    for x, y in px.tolist():
        at = corner + QPointF(x, y) * one.view.zoom
        box = [seen.pixelColor(round(at.x()) + dx, round(at.y()) + dy) for dx in (-3, 0, 3) for dy in (-3, 0, 3)]
        assert any(colour.name() == "#3c19aa" for colour in box)
    click(one.marks.switch)
    assert one.view.grab().toImage() == plain


def test_a_landmark_is_skipped_moved_and_taken_away(
    tab: PatientPhotos, session: tuple[Practice, Session], real_atlas: Atlas
) -> None:
    one = opened(tab, a_photo(session))
    places = truth(real_atlas)

    def drive(dialog: LandmarksDialog) -> None:
        first = dialog.asked
        click(dialog.skip)
        second = dialog.asked
        assert second != first
        assert first not in dialog.places()
        tap_all(dialog, places, 8)
        assert first not in dialog.places()
        assert len(dialog.places()) == 8
        # One is dragged far away: it is named as the one that fits the least, and no marks are drawn.
        start, end = (dialog.pane.on_screen(QPointF(*at)).toPoint() for at in (places[second], (30, 30)))
        QTest.mousePress(dialog.pane, LEFT, PLAIN, start)
        QTest.mouseMove(dialog.pane, (start + end) / 2)
        QTest.mouseMove(dialog.pane, end)
        QTest.mouseRelease(dialog.pane, LEFT, PLAIN, end)
        assert dialog.places()[second] == pytest.approx((30, 30), abs=3)
        assert "Too poor to draw marks" in dialog.said.text()
        assert "“lateral canthus, right”" in dialog.said.text()
        assert not dialog.marks.isEnabled()
        click(dialog.away)
        assert second not in dialog.places()
        assert dialog.asked == second
        assert "Too poor" not in dialog.said.text()
        # It is likely to be where it is: Space sets it there, an arrow moves it by a pixel.
        dialog.pane.setFocus()
        QTest.keyClick(dialog.pane, Qt.Key.Key_Space)
        assert dialog.places()[second] == pytest.approx(places[second], abs=12)
        before = dialog.places()[second]
        QTest.keyClick(dialog.pane, Qt.Key.Key_Right)
        assert dialog.places()[second] == pytest.approx((before[0] + 1, before[1]), abs=0.01)
        # The skipped one is asked for again when its row is tapped.
        box = dialog.list.visualRect(dialog.list.model().index(0, 0))
        QTest.mouseClick(dialog.list.viewport(), LEFT, PLAIN, box.center())
        assert dialog.asked == first

    during(one.marks.button, drive)
    assert session[0].entries(PhotoLandmarks) == ()


def test_a_mirrored_picture_is_said_and_cannot_be_kept(
    tab: PatientPhotos, session: tuple[Practice, Session], real_atlas: Atlas
) -> None:
    one = opened(tab, a_photo(session))
    mirrored = {name: (SIZE[0] - x, y) for name, (x, y) in truth(real_atlas).items()}

    def drive(dialog: LandmarksDialog) -> None:
        tap_all(dialog, mirrored, 8)
        assert "Left and right are the wrong way round" in dialog.said.text()
        assert not dialog.keep.isEnabled()

    during(one.marks.button, drive)
    assert session[0].entries(PhotoLandmarks) == ()


def test_another_angle_asks_for_what_it_shows_and_keeps_what_is_set(
    tab: PatientPhotos, session: tuple[Practice, Session], real_atlas: Atlas
) -> None:
    one = opened(tab, a_photo(session))
    places = truth(real_atlas)

    def drive(dialog: LandmarksDialog) -> None:
        tap_all(dialog, places, 3)
        kept = dialog.places()
        dialog.views.setFocus()
        dialog.views.setCurrentIndex(dialog.views.findData("head_profile_right"))
        assert dialog.places() == kept
        assert not any(name.endswith(".left") for name in dialog.names if name not in kept)

    during(one.marks.button, drive)


def test_landmarks_of_a_photo_of_the_same_angle_are_laid_on_by_the_program(
    tab: PatientPhotos, session: tuple[Practice, Session], real_atlas: Atlas
) -> None:
    practice, visit = session
    before, after = a_photo(session, 2, "before.jpg"), a_photo(session, 0, "after.jpg", 4.0)
    book = PhotoLandmarkBook(practice, visit.patient_id)
    places = dict(list(truth(real_atlas).items())[:12])
    book.keep(before, "head_front", places)
    one = opened(tab, after)

    def drive(dialog: LandmarksDialog) -> None:
        until(lambda: bool(dialog.places()))
        assert "check every place" in dialog.said.text()
        for name, (x, y) in dialog.places().items():
            # As the picture was turned about its middle.
            turn = np.exp(-1j * np.radians(4)) * (complex(*places[name]) - complex(300, 400)) + complex(300, 400)
            assert (x, y) == pytest.approx((turn.real, turn.imag), abs=3)
        assert dialog.fit is not None
        assert dialog.fit.is_good

    during(one.marks.button, drive)
    assert book.of(after) is None, "nothing is kept that nobody confirmed"


def test_the_later_photo_of_a_pair_begins_with_the_landmarks_of_the_earlier(
    tab: PatientPhotos, session: tuple[Practice, Session], real_atlas: Atlas
) -> None:
    practice, visit = session
    before, after = a_photo(session, 2, "before.jpg"), a_photo(session, 0, "after.jpg")
    book = PhotoLandmarkBook(practice, visit.patient_id)
    book.keep(before, "head_front", dict(list(truth(real_atlas).items())[:12]))
    PhotoAlbum(practice, visit.patient_id).keep_fit(before, after, Fit(1.0, 0.0, 10.0, 0.0, 0.5, 80, 0.9, 0.9))
    tab.refresh()
    tab.list.choose([before.id, after.id])
    click(tab.side.compare)
    pair = tab.pair
    assert pair is not None
    until(lambda: pair.view.zoom != 1.0)
    plain = pair.view.grab().toImage()

    def drive(dialog: LandmarksDialog) -> None:
        assert "check every place" in dialog.said.text()
        assert len(dialog.places()) == 12
        x, y = truth(real_atlas)["pronasale.mid"]
        assert dialog.places()["pronasale.mid"] == pytest.approx((x - 10, y), abs=0.01)
        click(dialog.keep)

    later = pair.marks.markings[1]
    came: list[bool] = []

    def work() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, LandmarksDialog)
        came.append(True)
        QTimer.singleShot(60_000, dialog.reject)
        try:
            drive(dialog)
        finally:
            if dialog.isVisible():
                dialog.reject()

    QTimer.singleShot(0, work)
    pair.marks.ask_of(later)
    assert came
    assert book.of(after) is not None
    # Its marks are switched on at once; the earlier photo was taken on a day without a visit, and that is said.
    until(lambda: later.shown is not None)
    assert pair.marks.switch.isChecked()
    assert "belongs to no visit" in pair.marks.said.text()
    assert "12 landmarks, off by about" in pair.marks.said.text()
    assert "marks laid on by landmarks" in " ".join(pair.notes())
    drawn = [plain]
    for mode in ("side_by_side", "slider", "opacity"):
        click(pair.modes.button(mode))
        drawn.append(pair.view.grab().toImage())
    assert all(one != other for number, one in enumerate(drawn) for other in drawn[:number])
    shown = pair.view.grab().toImage()
    click(pair.marks.switch)
    assert pair.view.grab().toImage() != shown
    assert not pair.marks.said.isVisible()
