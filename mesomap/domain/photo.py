"""Photographs of a patient, how one lies on another, and where landmarks of the body are on them."""

import math
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from mesomap.domain.entry import Entry
from mesomap.domain.errors import BadInputError

#: Standard angles, in the order in which they are offered; an angle of one's own is any other text.
ANGLES = ("front", "three_quarter_right", "three_quarter_left", "profile_right", "profile_left", "back")
MAX_WORDS = 200
MAX_PAIRS = 200


class TimeSource(StrEnum):
    """Where the time of a photo is from."""

    CAMERA = "camera"
    FILE = "file"
    ENTERED = "entered"


class LaidBy(StrEnum):
    """How two photos were laid on each other."""

    PROGRAM = "program"
    HAND = "hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo(Entry):
    """One photograph. Its bytes lie encrypted beside the database, under file; its thumbnail under thumbnail.

    sha256: of what came in; kept_sha256: of what is kept (metadata removed, pixels unchanged), both hex. width_px,
    height_px: upright. orientation: Exif's 1 to 8, to be applied to the kept bytes. angle: one of ANGLES, words of
    one's own, or "" = not said. sharpness: variance of the Laplacian; hints: "blurred", "dark", "light" as they were
    given when it came in.
    """

    KIND: ClassVar[str] = "photo"

    taken_at: datetime
    time_from: TimeSource = TimeSource.CAMERA
    name: str = ""
    media_type: str
    sha256: str
    kept_sha256: str
    file: str
    thumbnail: str
    byte_count: int
    width_px: int
    height_px: int
    orientation: int = 1
    angle: str = ""
    sharpness: float = 0.0
    hints: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Looked up by what came in, so that nothing is taken in twice."""
        return self.sha256

    @property
    def at(self) -> datetime:
        """When it was taken."""
        return self.taken_at

    @property
    def file_names(self) -> tuple[str, ...]:
        """Files that belong to it, in the folder of photos."""
        return (self.file, self.thumbnail)

    def check(self) -> None:
        """Refuse a photo of nobody, one without its file, too many words. Raises BadInputError."""
        if self.patient_id is None:
            raise BadInputError("This photo names no patient. Open a patient and take it in there.")
        if not (self.file and self.thumbnail and self.sha256 and self.kept_sha256):
            raise BadInputError("This photo has no file. Take it in again.")
        if self.width_px < 1 or self.height_px < 1 or not 1 <= self.orientation <= 8:
            raise BadInputError("This photo has no size. Take it in again.")
        if max(len(self.angle), len(self.name)) > MAX_WORDS:
            raise BadInputError(f"The angle has more than {MAX_WORDS} letters. Shorten it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacePair:
    """The same place of the skin on two photos, px from the top left corner of each, upright."""

    before_x: float
    before_y: float
    after_x: float
    after_y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoAlignment(Entry):
    """How a later photo lies on an earlier one: before = scale · R(turn_deg) · after + (dx_px, dy_px), y downwards.

    error_px: median distance of what agrees, px of the earlier. points: places that agree, or pairs set by hand.
    agreement, cover: shares 0 to 1, of the program's fits only. The photos themselves are never altered.
    """

    KIND: ClassVar[str] = "photo_alignment"

    before_id: UUID
    after_id: UUID
    laid_by: LaidBy
    scale: float
    turn_deg: float
    dx_px: float
    dy_px: float
    error_px: float = 0.0
    points: int = 0
    agreement: float = 0.0
    cover: float = 0.0
    pairs: tuple[PlacePair, ...] = ()

    @property
    def refers_to(self) -> tuple[UUID, ...]:
        """Both photos."""
        return (self.before_id, self.after_id)

    def check(self) -> None:
        """Refuse a photo on itself and figures that no fit has. Raises BadInputError."""
        if self.patient_id is None or self.before_id == self.after_id:
            raise BadInputError("A fit needs two photos of one patient. Choose another photo.")
        figures = (self.scale, self.turn_deg, self.dx_px, self.dy_px, self.error_px)
        if not all(math.isfinite(figure) for figure in figures) or not 0.05 <= self.scale <= 20:
            raise BadInputError("The photos cannot be laid on each other like this. Set the places again.")
        if self.laid_by is LaidBy.HAND and not 2 <= len(self.pairs) <= MAX_PAIRS:
            raise BadInputError("Two places at least are needed on both photos. Set another one.")


@dataclass(frozen=True, slots=True, kw_only=True)
class LandmarkOnPhoto:
    """A landmark of the atlas and where it is on the photo, px from the top left corner, upright."""

    landmark: str
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoLandmarks(Entry):
    """Landmarks of one view of the body found on a photo by hand, so that marks can be drawn on it."""

    KIND: ClassVar[str] = "photo_landmarks"

    photo_id: UUID
    view: str
    places: tuple[LandmarkOnPhoto, ...]

    @property
    def refers_to(self) -> tuple[UUID, ...]:
        """The photo."""
        return (self.photo_id,)

    def check(self) -> None:
        """Refuse fewer than four places, or one landmark twice. Raises BadInputError."""
        names = [place.landmark for place in self.places]
        if len(names) < 4 or len(set(names)) != len(names):
            raise BadInputError("Four different landmarks at least are needed. Set another one.")
        if len(names) > MAX_PAIRS:
            raise BadInputError(f"More than {MAX_PAIRS} landmarks cannot be kept. Leave some out.")
