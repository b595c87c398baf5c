"""keys.json.

Keyslots, a check of the key, and a checksum, so that a wrong passphrase and a damaged file differ.
"""

import base64
import hashlib
import hmac
import json
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mesomap.domain.errors import BadInputError, DamagedError, NewerVersionError, WrongPassphraseError
from mesomap.storage.files import write_atomic
from mesomap.storage.keys import KdfCost, Keyslot, MasterKey, unwrap
from mesomap.storage.recovery_code import format_recovery_code, new_recovery_secret, parse_recovery_code

_FORMAT = "mesomap.keys"
_VERSION = 1
_MAX_BYTES = 65536
MIN_PASSPHRASE = 4


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What keys.json holds. database_id names the database that the key belongs to."""

    database_id: str
    slots: tuple[Keyslot, ...]
    check: bytes


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _checksum(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def passphrase_bytes(passphrase: str) -> bytes:
    """Bytes of a passphrase, the same on every keyboard (Unicode NFKC).

    Raises BadInputError when it is too short.
    """
    plain = unicodedata.normalize("NFKC", passphrase)
    if len(plain) < MIN_PASSPHRASE:
        raise BadInputError(
            f"The passphrase is too short. Use {MIN_PASSPHRASE} characters or more; a sentence is best."
        )
    return plain.encode("utf-8", "surrogatepass")


def new_key_file(database_id: str, passphrase: str, cost: KdfCost) -> tuple[KeyFile, MasterKey, str]:
    """A new master key: its file, itself, and the recovery code to print."""
    master, recovery = MasterKey.new(), new_recovery_secret()
    slots = (
        master.wrap("passphrase", passphrase_bytes(passphrase), cost),
        master.wrap("recovery", recovery, cost),
    )
    return KeyFile(database_id, slots, master.subkey("check")), master, format_recovery_code(recovery)


def write_key_file(path: Path, keys: KeyFile) -> None:
    """Write keys.json whole. Raises NotWritableError."""
    body: dict[str, Any] = {
        "format": _FORMAT,
        "version": _VERSION,
        "database_id": keys.database_id,
        "check": _b64(keys.check),
        "slots": [
            {
                "kind": slot.kind,
                "kdf": "argon2id",
                "passes": slot.cost.passes,
                "memory_kib": slot.cost.memory_kib,
                "lanes": slot.cost.lanes,
                "salt": _b64(slot.salt),
                "nonce": _b64(slot.nonce),
                "wrapped": _b64(slot.wrapped),
            }
            for slot in keys.slots
        ],
    }
    write_atomic(path, json.dumps({**body, "sha256": _checksum(body)}, indent=1).encode())


def read_key_file(path: Path) -> KeyFile:
    """Read keys.json.

    Raises DamagedError (missing, damaged, foreign) or NewerVersionError; never asks the passphrase.
    """
    damaged = DamagedError(f"The key file “{path}” is damaged. Put back keys.json from a backup; nothing was changed.")
    try:
        with path.open("rb") as stream:
            raw = stream.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        raise DamagedError(
            f"The key file “{path}” is missing. Without it the database cannot be read; put it back from a backup."
        ) from None
    except OSError as error:
        raise DamagedError(f"The key file “{path}” cannot be read ({error.strerror}).") from error
    try:
        body = json.loads(raw)
        stored = body.pop("sha256")
        if body["format"] != _FORMAT:
            raise DamagedError(f"“{path}” is not a key file of MesoMap. Put back keys.json from a backup.")
        if not hmac.compare_digest(stored, _checksum(body)):
            raise damaged
        if body["version"] > _VERSION:
            raise NewerVersionError(f"The key file “{path}” was written by a newer MesoMap. Update MesoMap to open it.")
        keys = KeyFile(
            str(body["database_id"]),
            tuple(_slot(slot) for slot in body["slots"]),
            base64.b64decode(body["check"], validate=True),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise damaged from error
    if not all(slot.cost.is_sane() for slot in keys.slots):
        raise damaged
    return keys


def _slot(row: dict[str, Any]) -> Keyslot:
    return Keyslot(
        str(row["kind"]),
        KdfCost(int(row["passes"]), int(row["memory_kib"]), int(row["lanes"])),
        base64.b64decode(row["salt"], validate=True),
        base64.b64decode(row["nonce"], validate=True),
        base64.b64decode(row["wrapped"], validate=True),
    )


def unlock(keys: KeyFile, secret: str, *, one_thread: bool = False) -> MasterKey:
    """The master key for a passphrase or a recovery code. one_thread: as in keys.derive().

    Raises WrongPassphraseError.
    """
    for kind, secret_bytes in (("passphrase", passphrase_bytes), ("recovery", parse_recovery_code)):
        try:
            plain = secret_bytes(secret)
        except BadInputError:
            continue
        for slot in keys.slots:
            master = unwrap(slot, plain, one_thread=one_thread) if slot.kind == kind else None
            if master is not None and hmac.compare_digest(master.subkey("check"), keys.check):
                return master
    raise WrongPassphraseError("The passphrase does not open this practice. Check Caps Lock and the keyboard language.")


def with_new_passphrase(keys: KeyFile, master: MasterKey, passphrase: str, cost: KdfCost) -> KeyFile:
    """The same master key wrapped under a new passphrase; the recovery slot stays."""
    slot = master.wrap("passphrase", passphrase_bytes(passphrase), cost)
    return replace(keys, slots=(slot, *(old for old in keys.slots if old.kind != "passphrase")))


def with_new_recovery(keys: KeyFile, master: MasterKey, cost: KdfCost) -> tuple[KeyFile, str]:
    """The same master key under a new recovery code, which is returned to be printed; the old code opens no more."""
    secret = new_recovery_secret()
    slot = master.wrap("recovery", secret, cost)
    others = tuple(old for old in keys.slots if old.kind != "recovery")
    return replace(keys, slots=(*others, slot)), format_recovery_code(secret)
