"""PINs: what may be one, and that the hash tells only the right one."""

import pytest

from mesomap.domain.errors import BadInputError
from mesomap.services.pin import checked_pin, hashed_pin, pin_fits


@pytest.mark.parametrize("text", ["", "123", "123456789", "12a4", "٣٤٥٦", "7777", "1234", "4321", "-123"])
def test_what_is_no_pin_is_refused(text: str) -> None:
    with pytest.raises(BadInputError):
        checked_pin(text)


def test_blanks_around_a_pin_do_not_count() -> None:
    assert checked_pin(" 4711 ") == "4711"


def test_only_the_right_pin_fits_and_two_hashes_of_it_differ() -> None:
    first, second = hashed_pin("4711"), hashed_pin("4711")
    assert first != second
    assert pin_fits(first, "4711")
    assert pin_fits(second, " 4711 ")
    assert not pin_fits(first, "4712")
    assert not pin_fits(first, "")


@pytest.mark.parametrize("kept", ["", "nonsense", "$argon2id$v=19$m=8192,t=1,p=1$YWJj$"])
def test_an_empty_or_damaged_hash_fits_nothing(kept: str) -> None:
    assert not pin_fits(kept, "4711")
