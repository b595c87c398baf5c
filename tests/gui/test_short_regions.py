"""Names of regions in the narrow tally of a 1280 px window: whole or short, but never cut."""

import pytest
from PySide6.QtGui import QFontMetrics, QFontMetricsF

from mesomap.app.application import make_application
from mesomap.atlas.bodies import shipped_body
from mesomap.ui.panels.last_time_card import CheckRow, narrow_name
from mesomap.ui.panels.tally_rows import columns, name_in
from mesomap.ui.short_regions import short_region_words
from mesomap.ui.typefaces import font
from mesomap.ui.words import region_name, region_words, side_letter

#: Width of a row, px; its margins, the gap before the figures and the letter of the side.
_ROW_PX, _MARGINS_PX, _GAP_PX, _LETTER_PX = 342, 32, 6, 16


@pytest.mark.parametrize("body", ["female", "male"])
def test_no_name_is_cut_beside_two_digits(body: str) -> None:
    make_application()
    atlas = shipped_body(body)
    figure = QFontMetricsF(font("control")).horizontalAdvance("25")
    room = int(_ROW_PX - _MARGINS_PX - columns(_ROW_PX)[0].right_px - figure - _GAP_PX)
    cut = []
    for region in atlas.regions:
        whole, side = region_words(atlas, region.id)
        left = room - (_LETTER_PX if side_letter(side) else 0)
        name, drawn = name_in(left, whole, short_region_words(atlas, region.id))
        if QFontMetricsF(drawn).horizontalAdvance(name) > left:
            cut.append((name, left))
    assert cut == []


def test_a_short_name_is_taken_only_where_the_whole_one_has_no_room() -> None:
    make_application()
    atlas = shipped_body("female")
    whole, _side = region_words(atlas, "paravertebral_lumbar.left")
    short = short_region_words(atlas, "paravertebral_lumbar.left")
    assert name_in(400, whole, short)[0] == whole == "Lumbar paravertebral area"
    assert name_in(100, whole, short)[0] == short
    assert short_region_words(atlas, "forehead.mid") == "Forehead"


def test_short_names_of_a_body_are_told_apart() -> None:
    atlas = shipped_body("female")
    names = [(short_region_words(atlas, region.id), region.side) for region in atlas.regions]
    assert len(set(names)) == len({(region_words(atlas, region.id)[0], region.side) for region in atlas.regions})


def test_the_last_session_tells_both_sides_apart_however_little_room_there_is() -> None:
    make_application()
    atlas = shipped_body("female")
    metrics = QFontMetrics(font("control"))
    for room in (60, 90, 400):
        told = []
        for region_id in ("cheek_malar.left", "cheek_malar.right"):
            row = CheckRow(region_name(atlas, region_id), narrow=narrow_name(atlas, region_id))
            told.append(row.words_in(room, metrics))
            assert metrics.horizontalAdvance(told[-1]) <= room
        assert told[0] != told[1]
        assert told[0].endswith(("L", "left"))
