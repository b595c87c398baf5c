"""The estimate of a passphrase: what everybody tries is weak, a long sentence is strong."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mesomap.services.passphrase_strength import Strength, estimate


@pytest.mark.parametrize("text", ["", "demo", "password", "Praxis2024", "aaaaaaaaaaaa", "1234567890", "qwertzuiop1"])
def test_what_everybody_tries_is_weak(text: str) -> None:
    assert estimate(text).strength is Strength.WEAK


@pytest.mark.parametrize("text", ["xK9#mq2Lw!vT", "my cat likes to sleep upon the warm oven"])
def test_random_signs_and_long_sentences_are_strong(text: str) -> None:
    assert estimate(text).strength is Strength.STRONG
    assert estimate(text).part == 1.0


def test_a_short_sentence_lies_between() -> None:
    assert estimate("a sentence is best").strength is Strength.FAIR


@given(st.text(max_size=60))
def test_every_text_has_an_estimate(text: str) -> None:
    found = estimate(text)
    assert found.bits >= 0.0
    assert 0.0 <= found.part <= 1.0


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzABC0123456789!?", min_size=1, max_size=30))
@example("prACtiCe")
def test_saying_the_last_sign_again_adds_nothing(text: str) -> None:
    assert estimate(text + text[-1]).bits == pytest.approx(estimate(text).bits)
