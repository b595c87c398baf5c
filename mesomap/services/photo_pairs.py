"""Photographs of two visits in pairs of one angle, and whether they may leave the program."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import TYPE_CHECKING
from uuid import UUID

from mesomap.domain.consent import Consent, ConsentKind, Standing
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


@dataclass(frozen=True, slots=True)
class VisitPhotos:
    """All photos of two visits by the time they were taken, and the fits that were recorded last, by earlier and later
    photo.
    """

    before: tuple[Photo, ...]
    after: tuple[Photo, ...]
    laid: Mapping[tuple[UUID, UUID], PhotoAlignment]

    @property
    def by_angle(self) -> tuple[Photo, ...]:
        """All of them: standard angles first, of an angle the earlier visit first."""
        return tuple(sorted((*self.before, *self.after), key=lambda photo: _order(photo.angle)))

    def usual(self) -> frozenset[UUID]:
        """The last photo of every angle at each visit."""
        last = ({photo.angle: photo.id for photo in photos} for photos in (self.before, self.after))
        return frozenset(key for one in last for key in one.values())

    def pairs(self, chosen: Collection[UUID] | None = None) -> tuple[PhotoPair, ...]:
        """Pairs of one angle of those that are chosen, None = the usual ones; standard angles first.

        Of several of an angle those that were laid on each other go together, of the rest the first with the first, the
        second with the second; where one visit has fewer, its last goes with each that is left over.
        """
        wanted = self.usual() if chosen is None else chosen
        by_angle: dict[str, tuple[list[Photo], list[Photo]]] = {}
        for side, photos in enumerate((self.before, self.after)):
            for photo in photos:
                if photo.id in wanted:
                    by_angle.setdefault(photo.angle, ([], []))[side].append(photo)
        return tuple(pair for angle in sorted(by_angle, key=_order) for pair in self._of_angle(angle, *by_angle[angle]))

    def _of_angle(self, angle: str, before: list[Photo], after: list[Photo]) -> list[PhotoPair]:
        alone = list(before), list(after)
        pairs: list[tuple[Photo | None, Photo | None]] = []
        for first, second in product(before, after):
            if (first.id, second.id) in self.laid and first in alone[0] and second in alone[1]:
                pairs.append((first, second))
                alone[0].remove(first)
                alone[1].remove(second)
        for place in range(max(map(len, alone))):
            one, other = (
                rest[place] if place < len(rest) else side[-1] if side else None
                for rest, side in zip(alone, (before, after), strict=True)
            )
            pairs.append((one, other))
        order = {photo.id: place for side in (before, after) for place, photo in enumerate(side)}
        pairs.sort(key=lambda pair: [-1 if photo is None else order[photo.id] for photo in pair])
        return [PhotoPair(angle, one, other, self._fit(one, other)) for one, other in pairs]

    def _fit(self, before: Photo | None, after: Photo | None) -> PhotoAlignment | None:
        return None if before is None or after is None else self.laid.get((before.id, after.id))


def visit_photos(practice: "Practice", patient_id: UUID, before_id: UUID, after_id: UUID) -> VisitPhotos:
    """The photos of two visits as recorded."""
    photos = PhotoAlbum(practice, patient_id).photos()
    before, after = (tuple(one for one in photos if one.session_id == key) for key in (before_id, after_id))
    sides = {one.id for one in before}, {one.id for one in after}
    laid = {
        (one.before_id, one.after_id): one
        for one in practice.entries(PhotoAlignment, patient_id=patient_id)
        if not one.withdrawn and one.before_id in sides[0] and one.after_id in sides[1]
    }
    return VisitPhotos(before, after, laid)


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


def photo_consent(practice: "Practice", patient_id: UUID, on: date) -> Consent | None:
    """The consent under which photographs leave on that day, None = there is none in date. What it covers stands in its
    title and text: the practice words it.
    """
    state = next((one for one in states(practice, patient_id, on) if one.kind is ConsentKind.PHOTO), None)
    return state.consent if state is not None and state.standing is Standing.IN_DATE else None


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
