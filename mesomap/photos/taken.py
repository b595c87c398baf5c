"""What is kept of a picture that was taken in."""

from dataclasses import dataclass

from mesomap.photos.hints import Hints


@dataclass(frozen=True, slots=True)
class Taken:
    """What is kept of a picture. kept: the bytes, of media_type; thumbnail: JPEG.

    width_px, height_px: as it is shown, upright. orientation: Exif's 1 to 8, to be applied to kept. taken_at: ISO text
    as the camera wrote it, with an offset only if it wrote one; "" = it wrote none. notes: "other_ending",
    "first_page", "eight_bits".
    """

    media_type: str
    kept: bytes
    thumbnail: bytes
    width_px: int
    height_px: int
    orientation: int
    taken_at: str
    hints: Hints
    notes: tuple[str, ...]
