"""The PIN of a person: it brings the window back and says who goes on; it is no key to the records.

It is hashed with Argon2id (RFC 9106) at a small cost, salted, and kept inside the encrypted database: who can read the
hash has the records already. Trying is bounded by the gate (services/hiding.py), not by the cost.
"""

from mesomap.domain.errors import BadInputError

LEAST_DIGITS = 4
MOST_DIGITS = 8
_PASSES, _MEMORY_KIB, _LANES = 1, 8192, 1


def checked_pin(text: str) -> str:
    """The PIN without blanks. Raises BadInputError when it is not 4 to 8 digits, or all the same digit."""
    plain = text.strip()
    if not (LEAST_DIGITS <= len(plain) <= MOST_DIGITS and plain.isascii() and plain.isdigit()):
        raise BadInputError(f"A PIN has {LEAST_DIGITS} to {MOST_DIGITS} digits.")
    if len(set(plain)) == 1 or plain in "01234567890" or plain in "09876543210":
        raise BadInputError("This PIN is the first that anybody tries. Choose other digits.")
    return plain


def hashed_pin(pin: str) -> str:
    """The salted hash of a PIN, as text that names its own cost. Raises BadInputError as checked_pin()."""
    from argon2 import PasswordHasher

    plain = checked_pin(pin)
    return PasswordHasher(time_cost=_PASSES, memory_cost=_MEMORY_KIB, parallelism=_LANES).hash(plain)


def pin_fits(pin_hash: str, pin: str) -> bool:
    """Whether the PIN is the one that was hashed; False for an empty or damaged hash."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    if not pin_hash:
        return False
    try:
        return PasswordHasher().verify(pin_hash, pin.strip())
    except (VerificationError, InvalidHashError):
        return False
