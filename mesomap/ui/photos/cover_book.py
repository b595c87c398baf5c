"""Covers of some photographs while they are being set; recorded when the photos leave."""

from collections.abc import Collection
from uuid import UUID

from mesomap.domain.photo import Photo
from mesomap.domain.photo_mask import MaskPlace, MaskShape
from mesomap.photos.fit import Fit
from mesomap.services import Practice
from mesomap.services.photo_covers import carried_cover, cover_of, keep_cover

#: Said of a photo by a person.
NOTHING = MaskPlace(MaskShape.NOTHING, 0.0, 0.0, 0.0, 0.0)


#: An earlier and a later photo, and how the later lies on the earlier.
LaidPair = tuple[Photo, Photo, Fit]


class CoverBook:
    """Begins with what is recorded, or what landmarks say."""

    def __init__(self, practice: Practice, photos: tuple[Photo, ...], laid: tuple[LaidPair, ...] = ()) -> None:
        self._practice, self._photos, self._laid = practice, photos, laid
        self._by_hand: set[tuple[UUID, MaskShape]] = set()
        self._places = {
            (photo.id, shape): cover_of(practice, photo, shape)
            for photo in photos
            for shape in (MaskShape.EYES, MaskShape.FACE)
        }

    def place(self, photo: Photo | None, shape: MaskShape | None) -> MaskPlace | None:
        """Where a photo is covered, None = nobody knows, or nothing is to be covered."""
        return None if photo is None or shape is None else self._places[photo.id, shape]

    def places(self, shape: MaskShape | None) -> dict[UUID, MaskPlace]:
        """Where every photo is covered, as far as it is known."""
        found = {photo.id: self.place(photo, shape) for photo in self._photos}
        return {key: place for key, place in found.items() if place is not None}

    def carried(self, photo: Photo | None, shape: MaskShape | None) -> MaskPlace | None:
        """Where the cover of the other photo of its pair lies on this one, None = it has none or does not lie on it."""
        for before, after, fit in self._laid:
            if photo is not None and photo.id in (before.id, after.id):
                other = self.place(after if photo.id == before.id else before, shape)
                if other is not None:
                    return carried_cover(other, fit, to_before=photo.id == before.id)
        return None

    def set(self, photo: Photo, shape: MaskShape, place: MaskPlace | None) -> None:
        """A hand set it."""
        self._places[photo.id, shape] = place
        self._by_hand.add((photo.id, shape))

    def uncovered(self, shape: MaskShape | None, among: Collection[UUID]) -> int:
        """Of how many photos among some nobody knows where the cover goes."""
        return 0 if shape is None else len(set(among) - self.places(shape).keys())

    def keep(self, shape: MaskShape | None) -> None:
        """Record what a hand set. Raises typed errors."""
        for photo in self._photos:
            place = self.place(photo, shape)
            if shape is not None and place is not None and (photo.id, shape) in self._by_hand:
                keep_cover(self._practice, photo, place)
                self._by_hand.discard((photo.id, shape))
