"""What of a photograph is covered when it leaves the program: a band over the eyes, or the whole face."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from mesomap.domain.entry import Entry
from mesomap.domain.errors import BadInputError

#: A cover narrower than this hides nothing, px.
LEAST_HALF_PX = 2.0
MOST_PX = 100_000.0


class MaskShape(StrEnum):
    """What is covered. NOTHING: said by a person that the photo shows neither eyes nor face."""

    EYES = "eyes"
    FACE = "face"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class MaskPlace:
    """A band (eyes, a rectangle) or an oval (face, an ellipse) on a photo: middle, half its sides, px from the top left
    corner, upright; turned clockwise as seen by turn_deg.
    """

    shape: MaskShape
    x: float
    y: float
    half_width: float
    half_height: float
    turn_deg: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoMask(Entry):
    """Where eyes or face are on a photo, set by hand; the last entry of a shape holds. The photo itself is never
    altered: it is covered in what is printed or saved.
    """

    KIND: ClassVar[str] = "photo_mask"

    photo_id: UUID
    shape: MaskShape
    x: float = 0.0
    y: float = 0.0
    half_width: float = 0.0
    half_height: float = 0.0
    turn_deg: float = 0.0

    @property
    def refers_to(self) -> tuple[UUID, ...]:
        """The photo."""
        return (self.photo_id,)

    @property
    def place(self) -> MaskPlace:
        """What it covers."""
        return MaskPlace(self.shape, self.x, self.y, self.half_width, self.half_height, self.turn_deg)

    def check(self) -> None:
        """Refuse a cover of nobody and one without a size. Raises BadInputError."""
        if self.patient_id is None:
            raise BadInputError("This cover names no patient. Open a patient and set it there.")
        figures = (self.x, self.y, self.half_width, self.half_height, self.turn_deg)
        if not all(math.isfinite(figure) and abs(figure) <= MOST_PX for figure in figures):
            raise BadInputError("The cover lies outside the photo. Set it again.")
        if self.shape is not MaskShape.NOTHING and min(self.half_width, self.half_height) < LEAST_HALF_PX:
            raise BadInputError("The cover is too small to hide anything. Drag it larger.")
