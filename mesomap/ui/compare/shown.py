"""What the compare page shows: two visits, their comparison, one place that both maps look at."""

from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QObject, QSizeF, Signal

from mesomap.atlas import Atlas
from mesomap.render.differences import Fates, fates
from mesomap.render.marks_in_view import MarkProjector, ViewScene
from mesomap.services.comparing import Comparison, Visit
from mesomap.services.recorded import RecordedComparison
from mesomap.ui.canvas.viewport import Viewport
from mesomap.ui.compare.first_look import treated_look, whole_look


class Mode(StrEnum):
    """How two visits are laid against each other; or what all visits from one to the other did to the skin."""

    SIDE_BY_SIDE = "side"
    OVERLAY = "overlay"
    DIFFERENCE = "difference"
    OVER_TIME = "over_time"


@dataclass(frozen=True)
class Side:
    """One of the two visits with what became of its injections."""

    visit: Visit
    fates: Fates
    projector: MarkProjector = field(hash=False, compare=False)

    def scene(self, view_key: str) -> ViewScene:
        """Its marks in a view."""
        return self.projector.scene(view_key, self.visit.marks)


@dataclass(frozen=True)
class Made:
    """A comparison with its two sides, ready to be shown."""

    comparison: Comparison
    before: Side
    after: Side


def made(comparison: Comparison) -> Made:
    """Work out fates and what every view shows; takes a while, safe in another thread."""
    atlas = comparison.after.atlas
    first, second = fates(comparison.match)
    before = Side(comparison.before, first, MarkProjector(atlas))
    after = Side(comparison.after, second, MarkProjector(atlas))
    for view in atlas.views:
        before.scene(view.key)
        after.scene(view.key)
    return Made(comparison, before, after)


class CompareModel(QObject):
    """The comparison on screen. changed: other visits or limits; looked: another view, zoom or place."""

    changed = Signal()
    looked = Signal()

    def __init__(self, atlas: Atlas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.atlas = atlas
        self.comparison: Comparison | None = None
        #: What was recorded of both, when one of them cannot be laid on this body.
        self.recorded: RecordedComparison | None = None
        self.mode = Mode.SIDE_BY_SIDE
        self.before: Side | None = None
        self.after: Side | None = None
        self._room = QSizeF(1, 1)
        self.viewport = whole_look(atlas, atlas.views[0].key)

    def show(self, made: "Made") -> None:
        """Show two visits that made() worked out."""
        self.comparison, self.before, self.after = made.comparison, made.before, made.after
        self.recorded = None
        self.changed.emit()

    def show_half(self, recorded: RecordedComparison, before: Side | None, after: Side | None) -> None:
        """Show two visits of which one has no map: they stand side by side, nothing is laid on anything."""
        self.comparison, self.before, self.after = None, before, after
        self.recorded = recorded
        if self.mode in (Mode.OVERLAY, Mode.DIFFERENCE):
            self.mode = Mode.SIDE_BY_SIDE
        self.changed.emit()

    def look_at(self, viewport: Viewport) -> None:
        """Both maps look at the same place."""
        if viewport != self.viewport:
            self.viewport = viewport
            self.looked.emit()

    def choose_view(self, view_key: str, *, whole: bool = False) -> None:
        """Another view: what was treated, near, or all of it. Maps over time are of more than two visits."""
        if whole or self.mode is Mode.OVER_TIME:
            self.look_at(whole_look(self.atlas, view_key))
        else:
            self.look_at(self.near(view_key))

    def look_again(self, view_key: str) -> None:
        """What was treated in a view, near; when that is what one sees, all of the view."""
        self.choose_view(view_key, whole=self.viewport == self.near(view_key))

    def near(self, view_key: str) -> Viewport:
        """What both visits have in a view, as large as it goes."""
        sides = [side for side in (self.before, self.after) if side is not None]
        return treated_look(self.atlas, view_key, [side.scene(view_key) for side in sides], self._room)

    def take_room(self, room: QSizeF) -> None:
        """So large are the maps now, px; a hand's own look stays."""
        untouched = self.mode is not Mode.OVER_TIME and self.viewport == self.near(self.viewport.view_key)
        self._room = room
        if untouched:
            self.look_at(self.near(self.viewport.view_key))

    def choose_mode(self, mode: Mode) -> None:
        """Side by side, overlay or difference."""
        if mode is not self.mode:
            over_time = Mode.OVER_TIME in (mode, self.mode)
            self.mode = mode
            if over_time:
                self.choose_view(self.viewport.view_key)
            self.changed.emit()

    def counts(self) -> dict[str, int]:
        """How many injections are visible in each view, both visits together; views without any are left out."""
        sides = [side for side in (self.before, self.after) if side is not None]
        found = {view.key: sum(side.scene(view.key).visible_count for side in sides) for view in self.atlas.views}
        return {key: count for key, count in found.items() if count}

    def shares(self, view_key: str) -> float:
        """How much a view shows of both visits: the part of each that is seen there, added up (0 to 2); a visit of
        areas only does not outweigh one of few points.
        """
        return sum(self._share(side, view_key) for side in (self.before, self.after) if side is not None)

    def _share(self, side: Side, view_key: str) -> float:
        most = max(side.scene(view.key).visible_count for view in self.atlas.views)
        return side.scene(view_key).visible_count / most if most else 0.0

