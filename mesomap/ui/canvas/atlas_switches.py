"""The switches of the atlas row: danger zones, acupoints, landmarks, recalled rows; all off at first."""

from PySide6.QtCore import QCoreApplication

from mesomap.atlas import Atlas
from mesomap.atlas.landmarks import landmarks_of
from mesomap.atlas.overlays import overlays_of
from mesomap.domain.errors import MesoMapError
from mesomap.ui.canvas.atlas_layer import LANDMARKS, POINTS, RECALLED, ZONES
from mesomap.ui.canvas.overlay_bar import OverlayBar


def add_atlas_switches(bar: OverlayBar, atlas: Atlas) -> str:
    """Offer what the atlas has; returns the sentence of a page that cannot be read, else nothing."""
    try:
        places, marks = overlays_of(atlas), landmarks_of(atlas)
    except MesoMapError as error:
        return error.sentence
    if places.zones:
        bar.add_atlas(ZONES, _tr("Danger zones"), _tr("Bands of nerves, vessels and organs; incomplete"))
    if places.points:
        bar.add_atlas(POINTS, _tr("Acupoints"), _tr("Acupoints of the table; incomplete"))
    if len(marks):
        bar.add_atlas(LANDMARKS, _tr("Landmarks"), _tr("Landmarks that positions are told from"))
    if places.zones or places.points:
        bar.add_atlas(RECALLED, _tr("Recalled"), _tr("Also rows from general knowledge that no source was read for"))
    return ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("AtlasSwitches", text)
