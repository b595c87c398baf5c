"""A place of the skin in words."""

import re

import numpy as np
import pytest

from mesomap.app.application import make_application
from mesomap.atlas import Atlas, SkinArray, open_atlas
from mesomap.atlas.landmarks import landmarks_of
from mesomap.domain.body_size import PatientScale
from mesomap.domain.place import SkinPoint
from mesomap.ui.place_words import place_lines, place_words


@pytest.fixture(scope="module")
def body() -> Atlas:
    make_application()
    return open_atlas()


def beside(body: Atlas, key: str, side: str, by: tuple[float, float, float]) -> SkinPoint:
    mark = landmarks_of(body).find(key, side)
    assert mark is not None
    return body.nearest(body.position(SkinArray.of([mark.skin])) + np.array([by])).points()[0]


def test_region_side_midline_and_landmark(body: Atlas) -> None:
    words = place_words(body, beside(body, "orbitale", "left", (9.0, -2.0, 0.0)))
    pattern = r"Malar cheek, left, 3\d mm lateral of the midline; [89] mm lateral to the lower orbital rim, left"
    assert re.fullmatch(pattern, words)


def test_a_region_without_a_side_says_the_side_of_the_place(body: Atlas) -> None:
    words = place_words(body, beside(body, "navel", "mid", (-30.0, 60.0, 0.0)))
    assert re.search(r"3\d mm right of the midline", words)


def test_a_vertebra_has_no_article_and_a_level_no_length(body: Atlas) -> None:
    lines = place_lines(body, beside(body, "L3", "mid", (-30.0, 0.0, 0.0)))
    assert lines == ["30 mm lateral of the midline", "level with L3"]


def test_at_a_landmark_on_the_midline(body: Atlas) -> None:
    assert place_words(body, beside(body, "navel", "mid", (0.0, 0.0, 0.0))).endswith("on the midline; at the navel")


def test_a_limb_says_nothing_of_the_midline(body: Atlas) -> None:
    (line,) = place_lines(body, beside(body, "tibial_tuberosity", "right", (0.0, -60.0, 0.0)))
    assert line.endswith("mm below the tibial tuberosity, right")


def test_the_patients_size_counts_on_the_trunk(body: Atlas) -> None:
    place = beside(body, "navel", "mid", (50.0, 0.0, 0.0))
    assert "55 mm left of the midline" in place_words(body, place, PatientScale(1.1, "scaled"))


def test_off_the_body_there_are_no_words(body: Atlas) -> None:
    assert place_words(body, None) == ""
    assert place_lines(body, None) == []
