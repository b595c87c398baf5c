"""What lies under the marks: the body, the ghosts of an earlier session, and the pain drawing while it is faint."""

from collections.abc import Callable

from PySide6.QtGui import QPainter

from mesomap.render.context import RenderContext
from mesomap.render.ghosts import draw_ghosts
from mesomap.render.pain_drawing import draw_pain_drawing
from mesomap.ui.canvas.body_layer import BodyLayer
from mesomap.ui.canvas.layers import PaintFunction
from mesomap.ui.session_model import SessionModel
from mesomap.ui.typefaces import font


class UnderLayer:
    """Gathers it for a picture that is painted beside the window: none of it changes with a mark of today.

    complaint_elsewhere says whether the tool at hand draws the pain drawing itself.
    """

    def __init__(self, model: SessionModel, body: BodyLayer, complaint_elsewhere: Callable[[], bool]) -> None:
        self._model, self._body, self._elsewhere = model, body, complaint_elsewhere
        #: Whether the last picture held a pain drawing.
        self.shows_complaint = False
        self.gather_quick = body.gather_quick

    def gather(self, context: RenderContext) -> PaintFunction:
        """What is shown now, as a function that paints it."""
        model, view = self._model, context.view_key
        body = self._body.gather(context)
        ghosts = model.ghosts.scene(view) if model.overlays["last_session"] else None
        faint = model.overlays["complaint"] and not self._elsewhere()
        pain = model.pain.scene(view, model.service.complaints) if faint else ()
        badge = font("badge")
        if faint:
            self.shows_complaint = bool(pain)

        def paint(painter: QPainter, of: RenderContext) -> None:
            body(painter, of)
            if ghosts is not None:
                draw_ghosts(painter, of, ghosts)
            if faint:
                draw_pain_drawing(painter, of, pain, badge, faint=True)

        return paint
