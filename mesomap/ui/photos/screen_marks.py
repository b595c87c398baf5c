"""Marks as they are laid on a photograph on the screen: what is found of landmarks, what is drawn, with which pen."""

from collections.abc import Mapping

from mesomap.atlas import Atlas
from mesomap.domain.body_size import PatientScale
from mesomap.domain.marks import Mark
from mesomap.photos.camera import PhotoFit
from mesomap.photos.photo_view import KEY
from mesomap.render.photo_marks import PhotoMarks, PhotoPen
from mesomap.render.tokens import LIGHT
from mesomap.services.photo_landmarks import sight_by
from mesomap.ui.typefaces import font

#: View and places of landmarks, and where they are from.
Found = tuple[str, Mapping[str, tuple[float, float]], str]


def prepared(
    atlas: Atlas,
    view_key: str,
    fit: PhotoFit,
    size_px: tuple[int, int],
    marks: tuple[Mark, ...],
    scale: PatientScale,
) -> PhotoMarks:
    """Marks as a photo shows them; safe in any thread."""
    found = sight_by(atlas, view_key, fit, size_px, marks, scale)
    return PhotoMarks(found.atlas, KEY, found.marks, scale).prepare()


def screen_pen(dpr: float, zoom: float = 1.0, *, numbers: bool = True) -> PhotoPen:
    """How marks are drawn on the screen: a photo is as light in a dark window as in a light one, so are its marks."""
    return PhotoPen(LIGHT, font("badge"), font("badge", 10) if numbers else None, dpr=dpr, zoom=zoom)
