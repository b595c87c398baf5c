"""Reading JSON strictly."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.domain.errors import BadInputError
from mesomap.exchange.strict_json import MAX_BYTES, MAX_DEPTH, load

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@given(plain)
def test_what_json_writes_is_read_back(value: object) -> None:
    assert load(json.dumps(value).encode()) == value


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_but_never_crash(data: bytes) -> None:
    with suppress(BadInputError):
        load(data)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"a": NaN}', "NaN"),
        ("[Infinity]", "Infinity"),
        ("[-Infinity]", "-Infinity"),
        ("[1e999]", "too large"),
        ("[123456789012345678901]", "too large"),
        ('{"a": 1, "a": 2}', "“a” twice"),
        ('{"a": [1, 2}', "line 1"),
        ("", "not valid JSON"),
        ("[" * 100_000, "levels deep"),
        ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "levels deep"),
    ],
)
def test_what_json_should_not_hold_is_named(text: str, says: str) -> None:
    with pytest.raises(BadInputError, match=says):
        load(text.encode())


def test_brackets_inside_text_do_not_count_as_depth() -> None:
    assert load(json.dumps(["[" * 200 + '\\"']).encode()) == ["[" * 200 + '\\"']


def test_a_byte_order_mark_does_no_harm() -> None:
    assert load(b"\xef\xbb\xbf[1]") == [1]


def test_other_encodings_are_refused() -> None:
    with pytest.raises(BadInputError, match="UTF-8"):
        load('["é"]'.encode("latin-1"))


def test_a_file_that_is_too_large_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(BadInputError, match="larger than"):
        load(b" " * (MAX_BYTES + 1))
