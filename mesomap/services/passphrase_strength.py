"""How hard a passphrase is to guess: a plain estimate, made here, with no word list and no network.

The estimate counts the choices that a guesser has at least to try: letters, digits and signs by their number, what
follows its neighbour (aaa, 123, abc, qwerty) hardly at all, and the words that everybody tries first not at all.
Words of a sentence count less per letter than random letters (about two bits a letter of running text: C. E. Shannon,
Prediction and Entropy of Printed English, 1951).
"""

import math
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

#: Bits from which a passphrase is fair, good and strong. One guess costs about 0.1 s on this key derivation.
_FAIR_BITS, _GOOD_BITS, _STRONG_BITS = 30.0, 45.0, 60.0
_SENTENCE_BITS = 2.0
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "qwertzuiop", "asdfghjkl", "yxcvbnm", "zxcvbnm")
#: What everybody tries first.
_KNOWN = ("passwort", "password", "praxis", "practice", "mesomap", "mesotherapy", "mesotherapie", "doctor", "admin",
          "qwerty", "qwertz", "letmein", "welcome", "hallo", "secret", "geheim", "demo", "azerty", "motdepasse",
          "passphrase", "default", "changeme")  # fmt: skip


class Strength(StrEnum):
    """How an estimate is called."""

    WEAK = "weak"
    FAIR = "fair"
    GOOD = "good"
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class Estimate:
    """bits: about how often a guesser's work doubles. part: 0 to 1, for a bar."""

    bits: float
    strength: Strength

    @property
    def part(self) -> float:
        """The share of a strong passphrase."""
        return min(1.0, self.bits / _STRONG_BITS)


def estimate(passphrase: str) -> Estimate:
    """The estimate of a passphrase; an empty one has no bits."""
    text = unicodedata.normalize("NFKC", passphrase)
    bits = _bits(_without_known(text))
    for strength, least in ((Strength.STRONG, _STRONG_BITS), (Strength.GOOD, _GOOD_BITS), (Strength.FAIR, _FAIR_BITS)):
        if bits >= least:
            return Estimate(bits, strength)
    return Estimate(bits, Strength.WEAK)


def _without_known(text: str) -> str:
    """Known words shrink to their first letter, with their last one however often it is said."""
    folded = text.casefold()
    if len(folded) != len(text):
        return text
    for word in _KNOWN:
        place = folded.find(word)
        while place >= 0:
            end = place + len(word)
            while folded[end : end + 1] == word[-1]:
                end += 1
            text, folded = text[: place + 1] + text[end:], folded[: place + 1] + folded[end:]
            place = folded.find(word)
    return text


def _bits(text: str) -> float:
    letters = [char for place, char in enumerate(text) if not place or not _follows(text[place - 1], char)]
    fresh = len(letters)
    if not fresh:
        return 0.0
    words = [word for word in text.split() if len(word) > 1 and word.isalpha()]
    if len(words) >= 2 and sum(map(len, words)) >= 0.7 * len(text):
        return _SENTENCE_BITS * fresh + len(words)
    per_char = math.log2(_choices(text))
    # A character used again is chosen among those already there.
    seen = len(set(letters))
    return seen * per_char + (fresh - seen) * min(per_char, math.log2(seen + 1))


def _follows(before: str, char: str) -> bool:
    """Whether the character is the one before again, or its neighbour in the alphabet or on the keyboard."""
    first, second = before.casefold(), char.casefold()
    if first == second:
        return True
    return any(first + second in row or second + first in row for row in _ROWS)


def _choices(text: str) -> int:
    total = 0
    for count, is_kind in (
        (26, str.islower), (26, str.isupper), (10, str.isdigit), (33, lambda char: not char.isalnum()),
    ):  # fmt: skip
        total += count if any(is_kind(char) for char in text) else 0
    return max(total, 10)
