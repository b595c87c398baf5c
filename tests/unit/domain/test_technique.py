"""The table of techniques."""

import math

import pytest

from mesomap.domain.errors import NotFoundError
from mesomap.domain.technique import LANGUAGES, SymbolFamily, technique, techniques


def test_every_technique_has_a_name_in_five_languages_and_a_source() -> None:
    assert len(techniques()) == 28
    for key, known in techniques().items():
        assert key == known.key
        assert set(known.names) == set(LANGUAGES)
        assert all(known.name(language) for language in LANGUAGES), key
        assert known.sources, key
        assert known.name("xx") == known.name("en")


def test_ranges_rise_and_are_possible() -> None:
    for known in techniques().values():
        for values in (known.depth_range_mm, known.spacing_range_mm, known.volume_range_ml):
            if values is not None:
                low, high = values
                assert 0 <= low <= high <= 100, known.key


def test_the_shipped_radius_just_covers_at_the_usual_maximum_spacing() -> None:
    """In a hex lattice of spacing s the farthest place is s / sqrt(3) from three neighbours."""
    for known in techniques().values():
        if known.spacing_range_mm is None:
            assert known.effect_radius_mm is None
        else:
            assert known.effect_radius_mm is not None
            assert known.effect_radius_mm * math.sqrt(3) == pytest.approx(known.spacing_range_mm[1])


def test_families_are_all_used() -> None:
    assert {known.symbol_family for known in techniques().values()} == set(SymbolFamily)


def test_an_unknown_key_is_named() -> None:
    with pytest.raises(NotFoundError, match="“witchcraft”"):
        technique("witchcraft")
