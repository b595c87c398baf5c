"""Generated pictures for tests: a face of circles with moles, saved as any kind of file."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

MAKER = "GEHEIMKAMERA"
TAKEN = "2026:03:14 09:26:53"
_ORIENTATION, _MAKE, _EXIF_IFD, _GPS_IFD = 0x0112, 0x010F, 0x8769, 0x8825


def face(width: int = 600, height: int = 800, seed: int = 1, moles: int = 90) -> Image.Image:
    """A face from the front, moles by the seed."""
    chance = np.random.default_rng(seed)
    picture = Image.new("RGB", (width, height), (196, 188, 180))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((0.14 * width, 0.1 * height, 0.86 * width, 0.9 * height), fill=(214, 172, 148))
    for side in (0.36, 0.64):
        eye = (side * width, 0.43 * height)
        draw.ellipse((eye[0] - 35, eye[1] - 15, eye[0] + 35, eye[1] + 15), fill=(245, 242, 238))
        draw.ellipse((eye[0] - 12, eye[1] - 12, eye[0] + 12, eye[1] + 12), fill=(80, 60, 45))
    draw.ellipse((0.4 * width, 0.64 * height, 0.6 * width, 0.68 * height), fill=(178, 98, 92))
    for _ in range(moles):
        x, y, r = chance.uniform(0.2, 0.8) * width, chance.uniform(0.15, 0.85) * height, chance.uniform(1.5, 4)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=(150, 105, 85))
    grain = chance.normal(0, 6, (height, width, 1))
    return Image.fromarray(np.clip(np.asarray(picture) + grain, 0, 255).astype(np.uint8))


def marker(width: int = 64, height: int = 48) -> NDArray[np.uint8]:
    """(h, w, 3) whose four quarters have four colours: shows every turn and mirroring."""
    picture = np.zeros((height, width, 3), np.uint8)
    picture[: height // 2, : width // 2] = (220, 30, 30)
    picture[: height // 2, width // 2 :] = (30, 200, 30)
    picture[height // 2 :, : width // 2] = (30, 30, 220)
    picture[height // 2 :, width // 2 :] = (220, 220, 30)
    return picture


def exif(orientation: int = 1, offset: str = "") -> Image.Exif:
    """Exif with a maker, a place, a time."""
    found = Image.Exif()
    found[_MAKE] = MAKER
    found[_ORIENTATION] = orientation
    found[0x0132] = TAKEN
    details = found.get_ifd(_EXIF_IFD)
    details[0x9003] = TAKEN
    if offset:
        details[0x9011] = offset
    details[0xA431] = f"{MAKER}-SERIAL"
    place = found.get_ifd(_GPS_IFD)
    place[1], place[2] = "N", (47.0, 22.0, 7.0)
    return found


def saved(picture: Image.Image, kind: str = "JPEG", **how: object) -> bytes:
    """The picture as a file of a kind."""
    if kind == "HEIF":
        from pillow_heif import register_heif_opener

        register_heif_opener()
    stream = io.BytesIO()
    picture.save(stream, kind, **how)
    return stream.getvalue()
