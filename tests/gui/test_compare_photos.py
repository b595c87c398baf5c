"""Photos of two visits beside their maps: laid on each other where that is certain, one alone where the other lacks."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from mesomap.domain.photo import PhotoAlignment
from mesomap.photos.beside import PhotoWorker
from mesomap.services import Practice
from mesomap.services.photo_album import PhotoAlbum, prepare
from mesomap.ui.compare.page import ComparePage
from mesomap.ui.main_window import MainWindow
from mesomap.ui.photos.pair_view import Mode
from tests.gui.compared import opened_again
from tests.gui.hands import until
from tests.gui.test_compare_paper import DAYS, comparison
from tests.gui.test_photos import click
from tests.pictures import exif, face, saved

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def _seen(page: ComparePage) -> ComparePage:
    page.window().resize(1440, 900)
    until(lambda: not page.photos.is_empty and "Reading" not in page.photos.said.text())
    QApplication.processEvents()
    return page


def _more(practice: Practice, angle: str, day: int) -> None:
    """One more photo, of another angle, on one of the two days."""
    patient = practice.patients()[0]
    marked = exif()
    marked.get_ifd(0x8769)[0x9003] = f"{DAYS[day] + timedelta(minutes=3):%Y:%m:%d %H:%M:%S}"
    data = saved(face(300, 400, moles=120), exif=marked, quality=90)
    album = PhotoAlbum(practice, patient.id)
    with PhotoWorker() as worker:
        album.enter(prepare(practice.photo_files, worker, patient.id, data, "b.jpg"), angle)


def test_photos_of_both_visits_lie_on_each_other_beside_the_maps(window: MainWindow, practice: Practice) -> None:
    page = _seen(comparison(window, practice))
    assert page.photos.isVisible()
    assert page.photos.view.mode is Mode.SLIDER
    assert page.photos.view.captions == ("Visit 1 · 14 Mar 2026", "Visit 2 · 20 Jun 2026")
    assert "Laid on by the program" in page.photos.said.text()
    assert "no effect" in page.photos.said.text()
    # Looking records nothing.
    assert practice.entries(PhotoAlignment) == ()
    assert not page.photos.next.isVisible()


def test_photos_that_nobody_looks_at_are_not_read(window: MainWindow, practice: Practice) -> None:
    page = comparison(window, practice)
    until(lambda: not page.photos.is_empty)
    assert page.width() < 1400
    assert page.photos.said.text() == ""
    assert page.scores.text() == "Photos"
    click(page.scores)
    until(lambda: "Laid on by the program" in page.photos.said.text())


def test_an_angle_that_one_visit_lacks_is_shown_alone_and_said(window: MainWindow, practice: Practice) -> None:
    photographed_also = comparison(window, practice)
    _more(practice, "profile_left", 1)
    page = opened_again(photographed_also)
    _seen(page)
    click(page.photos.next)
    until(lambda: "No photo of this angle at visit 1." in page.photos.said.text())
    assert page.photos.view.mode is Mode.ALONE
    assert page.photos.view.captions[0] == "Visit 2 · 20 Jun 2026"
    click(page.photos.next)
    until(lambda: "Laid on by the program" in page.photos.said.text())


def test_a_photo_that_is_gone_is_said_and_the_other_one_is_seen(window: MainWindow, practice: Practice) -> None:
    page = comparison(window, practice)
    first = min(PhotoAlbum(practice, page.context.patient.id).photos(), key=lambda photo: photo.taken_at)
    Path(practice.home.photos / first.file).unlink()
    again = opened_again(page)
    _seen(again)
    until(lambda: "Only the other photo is shown." in again.photos.said.text())
    assert again.photos.view.mode is Mode.ALONE
    assert again.photos.view.captions[0] == "Visit 2 · 20 Jun 2026"
