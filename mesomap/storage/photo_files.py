"""Photos as encrypted files beside the database: AES-256-GCM, named by a keyed hash, written whole before their record.

Two keys are derived from the subkey "photos": one names, one encrypts. A name tells nothing of the picture or the
patient; the name is authenticated with the content, so that files cannot change places.
"""

import hashlib
import hmac
import io
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import GCM

from mesomap.domain.errors import DamagedError, NotFoundError, NotWritableError
from mesomap.domain.photo import Photo
from mesomap.storage.files import write_parts_atomic

_HEAD = b"MMPH\x01"
_NONCE_BYTES, _TAG_BYTES = 12, 16
#: Bytes coded in one call. The library keeps Python's lock while it works, and a photo of 20 MB in one call would hold
#: the window for a tenth of a second.
_STEP = 1 << 18
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
        write_parts_atomic(self._folder / name, self._coded(name, data))

    def write_both(self, one: tuple[str, bytes], other: tuple[str, bytes]) -> None:
        """Write two files that belong together; where the second cannot be written, no first one is left that was not
        there before. Raises NotWritableError.
        """
        new = not (self._folder / one[0]).exists()
        self.write(*one)
        try:
            self.write(*other)
        except NotWritableError:
            if new:
                (self._folder / one[0]).unlink(missing_ok=True)
            raise

    def _coded(self, name: str, data: bytes) -> Iterator[bytes | memoryview]:
        """The parts of the file; each is used up before the next is asked for."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        yield _HEAD + nonce
        coder = Cipher(AES256(self._coding), GCM(nonce)).encryptor()
        coder.authenticate_additional_data(name.encode())
        room = memoryview(bytearray(_STEP))
        for part in _steps(data):
            yield room[: coder.update_into(part, room)]
        yield coder.finalize()
        yield coder.tag

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
        start, end = len(_HEAD) + _NONCE_BYTES, len(whole) - _TAG_BYTES
        if not whole.startswith(_HEAD) or end < start:
            raise DamagedError(_DAMAGED)
        coder = Cipher(AES256(self._coding), GCM(whole[len(_HEAD) : start])).decryptor()
        coder.authenticate_additional_data(name.encode())
        # Its bytes are handed out as they lie there, without another copy.
        plain, room = io.BytesIO(), memoryview(bytearray(_STEP))
        for part in _steps(memoryview(whole)[start:end]):
            plain.write(room[: coder.update_into(part, room)])
        try:
            plain.write(coder.finalize_with_tag(whole[end:]))
        except InvalidTag as error:
            raise DamagedError(_DAMAGED) from error
        return plain.getvalue()

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


def _steps(data: bytes | memoryview) -> Iterator[memoryview]:
    whole = memoryview(data)
    for start in range(0, len(whole), _STEP):
        yield whole[start : start + _STEP]
