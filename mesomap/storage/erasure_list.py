"""erasures.json: ids of erased patients, beside the database and beside the backups.

A backup made before an erasure still holds the records. The list lies outside of the database, so that it survives a
restore; what it names is erased again. It holds ids only, with a MAC under the practice's key.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from mesomap.storage.files import write_atomic

NAME = "erasures.json"
_FORMAT = "mesomap.erasures"
_MAX_BYTES = 1 << 22


@dataclass(frozen=True, slots=True)
class ErasureList:
    """ids: of erased patients. files: names in the folder of photos that were theirs; they are removed if they come
    back with a restore, or if the program was killed before they were gone.
    """

    ids: frozenset[UUID] = frozenset()
    files: frozenset[str] = frozenset()

    def __or__(self, other: "ErasureList") -> "ErasureList":
        """Both together."""
        return ErasureList(self.ids | other.ids, self.files | other.files)


def _mac(key: bytes, ids: list[str], files: list[str]) -> str:
    return hmac.new(key, json.dumps([_FORMAT, ids, files]).encode("ascii"), hashlib.sha256).hexdigest()


def write_erasures(folder: Path, key: bytes, erased: ErasureList) -> None:
    """Write the list whole. Raises NotWritableError."""
    ids, files = sorted(map(str, erased.ids)), sorted(erased.files)
    body = {"format": _FORMAT, "erased": ids, "files": files, "mac": _mac(key, ids, files)}
    write_atomic(folder / NAME, json.dumps(body, indent=1).encode("ascii"))


def read_erasures(folder: Path, key: bytes) -> ErasureList:
    """The list; empty when there is none, or when it is not of this practice."""
    try:
        with (folder / NAME).open("rb") as stream:
            body = json.loads(stream.read(_MAX_BYTES))
        ids, files = [str(name) for name in body["erased"]], [str(name) for name in body["files"]]
        if body["format"] != _FORMAT or not hmac.compare_digest(body["mac"], _mac(key, ids, files)):
            return ErasureList()
        return ErasureList(frozenset(map(UUID, ids)), frozenset(files))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ErasureList()
