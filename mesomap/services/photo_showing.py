"""Pairs of photographs made ready to leave the program: covered, laid on each other, in tone. Safe in any thread."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from uuid import UUID

from mesomap.domain.consent import Consent
from mesomap.domain.errors import BadInputError, DamagedError, NotFoundError
from mesomap.domain.photo import LaidBy, Photo, PhotoLandmarks
from mesomap.domain.photo_mask import MaskPlace, MaskShape
from mesomap.services.letterhead import letterhead
from mesomap.services.photo_covers import cover_of
from mesomap.services.photo_pairs import PhotoPair, fit_of_entry, photo_consent, photos_kept_back, visit_photos

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from mesomap.photos.beside import PhotoWorker
    from mesomap.photos.fit import Fit
    from mesomap.services.practice import Practice
    from mesomap.storage.photo_files import PhotoFiles

#: A longer watermark is not read.
MAX_WATERMARK = 120
#: Width, height, BGRA bytes (premultiplied).
Pixels = tuple[int, int, bytes]


@dataclass(frozen=True, slots=True)
class PhotoWish:
    """What the person asked for. mask None = no cover; watermark "" = none; toned: light matched for display; photos:
    those that were chosen, None = the last of every angle at each visit.
    """

    mask: MaskShape | None = None
    watermark: str = ""
    toned: bool = False
    marks: bool = False
    photos: frozenset[UUID] | None = None

    def __post_init__(self) -> None:
        if len(self.watermark) > MAX_WATERMARK:
            raise BadInputError(f"The watermark has more than {MAX_WATERMARK} letters. Shorten it.")


@dataclass(frozen=True, slots=True)
class PhotoSet:
    """What is known of the pairs of two visits before anything is read from disk. covers: by photo. kept_back: why no
    photo may leave, "" = it may; consent: under which.
    """

    pairs: tuple[PhotoPair, ...] = ()
    covers: Mapping[UUID, MaskPlace] = field(default_factory=dict)
    wish: PhotoWish = field(default_factory=PhotoWish)
    kept_back: str = ""
    landmarks: Mapping[UUID, PhotoLandmarks] = field(default_factory=dict)
    consent: Consent | None = None


@dataclass(frozen=True, slots=True)
class ShownPhoto:
    """One photo as it leaves, or why it does not (left_out, a sentence). landmarks: those that were set on it, when
    marks are to be drawn.
    """

    photo: Photo
    pixels: Pixels | None = None
    left_out: str = ""
    landmarks: PhotoLandmarks | None = None


@dataclass(frozen=True, slots=True)
class ShownPair:
    """A pair as it leaves. fit: how the later photo is laid on the earlier one, None = both as they were taken, and
    refused says why when the program looked for a fit.
    """

    pair: PhotoPair
    before: ShownPhoto | None
    after: ShownPhoto | None
    fit: "Fit | None" = None
    laid_by: LaidBy = LaidBy.PROGRAM
    refused: str = ""
    toned: bool = False


def practice_watermark(practice: "Practice", on: "date") -> str:
    """Name of the practice and the day, as a watermark; the day alone where no name was entered."""
    name = letterhead(practice).name
    day = f"{on.day} {on:%b} {on.year}"
    return f"{name[: MAX_WATERMARK - len(day) - 3]} · {day}" if name else day


def photo_set(
    practice: "Practice", patient_id: UUID, before_id: UUID, after_id: UUID, wish: PhotoWish, on: "date"
) -> PhotoSet:
    """Pairs, covers and consent as recorded; read in the thread of the practice."""
    kept_back = photos_kept_back(practice, patient_id, on)
    if kept_back:
        return PhotoSet(wish=wish, kept_back=kept_back)
    pairs = visit_photos(practice, patient_id, before_id, after_id).pairs(wish.photos)
    landmarks = landmarks_of(practice, _photos(pairs)) if wish.marks else {}
    consent = photo_consent(practice, patient_id, on)
    return PhotoSet(pairs, covers_of(practice, pairs, wish.mask), wish, landmarks=landmarks, consent=consent)


def covers_of(practice: "Practice", pairs: tuple[PhotoPair, ...], mask: MaskShape | None) -> dict[UUID, MaskPlace]:
    """Where each photo is covered; photos of which nobody knows are not in it."""
    found: dict[UUID, MaskPlace] = {}
    for photo in _photos(pairs):
        place = cover_of(practice, photo, mask) if mask is not None else None
        if place is not None:
            found[photo.id] = place
    return found


def landmarks_of(practice: "Practice", photos: Iterable[Photo]) -> dict[UUID, PhotoLandmarks]:
    """The landmarks that were set last on each photo; photos without any are not in it."""
    found: dict[UUID, PhotoLandmarks] = {}
    for photo in photos:
        kept = [one for one in practice.entries(PhotoLandmarks, refers_to=photo.id) if not one.withdrawn]
        if kept:
            found[photo.id] = kept[-1]
    return found


def _photos(pairs: tuple[PhotoPair, ...]) -> list[Photo]:
    return [one for pair in pairs for one in (pair.before, pair.after) if one is not None]


def shown_pairs(
    files: "PhotoFiles",
    worker: "PhotoWorker",
    known: PhotoSet,
    longest_px: int,
    went: "Callable[[int, int], None]" = lambda _done, _of: None,
) -> tuple[ShownPair, ...]:
    """Every pair, no photo larger than longest_px. went(done, of): before each pair; what it raises ends the work."""
    found = []
    for number, pair in enumerate(known.pairs):
        went(number, len(known.pairs))
        found.append(shown_pair(files, worker, pair, known, longest_px))
    return tuple(found)


def shown_pair(
    files: "PhotoFiles", worker: "PhotoWorker", pair: PhotoPair, known: PhotoSet, longest_px: int
) -> ShownPair:
    """One pair. A photo that cannot be read or must not be shown uncovered is left out with a sentence."""
    before, after = pair.before, pair.after
    first, second = (_readable(files, photo, known) for photo in (before, after))
    made = ShownPair(pair, None, None)
    factors = None
    if before is not None and after is not None and first.data and second.data:
        turns, widths = (before.orientation, after.orientation), (before.width_px, after.width_px)
        made = _laid(worker, made, first.data, second.data, turns)
        if known.wish.toned and made.fit is not None:
            factors = worker.tone_factors(first.data, second.data, turns, widths, made.fit)
            made = replace(made, toned=True)
    frame = (before.width_px, before.height_px) if before is not None and made.fit is not None else None
    return replace(
        made,
        before=None if before is None else _shown(worker, before, first, known, longest_px),
        after=None if after is None else _shown(worker, after, second, known, longest_px, made.fit, frame, factors),
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """The bytes of a photo, or why it is left out."""

    data: bytes = b""
    left_out: str = ""


def _laid(worker: "PhotoWorker", made: ShownPair, first: bytes, second: bytes, turns: tuple[int, int]) -> ShownPair:
    """How the later photo lies on the earlier one: as it was recorded, else as the program finds it now."""
    if made.pair.laid is not None:
        return replace(made, fit=fit_of_entry(made.pair.laid), laid_by=made.pair.laid.laid_by)
    try:
        return replace(made, fit=worker.align(first, second, turns))
    except BadInputError as error:
        return replace(made, refused=error.sentence)


def _shown(
    worker: "PhotoWorker", photo: Photo, read: _Read, known: PhotoSet, longest_px: int, fit: "Fit | None" = None,
    frame: tuple[int, int] | None = None, factors: tuple[float, float, float] | None = None,
) -> ShownPhoto:  # fmt: skip
    """The photo covered, and laid in a frame where there is a fit."""
    if read.left_out:
        return ShownPhoto(photo, left_out=read.left_out)
    place = known.covers.get(photo.id)
    covers = () if place is None or known.wish.mask is None else (place,)
    size = frame or (photo.width_px, photo.height_px)
    try:
        levels = worker.levels(read.data, photo.orientation, size, fit, factors, covers)
    except BadInputError as error:
        return ShownPhoto(photo, left_out=error.sentence)
    landmarks = known.landmarks.get(photo.id) if known.wish.marks else None
    return ShownPhoto(photo, _not_larger(levels, longest_px), landmarks=landmarks)


def _readable(files: "PhotoFiles", photo: Photo | None, known: PhotoSet) -> _Read:
    """Its bytes, unless it must not be shown or cannot be read."""
    if photo is None:
        return _Read()
    if known.wish.mask is not None and photo.id not in known.covers:
        return _Read(left_out=NO_PLACE)
    try:
        return _Read(files.read(photo.file))
    except (NotFoundError, DamagedError) as error:
        return _Read(left_out=error.sentence)


NO_PLACE = "Left out: a cover was asked for, and where it goes on this photo is not known."


def _not_larger(levels: list[Pixels], longest_px: int) -> Pixels:
    """The smallest level that is at least as large as asked for, so that scaling it down loses nothing."""
    fitting = [one for one in levels if max(one[0], one[1]) >= longest_px]
    return fitting[-1] if fitting else levels[0]
