"""Photo files of an uneven course: a face from the front under known turns, a person from the side, skin near by, in
every kind of file; a damaged one among them. All from public sample pictures (scikit-image; tests/benchmarks/shots).
"""

import math
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter
from pillow_heif import register_heif_opener

_SHOTS = Path(__file__).parents[1] / "benchmarks" / "shots"
#: Where the face of the portrait lies in the sample picture, and how wide it is made.
_FACE_BOX, WIDE_PX, HIGH_PX = (140, 0, 320, 240), 1500, 2000
#: Landmarks of the portrait, px of the picture as it is before it is turned.
FACE_PLACES = {
    name: (x * WIDE_PX / 952, y * WIDE_PX / 952)
    for name, (x, y) in {
        "canthus_lateral.right": (287, 535), "canthus_lateral.left": (625, 548), "canthus_medial.right": (376, 548),
        "canthus_medial.left": (516, 556), "cheilion.right": (338, 741), "cheilion.left": (549, 748),
        "pronasale.mid": (450, 660), "subnasale.mid": (440, 697), "alare.right": (384, 668), "alare.left": (510, 668),
        "menton.mid": (437, 943), "brow_lateral.right": (265, 482), "brow_lateral.left": (648, 503),
        "brow_medial.right": (388, 490), "brow_medial.left": (522, 495), "labrale_superius.mid": (447, 740),
        "labrale_inferius.mid": (430, 805),
    }.items()
}  # fmt: skip


@dataclass(frozen=True)
class Turned:
    """How a picture was taken otherwise than the first: turn against the clock, scale about the middle, light."""

    turn_deg: float = 0.0
    scale: float = 1.0
    light: float = 1.0
    blur_px: float = 0.0

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where a place of the picture as it is comes to lie."""
        c, s = math.cos(math.radians(self.turn_deg)) * self.scale, math.sin(math.radians(self.turn_deg)) * self.scale
        dx, dy = x - WIDE_PX / 2, y - HIGH_PX / 2
        return WIDE_PX / 2 + c * dx + s * dy, HIGH_PX / 2 - s * dx + c * dy

    def of(self, picture: Image.Image) -> Image.Image:
        """The picture taken so."""
        c, s = math.cos(math.radians(self.turn_deg)) / self.scale, math.sin(math.radians(self.turn_deg)) / self.scale
        cx, cy = picture.width / 2, picture.height / 2
        back = (c, -s, cx - c * cx + s * cy, s, c, cy - s * cx - c * cy)
        found = picture.transform(
            picture.size, Image.Transform.AFFINE, back, Image.Resampling.BICUBIC, fillcolor=(52, 50, 49)
        )
        found = ImageEnhance.Brightness(found).enhance(self.light)
        return found.filter(ImageFilter.GaussianBlur(self.blur_px)) if self.blur_px else found


#: Of each visit, the face from the front: kind of file, and how it was taken.
FRONT: dict[int, tuple[str, Turned]] = {
    1: ("jpg", Turned()),
    2: ("heic", Turned(4.0, 0.96, 0.86)),
    3: ("webp", Turned(-3.0, 1.04, 1.05)),
    4: ("png", Turned(6.0, 0.93, 0.9)),
    5: ("jpg", Turned(-2.0, 1.0, 0.55, 9.0)),
    6: ("tif", Turned(5.0, 1.05, 1.1)),
}
#: Of each visit, somebody from the side; truly separate shots of one camera.
_SIDE = {1: "left01", 3: "left05", 5: "left07", 6: "left09"}
#: A file that is broken off, among the others; and a face that is somebody else's.
DAMAGED, STRANGER = "5-damaged.jpg", "6-other.jpg"


def write_photos(folder: Path, moments: dict[int, datetime]) -> list[Path]:
    """The files, each with the time of its visit (number → moment); 14, the damaged one among them."""
    register_heif_opener()
    folder.mkdir(parents=True, exist_ok=True)
    face, found = portrait(), []
    for number, (kind, how) in FRONT.items():
        found.append(_written(folder / f"{number}-front.{kind}", how.of(face), moments[number]))
    for number, name in _SIDE.items():
        side = Image.open(_SHOTS / f"{name}.jpg").convert("RGB").resize((1920, 1440), Image.Resampling.BICUBIC)
        found.append(_written(folder / f"{number}-side.jpg", side, moments[number]))
    skin = face.crop((450, 300, 1050, 700)).resize((1500, 1000), Image.Resampling.BICUBIC)
    found.append(_written(folder / "2-forehead.jpg", skin, moments[2]))
    other = Image.open(_SHOTS / "obama.jpg").convert("RGB")
    found.append(_written(folder / STRANGER, other, moments[6]))
    whole = found[0].read_bytes()
    (folder / DAMAGED).write_bytes(whole[: len(whole) // 4])
    _dated(folder / DAMAGED, moments[5])
    return sorted([*found, folder / DAMAGED])


def portrait() -> Image.Image:
    """The face from the front, with pores and moles that stay where they are."""
    from skimage import data

    found = Image.fromarray(data.astronaut()).crop(_FACE_BOX).resize((WIDE_PX, HIGH_PX), Image.Resampling.BICUBIC)
    chance = np.random.default_rng(3)
    grain = chance.normal(0, 5, (HIGH_PX // 2, WIDE_PX // 2)).astype(np.float32)
    fine = np.asarray(Image.fromarray(grain).resize((WIDE_PX, HIGH_PX), Image.Resampling.BICUBIC))
    pixels = np.asarray(found, np.float32) + fine[..., None]
    rows, columns = np.mgrid[-25:26, -25:26]
    for _mole in range(40):
        x, y, radius = int(chance.uniform(480, 960)), int(chance.uniform(420, 1400)), chance.uniform(3, 7)
        near = np.exp(-((columns**2 + rows**2) / (2 * radius**2)))
        pixels[y - 25 : y + 26, x - 25 : x + 26] -= near[..., None] * (45, 55, 55)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _written(path: Path, picture: Image.Image, moment: datetime) -> Path:
    kind = {"jpg": "JPEG", "heic": "HEIF", "webp": "WEBP", "png": "PNG", "tif": "TIFF"}[path.suffix[1:]]
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = moment.astimezone().strftime("%Y:%m:%d %H:%M:%S")
    more = {} if kind in ("PNG", "TIFF") else {"exif": exif.tobytes()}
    picture.save(path, kind, **more)
    _dated(path, moment)
    return path


def _dated(path: Path, moment: datetime) -> None:
    os.utime(path, (moment.timestamp(), moment.timestamp()))
