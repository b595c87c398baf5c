"""Photographs of the demonstration: drawn, never of anybody, and they say so."""

import io
import math
from collections.abc import Sequence
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING

from mesomap.domain.patient import Patient
from mesomap.services.photo_album import PhotoAlbum, prepare_here
from mesomap.services.photo_landmarks import PhotoLandmarkBook

if TYPE_CHECKING:
    from PIL.Image import Image

    from mesomap.services.practice import Practice

_WIDE, _HIGH = 900, 1200
#: Where landmarks of the body are on the drawn face, px.
_LANDMARKS = {
    "canthus_lateral.right": (262, 516), "canthus_lateral.left": (638, 516), "canthus_medial.right": (378, 516),
    "canthus_medial.left": (522, 516), "cheilion.right": (365, 823), "cheilion.left": (535, 823),
    "pronasale.mid": (450, 690), "labrale_superius.mid": (450, 796), "labrale_inferius.mid": (450, 850),
    "brow_medial.right": (391, 446), "brow_medial.left": (509, 446), "brow_pupil.right": (320, 420),
    "brow_pupil.left": (580, 420), "trichion.mid": (450, 215),
}  # fmt: skip
_SKIN, _GROUND = (214, 172, 148), (196, 188, 180)


def record_photos(practice: "Practice", people: Sequence[Patient]) -> None:
    """Two drawn pictures of the first patient, at the first and the last visit that is over, from the front.

    Landmarks are set on both, so that the marks of the visit can be drawn on them.
    """
    patient = people[0]
    past = [one for one in practice.sessions(patient.id) if one.frame.ended_at is not None]
    past.sort(key=lambda one: one.started_at)
    album, book = PhotoAlbum(practice, patient.id), PhotoLandmarkBook(practice, patient.id)
    for visit, turn in ((past[0], 0.0), (past[-1], 4.0)) if len(past) > 1 else ():
        data = _file(_drawn(turn), visit.started_at)
        prepared = prepare_here(practice.photo_files, patient.id, data, f"example {visit.number}.jpg", visit.started_at)
        photo = album.enter(prepared, "front")
        book.keep(photo, "head_front", _landmarks(turn))


def _landmarks(turn_deg: float) -> dict[str, tuple[float, float]]:
    """Their places on the picture, which was turned about its middle against the clock."""
    c, s = math.cos(math.radians(turn_deg)), math.sin(math.radians(turn_deg))
    beside = {name: (x - _WIDE / 2, y - _HIGH / 2) for name, (x, y) in _LANDMARKS.items()}
    return {name: (_WIDE / 2 + c * x + s * y, _HIGH / 2 - s * x + c * y) for name, (x, y) in beside.items()}


def _drawn(turn_deg: float) -> "Image":
    """A face of ellipses with moles; turned and darker when a turn is given."""
    from PIL import Image, ImageDraw  # late: needed while the demonstration is built only

    picture = Image.new("RGB", (_WIDE, _HIGH), _GROUND)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((120, 110, 780, 1090), fill=_SKIN)
    for x in (320, 580):
        draw.ellipse((x - 58, 492, x + 58, 540), fill=(245, 242, 238))
        draw.ellipse((x - 22, 494, x + 22, 538), fill=(80, 60, 45))
        draw.arc((x - 75, 420, x + 75, 500), 200, 340, fill=(95, 70, 55), width=13)
    draw.line((450, 540, 428, 690, 478, 696), fill=(182, 136, 114), width=8)
    draw.ellipse((365, 795, 535, 850), fill=(178, 98, 92))
    dice = Random("moles")
    for _ in range(140):
        left, top, radius = dice.uniform(200, 700), dice.uniform(190, 1010), dice.uniform(2, 5)
        draw.ellipse(
            (left - radius, top - radius, left + radius, top + radius), fill=(150 + dice.randrange(-15, 15), 108, 88)
        )
    draw.text((30, 30), "EXAMPLE: drawn, nobody", fill=(60, 60, 60), font_size=34)
    if turn_deg:
        picture = picture.rotate(turn_deg, Image.Resampling.BICUBIC, fillcolor=_GROUND).point(
            lambda value: value * 0.86
        )
    return picture


def _file(picture: "Image", at: datetime) -> bytes:
    stream = io.BytesIO()
    exif = picture.getexif()
    exif.get_ifd(0x8769)[0x9003] = at.astimezone().strftime("%Y:%m:%d %H:%M:%S")
    picture.save(stream, "JPEG", quality=88, exif=exif)
    return stream.getvalue()
