"""What a practice does while it is harmed: it charts marks, and takes in a photo before every sixth of them."""

import hashlib
import io

from PIL import Image

from mesomap.domain.change import Change, UndoStep
from mesomap.services import Practice
from mesomap.services.photo_album import PhotoAlbum, prepare_here
from mesomap.storage import Database
from tests.records import a_set

PHOTO_EACH = 6


def save_mark(database: Database, number: int) -> None:
    """Mark N, which holds N % 40 + 1 points that begin on triangle N."""
    session = database.sessions()[0]
    mark = a_set(session, number % 40 + 1, first=number)
    database.commit(UndoStep("Place", (Change(None, mark),), session.id))


def picture(number: int, width: int = 24, height: int = 32) -> bytes:
    """A small picture of its own for each number."""
    stream = io.BytesIO()
    drawn = Image.new("RGB", (width, height), (number % 256, number // 256 % 256, 90))
    drawn.putpixel((number % width, 3), (255, 255, 255))
    drawn.save(stream, "PNG")
    return stream.getvalue()


def noise(values: bytes) -> bytes:
    """A picture of 120 x 120 px that no packing makes small; values: 43,200 bytes."""
    stream = io.BytesIO()
    Image.frombytes("RGB", (120, 120), values).save(stream, "PNG")
    return stream.getvalue()


def take_photo(practice: Practice, data: bytes, name: str) -> None:
    """Take a picture in as the window does: both files first, then the record. Nothing when it is there already."""
    album = PhotoAlbum(practice, practice.sessions()[0].patient_id)
    if not album.has(hashlib.sha256(data).hexdigest()):
        album.enter(prepare_here(practice.photo_files, album.patient_id, data, name))


def save_gesture(practice: Practice, number: int) -> None:
    """Mark N, and before every sixth a photo: when mark N is saved, photos_before(N + 1) photos are."""
    if photos_before(number + 1) > photos_before(number):
        take_photo(practice, picture(number), f"{number}.png")
    save_mark(practice._database, number)


def photos_before(marks: int) -> int:
    """How many photos were saved with so many marks; the next one may be there already."""
    return marks // PHOTO_EACH
