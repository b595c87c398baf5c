"""What there is of a pair when one of its photographs cannot be shown."""

from dataclasses import dataclass

from mesomap.domain.errors import MesoMapError
from mesomap.domain.photo import Photo
from mesomap.ui.photos.pair_pictures import Levels, PairWork, images
from mesomap.ui.photos.words import caption, tr


@dataclass(frozen=True, slots=True)
class HalfPair:
    """photo: the one that can be shown, None = neither; levels: of it; said: what is missing and why, sentences."""

    photo: Photo | None
    levels: Levels
    said: str


def half_pair(work: PairWork) -> HalfPair | None:
    """Read each photo for itself; None when both can be read, so that something else was wrong. Takes a while."""
    there: list[tuple[Photo, Levels]] = []
    missing: list[str] = []
    for photo in (work.before, work.after):
        try:
            data = work.files.read(photo.file)
            size = (photo.width_px, photo.height_px)
            there.append((photo, images(work.worker.levels(data, photo.orientation, size))))
        except MesoMapError as error:
            missing.append(tr("{0}: {1}").format(caption(photo), error.sentence))
    if not missing:
        return None
    if not there:
        return HalfPair(None, (), " ".join(dict.fromkeys(missing)))
    alone = tr("Only the other photo is shown.")
    return HalfPair(*there[0], " ".join([*missing, alone]))
