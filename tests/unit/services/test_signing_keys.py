"""Keys to sign with: only the person's own opens, and every flipped bit of text or signature shows."""

import secrets
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from mesomap.domain.errors import BadInputError, DamagedError
from mesomap.services.signing_keys import SigningKey, new_signing_key, signed

WRAPPING = secrets.token_bytes(32)
WHO = uuid4()
KEY = new_signing_key(WHO, WRAPPING)


def fits(statement: bytes, signature: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(KEY.public)).verify(bytes.fromhex(signature), statement)
    except InvalidSignature:
        return False
    return True


@given(st.binary(min_size=1, max_size=200), st.data())
def test_a_signature_fits_its_text_and_no_other(statement: bytes, data: st.DataObject) -> None:
    signature = signed(statement, KEY, WHO, WRAPPING)
    assert fits(statement, signature)
    place = data.draw(st.integers(0, len(statement) * 8 - 1))
    other = bytearray(statement)
    other[place // 8] ^= 1 << place % 8
    assert not fits(bytes(other), signature)


def test_the_key_of_another_person_or_practice_does_not_open() -> None:
    with pytest.raises(DamagedError):
        signed(b"x", KEY, uuid4(), WRAPPING)
    with pytest.raises(DamagedError):
        signed(b"x", KEY, WHO, secrets.token_bytes(32))
    with pytest.raises(DamagedError):
        signed(b"x", SigningKey("00" * 32, KEY.wrapped), WHO, WRAPPING)


def test_without_a_key_nothing_is_signed() -> None:
    with pytest.raises(BadInputError, match="no key"):
        signed(b"x", SigningKey("", ""), WHO, WRAPPING)
