"""Photographs of two visits in pairs of one angle, and whether they may leave the program."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from mesomap.domain.consent import ConsentKind, Standing
from mesomap.domain.errors import BadInputError
from mesomap.domain.photo import ANGLES, Photo, PhotoAlignment
from mesomap.services.consents import states
from mesomap.services.photo_album import PhotoAlbum

if TYPE_CHECKING:
    from mesomap.photos.fit import Fit
    from mesomap.services.practice import Practice


@dataclass(frozen=True, slots=True)
class PhotoPair:
    """The photos of one angle at two visits, None = there is none. laid: the fit that was recorded last."""

    angle: str
    before: Photo | None
    after: Photo | None
    laid: PhotoAlignment | None = None


def photo_pairs(practice: "Practice", patient_id: UUID, before_id: UUID, after_id: UUID) -> tuple[PhotoPair, ...]:
    """Pairs of two visits by angle, standard angles first: of each angle the last photo of a visit."""
    album = PhotoAlbum(practice, patient_id)
    by_angle: dict[str, dict[UUID, Photo]] = {}
    for photo in album.photos():
        if photo.session_id in (before_id, after_id):
            assert photo.session_id is not None
            by_angle.setdefault(photo.angle, {})[photo.session_id] = photo
    found = []
    for angle in sorted(by_angle, key=_order):
        before, after = (by_angle[angle].get(key) for key in (before_id, after_id))
        laid = album.alignment(before, after) if before is not None and after is not None else None
        found.append(PhotoPair(angle, before, after, laid))
    return tuple(found)


def _order(angle: str) -> tuple[int, str]:
    """Standard angles in their order, then one's own, then those that nobody named."""
    return (ANGLES.index(angle) if angle in ANGLES else len(ANGLES) + (not angle), angle)


def photos_kept_back(practice: "Practice", patient_id: UUID, on: date) -> str:
    """Why photographs may not leave the program on that day, in one sentence; "" = a photo consent is in date."""
    state = next((one for one in states(practice, patient_id, on) if one.kind is ConsentKind.PHOTO), None)
    standing = Standing.NOT_RECORDED if state is None else state.standing
    return {
        Standing.IN_DATE: "",
        Standing.WITHDRAWN: "The photo consent was withdrawn; no photo leaves the program.",
        Standing.OUT_OF_DATE: "The photo consent is out of date; no photo leaves the program.",
        Standing.NOT_RECORDED: "There is no photo consent in date; no photo leaves the program.",
    }[standing]


def check_photos_leave(practice: "Practice", patient_id: UUID, on: date) -> None:
    """Raises BadInputError unless a photo consent of the patient is in date."""
    why = photos_kept_back(practice, patient_id, on)
    if why:
        raise BadInputError(f"{why} Record a consent under “Before”.")


def loose_fit(before: Photo, after: Photo) -> "Fit":
    """Equally high and in the middle: how two photos lie that nothing is known of."""
    from mesomap.photos.fit import Fit  # late: the library of figures

    scale = before.height_px / after.height_px
    return Fit(scale, 0.0, (before.width_px - after.width_px * scale) / 2, 0.0)


def fit_of_entry(entry: PhotoAlignment) -> "Fit":
    """The fit as it was recorded."""
    from mesomap.photos.fit import Fit  # late: the library of figures

    return Fit(
        entry.scale, entry.turn_deg, entry.dx_px, entry.dy_px, entry.error_px, entry.points, entry.agreement,
        entry.cover,
    )  # fmt: skip
