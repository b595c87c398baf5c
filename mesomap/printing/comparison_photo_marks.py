"""Marks of a visit over its photo on paper: by landmarks that were set on the photo, with the error of the fit."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPainter

from mesomap.domain.errors import BadInputError
from mesomap.printing.sheet import UNITS, Weight, paper_font
from mesomap.printing.wording import tr
from mesomap.render.tokens import LIGHT
from mesomap.services.comparing import Visit
from mesomap.services.photo_showing import ShownPair, ShownPhoto

#: Size of symbols and numbers on paper, points for a pixel of the design system.
_UNIT_PT = 0.55

#: Draws over a picture: painter, where the whole picture lies, pixels for a point of paper.
Over = Callable[[QPainter, QRectF, float], None]


@dataclass(frozen=True)
class MarksOver:
    """over None = no marks are drawn; words: their error, or why there are none."""

    over: Over | None
    words: str


def marks_over(pair: ShownPair, side: ShownPhoto, visit: Visit | None) -> MarksOver:
    """Marks of the visit as this photo shows them; None = it has no map. Safe in any thread."""
    if visit is None:
        return MarksOver(None, tr("marks not drawn: there is no map of this session"))
    if side.landmarks is None:
        return MarksOver(None, tr("marks not drawn: no landmarks are set on this photo"))
    # Marks on photos are drawn for this alone, and need the fitted camera.
    from mesomap.photos.photo_view import KEY
    from mesomap.render.photo_marks import PhotoMarks, PhotoPen, draw_marks_on_photo
    from mesomap.services.photo_landmarks import sight

    before = pair.pair.before
    laid = pair.fit if pair.pair.after is not None and side.photo.id == pair.pair.after.id else None
    frame = (before.width_px, before.height_px) if laid is not None and before is not None else None
    try:
        seen = sight(visit.atlas, side.photo, side.landmarks, visit.marks, visit.scale, laid, frame)
    except BadInputError:
        return MarksOver(None, tr("marks not drawn: the landmarks fit too poorly"))
    shown = PhotoMarks(seen.atlas, KEY, seen.marks, seen.scale).prepare()

    def over(painter: QPainter, target: QRectF, px_per_pt: float) -> None:
        unit = _UNIT_PT * px_per_pt
        pen = PhotoPen(LIGHT, _font(6.5, px_per_pt), _font(5.0, px_per_pt), unit=unit)
        draw_marks_on_photo(painter, target, shown, pen)

    words = tr("marks off by about {0} mm").format(f"{seen.fit.error_mm:.1f}")
    largest = seen.largest_error_mm()
    if largest > seen.fit.error_mm:
        words += tr(", by up to {0} mm").format(f"{largest:.0f}")
    if shown.hidden + seen.left_out:
        words += tr(", {0} not shown").format(shown.hidden + seen.left_out)
    return MarksOver(over, words)


def _font(size_pt: float, px_per_pt: float) -> QFont:
    """A font of paper on a picture of so many pixels for a point."""
    font = paper_font(size_pt, Weight.MEDIUM)
    font.setPixelSize(max(4, round(font.pixelSize() / UNITS * px_per_pt)))
    return font
