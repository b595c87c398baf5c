"""The master key, its subkeys, and the keyslots that wrap it.

A random 32-byte master key; subkeys by HKDF-SHA256 (RFC 5869); each keyslot wraps the master key with
AES-256-GCM under a key derived by Argon2id (RFC 9106) from the passphrase or the recovery code. Memory of a
Python process cannot be wiped with certainty; references are dropped on lock.
"""

import secrets
from contextlib import suppress
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
_NONCE_BYTES = 12
_SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class KdfCost:
    """Cost of Argon2id.

    The default is the second recommended option of RFC 9106 section 4 (3 passes, 64 MiB, 4 lanes).
    """

    passes: int = 3
    memory_kib: int = 65536
    lanes: int = 4

    def is_sane(self) -> bool:
        """False for costs that only a damaged or hostile file would name."""
        return 1 <= self.passes <= 64 and 8 <= self.memory_kib <= 1 << 20 and 1 <= self.lanes <= 16


@dataclass(frozen=True, slots=True)
class Keyslot:
    """The master key wrapped under one secret. kind: "passphrase" or "recovery"."""

    kind: str
    cost: KdfCost
    salt: bytes
    nonce: bytes
    wrapped: bytes


class MasterKey:
    """The unwrapped master key; gives subkeys and never itself."""

    __slots__ = ("_key",)

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError("a master key has 32 bytes")
        self._key = key

    @classmethod
    def new(cls) -> "MasterKey":
        """A random one."""
        return cls(secrets.token_bytes(KEY_BYTES))

    def subkey(self, purpose: str) -> bytes:
        """32 bytes for one purpose: database, photos, audit, backup, check."""
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"mesomap/1/{purpose}".encode()).derive(self._key)

    def wrap(self, kind: str, secret: bytes, cost: KdfCost) -> Keyslot:
        """A keyslot that opens with the secret."""
        salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
        wrapped = AESGCM(derive(secret, salt, cost)).encrypt(nonce, self._key, kind.encode())
        return Keyslot(kind, cost, salt, nonce, wrapped)


def unwrap(slot: Keyslot, secret: bytes, *, one_thread: bool = False) -> MasterKey | None:
    """The master key, or None when the secret does not open this slot. one_thread: as in derive()."""
    try:
        wrapper = AESGCM(derive(secret, slot.salt, slot.cost, one_thread=one_thread))
        return MasterKey(wrapper.decrypt(slot.nonce, slot.wrapped, slot.kind.encode()))
    except InvalidTag:
        return None


def derive(secret: bytes, salt: bytes, cost: KdfCost, *, one_thread: bool = False) -> bytes:
    """32 bytes from a secret by Argon2id.

    one_thread: take one processor and leave the others to what works beside, where this installation can. Else the
    lanes run in threads of their own, which is sooner where nothing else is to be done.
    """
    if one_thread:
        with suppress(UnsupportedAlgorithm):
            return _in_one_thread(secret, salt, cost)
    from argon2.low_level import Type, hash_secret_raw  # late: where the key is derived beside, it is not needed

    return hash_secret_raw(secret, salt, cost.passes, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID)


def _in_one_thread(secret: bytes, salt: bytes, cost: KdfCost) -> bytes:
    """By OpenSSL, which works through the lanes one after the other."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    return kdf.derive(secret)
