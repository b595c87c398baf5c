"""The panel at the side: how syringe and tally share its height, and segments the width of their track."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QAbstractButton, QLabel

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.controls.track import _shared

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def _rows_shown(driver: WindowDriver) -> float:
    page = driver.page
    return page.tally.row_view().height() / page.tally.row_view().sizeHintForRow(0)


@pytest.mark.parametrize(
    ("size", "syringe", "section", "rows"),
    [
        ((1280, 720), False, False, 3),
        ((1280, 800), False, False, 5),
        ((1440, 900), False, True, 4),
        ((1920, 1080), True, True, 4),
    ],
)
def test_the_syringe_gives_way_to_the_rows_of_the_tally(
    driver: WindowDriver, size: tuple[int, int], syringe: bool, section: bool, rows: int
) -> None:
    for x, y in ((20.0, 0.0), (-30.0, 40.0)):
        driver.tap(x, y)
    driver.window.resize(*size)
    driver.wait(400)
    page = driver.page
    assert page.dose.head._syringe.isVisible() is syringe
    assert page.dose.depth_group.section.isVisible() is section
    assert _rows_shown(driver) >= rows
    # every button of the panel keeps a size that a gloved finger meets
    for button in page.dose.findChildren(QAbstractButton):
        if button.isVisible() and not isinstance(button, IconButton):
            assert button.height() >= 38, button.accessibleName()
    # nothing of the syringe panel is squeezed: it scrolls where there is no room
    assert page.dose.height() == page.dose.sizeHint().height()


def test_it_settles(driver: WindowDriver) -> None:
    """A row that comes and goes finds the same heights again."""
    page = driver.page
    before = page.dose.heights()
    page.dose.leave_out(2)
    driver.wait(60)
    assert page.dose.heights() == before
    page.dose.head._short.setText("A sentence of one line.")
    page.dose.head._short.show()
    driver.wait(60)
    assert page.dose.heights()[0] > before[0]
    page.dose.head._short.hide()
    driver.wait(60)
    assert page.dose.heights() == before


@given(needs=st.lists(st.integers(44, 200), min_size=1, max_size=8), even=st.floats(44, 120))
def test_short_words_keep_their_room_and_all_room_is_used(needs: list[int], even: float) -> None:
    widths = _shared(needs, even)
    assert sum(widths) == pytest.approx(even * len(needs), abs=len(needs))
    for need, width in zip(needs, widths, strict=True):
        if need <= even:
            assert width >= need - 1


def test_a_syringe_is_drawn_once_something_was_drawn_up(driver: WindowDriver) -> None:
    page = driver.page
    driver.window.resize(1440, 900)
    driver.tap(20.0, 0.0)
    driver.wait(400)
    assert not page.dose.head._syringe.isVisible()
    driver.click(page.dose.head.left_button())
    driver.click(page.dosing.drawn.size_chip(5.0))
    driver.wait(100)
    assert page.dose.head._syringe.isVisible()
    assert _rows_shown(driver) >= 3


def test_a_notice_above_the_canvas_takes_no_row_of_the_tally(driver: WindowDriver) -> None:
    driver.tap(20.0, 0.0)
    driver.window.resize(1280, 800)
    driver.wait(400)
    page = driver.page
    rows, top = _rows_shown(driver), page.canvas.mapTo(page, page.canvas.rect().topLeft()).y()
    notice = QLabel("Cautions: High blood pressure")
    notice.setFixedHeight(38)
    page.beside_panel.insertWidget(0, notice)
    driver.wait(100)
    assert page.canvas.mapTo(page, page.canvas.rect().topLeft()).y() == top + 38
    assert _rows_shown(driver) == rows >= 5
