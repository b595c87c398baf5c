"""The pages that list the marks one by one: every mark, its own words, nothing when not asked."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import pikepdf
import pytest

from mesomap.domain.marks import AreaRecord, InjectionSet, Origin
from mesomap.printing import ChartData
from mesomap.printing.mark_list import listed_marks, origin_word
from tests.unit.printing.conftest import marks_on
from tests.unit.printing.pdf_text import pages_text

Printed = Callable[..., Path]


def test_marks_are_listed_only_when_asked(printed: Printed) -> None:
    assert len(pages_text(printed())) == 1
    first, second = pages_text(printed(list_marks=True))
    assert "Page 1 of 2" in first
    assert "Page 2 of 2" in second
    assert "Laurent, Marie" in second
    assert "Done at" not in first


def test_a_line_says_what_was_recorded(printed: Printed) -> None:
    _, text = pages_text(printed(list_marks=True))
    for part in (
        "Papule", "Intradermal micro-deposit", "Nappage", "left", "right", "tap", "fill", "about 1234", "2.50", "0.04",
        "1.5", "21 Nov 2026, 14:22",
    ):  # fmt: skip
        assert part in text, part


def test_what_was_not_recorded_is_a_dash(small_atlas: Any) -> None:
    tap, _, area = marks_on(small_atlas)
    assert isinstance(tap, InjectionSet)
    assert isinstance(area, AreaRecord)
    bare = replace(tap, volume_ml=None, dose=replace(tap.dose, depth_mm=None, mixture=None))
    unknown = replace(area, about_n=None, total_ml=None)
    lines = listed_marks(small_atlas, [bare, unknown])
    assert [(line.volume_ml, line.points) for line in lines] == [(None, 2), (None, None)]
    dry = listed_marks(small_atlas, [replace(tap, volume_ml=0.0)])
    assert dry[0].volume_ml == 0.0, "dry is a volume"


def test_a_total_of_points_is_shared_by_their_number(small_atlas: Any) -> None:
    points = small_atlas.locate("body_front", np.array([[60.0, 0.0], [80.0, 0.0], [-60.0, 0.0]])).points()
    tap = marks_on(small_atlas)[0]
    assert isinstance(tap, InjectionSet)
    across = replace(tap, points=points, volume_ml=None, given_total_ml=3.0)
    assert [line.volume_ml for line in listed_marks(small_atlas, [across])] == [pytest.approx(2.0), pytest.approx(1.0)]


def test_a_mark_over_two_regions_has_a_line_for_each_under_one_number(small_atlas: Any) -> None:
    points = small_atlas.locate("body_front", np.array([[60.0, 0.0], [80.0, 0.0], [-60.0, 0.0]])).points()
    across = replace(marks_on(small_atlas)[0], points=points, region_ids=("chest.left", "chest.right"))
    lines = listed_marks(small_atlas, [across, marks_on(small_atlas)[0]])
    assert [(line.number, line.side, line.points) for line in lines] == [
        (1, "left", 2),
        (1, "right", 1),
        (2, "left", 2),
    ]
    assert lines[0].volume_ml == pytest.approx(0.04)
    assert lines[1].volume_ml == pytest.approx(0.02)


def test_an_area_over_two_regions_states_its_volume_once(small_atlas: Any, printed: Printed) -> None:
    area = marks_on(small_atlas)[2]
    assert isinstance(area, AreaRecord)
    wide = replace(area, region_ids=("back_upper.left", "back_upper.right"))
    first, second = listed_marks(small_atlas, [wide])
    assert (first.elsewhere, second.elsewhere) == (False, True)
    text = pages_text(printed(marks=(wide,), list_marks=True))[1]
    assert text.count("2.50") == 1
    assert text.count("about 1234") == 1
    assert "as above" in text


def test_many_marks_flow_over_pages_and_none_is_lost(
    printed: Printed, small_atlas: Any, make_data: Callable[..., ChartData]
) -> None:
    tap = marks_on(small_atlas)[0]
    assert isinstance(tap, InjectionSet)
    many = tuple(replace(tap, id=UUID(int=100 + i), points=tap.points[:1], volume_ml=i / 1000) for i in range(150))
    assert make_data(marks=many).listed == ()
    path = printed(marks=many, list_marks=True)
    pages = pages_text(path)
    listing = [text for text in pages if "Done at" in text]
    assert len(listing) == 3
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text
    assert "Marks, continued" in listing[1]
    assert "Marks, continued" not in listing[0]
    assert sum(text.count("21 Nov 2026, 14:22") for text in listing) == 150
    assert "0.15" in listing[-1]
    assert "Every other" not in listing[0]
    assert "is a pattern" in listing[-1]
    with pikepdf.open(path) as pdf, pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "1B"
        assert all("/Group" not in page for page in pdf.pages)


def test_every_origin_has_a_word() -> None:
    assert len({origin_word(origin) for origin in Origin}) == len(Origin)
