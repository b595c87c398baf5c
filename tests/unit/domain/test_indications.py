"""The words to pick for the frame of a session."""

import pytest

from mesomap.domain.indication import IndicationGroup, frame_words, indications
from mesomap.domain.technique import LANGUAGES


def test_every_indication_has_a_name_in_five_languages_and_says_that_nobody_reviewed_it() -> None:
    assert len(indications()) >= 30
    for key, known in indications().items():
        assert key == known.key
        assert set(known.names) == set(LANGUAGES)
        assert all(name and ", " not in name for name in known.names.values()), key
        assert not known.reviewed
        assert known.name("xx") == known.names["en"]


def test_every_group_is_used_and_no_name_stands_twice() -> None:
    assert {known.group for known in indications().values()} == set(IndicationGroup)
    for language in LANGUAGES:
        names = [known.name(language) for known in indications().values()]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("field", ["place", "antisepsis", "anaesthesia", "reaction", "quality"])
def test_every_field_of_the_frame_has_words(field: str) -> None:
    words = frame_words(field)
    assert len(words) >= 3
    for word in words:
        assert set(word.names) == set(LANGUAGES)
        assert all(name and ", " not in name for name in word.names.values())
        assert not word.reviewed


def test_no_word_states_that_something_is_absent() -> None:
    """A record never says "none": what was not recorded is not recorded."""
    for field in ("antisepsis", "anaesthesia", "reaction"):
        assert not {"none", "no reaction", "nil"} & {word.name("en").casefold() for word in frame_words(field)}


def test_a_field_without_words_has_none() -> None:
    assert frame_words("weather") == ()
