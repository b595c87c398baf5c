"""Rows 16 and 17: pictures that are bombs, cut off, mislabelled, huge, for print, moving; and metadata in them."""

import struct
import zlib
from collections.abc import Callable

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from mesomap.domain.errors import BadInputError
from mesomap.photos.beside import PhotoWorker
from mesomap.photos.worker import MEMORY_BYTES
from tests.faults.campaign import Ground, Row, Tally
from tests.pictures import MAKER, exif, face, marker, saved

_KINDS = ("JPEG", "PNG", "WEBP", "TIFF", "HEIF")


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that unpacks to so many pixels."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    squeeze = zlib.compressobj(9)
    line = bytes(width // 8 + 1)
    data = b"".join(squeeze.compress(line) for _ in range(min(height, 200))) + squeeze.flush()
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _whole(ground: Ground) -> bytes:
    return saved(face(90, 120, seed=ground.chance.randrange(1000)), ground.chance.choice(_KINDS), exif=exif())


def _cut(ground: Ground) -> bytes:
    whole = _whole(ground)
    # A JPEG may lack its last two bytes and nothing of the picture.
    return whole[: ground.chance.randrange(20, len(whole) * 3 // 4)]


def _noise(ground: Ground) -> bytes:
    return _whole(ground)[:16] + ground.chance.randbytes(4000)


def _huge(ground: Ground) -> bytes:
    return bomb(20_000 + ground.chance.randrange(1000), 10_000)


def _gigantic(_ground: Ground) -> bytes:
    return bomb(2_000_000, 2_000_000)


def _print(ground: Ground) -> bytes:
    return saved(face(90, 120, seed=ground.chance.randrange(1000)).convert("CMYK"), "JPEG")


def _moving(ground: Ground) -> bytes:
    kind = ground.chance.choice(("PNG", "WEBP"))
    return saved(face(60, 80), kind, save_all=True, append_images=[face(60, 80, seed=2)], duration=80)


def _measured(_ground: Ground) -> bytes:
    return saved(Image.fromarray(np.ones((40, 40), np.float32)), "TIFF")


def _other_kind(ground: Ground) -> bytes:
    return ground.chance.choice((b"GIF89a", b"%PDF-1.7", b"<svg/>", b"\0\0\1\0", b"PK\3\4")) + bytes(500)


#: Refused each with a sentence.
_REFUSED: tuple[Callable[[Ground], bytes], ...] = (
    _cut, _noise, _huge, _gigantic, _print, _moving, _measured, _other_kind,
)  # fmt: skip


def run_strange(ground: Ground) -> Tally:
    """Every strange file is refused in the worker, which goes on; whole ones beside them are taken in."""
    tally = Tally(rounds=ground.rounds(24, 800))
    with PhotoWorker() as worker:
        for number in range(tally.rounds):
            made = _REFUSED[number % len(_REFUSED)]
            try:
                worker.take_in(made(ground), "picture.jpg")
            except BadInputError as error:
                tally.found(error.sentence.endswith("."), made.__name__)
            else:
                tally.found(False, made.__name__)
            if number % 4 == 0:
                _take_whole(ground, worker, tally)
    _control(tally)
    return tally


def _take_whole(ground: Ground, worker: PhotoWorker, tally: Tally) -> None:
    try:
        worker.take_in(_whole(ground))
    except BadInputError:
        tally.false_alarms += 1


def _control(tally: Tally) -> None:
    """What a decoder without limits would ask for."""
    width, height = struct.unpack_from(">II", bomb(2_000_000, 2_000_000), 16)
    asked = width * height * 3
    tally.control = f"a decoder without limits asks for {asked >> 30} GiB"
    tally.control_failed = asked > MEMORY_BYTES


def _words(kind: str) -> dict[str, object]:
    """Where else a kind of file names its maker: comments, texts, XMP."""
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{MAKER}</x:xmpmeta>".encode()
    if kind == "JPEG":
        return {"comment": MAKER, "xmp": xmp}
    if kind == "PNG":
        texts = PngInfo()
        texts.add_text("Author", MAKER)
        texts.add_itxt("XML:com.adobe.xmp", xmp.decode())
        return {"pnginfo": texts}
    return {"xmp": xmp} if kind in ("WEBP", "HEIF") else {}


def run_metadata(ground: Ground) -> Tally:
    """All kinds, all orientations: nothing of the camera is left, and the picture stands upright."""
    tally = Tally()
    upright = marker()
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    leaked = 0
    with PhotoWorker() as worker:
        for kind in _KINDS * (20 if ground.full else 1):
            for turn in range(1, 9):
                tally.rounds += 1
                written = Image.fromarray(upright)
                if turn in undo and kind != "HEIF":
                    written = written.transpose(Image.Transpose(undo[turn]))
                came = saved(written, kind, exif=exif(1 if kind == "HEIF" else turn), **_words(kind))
                leaked += came.count(MAKER.encode()) >= (1 if kind == "TIFF" else 3)
                found = worker.take_in(came)
                shown = worker.pixels(found.kept, found.orientation)
                same = shown.shape == upright.shape and np.abs(shown[6::20, 6::28].astype(int) - upright[6::20, 6::28])
                tally.found(MAKER.encode() not in found.kept + found.thumbnail, f"metadata in {kind}")
                tally.found(same is not False and int(np.max(same)) < 90, f"{kind} orientation {turn}")
    tally.control = f"{leaked} of {tally.rounds} files name the camera in several places as they come"
    tally.control_failed = leaked == tally.rounds
    return tally


ROW = Row(16, "photo bombs, cut off, mislabelled, 200 megapixels, for print, moving", run_strange)
