"""A place of the skin in words: region, distance from the midline, and from the nearest landmark."""

import re

from PySide6.QtCore import QCoreApplication

from mesomap.atlas import Atlas
from mesomap.domain.body_size import PatientScale
from mesomap.domain.errors import MesoMapError
from mesomap.domain.place import SkinPoint
from mesomap.services.position import FromLandmark, PositionFigures, Way, positions_of
from mesomap.ui.words import number, region_name, side_word

_VERTEBRA = re.compile("[CTL][0-9]+")


def tr(text: str) -> str:
    """Translate in the context of places."""
    return QCoreApplication.translate("Places", text)


def landmark_name(name: str, side: str) -> str:
    """Lateral canthus, left."""
    word = side_word(side)
    translated = QCoreApplication.translate("Landmarks", name)
    return f"{translated}, {word}" if word else translated


def place_figures(atlas: Atlas, point: SkinPoint | None, scale: PatientScale | None) -> PositionFigures | None:
    """Figures of a place; None off the body or when the landmarks of the atlas cannot be read."""
    if point is None:
        return None
    try:
        return positions_of(atlas).at(point, scale)
    except MesoMapError:
        return None


def midline_words(atlas: Atlas, figures: PositionFigures) -> str:
    """21 mm lateral of the midline, or left of it where the region names no side; nothing on a limb."""
    if figures.lateral_mm is None:
        return ""
    if figures.side == "mid":
        return tr("on the midline")
    pattern = tr("{0} mm lateral of the midline")
    if atlas.region(figures.region_id).side == "mid":
        pattern = tr("{0} mm left of the midline") if figures.side == "left" else tr("{0} mm right of the midline")
    return pattern.format(number(figures.lateral_mm, 0))


def landmark_words(near: FromLandmark | None) -> str:
    """12 mm below the lateral canthus, left; nothing without a landmark near."""
    if near is None:
        return ""
    name = landmark_name(near.landmark.name, near.landmark.side)
    if _VERTEBRA.fullmatch(near.landmark.key) is None:
        name = tr("the {0}").format(name)
    if near.ways[0][0] is Way.AT:
        return tr("at {0}").format(name)
    if near.ways[0][0] is Way.LEVEL:
        return tr("level with {0}").format(name)
    joined = tr(" and ").join(_way_words(way, length) for way, length in near.ways)
    last = near.ways[-1][0]
    pattern = tr("{0} to {1}") if last in (Way.LATERAL, Way.MEDIAL) else tr("{0} {1}")
    return pattern.format(joined, name)


def _way_words(way: Way, length_mm: float) -> str:
    pattern = {
        Way.ABOVE: tr("{0} mm above"),
        Way.BELOW: tr("{0} mm below"),
        Way.LATERAL: tr("{0} mm lateral"),
        Way.MEDIAL: tr("{0} mm medial"),
        Way.FRONT: tr("{0} mm in front of"),
        Way.BEHIND: tr("{0} mm behind"),
    }[way]
    return pattern.format(number(length_mm, 0))


def place_lines(atlas: Atlas, point: SkinPoint | None, scale: PatientScale | None = None) -> list[str]:
    """The place from the midline and from a landmark, a line each; what is not known is left out."""
    figures = place_figures(atlas, point, scale)
    if figures is None:
        return []
    return [line for line in (midline_words(atlas, figures), landmark_words(figures.near)) if line]


def place_words(atlas: Atlas, point: SkinPoint | None, scale: PatientScale | None = None) -> str:
    """Malar cheek, left, 21 mm lateral of the midline; 12 mm below the lateral canthus, left."""
    figures = place_figures(atlas, point, scale)
    if figures is None:
        return ""
    first = ", ".join(part for part in (region_name(atlas, figures.region_id), midline_words(atlas, figures)) if part)
    return "; ".join(part for part in (first, landmark_words(figures.near)) if part)
