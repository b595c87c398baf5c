"""Pictures decoded, turned upright, in the screen's colours. Runs in the worker."""

import io
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from mesomap.domain.errors import BadInputError
from mesomap.photos.kinds import HEIC, JPEG, PNG, TIFF, WEBP, check_pixels, kind_of

CUT = "The picture is cut off or damaged. Copy it from the camera again."
_FORMATS = {JPEG: ["JPEG"], PNG: ["PNG"], WEBP: ["WEBP"], TIFF: ["TIFF"], HEIC: ["HEIF"]}
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# Size is checked by this room itself, before anything is decoded; Pillow's own guard would only warn.
Image.MAX_IMAGE_PIXELS = None


def opened(data: bytes) -> Image.Image:
    """The picture, not yet decoded, by the one decoder its first bytes ask for."""
    kind = kind_of(data)
    if kind == HEIC:
        _learn_heic()
    return Image.open(io.BytesIO(data), formats=_FORMATS[kind])


@cache
def _learn_heic() -> None:
    from pillow_heif import register_heif_opener  # late: only for HEIC

    register_heif_opener(thumbnails=False)


def heic_pixels(data: bytes) -> NDArray[np.uint8]:
    """(h, w, 3) RGB of a HEIC's main picture, as it was decoded: by way of Pillow they would be copied twice."""
    from pillow_heif import open_heif

    file = open_heif(data, convert_hdr_to_8bit=True)
    return np.asarray(file[file.primary_index])


def turned(picture: Image.Image, orientation: int) -> Image.Image:
    """Upright, by Exif's orientation 1 to 8."""
    turn = _TURNS.get(orientation)
    return picture if turn is None else picture.transpose(turn)


def srgb(picture: Image.Image) -> Image.Image:
    """As RGB in the screen's colours, by the profile it carries; a profile that cannot be read is left aside."""
    profile = picture.info.get("icc_profile")
    plain = picture if picture.mode in ("RGB", "L") else picture.convert("RGB")
    if profile and plain.mode == "RGB":
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if "sRGB" not in ImageCms.getProfileDescription(own):
                changed = ImageCms.profileToProfile(plain, own, ImageCms.createProfile("sRGB"))
                plain = plain if changed is None else changed
        except (ImageCms.PyCMSError, OSError):
            pass
    return plain if plain.mode == "RGB" else plain.convert("RGB")


def pixels(data: bytes, orientation: int, longest_px: int = 0) -> NDArray[np.uint8]:
    """(h, w, 3) RGB, upright, in the screen's colours; longest_px > 0: scaled down to that longest side.

    Raises BadInputError for a damaged picture.
    """
    try:
        with opened(data) as picture:
            check_pixels(*picture.size)
            if longest_px:
                picture.draft("RGB", (longest_px, longest_px))
            picture.load()
            upright = turned(srgb(picture), orientation)
    except (OSError, SyntaxError, ValueError) as error:
        raise BadInputError(CUT) from error
    if longest_px and max(upright.size) > longest_px:
        upright.thumbnail((longest_px, longest_px))
    return np.asarray(upright)


def greys(data: bytes, orientation: int) -> NDArray[np.uint8]:
    """(h, w) brightness, upright. Raises BadInputError for a damaged picture."""
    try:
        with opened(data) as picture:
            check_pixels(*picture.size)
            picture.draft("L", picture.size)
            picture.load()
            return np.asarray(turned(picture if picture.mode == "L" else picture.convert("L"), orientation))
    except (OSError, SyntaxError, ValueError) as error:
        raise BadInputError(CUT) from error
