"""The comparison saved as PDF by real events: with photos, covered and marked as chosen, or with one line why not."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton

from mesomap.commands.records import NewSession
from mesomap.domain.clock import now
from mesomap.domain.consent import ConsentKind, ConsentText
from mesomap.domain.errors import DamagedError
from mesomap.domain.marks import Mark
from mesomap.domain.photo_mask import MaskShape
from mesomap.photos.beside import PhotoWorker
from mesomap.services import ChartingService, Practice
from mesomap.services.consents import consents, file_scan, withdraw
from mesomap.services.photo_album import PhotoAlbum, prepare, prepare_here
from mesomap.services.practice_texts import new_text
from mesomap.ui.compare.page import ComparePage
from mesomap.ui.main_window import MainWindow
from mesomap.ui.photos.leaving_dialog import LeavingDialog
from tests.gui.hands import in_dialog, until
from tests.gui.test_photos import LEFT, click
from tests.pictures import exif, face, saved
from tests.unit.printing.pdf_text import pages_text
from tests.unit.services.conftest import PAPULE

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
DAYS = (datetime(2026, 3, 14, 9, 30).astimezone(), datetime(2026, 6, 20, 9, 30).astimezone())


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "comparison.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    return path


def consented(practice: Practice, patient_id: UUID) -> None:
    text = new_text(practice, ConsentText, title="Photos", language="en", body="…", consent=ConsentKind.PHOTO)
    file_scan(
        practice, patient_id, ConsentKind.PHOTO, b"%PDF-1.4\n%%EOF\n", name="a.pdf",
        signed_at=now() - timedelta(hours=1), text=text,
    )  # fmt: skip


def photographed(practice: Practice, patient_id: UUID) -> None:
    """A shot of each day from the front."""
    album = PhotoAlbum(practice, patient_id)
    whole = face(300, 400, moles=160)
    with PhotoWorker() as worker:
        for turn, day in zip((0, 4), DAYS, strict=True):
            marked = exif()
            marked.get_ifd(0x8769)[0x9003] = f"{day:%Y:%m:%d %H:%M:%S}"
            shot = whole.rotate(turn, Image.Resampling.BICUBIC, fillcolor=(196, 188, 180))
            data = saved(shot, exif=marked, quality=95)
            album.enter(prepare(practice.photo_files, worker, patient_id, data, "a.jpg"), "front")


def comparison(window: MainWindow, practice: Practice, *, photos: bool = True) -> ComparePage:
    """Two visits of two days compared."""
    patient = practice.patients()[0]
    for day in DAYS:
        practice.new_session(patient.id, window.desk.atlas(), started_at=day)
    if photos:
        photographed(practice, patient.id)
    window.records.open_comparison(patient.id)
    page = window.records.page
    assert isinstance(page, ComparePage)
    page.finish()
    return page


def save(page: ComparePage, act: Callable[[LeavingDialog], None]) -> None:
    """Press “Save as PDF”, do something in the window that opens, and save."""

    def go(dialog: LeavingDialog) -> None:
        act(dialog)
        click(dialog.save)
        until(lambda: not dialog.isVisible() or dialog.problem() != "")
        assert dialog.problem() == ""

    in_dialog(LeavingDialog, lambda: press_save(page), go)


def press_save(page: ComparePage) -> None:
    (button,) = (one for one in page.findChildren(QPushButton) if one.text() == "Save as PDF")
    click(button)


def said(path: Path) -> str:
    return " ".join(" ".join(pages_text(path)).split())


def test_both_photos_are_on_the_page_with_what_was_chosen(window: MainWindow, practice: Practice, target: Path) -> None:
    page = comparison(window, practice)
    consented(practice, practice.patients()[0].id)

    def choose(dialog: LeavingDialog) -> None:
        assert [dialog.list.item(row).text().partition("\n")[0] for row in (0, 1)] == [
            "Visit 1 · 14 Mar 2026 · Front", "Visit 2 · 20 Jun 2026 · Front",
        ]  # fmt: skip
        assert "Consent: “Photos”, signed" in dialog.said.text()
        click(dialog.light)
        click(dialog.mark.button("practice"))

    save(page, choose)
    words = said(target)
    assert "Photos before and after With photo consent “Photos” of" in words
    assert "laid on the earlier one by the program" in words
    assert "Light matched for display only." in words
    assert b"GEHEIMKAMERA" not in target.read_bytes()


def test_a_photo_without_its_cover_is_left_out_and_the_page_says_so(
    window: MainWindow, practice: Practice, target: Path
) -> None:
    page = comparison(window, practice)
    consented(practice, practice.patients()[0].id)

    def cover_one(dialog: LeavingDialog) -> None:
        click(dialog.cover.button(MaskShape.FACE.value))
        assert "left out: 2." in dialog.said.text()
        until(lambda: dialog.pane.on_screen(0, 0).x() > 1)
        start, end = dialog.pane.on_screen(60, 60).toPoint(), dialog.pane.on_screen(240, 340).toPoint()
        QTest.mousePress(dialog.pane, LEFT, Qt.KeyboardModifier.NoModifier, start)
        QTest.mouseMove(dialog.pane, end)
        QTest.mouseRelease(dialog.pane, LEFT, Qt.KeyboardModifier.NoModifier, end)
        assert "left out: 1." in dialog.said.text()

    save(page, cover_one)
    words = said(target)
    assert "Face covered." in words
    assert words.count("Left out: a cover was asked for") == 1


def test_without_consent_the_pages_come_without_photos_and_say_why(
    window: MainWindow, practice: Practice, target: Path
) -> None:
    page = comparison(window, practice)

    def look(dialog: LeavingDialog) -> None:
        assert "no photo consent" in dialog.said.text()
        button = dialog.photos.button("with")
        assert button is not None
        assert not button.isEnabled()
        assert not dialog.cover.isEnabled()

    save(page, look)
    assert "Photos are left out. There is no photo consent in date" in said(target)


def test_photos_that_are_not_wanted_are_not_spoken_of(window: MainWindow, practice: Practice, target: Path) -> None:
    page = comparison(window, practice)
    consented(practice, practice.patients()[0].id)
    save(page, lambda dialog: click(dialog.photos.button("without")))
    assert "hoto" not in said(target)


def test_where_there_is_no_photo_only_the_file_is_asked_for(
    window: MainWindow, practice: Practice, target: Path
) -> None:
    page = comparison(window, practice, photos=False)
    press_save(page)
    until(lambda: target.exists())
    assert "Two visits compared" in said(target)


def one_more(practice: Practice, seed: int) -> None:
    """Another photo from the front at the later visit."""
    patient_id = practice.patients()[0].id
    album = PhotoAlbum(practice, patient_id)
    marked = exif()
    marked.get_ifd(0x8769)[0x9003] = f"{DAYS[1] + timedelta(minutes=seed):%Y:%m:%d %H:%M:%S}"
    data = saved(face(300, 400, seed=seed, moles=160), exif=marked)
    album.enter(prepare_here(practice.photo_files, patient_id, data, "more.jpg"), "front")


def tick(dialog: LeavingDialog, row: int) -> None:
    """Tap beside the box of the tick: the whole left end of the row is meant."""
    box = dialog.list.visualItemRect(dialog.list.item(row))
    QTest.mouseClick(dialog.list.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, box.topLeft() + QPoint(38, 4))


def test_which_photos_of_an_angle_are_printed_is_chosen(window: MainWindow, practice: Practice, target: Path) -> None:
    page = comparison(window, practice)
    consented(practice, practice.patients()[0].id)
    one_more(practice, 7)
    one_more(practice, 9)
    checked = Qt.CheckState.Checked

    def look(dialog: LeavingDialog) -> None:
        rows = [dialog.list.item(row) for row in range(dialog.list.count())]
        # The last of each visit, unless others are wanted; several of one angle are told apart by their time.
        assert [row.checkState() is checked for row in rows] == [True, False, False, True]
        assert ["09:3" in row.text() for row in rows] == [False, True, True, True]
        for row in (0, 3):
            tick(dialog, row)
        assert not dialog.save.isEnabled()
        assert "No photo is ticked" in dialog.said.text()
        tick(dialog, 0)
        tick(dialog, 1)
        dialog.list.setFocus()
        dialog.list.setCurrentRow(2)
        QTest.keyClick(dialog.list, Qt.Key.Key_Space)
        assert [row.checkState() is checked for row in rows] == [True, True, True, False]
        click(dialog.cover.button(MaskShape.EYES.value))
        assert "left out: 3." in dialog.said.text()
        click(dialog.cover.button("none"))

    save(page, look)
    words = said(target)
    assert words.count("Front") == 2
    assert "09:37" in words
    assert "09:39" not in words


def test_no_photo_goes_when_its_consent_is_withdrawn_before_it_is_saved(
    window: MainWindow, practice: Practice, target: Path
) -> None:
    page = comparison(window, practice)
    patient_id = practice.patients()[0].id
    consented(practice, patient_id)

    def withdrawn(dialog: LeavingDialog) -> None:
        (consent,) = consents(practice, patient_id)
        withdraw(practice, consent, date.today(), "changed their mind")
        click(dialog.save)
        assert "The photo consent was withdrawn" in dialog.problem()
        assert not dialog.work.running

    in_dialog(LeavingDialog, lambda: press_save(page), withdrawn)
    assert not target.exists()


def two_points(window: MainWindow, practice: Practice, session_id: UUID) -> None:
    """Two injections of 0.1 mL in front."""
    atlas = window.desk.atlas()
    points = atlas.locate("body_front", np.array([[60.0, -20.0], [75.0, 10.0]])).points()
    ChartingService(practice, atlas, session_id).place(points, PAPULE, 0.1)


def test_of_a_visit_that_cannot_be_laid_on_this_body_the_page_says_so_and_shows_the_other(
    window: MainWindow, practice: Practice, target: Path
) -> None:
    patient = practice.patients()[0]
    sessions = [practice.new_session(patient.id, window.desk.atlas(), started_at=day) for day in DAYS]
    two_points(window, practice, sessions[0].id)
    odd = replace(sessions[1], id=uuid4(), number=9, atlas=replace(sessions[1].atlas, version="0.0.1"))
    practice.run(NewSession(odd))
    photographed(practice, patient.id)
    consented(practice, patient.id)
    window.records.open_comparison(patient.id)
    page = window.records.page
    assert isinstance(page, ComparePage)
    page.show_visits(sessions[0].id, odd.id)
    page.finish()
    save(page, lambda _dialog: None)
    words = said(target)
    assert "Session 9 was charted on the female body synthetic-body 0.0.1; it cannot be laid on" in words
    assert "No map of this session. The reason stands above." in words
    assert re.search(r"\d+ mm\b", words)  # the scale bar of the one map
    assert "Total 2 0 −2 0.20 – –" in words
    # What was photographed at the one visit is there all the same.
    assert "Photos before and after" in words
    assert "No photo of this angle at this session." in words


def test_of_a_visit_whose_records_are_damaged_nothing_is_told_and_the_other_one_is_there(
    window: MainWindow, practice: Practice, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = practice.patients()[0]
    first, second = (practice.new_session(patient.id, window.desk.atlas(), started_at=day) for day in DAYS)
    two_points(window, practice, second.id)
    whole = practice.marks

    def marks(session_id: UUID) -> tuple[Mark, ...]:
        if session_id == first.id:
            raise DamagedError("“mesomap.db” is damaged. Restore a verified backup.")
        return whole(session_id)

    monkeypatch.setattr(practice, "marks", marks)
    window.records.open_comparison(patient.id)
    page = window.records.page
    assert isinstance(page, ComparePage)
    page.finish()
    assert page.error().startswith("The records of session 1 cannot be read. “mesomap.db” is damaged.")
    assert (page.maps[0].side() is None, page.maps[1].side() is None) == (True, False)
    # Unknown is not none.
    row = [page.table.data(page.table.index(0, column)) for column in range(4)]
    assert row == ["Total", "–", "2", "–"]
    assert "cannot be read: 1." in page.over_card.basis()
    press_save(page)
    until(target.exists)
    words = said(target)
    assert "The records of session 1 cannot be read." in words
    assert "– points · – mL · – covered" in words
    assert "Total – 2 – – 0.20 –" in words
