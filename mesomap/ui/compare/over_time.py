"""What the visits from the earlier to the later one did to the skin: made beside the window, view by view."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mesomap.coverage.visit_maps import RegionRest
from mesomap.domain.errors import MesoMapError
from mesomap.render.heat_map import draw_heat_scale, step_paths
from mesomap.services.comparing import Visit
from mesomap.services.cumulative import STEPS, Cumulative, Over
from mesomap.ui.background import BesideTheWindow
from mesomap.ui.compare.shown import CompareModel
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.track import Track
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font
from mesomap.ui.words import region_name, tr

Steps = tuple[QPainterPath, ...]
#: Steps of a map, points left out, and how long regions have rested.
_Made = tuple[Steps, int, tuple[RegionRest, ...]]
_Key = tuple[Over, str, tuple[UUID, ...]]
#: So many regions are named in the sentence on rest.
_NAMED = 3


class OverTime(QObject):
    """Keeps the maps that were made. ready is sent when one came that steps() had asked for; failed with a sentence."""

    ready = Signal()
    failed = Signal(str)

    def __init__(self, model: CompareModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.over = Over.DOSE
        self._model = model
        self._visits: tuple[Visit, ...] = ()
        self.unread = self.damaged = 0
        self._maps: Cumulative | None = None
        self._made: dict[_Key, Steps] = {}
        self._left_out: dict[_Key, int] = {}
        self._rests: dict[tuple[UUID, ...], tuple[RegionRest, ...]] = {}
        self._beside = BesideTheWindow(self)

    def take(self, visits: Sequence[Visit], *, unread: int = 0, damaged: int = 0) -> None:
        """The visits whose marks count, by time. unread: how many between them this body does not read; damaged: how
        many more cannot be read at all.
        """
        self._visits, self.unread, self.damaged = tuple(visits), unread, damaged
        if self._maps is None and visits:
            self._maps = Cumulative(self._model.atlas, visits[-1].scale)
        self.ready.emit()

    def choose(self, over: Over) -> None:
        """Dose, count or rest."""
        self.over = over
        self.ready.emit()

    @property
    def count(self) -> int:
        """How many visits count."""
        return len(self._visits)

    def steps(self, view_key: str) -> Steps | None:
        """The map of a view, or None while it is being made."""
        key = (self.over, view_key, self.ids())
        maps, visits = self._maps, self._visits
        if key in self._made or maps is None or self._beside.busy:
            return self._made.get(key)

        def work(_progress: object) -> _Made:
            raster = maps.raster(key[0], view_key, visits, date.today())
            paths = step_paths(raster.values, raster.origin_mm, raster.step_mm, raster.levels)
            return paths, raster.left_out, maps.rests(visits, date.today())

        self._beside.run(work, done=lambda made: self._came(key, made), failed=self._broke)
        return None

    def rest_words(self) -> str:
        """Which regions have rested longest, in words; "" while nobody knows."""
        rests = self._rests.get(self.ids(), ())
        if not rests:
            return ""
        named = ", ".join(
            tr("{0} ({1} days)").format(region_name(self._model.atlas, rest.region_id), rest.rest_days)
            for rest in rests[:_NAMED]
        )
        return tr("Rested longest: {0}.").format(named)

    def left_out(self) -> int:
        """Injections of the view shown that the map leaves out, as their volume is not recorded."""
        return self._left_out.get((self.over, self._model.viewport.view_key, self.ids()), 0)

    def finish(self) -> None:
        """Have what is under way now (before a picture is taken)."""
        self._beside.finish()

    def ids(self) -> tuple[UUID, ...]:
        """The visits that count, by time."""
        return tuple(visit.session.id for visit in self._visits)

    def _came(self, key: _Key, made: _Made) -> None:
        self._made[key], self._left_out[key], self._rests[key[2]] = made
        self.ready.emit()

    def _broke(self, error: Exception) -> None:
        if not isinstance(error, MesoMapError):
            raise error
        self.failed.emit(error.sentence)


class OverScale(QWidget):
    """The steps of the map beside each other, their figures under them."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(330, 36)
        self._over = Over.DOSE
        theme.changed.connect(self.update)

    def show_over(self, over: Over) -> None:
        """Figures of dose, count or rest."""
        self._over = over
        self.setAccessibleName(", ".join(self.figures()))
        self.update()

    def figures(self) -> list[str]:
        """Words of the steps, from the lightest."""
        steps = STEPS[self._over]
        if self._over is Over.REST:
            longest = tr("> {0} d").format(f"{steps[1]:g}")
            return [longest, *(tr("≤ {0} d").format(f"{step:g}") for step in steps[1:])]
        return [f"{step:g}" for step in steps]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Swatches and figures."""
        painter = QPainter(self)
        edges = draw_heat_scale(painter, QRectF(0.5, 0, self.width() - 1, 15), theme.tokens())
        painter.setFont(font("badge"))
        painter.setPen(theme.tokens().colour("text"))
        for left, text in zip(edges, self.figures(), strict=True):
            painter.drawText(QRectF(left, 18, 60, 17), 0, text)


class OverTimeCard(QWidget):
    """What is counted, its steps, what it rests on, and which regions have rested longest."""

    def __init__(self, over_time: OverTime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._over_time = over_time
        self.track = Track()
        for over, word in (
            (Over.DOSE, self.tr("mL per cm²")),
            (Over.COUNT, self.tr("Treatments")),
            (Over.REST, self.tr("Days of rest")),
        ):
            self.track.add(over, word).setAccessibleName(word)
        self.track.chosen.connect(lambda key: over_time.choose(Over(key)))
        self._scale = OverScale()
        self._basis = plain_label("small2")
        self._basis.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.track, self._scale, self._basis):
            column.addWidget(widget)
        column.addStretch(1)
        over_time.ready.connect(self.show_state)
        self.show_state()

    def basis(self) -> str:
        """What the map rests on, as shown."""
        return self._basis.text()

    def show_state(self) -> None:
        """Chosen measure, steps, words."""
        over = self._over_time.over
        self.track.show_chosen(over)
        self._scale.show_over(over)
        words = {
            Over.DOSE: self.tr("{0} visits added up, patient's cm², an estimate; every injection spread over the skin "
                               "around it."),
            Over.COUNT: self.tr("How many of {0} visits treated the skin (treated area of each visit)."),
            Over.REST: self.tr("Days since the last of {0} visits that treated the skin."),
        }[over].format(self._over_time.count)  # fmt: skip
        left_out = self._over_time.left_out()
        missing = self.tr("Left out without a recorded volume: {0}.").format(left_out) if left_out else ""
        unread = self._over_time.unread
        other = self.tr("Left out, charted on another version of the body: {0}.").format(unread) if unread else ""
        damaged = self._over_time.damaged
        broken = self.tr("Left out, as the records cannot be read: {0}.").format(damaged) if damaged else ""
        parts = (words, missing, other, broken, self._over_time.rest_words())
        self._basis.setText(" ".join(part for part in parts if part))
