"""The heat map as the window sees it: made beside the window, the old one shown until the new one is there."""

from PySide6.QtCore import QObject, Signal

from mesomap.coverage.heat import HeatMaps, Measure
from mesomap.domain.errors import MesoMapError
from mesomap.domain.marks import Mark
from mesomap.render.heat_map import HeatPicture, heat_picture
from mesomap.ui.background import BesideTheWindow
from mesomap.ui.session_model import SessionModel


class HeatOverlay(QObject):
    """Keeps the latest heat map of every view. ready is sent when one came that picture() had asked for."""

    ready = Signal()

    def __init__(self, model: SessionModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.measure = Measure.POINTS
        self._model = model
        self._beside = BesideTheWindow(self)
        self._maps = HeatMaps(model.atlas, model.service.scale)
        self._made: dict[tuple[str, Measure], tuple[int, HeatPicture]] = {}
        self._version = 0
        model.marks_changed.connect(self._spoil)
        model.session_taken.connect(self._begin)

    def _begin(self) -> None:
        """Another session has come: its patient has another scale."""
        self._maps = HeatMaps(self._model.atlas, self._model.service.scale)
        self._made.clear()

    def _spoil(self) -> None:
        self._version += 1

    @property
    def on(self) -> bool:
        """Whether the heat map is switched on."""
        return self._model.overlays["heat"]

    def choose(self, measure: Measure) -> None:
        """Show points or mL per cm²."""
        self.measure = measure
        self.ready.emit()

    def picture(self, view_key: str) -> HeatPicture | None:
        """The newest map of a view; when it is older than the marks a fresh one is asked for."""
        key = (view_key, self.measure)
        version, picture = self._made.get(key, (-1, None))
        if version != self._version and not self._beside.busy:
            marks, asked = self._model.marks, self._version
            self._beside.run(
                lambda _progress: self._make(key, marks),
                done=lambda made: self._came(key, asked, made),
                failed=self._failed,
            )
        return picture

    def finish(self) -> None:
        """Have the map of the shown view up to date now (before a picture is taken); no work is left under way."""
        self._beside.finish()
        key = (self._model.view_key, self.measure)
        if self.on and self._made.get(key, (-1, None))[0] != self._version:
            self._came(key, self._version, self._make(key, self._model.marks))

    def stop(self) -> None:
        """Nobody waits for a map under way any more."""
        self._beside.let_go()

    def _make(self, key: tuple[str, Measure], marks: tuple[Mark, ...]) -> HeatPicture:
        view_key, measure = key
        return heat_picture(view_key, self._maps.raster(view_key, marks, measure), measure)

    def _came(self, key: tuple[str, Measure], version: int, picture: HeatPicture) -> None:
        self._made[key] = (version, picture)
        self.ready.emit()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, MesoMapError):
            raise error
        self._model.told.emit(error.sentence)
