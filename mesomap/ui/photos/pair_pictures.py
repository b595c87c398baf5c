"""The two photographs of a pair, made ready beside the window."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtGui import QImage

from mesomap.domain.errors import BadInputError
from mesomap.domain.photo import Photo
from mesomap.domain.photo_mask import MaskPlace
from mesomap.photos.beside import PhotoWorker
from mesomap.photos.fit import Fit
from mesomap.services.photo_pairs import loose_fit
from mesomap.storage.photo_files import PhotoFiles

#: Full size first, then halves.
Levels = tuple[QImage, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """Pictures in the frame of the earlier photo. fit: as it is shown; refused: why the program found none."""

    before: Levels
    after: Levels
    fit: Fit
    found: Fit | None = None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class PairWork:
    """Reads both photographs and lays the later on the earlier; safe in another thread."""

    files: PhotoFiles
    worker: PhotoWorker
    before: Photo
    after: Photo

    def make(
        self, fit: Fit | None, *, search: bool, toned: bool, covers: Mapping[UUID, MaskPlace] | None = None,
        went: Callable[[float], None] = lambda _part: None,
    ) -> Made:  # fmt: skip
        """fit None and search: the program looks for one. covers: by photo, for pictures that leave; went(0 to 1):
        before each photo, what it raises ends the work. Raises BadInputError, NotFoundError, DamagedError.
        """
        first, second = self.files.read(self.before.file), self.files.read(self.after.file)
        turns = (self.before.orientation, self.after.orientation)
        found, refused = None, ""
        if fit is None and search:
            try:
                found = self.worker.align(first, second, turns)
            except BadInputError as error:
                refused = error.sentence
        shown = fit or found or loose_fit(self.before, self.after)
        size = (self.before.width_px, self.before.height_px)
        widths = (self.before.width_px, self.after.width_px)
        factors = self.worker.tone_factors(first, second, turns, widths, shown) if toned else None
        own = [(place,) if (place := (covers or {}).get(one.id)) else () for one in (self.before, self.after)]
        went(0.05)
        before = images(self.worker.levels(first, turns[0], size, covers=own[0]))
        went(0.3)
        after = images(self.worker.levels(second, turns[1], size, shown, factors, own[1]))
        return Made(before, after, shown, found, refused)

    def apart(self) -> tuple[Levels, Levels]:
        """Both upright, each in its own frame. Raises BadInputError, NotFoundError, DamagedError."""
        first, second = (
            images(self.worker.levels(self.files.read(one.file), one.orientation, (one.width_px, one.height_px)))
            for one in (self.before, self.after)
        )
        return first, second


def images(levels: Sequence[tuple[int, int, bytes]]) -> Levels:
    """Pictures that hold their own bytes."""
    made = []
    for width, height, data in levels:
        image = QImage(data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
        # The picture only borrows the bytes.
        made.append(image.copy())
    return tuple(made)
