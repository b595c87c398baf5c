"""What a fit of landmarks says, in words."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from mesomap.atlas import Atlas
from mesomap.atlas.landmarks import landmarks_of
from mesomap.photos.camera import LEAST_PLACES, PhotoFit
from mesomap.ui.place_words import landmark_name
from mesomap.ui.words import number


def tr(text: str) -> str:
    """Translate in the context of marks on photos."""
    return QCoreApplication.translate("PhotoMarks", text)


def name_of(atlas: Atlas, landmark: str) -> str:
    """Lateral canthus, left; the id of a landmark that this body does not know."""
    key, _, side = landmark.rpartition(".")
    found = landmarks_of(atlas).find(key, side)
    return landmark if found is None else landmark_name(found.name, found.side)


def wanted_words(count: int) -> str:
    """How many landmarks are still needed, "" = none."""
    lacking = LEAST_PLACES - count
    if lacking <= 0:
        return ""
    return tr("Set one more landmark.") if lacking == 1 else tr("Set {0} more landmarks.").format(lacking)


def error_words(fit: PhotoFit, count: int) -> str:
    """The error of a fit at its landmarks."""
    words = tr("{0} landmarks: off by about {1} mm on the body ({2} px), each tested by all the others.")
    return words.format(count, number(fit.error_mm, 1), number(fit.error_px, 0))


def farthest_words(largest_mm: float) -> str:
    """What the mark that is drawn farthest from them is off by, "" = none is drawn."""
    return tr("Farthest from them, marks are off by about {0} mm.").format(number(largest_mm, 0)) if largest_mm else ""


def short_words(fit: PhotoFit, count: int, largest_mm: float, hidden: int) -> str:
    """The error of a fit in half a line."""
    words = tr("{0} landmarks, off by about {1} mm ({2} px), marks by up to {3} mm")
    lost = tr(", {0} not shown").format(hidden) if hidden else ""
    largest = number(max(largest_mm, fit.error_mm), 0)
    return words.format(count, number(fit.error_mm, 1), number(fit.error_px, 0), largest) + lost


def worst_words(atlas: Atlas, fit: PhotoFit, names: Sequence[str]) -> str:
    """Which landmark fits the least."""
    words = tr("The least fits “{0}”: {1} mm.")
    return words.format(name_of(atlas, names[fit.worst]), number(float(fit.errors_mm[fit.worst]), 1))


def poor_words(fit: PhotoFit, count: int) -> str:
    """Why no marks are drawn, "" = they are."""
    if fit.is_good:
        return ""
    words = tr("Too poor to draw marks: the limit with {0} landmarks is {1} mm.")
    return words.format(count, number(fit.limit_mm, 1))


def carried_words() -> str:
    """Where landmarks are from that nobody set on this photo."""
    return tr("Carried over from another photo by the fit of the two: check every place, then keep.")


def body_words() -> str:
    """What the fit rests on."""
    return tr("A reference body is fitted to a person: places are approximate.")


def hidden_words(count: int) -> str:
    """Marks that do not show, "" = all do."""
    return tr("Not shown: {0}, turned away, hidden or too far from the landmarks.").format(count) if count else ""
