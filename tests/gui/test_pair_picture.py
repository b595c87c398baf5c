"""The saved picture of a pair: what is seen and no more, the slider at the same place, notes whole, only pixels."""

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSizeF
from PySide6.QtGui import QColor, QImage

from mesomap.ui.photos.pair_drawing import Mode, PairLook
from mesomap.ui.photos.pair_export import PairPicture, cropped, pair_image, picture_png

pytestmark = pytest.mark.usefixtures("qapp")
GROUND = QColor("#EEF0F2")
MODES = st.sampled_from(list(Mode))


def _look(mode: Mode, width: float, height: float, zoom: float, at: tuple[float, float], share: float) -> PairLook:
    return PairLook(mode, QSizeF(width, height), zoom, QPointF(*at), GROUND, share)


@given(
    MODES, st.floats(300, 1600), st.floats(200, 900), st.floats(0.05, 4),
    st.tuples(st.floats(0, 3000), st.floats(0, 4000)), st.floats(0, 1),
)  # fmt: skip
def test_the_picture_shows_the_part_of_the_frame_that_was_seen(
    mode: Mode, width: float, height: float, zoom: float, at: tuple[float, float], share: float
) -> None:
    frame = QSizeF(3000, 4000)
    look = _look(mode, width, height, zoom, at, share)
    found = cropped(look, frame)
    pane, seen = look.panes[0].size(), found.panes[0].size()
    lies = look.frame_in(pane, frame)
    # No larger than the pane or the frame; the same place of the frame in its corner.
    assert seen.width() <= min(pane.width(), lies.width()) + 1e-6
    assert seen.height() <= min(pane.height(), lies.height()) + 1e-6
    moved = found.frame_in(seen, frame).topLeft()
    assert moved.x() == pytest.approx(min(lies.left(), 0.0), abs=1e-6)
    assert moved.y() == pytest.approx(min(lies.top(), 0.0), abs=1e-6)
    if mode is Mode.SLIDER:
        edge = look.share * pane.width()
        there = found.share * seen.width() + max(lies.left(), 0.0)
        if lies.left() <= edge <= lies.right():
            assert there == pytest.approx(edge, abs=1e-6)


@pytest.fixture
def levels() -> tuple[QImage, ...]:
    image = QImage(300, 400, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(200, 150, 120))
    return (image,)


@settings(max_examples=20, deadline=None)
@given(MODES, st.floats(0.2, 3), st.lists(st.text("abcdefgh ", min_size=1, max_size=40), max_size=5))
def test_every_word_of_the_notes_has_a_line(mode: Mode, zoom: float, notes: list[str]) -> None:
    image = QImage(300, 400, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(200, 150, 120))
    look = _look(mode, 640, 480, zoom, (150, 200), 0.5)
    bare = pair_image(PairPicture(look, ()), (image,), (image,))
    noted = pair_image(PairPicture(look, tuple(notes)), (image,), (image,))
    assert noted.width() == bare.width()
    assert (noted.height() > bare.height()) is bool("".join(notes).strip())
    # A pixel of the photo for a pixel of the picture, as long as it is seen smaller than it is.
    if zoom < 1 and mode is Mode.OPACITY:
        assert bare.width() == pytest.approx(min(300, 640 / zoom), abs=2)


def test_the_file_holds_pixels_and_nothing_else(levels: tuple[QImage, ...]) -> None:
    look = _look(Mode.SLIDER, 640, 480, 1.2, (150, 200), 0.5)
    data = picture_png(pair_image(PairPicture(look, ("Example",), "Praxis"), levels, levels))
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    place, kinds = 8, []
    while place < len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        kinds.append(data[place + 4 : place + 8])
        assert zlib.crc32(data[place + 4 : place + 8 + length]) == int.from_bytes(
            data[place + 8 + length : place + 12 + length], "big"
        )
        place += 12 + length
    assert set(kinds) == {b"IHDR", b"IDAT", b"IEND"}
    assert not QImage.fromData(data).isNull()


def test_very_large_and_very_small_views_make_a_picture(levels: tuple[QImage, ...]) -> None:
    for zoom, at in ((0.001, (150.0, 200.0)), (8.0, (0.0, 0.0)), (1.0, (9999.0, 9999.0))):
        image = pair_image(PairPicture(_look(Mode.SIDE_BY_SIDE, 800, 600, zoom, at, 0.5), ("a",)), levels, levels)
        assert 0 < image.width() * image.height() < 60_000_000
