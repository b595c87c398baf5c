"""Drawing, naming and keeping zones of the practice's own: what is drawn now, what is selected, what may be undone."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPointF, Signal

from mesomap.domain.errors import MesoMapError
from mesomap.domain.marks import Outline
from mesomap.domain.own_zone import OwnZone
from mesomap.render.own_zones import OwnShape, OwnZoneShapes
from mesomap.services.own_zones import OwnZones
from mesomap.ui.session_model import SessionModel

#: Keys of the overlays: the zones are shown; they are being drawn.
OWN, DRAW = "own_zones", "draw_zone"


class OwnZoneDesk(QObject):
    """changed when zones, draft or selection did; told carries a plain sentence; tool_wanted names a tool."""

    changed = Signal()
    told = Signal(str)
    tool_wanted = Signal(str)

    def __init__(self, model: SessionModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = model
        for key in (OWN, DRAW):
            model.overlays.setdefault(key, False)
        self._zones: OwnZones | None = None
        self._shapes = OwnZoneShapes(model.atlas)
        self._draft: tuple[tuple[str, Outline], ...] = ()
        self._selected: str | None = None
        self._removed: OwnZone | None = None
        self._drawing = False
        model.overlays_changed.connect(self._overlays_changed)

    @property
    def zones(self) -> OwnZones:
        """The zones of the practice, read when first asked for."""
        if self._zones is None:
            self._zones = OwnZones(self.model.service.practice, self.model.atlas)
            for sentence in self._zones.left_out:
                self.told.emit(sentence)
        return self._zones

    def shapes(self, view_key: str) -> list[OwnShape]:
        """What a view shows of them, with the zone that is drawn now."""
        return self._shapes.of(view_key, [*self.zones.all(), *self._draft_zone()])

    def at(self, view_key: str, xy_mm: tuple[float, float]) -> list[OwnShape]:
        """The zones under a place of a view."""
        place = QPointF(*xy_mm)
        return [shape for shape in self._shapes.of(view_key, self.zones.all()) if shape.path.contains(place)]

    def draft(self) -> tuple[tuple[str, Outline], ...]:
        """What is drawn and not kept yet."""
        return self._draft

    def selected(self) -> OwnZone | None:
        """The zone that was tapped."""
        return next((zone for zone in self.zones.all() if zone.id == self._selected), None)

    def may_put_back(self) -> bool:
        """Whether a zone was taken away just now."""
        return self._removed is not None

    # -- what the tool asks

    def lasso(self, loop: Sequence[tuple[float, float]]) -> None:
        """A loop was drawn: it waits for its name, or the reason is told why it cannot be a zone."""
        self._selected = None
        self._guarded(lambda: setattr(self, "_draft", self.zones.draft(self.model.view_key, loop)))
        self.changed.emit()

    def select_at(self, xy_mm: tuple[float, float]) -> bool:
        """Select the zone under a place of the view; False when there is none."""
        hit = [shape.zone.id for shape in self.at(self.model.view_key, xy_mm)]
        self._draft = ()
        self._selected = hit[-1] if hit else None
        self.changed.emit()
        return bool(hit)

    def clear(self) -> bool:
        """Forget draft and selection; True when there was one."""
        had = bool(self._draft) or self._selected is not None
        self._draft, self._selected = (), None
        if had:
            self.changed.emit()
        return had

    # -- what the card asks

    def keep(self, name: str, colour: str) -> bool:
        """Keep the drawn zone, or the new name and colour of the selected one; False when refused."""
        chosen = self.selected()
        if chosen is not None:
            done = self._guarded(lambda: self.zones.change(chosen.id, name, colour))
        else:
            done = self._guarded(lambda: self.zones.add(self._draft, name, colour))
        if done:
            self._draft, self._selected, self._removed = (), None, None
            self.changed.emit()
        return done

    def remove(self) -> None:
        """Take the selected zone away; put_back() brings it again."""
        chosen = self.selected()
        if chosen is not None and self._guarded(lambda: self.zones.remove(chosen.id)):
            self._removed, self._selected = chosen, None
            self.changed.emit()

    def put_back(self) -> None:
        """Bring back the zone taken away last."""
        zone = self._removed
        if zone is not None and self._guarded(lambda: self.zones.put_back(zone)):
            self._removed = None
            self.changed.emit()

    # -- the mode

    def tool_used(self, key: str) -> None:
        """Another tool became the active one."""
        drawing = key == "own_zone"
        if not drawing:
            self.clear()
            self._removed = None
        if self.model.overlays[DRAW] != drawing:
            self._drawing = drawing
            self.model.overlays[DRAW] = drawing
            self.model.overlays[OWN] = self.model.overlays[OWN] or drawing
            self.model.overlays_changed.emit()
        self.changed.emit()

    def _overlays_changed(self) -> None:
        wanted = self.model.overlays[DRAW]
        if wanted != self._drawing:
            self._drawing = wanted
            if wanted:
                self.model.overlays[OWN] = True
            self.tool_wanted.emit("own_zone" if wanted else "")

    def _draft_zone(self) -> list[OwnZone]:
        if not self._draft:
            return []
        return [OwnZone("", self.tr("New zone"), self.zones.next_colour(), "", self._draft)]

    def _guarded(self, action: Callable[[], object]) -> bool:
        try:
            action()
        except MesoMapError as error:
            self.told.emit(error.sentence)
            return False
        return True
