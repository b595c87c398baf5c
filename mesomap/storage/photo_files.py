"""Photos as encrypted files beside the database: AES-256-GCM, named by a keyed hash, written whole before their record.

Two keys are derived from the subkey "photos": one names, one encrypts. A name tells nothing of the picture or the
patient; the name is authenticated with the content, so that files cannot change places.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mesomap.domain.errors import DamagedError, NotFoundError
from mesomap.domain.photo import Photo
from mesomap.storage.files import write_atomic

_HEAD = b"MMPH\x01"
_NONCE_BYTES = 12
_DAMAGED = "The file of a photo is damaged. It was not touched; restore the last verified backup."


class PhotoFiles:
    """The folder of photos of one home. Safe in any thread."""

    def __init__(self, folder: Path, subkey: bytes) -> None:
        self._folder = folder
        self._naming = hmac.digest(subkey, b"name", "sha256")
        self._coding = hmac.digest(subkey, b"content", "sha256")

    def names(self, patient_id: UUID, sha256: str) -> tuple[str, str]:
        """Names of the file and of its thumbnail: of one patient only, so that erasing takes nothing from another."""
        whole, small = (
            hmac.new(self._naming, f"{part}/{patient_id}/{sha256}".encode(), hashlib.sha256).hexdigest()
            for part in ("photo", "thumbnail")
        )
        return whole, small

    def write(self, name: str, data: bytes) -> None:
        """Encrypt and write whole: temporary file, fsync, rename, fsync of the folder. Raises NotWritableError."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        coded = AESGCM(self._coding).encrypt(nonce, data, name.encode())
        write_atomic(self._folder / name, _HEAD + nonce + coded)

    def read(self, name: str) -> bytes:
        """The bytes. Raises NotFoundError when the file is not there, DamagedError when it is not what was written."""
        # Only plain names: nothing outside the folder.
        path = self._folder / Path(name).name
        try:
            whole = path.read_bytes()
        except FileNotFoundError as error:
            raise NotFoundError("The file of this photo is missing. Restore the last verified backup.") from error
        except OSError as error:
            raise DamagedError(_DAMAGED) from error
        start = len(_HEAD) + _NONCE_BYTES
        if not whole.startswith(_HEAD) or len(whole) < start:
            raise DamagedError(_DAMAGED)
        try:
            return AESGCM(self._coding).decrypt(whole[len(_HEAD) : start], whole[start:], name.encode())
        except InvalidTag as error:
            raise DamagedError(_DAMAGED) from error

    def is_whole(self, name: str) -> bool:
        """Whether the file is there and is one that this practice wrote under this name."""
        try:
            self.read(name)
        except (NotFoundError, DamagedError):
            return False
        return True

    def findings(self, photos: Iterable[Photo]) -> Iterator[str]:
        """One line for each photo whose files are missing or are not what was recorded."""
        for photo in photos:
            try:
                same = hashlib.sha256(self.read(photo.file)).hexdigest() == photo.kept_sha256
                self.read(photo.thumbnail)
            except NotFoundError:
                yield f"Photo {photo.id}: its file is missing."
            except DamagedError:
                yield f"Photo {photo.id}: its file is damaged."
            else:
                if not same:
                    yield f"Photo {photo.id}: its file is not what was recorded."

    def orphans(self, photos: Iterable[Photo]) -> int:
        """How many files belong to no record: of an intake that was broken off before its record, or of older records.

        They are no damage and are never removed: a restored backup may know them.
        """
        known = {name for photo in photos for name in photo.file_names}
        try:
            there = [path.name for path in self._folder.iterdir() if path.is_file()]
        except OSError:
            return 0
        return sum(not name.startswith(".") and name not in known for name in there)
