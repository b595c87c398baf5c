"""Locking lets the keys of photos go: no page that showed them keeps one."""

import gc
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from mesomap.services.photo_album import PhotoAlbum, prepare_here
from mesomap.storage.photo_files import PhotoFiles
from mesomap.ui.main_window import MainWindow
from mesomap.ui.pages.patient import PatientPage
from tests.faults.gestures import picture

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def let_work(turns: int) -> None:
    """Let work beside the window and what is to be deleted have their turns."""
    for _ in range(turns):
        loop = QEventLoop()
        QTimer.singleShot(20, loop.quit)
        loop.exec()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def keys_of(folder: Path) -> int:
    """How many objects hold the keys of photos in a folder."""
    gc.collect()
    return sum(isinstance(one, PhotoFiles) and one._folder == folder for one in gc.get_objects())


def show_a_photo(window: MainWindow) -> Path:
    """The photo tab of the first patient with one picture; returns the folder of photos."""
    practice = window.desk.practice
    assert practice is not None
    patient = practice.patients()[0]
    PhotoAlbum(practice, patient.id).enter(prepare_here(practice.photo_files, patient.id, picture(3, 400, 300)))
    window.records.open_patient(patient.id, "photos")
    page = window.records.page
    assert isinstance(page, PatientPage)
    page.tab("photos")
    return practice.home.photos


def test_locking_lets_the_keys_of_photos_go(window: MainWindow) -> None:
    folder = show_a_photo(window)
    held = PhotoFiles(folder, bytes(32))
    assert keys_of(folder) >= 1  # the control: one that is kept is seen
    del held
    window.lock()
    for _ in range(50):
        let_work(2)
        if not keys_of(folder):
            break
    assert keys_of(folder) == 0
