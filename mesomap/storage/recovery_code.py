"""The printed recovery code: 128 random bits in letters that are hard to misread, with a checksum."""

import hashlib
import secrets

from mesomap.domain.errors import BadInputError

#: Crockford's base 32: no I, L, O or U. https://www.crockford.com/base32.html
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", " ": "", "-": ""})
_SECRET_BYTES = 16
_SECRET_LETTERS = 26  # 130 bits hold 128
_CHECK_LETTERS = 4  # 20 bits: one wrong code in a million passes


def _letters(number: int, count: int) -> str:
    return "".join(_ALPHABET[(number >> (5 * place)) & 31] for place in reversed(range(count)))


def _check(secret: bytes) -> str:
    return _letters(
        int.from_bytes(hashlib.sha256(b"mesomap recovery" + secret).digest()[:3], "big") >> 4, _CHECK_LETTERS
    )


def new_recovery_secret() -> bytes:
    """16 random bytes."""
    return secrets.token_bytes(_SECRET_BYTES)


def format_recovery_code(secret: bytes) -> str:
    """Six groups of five letters, for printing."""
    text = _letters(int.from_bytes(secret, "big"), _SECRET_LETTERS) + _check(secret)
    return "-".join(text[i : i + 5] for i in range(0, len(text), 5))


def parse_recovery_code(text: str) -> bytes:
    """The 16 bytes of a typed code. Raises BadInputError when it is mistyped (the checksum tells)."""
    plain = text.strip().upper().translate(_MISREAD)
    mistyped = BadInputError("The recovery code is mistyped. It has six groups of five letters and digits.")
    if len(plain) != _SECRET_LETTERS + _CHECK_LETTERS or any(letter not in _ALPHABET for letter in plain):
        raise mistyped
    number = 0
    for letter in plain[:_SECRET_LETTERS]:
        number = number * 32 + _ALPHABET.index(letter)
    if number >> (8 * _SECRET_BYTES):
        raise mistyped
    secret = number.to_bytes(_SECRET_BYTES, "big")
    if _check(secret) != plain[_SECRET_LETTERS:]:
        raise mistyped
    return secret
