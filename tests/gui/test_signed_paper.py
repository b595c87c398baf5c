"""The paper of a signed version is looked at inside the program; nothing of it is left anywhere."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.person import Role
from mesomap.printing.kept_pages import KeptPages
from mesomap.services.signed_paper import SignedPaper
from mesomap.ui.trust.history_dialog import HistoryDialog
from mesomap.ui.trust.paper_dialog import SignedPaperDialog
from tests.gui.hands import practice_of, press
from tests.gui.test_sign import dialog_of, let_work, sign

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of its own, where nobody else writes."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def viewed(driver: WindowDriver, temporary: Path) -> Iterator[SignedPaperDialog]:
    """The paper of a session that was just signed, opened from the history."""
    window = driver.window
    people = practice_of(window).people
    people.add("Dr. A. Beispiel", qualification="GP", roles=tuple(Role), pin="4711")
    people.begin()
    driver.tap(60, 0)
    sign(driver)
    driver.click(window.signing.history_button)
    press(dialog_of(window, HistoryDialog), "View paper as signed")
    assert temporary.is_dir()
    dialog, history = window.signing.paper_dialog, dialog_of(window, HistoryDialog)
    _until_drawn(dialog)
    yield dialog
    dialog.reject()
    history.reject()


def _until_drawn(dialog: SignedPaperDialog) -> None:
    for _ in range(400):
        if dialog.source.picture(0) is not None or dialog.problem.isVisible():
            return
        loop = QEventLoop()
        QTimer.singleShot(25, loop.quit)
        loop.exec()
    raise AssertionError("the page did not come")


def _dark_part(image: QImage) -> float:
    plain = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return float((rows[:, : plain.width()] < 128).mean())


def test_the_pages_are_shown_with_what_was_checked(viewed: SignedPaperDialog) -> None:
    picture = viewed.source.picture(0)
    assert picture is not None
    assert _dark_part(picture) > 0.005, "there is something on the page"
    assert not viewed.problem.isVisible()
    assert all(fits for fits, _words in viewed.checks())
    words = " ".join(label.text() for label in viewed.findChildren(QLabel))
    assert viewed.paper.code in words
    assert "Dr. A. Beispiel, GP" in words
    assert "byte for byte" in words
    assert viewed.bar.paging.text() == f"Page 1 of {len(KeptPages(viewed.paper.pdf))}"
    assert viewed.preview.hasFocus() or viewed.preview.focusPolicy() is Qt.FocusPolicy.StrongFocus


def test_nothing_is_written_to_look_at_it(driver: WindowDriver, viewed: SignedPaperDialog, temporary: Path) -> None:
    assert viewed.isVisible()
    assert not list(temporary.iterdir())
    found = [path for path in practice_of(driver.window).home.root.rglob("*") if path.is_file()]
    assert found
    for path in found:
        data = path.read_bytes()
        assert b"Beispiel" not in data
        assert b"%PDF" not in data


def test_it_is_covered_and_saved_like_the_rest(
    driver: WindowDriver, viewed: SignedPaperDialog, tmp_path: Path
) -> None:
    target = tmp_path / "signed.pdf"
    driver.window.signing.ask_file = lambda _name: str(target)
    viewed.save_button.click()
    assert target.read_bytes() == viewed.paper.pdf
    viewed.hide_asked.emit()
    assert driver.window.guard.is_hidden
    driver.window.guard.show_again()
    assert viewed.isVisible()


def test_what_does_not_fit_is_said_in_words(driver: WindowDriver, viewed: SignedPaperDialog) -> None:
    good = viewed.paper
    bad = SignedPaper(
        good.version, b"%PDF-1.4 broken", "00" * 32, good.signature, paper_fits=False, document_fits=False,
        signature_fits=False, latest=1, unchanged=False,
    )  # fmt: skip
    dialog = SignedPaperDialog("Session 1, version 1", bad, driver.window.beside, viewed)
    dialog.show()
    _until_drawn(dialog)
    assert "cannot be shown here" in dialog.problem.text()
    assert [fits for fits, _words in dialog.checks()] == [False] * 4
    assert "not the one that was signed" in dialog.checks()[0][1]
    dialog.reject()
    let_work(driver.window)
