"""Mixtures with products and lots in session files: nothing rounded, nothing taken that cannot be."""

import json
from decimal import Decimal
from typing import Any

import pytest

from mesomap.domain.errors import BadInputError
from mesomap.exchange import SessionContents, read_session_text, session_text


def _read(document: dict[str, Any], atlas: Any) -> Any:
    return read_session_text(json.dumps(document).encode(), atlas).session.mixtures[1].details


def test_every_figure_and_id_comes_back_as_it_was(contents: SessionContents, small_atlas: Any) -> None:
    again = read_session_text(session_text(contents).encode(), small_atlas)
    assert again.session.mixtures == contents.session.mixtures
    details = again.session.mixtures[1].details
    assert details is not None
    line = details.lines[0]
    assert str(line.volume_ml) == "0.50"


def test_a_lot_named_in_words_gets_the_same_id_in_every_file(document: dict[str, Any], small_atlas: Any) -> None:
    line = document["session"]["mixtures"][1]["details"]["lines"][0]
    del line["lot_id"], line["product_id"]
    first = _read(document, small_atlas).lines[0]
    line["lot"], line["product"] = "ld77", "lidocaine  2 %"
    second = _read(document, small_atlas).lines[0]
    assert first.lot_id is not None
    assert (first.lot_id, first.product_id) == (second.lot_id, second.product_id)
    line["lot"] = "LD78"
    assert _read(document, small_atlas).lines[0].lot_id != first.lot_id


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("volume_ml", 0.5, "text in quotes"),
        ("volume_ml", "-1", "a figure in quotes"),
        ("volume_ml", "1e3", "a figure in quotes"),
        ("volume_ml", "4000", "not possible"),
        ("expiry", "2027-13-01", "not a date"),
        ("lot", "x" * 300, "longer than 200"),
        ("role", "thinner", "a role"),
        ("colour", "red", "not a field"),
        ("substances", [{"name": "X", "concentration": "2"}], "needs its unit"),
        ("substances", [{"name": "X", "concentration": "2", "unit": "mg"}], "a unit"),
        ("product", " ", "has no product"),
    ],
)
def test_what_cannot_be_is_refused_by_its_place(
    document: dict[str, Any], small_atlas: Any, key: str, value: object, says: str
) -> None:
    document["session"]["mixtures"][1]["details"]["lines"][0][key] = value
    with pytest.raises(BadInputError, match=says) as caught:
        _read(document, small_atlas)
    assert "mixtures[1].details" in caught.value.sentence


def test_use_by_before_preparation_is_refused(document: dict[str, Any], small_atlas: Any) -> None:
    document["session"]["mixtures"][1]["details"]["use_by"] = "2020-01-01T00:00:00+00:00"
    with pytest.raises(BadInputError, match="before it is prepared"):
        _read(document, small_atlas)


def test_a_discarded_volume_is_exact(document: dict[str, Any], small_atlas: Any) -> None:
    document["session"]["mixtures"][1]["details"]["discarded_ml"] = "0.100000000001"
    assert _read(document, small_atlas).discarded_ml == Decimal("0.100000000001")
