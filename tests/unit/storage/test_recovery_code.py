"""The printed recovery code survives a human hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.domain.errors import BadInputError
from mesomap.storage.recovery_code import format_recovery_code, new_recovery_secret, parse_recovery_code

SECRETS = st.binary(min_size=16, max_size=16)


@given(SECRETS)
def test_a_code_is_read_back(secret: bytes) -> None:
    code = format_recovery_code(secret)
    assert [len(group) for group in code.split("-")] == [5] * 6
    assert parse_recovery_code(code) == secret


@given(SECRETS)
def test_small_letters_spaces_and_misread_letters_do_no_harm(secret: bytes) -> None:
    code = format_recovery_code(secret).lower().replace("-", " ").replace("1", "l").replace("0", "o")
    assert parse_recovery_code(f"  {code} ") == secret


@given(SECRETS, st.integers(0, 29), st.integers(1, 31))
def test_one_wrong_letter_is_noticed_or_changes_nothing(secret: bytes, place: int, shift: int) -> None:
    """20 check bits: of 60 wrong codes a run tries, one in a million would pass."""
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    letters = list(format_recovery_code(secret).replace("-", ""))
    letters[place] = alphabet[(alphabet.index(letters[place]) + shift) % 32]
    with pytest.raises(BadInputError, match="mistyped"):
        parse_recovery_code("".join(letters))


@pytest.mark.parametrize("text", ["", "ABC", "U" * 30, "Z" * 30, "é" * 30, "0" * 400])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(BadInputError):
        parse_recovery_code(text)


def test_secrets_are_random() -> None:
    assert new_recovery_secret() != new_recovery_secret()
