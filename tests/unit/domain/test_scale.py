"""The scales: what can be scored, how items are summed, and whose words are shown."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.domain.errors import BadInputError, NotFoundError
from mesomap.domain.scale import ScaleForm, ScaleLicence, Wording, item_name, level_words, scale, scales
from mesomap.domain.score import ItemValue, Score, check_value, hexsel_class

_NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)


def _score(key: str, value: str, **values: Any) -> Score:
    made = Score(id=uuid4(), entered_at=_NOW, patient_id=uuid4(), scale=key, value=Decimal(value), scored_at=_NOW)
    return replace(made, **values)


def test_all_scales_of_the_table_are_there() -> None:
    assert len(scales()) == 21
    assert sum(len(item.levels) for one in scales().values() for item in one.items) == 124
    for one in scales().values():
        assert all(one.name(language) for language in ("en", "fr", "it", "de", "es"))


@pytest.mark.parametrize("key", sorted(scales()))
def test_ends_of_every_scale_are_on_it_and_beyond_is_not(key: str) -> None:
    asked = scale(key)
    if asked.form in (ScaleForm.ITEMS, ScaleForm.CLASS):
        return
    check_value(asked, asked.low)
    check_value(asked, asked.high)
    for beyond in (asked.low - 1, asked.high + 1, Decimal("NaN"), Decimal("Infinity")):
        with pytest.raises(BadInputError):
            check_value(asked, beyond)


@given(st.integers(0, 100))
def test_every_millimetre_of_the_line_is_a_score(mm: int) -> None:
    _score("vas", f"{Decimal(mm) / 10}").check()


def test_finer_than_a_millimetre_is_refused() -> None:
    with pytest.raises(BadInputError, match="one decimal"):
        _score("vas", "3.14").check()


@pytest.mark.parametrize(("key", "value"), [("nrs", "3.5"), ("gais", "0"), ("mfws", "0.7"), ("norwood", "2.5")])
def test_between_levels_is_refused(key: str, value: str) -> None:
    with pytest.raises(BadInputError, match="not on the scale"):
        _score(key, value).check()


@given(st.lists(st.integers(0, 3), min_size=5, max_size=5))
def test_hexsel_is_the_sum_of_five_items(levels: list[int]) -> None:
    items = tuple(
        ItemValue(item=item.key, value=Decimal(level))
        for item, level in zip(scale("hexsel_css").items, levels, strict=True)
    )
    _score("hexsel_css", str(sum(levels)), items=items).check()
    with pytest.raises(BadInputError, match=r"items|sum"):
        _score("hexsel_css", str((sum(levels) + 1) % 16), items=items).check()
    with pytest.raises(BadInputError, match="5 items"):
        _score("hexsel_css", str(sum(levels) - levels[0]), items=items[1:]).check()


def test_class_of_the_sum() -> None:
    assert [hexsel_class(Decimal(total)) for total in (0, 1, 5, 6, 10, 11, 15)] == [
        "", "Mild", "Mild", "Moderate", "Moderate", "Severe", "Severe",
    ]  # fmt: skip
    with pytest.raises(BadInputError, match="follows from a sum"):
        _score("hexsel_css_class", "3").check()


def test_unknown_scale_is_named() -> None:
    with pytest.raises(NotFoundError, match="smile"):
        _score("smile", "1").check()


def test_words_wait_for_a_noted_licence() -> None:
    wsrs = scale("wsrs")
    assert wsrs.wording is Wording.NUMBERS
    assert level_words(wsrs, wsrs.levels[2]) == ("3", "")
    assert level_words(wsrs, wsrs.levels[2], {"wsrs"}) == ("Moderate", "clear but soft fold")


def test_items_have_letters_until_the_licence_is_noted() -> None:
    css = scale("hexsel_css")
    assert [item_name(css, item) for item in css.items] == list("abcde")
    assert "depressions" in item_name(css, css.items[0], {"hexsel_css"})


def test_grades_keep_their_sign_without_words() -> None:
    assert [level_words(scale("glogau"), level)[0] for level in scale("glogau").levels] == ["I", "II", "III", "IV"]
    assert level_words(scale("ctcae"), scale("ctcae").levels[4]) == ("5", "")
    assert level_words(scale("gais"), scale("gais").levels[0]) == ("Very much improved", "")


def test_empty_licence_is_refused() -> None:
    with pytest.raises(BadInputError, match="empty"):
        ScaleLicence(id=uuid4(), entered_at=_NOW, scale="wsrs", text=" ").check()
