"""From a place on the canvas to skin and region."""

from PySide6.QtCore import QPointF

from mesomap.render.context import RenderContext
from mesomap.render.picture import pictured_one
from mesomap.ui.canvas.tools.tool import Target
from mesomap.ui.session_model import SessionModel


class Targeting:
    """Looks up what lies under the pen. forced keeps the readout although no pointer is over the canvas."""

    def __init__(self, model: SessionModel) -> None:
        self._model = model
        self.forced = False

    def at(self, context: RenderContext, at: QPointF) -> Target:
        """Skin point and region under a place; never a nearest guess."""
        x, y = context.to_mm(at)
        atlas = self._model.atlas
        drawn = pictured_one(atlas, context.view_key, x, y)
        skin = atlas.locate_one(context.view_key, x, y) if drawn else None
        region = atlas.region_id_at(skin) if skin is not None else None
        return Target(at, (x, y), skin if region is not None else None, region)
