"""The key a person signs with: Ed25519 (RFC 8032), the private half wrapped with AES-256-GCM under a subkey.

The subkey is of the practice's master key ("signing"): a signature proves that the open practice signed as this person,
whose PIN or passphrase was asked for. It does not prove who sat at the computer.
"""

import base64
import secrets
from dataclasses import dataclass
from uuid import UUID

from mesomap.domain.errors import BadInputError, DamagedError

_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class SigningKey:
    """public: hex. wrapped: nonce and ciphertext, base64."""

    public: str
    wrapped: str


def new_signing_key(person_id: UUID, wrapping_key: bytes) -> SigningKey:
    """A random key pair of a person."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    private = Ed25519PrivateKey.generate()
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(wrapping_key).encrypt(nonce, private.private_bytes_raw(), person_id.bytes)
    return SigningKey(private.public_key().public_bytes_raw().hex(), base64.b64encode(nonce + sealed).decode("ascii"))


def signed(statement: bytes, key: SigningKey, person_id: UUID, wrapping_key: bytes) -> str:
    """The signature, hex. Raises DamagedError when the key does not unwrap, BadInputError when there is none."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if not key.wrapped:
        raise BadInputError("This person has no key to sign with. Give the role “sign” again under People.")
    try:
        raw = base64.b64decode(key.wrapped, validate=True)
        plain = AESGCM(wrapping_key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], person_id.bytes)
        private = Ed25519PrivateKey.from_private_bytes(plain)
    except (InvalidTag, ValueError) as error:
        raise DamagedError("The key to sign with is damaged. Restore the last verified backup.") from error
    if private.public_key().public_bytes_raw().hex() != key.public:
        raise DamagedError("The key to sign with belongs to another person. Restore the last verified backup.")
    return private.sign(statement).hex()
