"""The switches of the atlas row: danger zones, acupoints, sensory points, landmarks, recalled rows; off at first."""

from PySide6.QtCore import QCoreApplication

from mesomap.atlas import Atlas, landmarks, overlays
from mesomap.ui.canvas.atlas_layer import LANDMARKS, POINTS, RECALLED, SENSORY, ZONES
from mesomap.ui.canvas.overlay_bar import OverlayBar
from mesomap.ui.own_zone_desk import DRAW, OWN


def add_atlas_switches(bar: OverlayBar, atlas: Atlas) -> None:
    """Offer what the atlas has pages of; they are read when a switch is on, so that a session opens at once."""
    folder = atlas.folder / atlas.ref.body
    if (folder / overlays.FILE).is_file():
        bar.add_atlas(ZONES, tr("Danger zones"), tr("Bands of nerves, vessels and organs; incomplete"))
        bar.add_atlas(POINTS, tr("Acupoints"), tr("Acupoints of the table; incomplete"))
        bar.add_atlas(SENSORY, tr("Sensory"), tr("Key sensory points (ISNCSCI); no dermatomes; incomplete"))
    if (folder / landmarks.FILE).is_file():
        bar.add_atlas(LANDMARKS, tr("Landmarks"), tr("Landmarks that positions are told from"))
    if (folder / overlays.FILE).is_file():
        bar.add_atlas(RECALLED, tr("Recalled"), tr("Also rows from general knowledge that no source was read for"))
    bar.add_atlas(OWN, tr("Own zones"), tr("Zones that this practice drew"))
    bar.add_atlas(DRAW, tr("Draw zone"), tr("Draw a zone of your own on the skin, or change one"))


def tr(text: str) -> str:
    """Translate in the context of these switches."""
    return QCoreApplication.translate("AtlasSwitches", text)
