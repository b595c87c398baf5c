"""Every page of a full practice in the largest text: no word is cut, nothing lies beyond its card."""

from collections.abc import Iterator
from functools import partial
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFrame, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from mesomap.app.application import make_application
from mesomap.app.start import make_window, open_practice
from mesomap.cli import WindowRequest
from mesomap.ui.controls.labels import ElidedLabel
from mesomap.ui.main_window import MainWindow
from mesomap.ui.pages.patient_tabs import TABS
from mesomap.ui.pages.practice_sections import SECTIONS
from mesomap.ui.theme import theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

#: Least room beside the words of a button, px.
_AIR_PX = 4


@pytest.fixture(scope="module")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demonstration practice is made once."""
    return tmp_path_factory.mktemp("demo") / "home"


@pytest.fixture(params=[1.0, 1.5], ids=["as designed", "150 %"])
def full(request: pytest.FixtureRequest, demo_home: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """The demonstration practice at the patient list, in this text size."""
    make_application()
    theme.use("light")
    theme.choose_text_scale(request.param)
    wanted = WindowRequest(home=demo_home, demo=True)
    window = make_window(wanted)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    open_practice(window, wanted)
    window.show_patients()
    yield window
    window.close()
    window.deleteLater()
    theme.choose_text_scale(1.0)


def _shown(page: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [widget for widget in page.findChildren(kind) if widget.isVisible() and not widget.visibleRegion().isEmpty()]


def cut(page: QWidget) -> list[str]:
    """What of the page does not show whole: words of buttons and labels, cards with something beyond their edge."""
    found = []
    for button in _shown(page, QAbstractButton):
        assert isinstance(button, QAbstractButton)
        if button.text() and button.width() < button.fontMetrics().horizontalAdvance(button.text()) + _AIR_PX:
            found.append(f"button {button.text()}")
    for label in _shown(page, QLabel):
        assert isinstance(label, QLabel)
        if not label.text() or isinstance(label, ElidedLabel):
            continue
        needed = label.heightForWidth(label.width()) if label.wordWrap() else 0
        if label.height() < needed - 1 or (not label.wordWrap() and label.width() < label.sizeHint().width()):
            found.append(f"label {label.text()}")
    for area in _shown(page, QScrollArea):
        assert isinstance(area, QScrollArea)
        card = area.widget()
        if card is not None and card.width() > area.viewport().width() + 1:
            found.append(f"card {area.accessibleName()} {card.width()} > {area.viewport().width()}")
    return found


def _shows_whole(page: QWidget) -> None:
    assert cut(page) == []


def test_the_patient_list_and_every_tab_show_whole(full: MainWindow, qtbot: QtBot) -> None:
    assert full.desk.practice is not None
    assert cut(full.patients) == []
    patients = full.desk.practice.patients()
    longest = max(patients, key=lambda patient: len(patient.family_name + patient.given_name))
    richest = next(patient for patient in patients if patient.family_name == "Beispiel")
    for patient in (richest, longest):
        for tab in TABS:
            full.records.open_patient(patient.id, tab.key)
            page = full.records.page
            assert page is not None
            qtbot.waitUntil(partial(_shows_whole, page), timeout=20_000)


def test_every_section_of_the_practice_shows_whole(full: MainWindow, qtbot: QtBot) -> None:
    for section in SECTIONS:
        full.records.open_practice(section.key)
        page = full.records.page
        assert page is not None
        qtbot.waitUntil(partial(_shows_whole, page), timeout=20_000)


def _cards_apart(canvas: QWidget) -> None:
    """No card that floats over the canvas lies on another."""
    found = canvas.findChildren(QFrame, options=Qt.FindChildOption.FindDirectChildrenOnly)
    cards = [card for card in found if card.isVisible()]
    assert len(cards) >= 4
    for one, other in combinations(cards, 2):
        assert not one.geometry().intersects(other.geometry()), (one.geometry(), other.geometry())


def test_cards_over_the_canvas_lie_beside_each_other(full: MainWindow, qtbot: QtBot) -> None:
    practice = full.desk.practice
    assert practice is not None
    patient = next(patient for patient in practice.patients() if patient.family_name == "Beispiel")
    session = practice.new_session(patient.id, full.desk.atlas())
    full.open_session(session.id)
    page = full.charting
    assert page is not None
    for overlays in (("last_session",), ("last_session", "heat")):
        for key in overlays:
            page.model.toggle_overlay(key, True)
        assert page.ghost_bar.words()
        for size in ((1280, 800), (1440, 900), (1280, 720)):
            full.resize(*size)
            qtbot.waitUntil(partial(_cards_apart, page.canvas), timeout=5_000)
