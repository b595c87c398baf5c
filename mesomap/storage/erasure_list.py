"""erasures.json: ids of erased patients, beside the database and beside the backups.

A backup made before an erasure still holds the records. The list lies outside of the database, so that it survives a
restore; what it names is erased again. It holds ids only, with a MAC under the practice's key.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from mesomap.storage.files import write_atomic

NAME = "erasures.json"
_FORMAT = "mesomap.erasures"
_MAX_BYTES = 1 << 22


def _mac(key: bytes, ids: list[str]) -> str:
    return hmac.new(key, json.dumps([_FORMAT, ids]).encode("ascii"), hashlib.sha256).hexdigest()


def write_erasures(folder: Path, key: bytes, ids: Iterable[UUID]) -> None:
    """Write the list whole. Raises NotWritableError."""
    names = sorted(str(one) for one in ids)
    body = {"format": _FORMAT, "erased": names, "mac": _mac(key, names)}
    write_atomic(folder / NAME, json.dumps(body, indent=1).encode("ascii"))


def read_erasures(folder: Path, key: bytes) -> frozenset[UUID]:
    """The list; empty when there is none, or when it is not of this practice."""
    try:
        with (folder / NAME).open("rb") as stream:
            body = json.loads(stream.read(_MAX_BYTES))
        names = [str(name) for name in body["erased"]]
        if body["format"] != _FORMAT or not hmac.compare_digest(body["mac"], _mac(key, names)):
            return frozenset()
        return frozenset(UUID(name) for name in names)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return frozenset()
