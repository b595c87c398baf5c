"""A pair of photos saved as a picture by real events: consent, covers laid by hand, watermark, progress and stop."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget

from mesomap.domain.clock import now
from mesomap.domain.consent import ConsentKind, ConsentText
from mesomap.domain.person import Role
from mesomap.domain.photo import PhotoAlignment
from mesomap.domain.photo_mask import MaskShape, PhotoMask
from mesomap.photos.masking import COVER
from mesomap.services import Practice
from mesomap.services.consents import consents, file_scan, withdraw
from mesomap.services.practice_texts import new_text
from mesomap.ui.background import BesideTheWindow
from mesomap.ui.main_window import MainWindow
from mesomap.ui.photos.before_after import BeforeAfter
from mesomap.ui.photos.leaving import Step
from mesomap.ui.photos.leaving_dialog import LeavingDialog
from mesomap.ui.photos.mask_pane import MaskPane
from mesomap.ui.photos.tab import PatientPhotos
from tests.gui.hands import in_dialog, until
from tests.gui.test_photos import LEFT, click, drop, opened, pictures, tab

__all__ = ["pictures", "tab"]

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def _consent(practice: Practice) -> None:
    """A photo consent in date."""
    text = new_text(practice, ConsentText, title="Photos", language="en", body="…", consent=ConsentKind.PHOTO)
    file_scan(
        practice, practice.patients()[0].id, ConsentKind.PHOTO, b"%PDF-1.4\n%%EOF\n", name="a.pdf",
        signed_at=now() - timedelta(hours=1), text=text,
    )  # fmt: skip


@pytest.fixture
def pair(tab: PatientPhotos, pictures: Path, practice: Practice) -> BeforeAfter:
    """Two photos of 600 × 800 laid on each other, with a photo consent in date."""
    _consent(practice)
    found = opened(tab, pictures)
    until(lambda: "agree" in found.said.text())
    return found


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the person names as file."""
    path = tmp_path / "pair.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    return path


def in_leaving(pair: BeforeAfter, act: Callable[[LeavingDialog], None]) -> None:
    """Press “Save picture…” and do something in the window that opens."""
    in_dialog(LeavingDialog, lambda: click(pair.save), act)


def drag(pane: MaskPane, start: tuple[float, float], end: tuple[float, float]) -> None:
    """From a pixel of the photo to another."""
    first, last = (pane.on_screen(*place).toPoint() for place in (start, end))
    QTest.mousePress(pane, LEFT, Qt.KeyboardModifier.NoModifier, first)
    QTest.mouseMove(pane, (first + last) / 2)
    QTest.mouseMove(pane, last)
    QTest.mouseRelease(pane, LEFT, Qt.KeyboardModifier.NoModifier, last)


def read(dialog: LeavingDialog) -> None:
    """Wait for the photo that is chosen."""
    until(lambda: dialog.pane.on_screen(300, 400) != QPointF(300, 400) and dialog.pane.in_photo(QPointF()) is not None)


def choose(dialog: LeavingDialog, row: int) -> None:
    box = dialog.list.visualItemRect(dialog.list.item(row))
    QTest.mouseClick(dialog.list.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, box.center())
    assert dialog.list.currentRow() == row


def saved_pixels(path: Path) -> NDArray[np.uint8]:
    with Image.open(path) as picture:
        assert picture.info == {}
        assert not picture.getexif()
        return np.asarray(picture.convert("RGB"))


def press(widget: QWidget | None) -> None:
    assert widget is not None
    assert widget.isEnabled()
    click(widget)


def test_without_consent_it_is_said_and_no_window_opens(
    tab: PatientPhotos, pictures: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = opened(tab, pictures)
    until(lambda: "agree" in pair.said.text())
    said: list[str] = []
    monkeypatch.setattr(pair, "_context", replace(pair._context, say=said.append))
    click(pair.save)
    assert "no photo consent" in said[0]
    assert not target.exists()


def test_a_consent_withdrawn_before_the_picture_is_saved_keeps_it_back(
    pair: BeforeAfter, target: Path, practice: Practice
) -> None:
    def withdrawn(dialog: LeavingDialog) -> None:
        (consent,) = consents(practice, practice.patients()[0].id)
        withdraw(practice, consent, date.today(), "changed their mind")
        press(dialog.save)
        assert "The photo consent was withdrawn" in dialog.problem()

    in_leaving(pair, withdrawn)
    assert not target.exists()


def test_what_is_seen_is_saved_as_sharp_as_the_photos_and_says_what_was_done(pair: BeforeAfter, target: Path) -> None:
    def save(dialog: LeavingDialog) -> None:
        press(dialog.save)
        until(lambda: not dialog.isVisible())

    pair.view.set_share(0.5)
    in_leaving(pair, save)
    seen = saved_pixels(target)
    # A pixel of the earlier photo for a pixel of the picture, and a strip with the notes.
    assert abs(seen.shape[1] - 600) <= 2
    assert 800 < seen.shape[0] < 960
    assert (seen[-3:] == 255).all()
    assert pair.notes()[0] == "Laid on each other for display"


def test_no_picture_is_saved_while_a_cover_is_missing_and_none_of_the_eyes_is_in_it(
    pair: BeforeAfter, target: Path, practice: Practice
) -> None:
    def cover(dialog: LeavingDialog) -> None:
        press(dialog.cover.button(MaskShape.EYES.value))
        assert not dialog.save.isEnabled()
        assert "uncovered photo is not saved" in dialog.said.text()
        read(dialog)
        drag(dialog.pane, (150, 300), (450, 400))
        assert not dialog.save.isEnabled()
        choose(dialog, 1)
        read(dialog)
        drag(dialog.pane, (130, 280), (470, 420))
        # Moved by keys, larger by a corner.
        dialog.pane.setFocus()
        QTest.keyClick(dialog.pane, Qt.Key.Key_Right)
        drag(dialog.pane, (476, 420), (500, 440))
        assert "cover not set" not in "".join(dialog.list.item(row).text() for row in range(2))
        press(dialog.save)
        until(lambda: not dialog.isVisible())

    pair.view.set_share(0.5)
    in_leaving(pair, cover)
    first, second = practice.entries(PhotoMask)
    assert first.x == pytest.approx(300, abs=3)
    assert first.y == pytest.approx(350, abs=3)
    assert second.half_width > first.half_width
    seen = saved_pixels(target)
    flat = (np.abs(seen.astype(int) - COVER) <= 1).all(axis=2)
    # Left of the slider the earlier, right of it the later photo: a band over both, nothing of an eye in it.
    assert flat[310:360, 160:250].all()
    assert flat[310:360, 350:430].all()
    assert practice.verify().ok


def test_a_cover_is_taken_over_from_the_other_photo_by_one_tap(
    pair: BeforeAfter, target: Path, practice: Practice
) -> None:
    def carry(dialog: LeavingDialog) -> None:
        press(dialog.cover.button(MaskShape.FACE.value))
        assert not dialog.carry.isEnabled()
        read(dialog)
        drag(dialog.pane, (100, 100), (500, 700))
        choose(dialog, 1)
        press(dialog.carry)
        press(dialog.save)
        until(lambda: not dialog.isVisible())

    in_leaving(pair, carry)
    first, second = practice.entries(PhotoMask)
    # The later shot is turned by four degrees.
    assert abs(second.turn_deg - first.turn_deg) == pytest.approx(4, abs=0.5)
    assert second.half_width == pytest.approx(first.half_width, rel=0.05)
    assert target.exists()


def test_a_person_says_that_there_is_nothing_to_cover(pair: BeforeAfter, target: Path, practice: Practice) -> None:
    def say(dialog: LeavingDialog) -> None:
        press(dialog.cover.button(MaskShape.FACE.value))
        for row in (0, 1):
            choose(dialog, row)
            press(dialog.nothing)
        press(dialog.save)
        until(lambda: not dialog.isVisible())

    in_leaving(pair, say)
    assert [mask.shape for mask in practice.entries(PhotoMask)] == [MaskShape.NOTHING] * 2
    assert target.exists()


def test_the_watermark_is_drawn_across_and_remembered_but_its_own_words_are_asked_anew(
    pair: BeforeAfter, target: Path
) -> None:
    def own(dialog: LeavingDialog) -> None:
        press(dialog.mark.button("own"))
        assert not dialog.save.isEnabled()
        QTest.keyClicks(dialog.own, "Example only")
        press(dialog.save)
        until(lambda: not dialog.isVisible())

    def plain(dialog: LeavingDialog) -> None:
        assert dialog.mark.chosen_key() == "none"
        press(dialog.save)
        until(lambda: not dialog.isVisible())

    in_leaving(pair, own)
    marked = saved_pixels(target)
    in_leaving(pair, plain)
    bare = saved_pixels(target)
    changed = (marked != bare).any(axis=2)
    assert 0.005 < changed.mean() < 0.2


def endless(dialog: LeavingDialog) -> None:
    """Let the work go on until it is stopped, whichever thread comes first."""

    def make(_wish: object, _covers: object, step: Step) -> bytes:
        while True:
            step(0.5, "Half of it")
            time.sleep(0.005)

    dialog._asked = replace(dialog._asked, make=make)


def test_stop_leaves_no_file(pair: BeforeAfter, target: Path) -> None:
    def stop(dialog: LeavingDialog) -> None:
        endless(dialog)
        press(dialog.save)
        until(lambda: dialog.progress.said.text() == "Half of it")
        assert dialog.progress.bar.value() == 50
        assert not dialog.save.isEnabled()
        click(dialog.progress.stop)
        until(lambda: dialog.problem() != "")
        assert dialog.problem() == "Stopped. Nothing was written."
        assert dialog.save.isEnabled()
        assert not dialog.progress.isVisible()

    in_leaving(pair, stop)
    assert not target.exists()


def test_who_leaves_the_window_wants_no_file(pair: BeforeAfter, target: Path) -> None:
    def leave(dialog: LeavingDialog) -> None:
        endless(dialog)
        press(dialog.save)
        until(lambda: dialog.progress.said.text() == "Half of it")
        click(dialog.cancel)
        assert not dialog.isVisible()

    in_leaving(pair, leave)
    BesideTheWindow.finish_all()
    assert not target.exists()


def test_a_folder_that_is_not_there_is_said_and_the_window_stays(
    pair: BeforeAfter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = tmp_path / "nowhere" / "a.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(nowhere), ""))

    def fail(dialog: LeavingDialog) -> None:
        press(dialog.save)
        until(lambda: dialog.problem() != "")
        assert dialog.isVisible()

    in_leaving(pair, fail)


def test_a_tap_lays_no_cover(pair: BeforeAfter) -> None:
    def tap(dialog: LeavingDialog) -> None:
        press(dialog.cover.button(MaskShape.EYES.value))
        read(dialog)
        QTest.mouseClick(dialog.pane, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(200, 200))
        assert dialog.pane.place is None

    in_leaving(pair, tap)


def test_who_may_only_read_looks_at_a_pair_and_records_nothing(
    tab: PatientPhotos, pictures: Path, target: Path, practice: Practice, window: MainWindow
) -> None:
    _consent(practice)
    people = practice.people
    people.take(people.add("Dr. A. Beispiel", roles=tuple(Role), pin="4711"))
    reader = people.add("B. Lettore", roles=(Role.READ,), pin="1470")
    drop(tab, pictures / "a.jpg", pictures / "c.jpg")
    people.take(reader)
    window.roles.refresh()
    click(tab.side.compare)
    pair = tab.pair
    assert pair is not None
    until(lambda: "agree" in pair.said.text())
    assert practice.entries(PhotoAlignment) == ()
    refused = "B. Lettore may not chart. Let somebody who may take over with their PIN."
    for button in (pair.again, pair.by_hand, pair.marks.button):
        assert not button.isEnabled()
        assert button.toolTip() == refused

    def look(dialog: LeavingDialog) -> None:
        press(dialog.cover.button(MaskShape.EYES.value))
        read(dialog)
        assert not dialog.pane.isEnabled()
        assert not dialog.nothing.isEnabled()
        assert dialog.pane.toolTip() == refused
        assert dialog.said.text() == f"{refused} An uncovered photo is not saved."
        press(dialog.cover.button("none"))
        press(dialog.save)
        until(lambda: not dialog.isVisible())

    in_leaving(pair, look)
    assert target.exists()
    assert practice.entries(PhotoMask) == ()
