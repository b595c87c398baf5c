"""One picture taken in: its time read, its metadata removed, a thumbnail and hints made. Runs in the worker."""

import io
import warnings
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from mesomap.domain.errors import BadInputError
from mesomap.photos.heic_boxes import check_whole
from mesomap.photos.hints import hints_of
from mesomap.photos.kinds import ENDINGS, HEIC, JPEG, PNG, TIFF, WEBP, check_pixels, kind_of
from mesomap.photos.pictures import CUT, heic_pixels, opened, srgb, turned
from mesomap.photos.png_writing import png_bytes
from mesomap.photos.stripping import strip_jpeg, strip_png, strip_webp
from mesomap.photos.taken import Taken

Pixels = NDArray[np.uint8] | NDArray[np.uint16]
#: Longest side of a thumbnail, px: a card on a screen of two pixels per point.
THUMBNAIL_PX = 480
_ORIENTATION, _TIME_CHANGED = 0x0112, 0x0132
_EXIF_IFD, _TAKEN, _DIGITISED, _TAKEN_OFFSET, _DIGITISED_OFFSET = 0x8769, 0x9003, 0x9004, 0x9011, 0x9012
_PRINT = "The picture is made for print (CMYK). Save it as RGB and take it in again."
_SCIENCE = "The picture holds measured values, not colours. Save it as RGB and take it in again."


def take_in(data: bytes, name: str = "") -> Taken:
    """Raises BadInputError with a sentence for what is no picture, cut off, too large, moving, or not in colours."""
    with warnings.catch_warnings(), ThreadPoolExecutor(1) as beside:
        # The decoder warns of Exif that is damaged; the picture is taken in with what can be read of it.
        warnings.simplefilter("ignore", UserWarning)
        return _taken_in(data, name, beside)


def _taken_in(data: bytes, name: str, beside: ThreadPoolExecutor) -> Taken:
    """beside: writes a picture anew while its thumbnail and its hints are made."""
    kind = kind_of(data)
    notes = [] if not name or name.lower().endswith(ENDINGS[kind]) else ["other_ending"]
    kept: bytes | Future[bytes]
    if kind == HEIC:
        check_whole(data)
    try:
        with opened(data) as picture:
            check_pixels(*picture.size)
            _check_colours(picture)
            exif = picture.getexif()
            orientation = int(exif.get(_ORIENTATION, 1) or 1)
            taken_at = _taken_at(exif)
            if kind in (TIFF, HEIC):
                notes += ["first_page"] if kind == TIFF and getattr(picture, "n_frames", 1) > 1 else []
                notes += ["eight_bits"] if _deep(picture) else []
                # Both kinds are upright once decoded: the tag has been followed.
                (whole, plain), orientation = _decoded(picture, data), 1
                profile = plain.info["icc_profile"] = picture.info.get("icc_profile")
                kept, kind = beside.submit(png_bytes, whole, profile), PNG
                small, size = _small(plain), plain.size
            else:
                kept = {JPEG: strip_jpeg, PNG: strip_png, WEBP: strip_webp}[kind](data)
                # Exif of a PNG stands behind the pixels, so that they are decoded already; those kept are the same.
                with picture if kind == PNG else opened(kept) as plain:
                    plain.load()
                    small, size = _small(plain), plain.size
        orientation = orientation if 1 <= orientation <= 8 else 1
        size = size if orientation < 5 else size[::-1]
    except UnidentifiedImageError as error:
        raise BadInputError(CUT) from error
    except (OSError, SyntaxError, ValueError, KeyError, EOFError, Image.DecompressionBombError) as error:
        raise BadInputError(CUT) from error
    grey: NDArray[np.uint8] = np.asarray(small.convert("L"))
    hints, thumbnail = hints_of(grey), _thumbnail(small, orientation)
    whole_file = kept if isinstance(kept, bytes) else kept.result()
    return Taken(kind, whole_file, thumbnail, size[0], size[1], orientation, taken_at, hints, tuple(notes))


def _check_colours(picture: Image.Image) -> None:
    if picture.mode == "CMYK":
        raise BadInputError(_PRINT)
    if picture.mode == "F":
        raise BadInputError(_SCIENCE)


def _thumbnail(small: Image.Image, orientation: int) -> bytes:
    """JPEG, upright, in the screen's colours."""
    upright = turned(srgb(small), orientation)
    upright.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX))
    stream = io.BytesIO()
    upright.save(stream, "JPEG", quality=85)
    return stream.getvalue()


def _small(picture: Image.Image) -> Image.Image:
    """The picture at most 1,200 px wide, by whole factors, in a mode that all later steps know."""
    factor = max(1, max(picture.size) // 1200)
    whole = picture if picture.mode in ("RGB", "L") else picture.convert("RGB")
    small = whole.reduce(factor)
    small.info["icc_profile"] = picture.info.get("icc_profile")
    return small


def _deep(picture: Image.Image) -> bool:
    bits = picture.info.get("bit_depth", 8)
    tags = getattr(picture, "tag_v2", {}).get(258, (8,))
    return int(bits) > 8 or (max(tags) > 8 and not picture.mode.startswith("I"))


def _decoded(picture: Image.Image, data: bytes) -> tuple[Pixels, Image.Image]:
    """The pixels of a TIFF or HEIC, in a mode that PNG knows, and as a picture."""
    if picture.mode == "RGB" and picture.format == "HEIF":
        found = heic_pixels(data)
        return found, Image.fromarray(found)
    picture.load()
    if picture.mode == "I;16B":
        picture = picture.convert("I;16")
    plain = picture if picture.mode in ("L", "LA", "RGB", "RGBA", "I;16") else picture.convert("RGB")
    return np.asarray(plain), plain


def _taken_at(exif: Image.Exif) -> str:
    details = exif.get_ifd(_EXIF_IFD)
    for text, offset in (
        (details.get(_TAKEN), details.get(_TAKEN_OFFSET)),
        (details.get(_DIGITISED), details.get(_DIGITISED_OFFSET)),
        (exif.get(_TIME_CHANGED), None),
    ):
        found = _moment(str(text or ""), str(offset or ""))
        if found:
            return found
    return ""


def _moment(text: str, offset: str) -> str:
    """ISO text of "2026:03:14 09:26:53" and "+01:00", "" for anything else (cameras write zeros)."""
    try:
        plain = datetime.strptime(text.strip("\0 ")[:19], "%Y:%m:%d %H:%M:%S")
    except ValueError:
        return ""
    try:
        return datetime.fromisoformat(plain.isoformat() + offset.strip("\0 ")).isoformat()
    except ValueError:
        return plain.isoformat()
