"""Pairs of photographs made ready to leave the program: covered, laid on each other, in tone. Safe in any thread."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from mesomap.domain.errors import BadInputError, DamagedError, NotFoundError
from mesomap.domain.photo import LaidBy, Photo
from mesomap.domain.photo_mask import MaskPlace, MaskShape
from mesomap.services.letterhead import letterhead
from mesomap.services.photo_covers import cover_of
from mesomap.services.photo_pairs import PhotoPair, fit_of_entry, photo_pairs, photos_kept_back

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
    """What the person asked for. mask None = no cover; watermark "" = none; toned: light matched for display."""

    mask: MaskShape | None = None
    watermark: str = ""
    toned: bool = False
    marks: bool = False

    def __post_init__(self) -> None:
        if len(self.watermark) > MAX_WATERMARK:
            raise BadInputError(f"The watermark has more than {MAX_WATERMARK} letters. Shorten it.")


@dataclass(frozen=True, slots=True)
class PhotoSet:
    """What is known of the pairs of two visits before anything is read from disk. covers: by photo. kept_back: why no
    photo may leave, "" = it may.
    """

    pairs: tuple[PhotoPair, ...] = ()
    covers: Mapping[UUID, MaskPlace] | None = None
    wish: PhotoWish = PhotoWish()
    kept_back: str = ""


@dataclass(frozen=True, slots=True)
class ShownPhoto:
    """One photo as it leaves, or why it does not (left_out, a sentence). width_px …: see `Pixels`."""

    photo: Photo
    pixels: Pixels | None = None
    left_out: str = ""


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
    pairs = photo_pairs(practice, patient_id, before_id, after_id)
    return PhotoSet(pairs, covers_of(practice, pairs, wish.mask), wish)


def covers_of(practice: "Practice", pairs: tuple[PhotoPair, ...], mask: MaskShape | None) -> dict[UUID, MaskPlace]:
    """Where each photo is covered; photos of which nobody knows are not in it."""
    found: dict[UUID, MaskPlace] = {}
    for photo in (one for pair in pairs for one in (pair.before, pair.after) if one is not None):
        place = cover_of(practice, photo, mask) if mask is not None else None
        if place is not None:
            found[photo.id] = place
    return found


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
    sides = [_readable(files, photo, known) for photo in (pair.before, pair.after)]
    fit, laid_by, refused = None, LaidBy.PROGRAM, ""
    first, second = (None if side is None else side[1] for side in sides)
    if pair.laid is not None:
        fit, laid_by = fit_of_entry(pair.laid), pair.laid.laid_by
    elif first and second and pair.before is not None and pair.after is not None:
        try:
            fit = worker.align(first, second, (pair.before.orientation, pair.after.orientation))
        except BadInputError as error:
            refused = error.sentence
    if not (first and second):
        # One alone lies on nothing.
        fit, refused = None, ""
    made = ShownPair(pair, None, None, fit, laid_by, refused, known.wish.toned and fit is not None)
    factors = None
    if made.toned and first and second and fit is not None and pair.before is not None and pair.after is not None:
        turns, widths = (pair.before.orientation, pair.after.orientation), (pair.before.width_px, pair.after.width_px)
        factors = worker.tone_factors(first, second, turns, widths, fit)
    frame = None if pair.before is None else (pair.before.width_px, pair.before.height_px)
    shown: list[ShownPhoto | None] = []
    for side, photo in zip(sides, (pair.before, pair.after), strict=True):
        if side is None or photo is None:
            shown.append(None)
            continue
        left_out, data = side
        own = (photo.width_px, photo.height_px)
        is_after = photo is pair.after
        laid = fit if is_after else None
        size = frame if laid is not None and frame is not None else own
        if left_out:
            shown.append(ShownPhoto(photo, left_out=left_out))
            continue
        place = (known.covers or {}).get(photo.id)
        covers = () if place is None or known.wish.mask is None else (place,)
        try:
            levels = worker.levels(data, photo.orientation, size, laid, factors if is_after else None, covers)
        except BadInputError as error:
            shown.append(ShownPhoto(photo, left_out=error.sentence))
            continue
        shown.append(ShownPhoto(photo, _not_larger(levels, longest_px)))
    return replace(made, before=shown[0], after=shown[1])


def _readable(files: "PhotoFiles", photo: Photo | None, known: PhotoSet) -> tuple[str, bytes] | None:
    """Why it is left out, and its bytes."""
    if photo is None:
        return None
    if known.wish.mask is not None and photo.id not in (known.covers or {}):
        return NO_PLACE, b""
    try:
        return "", files.read(photo.file)
    except (NotFoundError, DamagedError) as error:
        return error.sentence, b""


NO_PLACE = "Left out: a cover was asked for, and where it goes on this photo is not known."


def _not_larger(levels: list[Pixels], longest_px: int) -> Pixels:
    """The smallest level that is at least as large as asked for, so that scaling it down loses nothing."""
    fitting = [one for one in levels if max(one[0], one[1]) >= longest_px]
    return fitting[-1] if fitting else levels[0]
