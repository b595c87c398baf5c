"""Where eyes or face are covered on photographs: set by hand, else by landmarks placed on the photo."""

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from mesomap.commands.entries import AddEntries
from mesomap.domain.photo import Photo, PhotoLandmarks
from mesomap.domain.photo_mask import MaskPlace, MaskShape, PhotoMask
from mesomap.services.entering import entering

if TYPE_CHECKING:
    from mesomap.photos.fit import Fit
    from mesomap.services.practice import Practice


def cover_of(practice: "Practice", photo: Photo, shape: MaskShape) -> MaskPlace | None:
    """Where this photo is covered, None = nobody knows. A place of shape NOTHING: it shows neither eyes nor face."""
    found = cover_by_hand(practice, photo.id, shape)
    return found.place if found is not None else cover_by_landmarks(practice, photo.id, shape)


def cover_by_hand(practice: "Practice", photo_id: UUID, shape: MaskShape) -> PhotoMask | None:
    """The last that a person set for this shape, or that there is nothing to cover."""
    kept = [
        one
        for one in practice.entries(PhotoMask, refers_to=photo_id)
        if not one.withdrawn and one.shape in (shape, MaskShape.NOTHING)
    ]
    return kept[-1] if kept else None


def cover_by_landmarks(practice: "Practice", photo_id: UUID, shape: MaskShape) -> MaskPlace | None:
    """Where landmarks that were placed on the photo put it, None = too few are known."""
    kept = [one for one in practice.entries(PhotoLandmarks, refers_to=photo_id) if not one.withdrawn]
    if not kept:
        return None
    # The library of figures is needed for this alone.
    from mesomap.photos.masking import place_by_landmarks

    return place_by_landmarks(shape, {one.landmark: (one.x, one.y) for one in kept[-1].places})


def keep_cover(practice: "Practice", photo: Photo, place: MaskPlace) -> PhotoMask:
    """Record where a person set the cover. Raises BadInputError."""
    entry = PhotoMask(
        **entering(practice),
        patient_id=photo.patient_id,
        photo_id=photo.id,
        shape=place.shape,
        x=round(float(place.x), 2),
        y=round(float(place.y), 2),
        half_width=round(float(place.half_width), 2),
        half_height=round(float(place.half_height), 2),
        turn_deg=round(float(place.turn_deg), 3),
    )
    practice.run(AddEntries((entry,), name="Cover on photo"))
    return entry


def carried_cover(place: MaskPlace, fit: "Fit", *, to_before: bool) -> MaskPlace:
    """A cover of one photo on the other one of a pair that lies on it; to_before: from the later to the earlier."""
    if place.shape is MaskShape.NOTHING:
        return place
    # The library of figures is needed for this alone.
    import numpy as np

    matrix, at = fit.matrix, np.array([place.x, place.y])
    if to_before:
        (x, y), scale, turn = matrix[:, :2] @ at + matrix[:, 2], fit.scale, fit.turn_deg
    else:
        (x, y), scale, turn = np.linalg.solve(matrix[:, :2], at - matrix[:, 2]), 1 / fit.scale, -fit.turn_deg
    return replace(
        place, x=float(x), y=float(y), half_width=place.half_width * scale, half_height=place.half_height * scale,
        turn_deg=place.turn_deg + turn,
    )  # fmt: skip
