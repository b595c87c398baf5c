"""What Line, Fan and Strokes share: an entry and an end, by a drag or by two taps."""

from PySide6.QtCore import QObject

from mesomap.ui.canvas.tools.tool import Target, Tool
from mesomap.ui.session_model import SessionModel
from mesomap.ui.strokes import Strokes


class TwoEndsTool(Tool):
    """Owns the entry and, while the pen looks for it, the end. Heirs lay out and record what lies between."""

    drags = True

    def __init__(self, model: SessionModel, strokes: Strokes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._strokes = strokes
        self._entry: Target | None = None
        self._entry_view = ""

    def busy(self) -> bool:
        """A line is under way."""
        return self._entry is not None

    # -- what heirs do

    def _aim(self, target: Target) -> None:
        """Lay out from the entry to a place under the pen."""
        raise NotImplementedError

    def _record(self) -> None:
        """Record what was laid out last; say so when there is nothing."""
        raise NotImplementedError

    def _forget(self) -> None:
        """Forget the entry and what was laid out."""
        self._entry = None

    # -- gestures

    def tap(self, target: Target) -> None:
        """First the entry, then the end; in another view the entry anew."""
        if self._entry_view != self._model.view_key:
            self._forget()
        if self._entry is None:
            self._begin(target)
            if self._entry is not None:
                self.told.emit(self.tr("Now tap the end of the line; Escape drops it"))
        else:
            self._finish(target)

    def drag_began(self, target: Target) -> None:
        """The entry, unless a tap set it already."""
        if self._entry is None:
            self._begin(target)

    def hover(self, target: Target) -> None:
        """The line follows the pen."""
        self._follow(target)

    def dragged(self, target: Target) -> None:
        """The line follows the pen."""
        self._follow(target)

    def dropped(self, target: Target) -> None:
        """Record as one step."""
        if self._entry is not None:
            self._finish(target)

    def revert(self) -> bool:
        """Forget the line."""
        had = self._entry is not None
        self._forget()
        if had:
            self.told.emit("")
            self.refreshed.emit()
        return had

    def _refusal(self) -> str:
        """Why the technique cannot be charted so; nothing when it can."""
        if self._model.charts_areas():
            return self.tr("This technique is charted as an area: use Brush (B) or Fill (F)")
        return ""

    def _begin(self, target: Target) -> None:
        refusal = self._refusal()
        if refusal:
            self.told.emit(refusal)
        elif target.skin is None:
            self.told.emit(self.tr("Off the body – nothing placed"))
        elif not self._strokes.needs_spacing():
            self._entry, self._entry_view = target, self._model.view_key

    def _follow(self, target: Target) -> None:
        if self._entry is None:
            return
        if self._entry_view != self._model.view_key:
            # the way along the skin is measured in one view: an entry of another is none
            self.revert()
        else:
            self._aim(target)

    def _finish(self, target: Target) -> None:
        self._follow(target)
        if self._entry is not None:
            self._record()
            self._forget()
            self.refreshed.emit()
