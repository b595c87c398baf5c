"""Starting up: without a display, logging, crash reports, the driver."""

import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSizeF
from pytestqt.qtbot import QtBot

from mesomap.app.display import has_display
from mesomap.app.entry import open_window, wants_window
from mesomap.app.logs import crash_words, start_logging
from mesomap.app.offscreen_drive import WindowDriver, drive
from mesomap.app.start import open_practice
from mesomap.atlas import Atlas
from mesomap.cli import WindowRequest
from mesomap.domain.errors import BadInputError
from mesomap.render.tokens import LIGHT
from mesomap.services import Practice
from mesomap.ui.canvas.viewport import MAX_ZOOM, MIN_ZOOM, whole_view
from mesomap.ui.desk import Desk
from mesomap.ui.main_window import MainWindow
from tests.records import CHEAP


def test_without_a_display_the_window_says_so_and_nothing_aborts(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert not has_display()
    with pytest.raises(BadInputError, match="no display"):
        open_window(WindowRequest())


def test_a_platform_without_a_screen_that_was_chosen_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert has_display()


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["--demo"], True),
        (["--home", "x", "--demo"], True),
        (["--home=x"], True),
        (["patients"], False),
        (["--home", "x", "verify"], False),
        (["--help"], False),
    ],
)
def test_the_splash_comes_with_the_window_only(arguments: list[str], window: bool) -> None:
    assert wants_window(arguments) is window


def test_the_log_is_for_the_owner_alone(tmp_path: Path) -> None:
    root = logging.getLogger("mesomap")
    before = list(root.handlers)
    try:
        start_logging(tmp_path / "logs")
        logging.getLogger("mesomap.app").info("opened %s", "an id")
        file = tmp_path / "logs" / "mesomap.log"
        assert "opened an id" in file.read_text(encoding="utf-8")
        assert file.stat().st_mode & 0o077 == 0
    finally:
        for handler in [h for h in root.handlers if h not in before]:
            root.removeHandler(handler)
            handler.close()


def test_a_crash_report_holds_places_but_no_message() -> None:
    try:
        raise ValueError("Anna Beispiel, born 1979")
    except ValueError as error:
        words = crash_words(type(error), error.__traceback__)
    assert "ValueError at test_start.py" in words
    assert "Anna" not in words


def test_the_driver_charts_saves_and_prints(driver: WindowDriver, tmp_path: Path) -> None:
    said: list[str] = []
    files = drive(driver.window, tmp_path, said.append)
    assert [file.name for file in files if not file.is_file()] == []
    assert tmp_path / "chart.pdf" in files
    assert (tmp_path / "chart.pdf").read_bytes().startswith(b"%PDF")
    assert said[0] == "placed 9 points by single taps"
    assert said[1] == "undo and redo: 11 → 10 → 11 marks"


def test_what_opening_needs_is_loaded_while_the_passphrase_is_typed(qtbot: QtBot, home: Path, atlas: Atlas) -> None:
    Practice.create(home, "demo", cost=CHEAP).close()
    opened: list[str] = []

    def open_body(body: str) -> Atlas:
        opened.append(body)
        return atlas

    window = MainWindow(Desk(home, open_body=open_body))
    qtbot.addWidget(window)
    open_practice(window, WindowRequest(home))
    assert window.desk.practice is None
    window.beside.finish()
    assert opened == ["female"]
    assert window.desk.atlas() is atlas
    assert opened == ["female"]
    window.close()


@given(
    factor=st.floats(0.1, 10), x=st.floats(0, 800), y=st.floats(0, 600), first=st.floats(0.8, 8),
)  # fmt: skip
def test_the_skin_under_the_pen_stays_under_it_while_zooming(
    atlas: Atlas, factor: float, x: float, y: float, first: float
) -> None:
    size, at = QSizeF(800, 600), QPointF(x, y)
    looked = whole_view(atlas, "body_front").zoomed(
        whole_view(atlas, "body_front").context(atlas, size, LIGHT, 1.0, "en", 1.0), first, QPointF(400, 300), size
    )
    context = looked.context(atlas, size, LIGHT, 1.0, "en", 1.0)
    zoomed = looked.zoomed(context, factor, at, size)
    after = zoomed.context(atlas, size, LIGHT, 1.0, "en", 1.0)
    assert MIN_ZOOM <= zoomed.zoom <= MAX_ZOOM
    x0, y0, x1, y1 = atlas.view("body_front").box_mm
    centre_free = x0 < zoomed.centre_mm[0] < x1 and y0 < zoomed.centre_mm[1] < y1
    if centre_free:
        assert after.to_mm(at) == pytest.approx(context.to_mm(at), abs=1e-6)


def test_panning_moves_the_picture_by_the_same_pixels(atlas: Atlas) -> None:
    size = QSizeF(800, 600)
    start = whole_view(atlas, "body_front")
    context = start.context(atlas, size, LIGHT, 1.0, "en", 1.0)
    moved = start.panned(context, QPointF(30, -12)).context(atlas, size, LIGHT, 1.0, "en", 1.0)
    before, after = context.point_px(0, 0), moved.point_px(0, 0)
    assert (after.x() - before.x(), after.y() - before.y()) == pytest.approx((30, -12))
