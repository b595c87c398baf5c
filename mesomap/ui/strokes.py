"""Strokes of pen as the window asks for them: points along a way, or the swath of a density technique."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from mesomap.commands.brush import BrushAreas
from mesomap.domain.clock import now
from mesomap.domain.errors import MesoMapError
from mesomap.domain.marks import Origin
from mesomap.domain.place import SkinPoint
from mesomap.services.brushing import AreaWish, dots, swath, swath_areas
from mesomap.ui.dose_choice import DoseChoice
from mesomap.ui.session_model import SessionModel
from mesomap.ui.words import region_name, volume

Stroke = Sequence[tuple[float, float]]


def gesture_volume(choice: DoseChoice, points: int) -> str:
    """Volume of a gesture of so many points, "0.45 mL"; nothing while none is entered."""
    total, each = choice.total_ml(), choice.values.volume_ml
    if total is not None:
        return f"{volume(total)} mL"
    return "" if each is None else f"{volume(each * points)} mL"


class Strokes(QObject):
    """Lays strokes of the shown view on the skin with the dose of the panel."""

    def __init__(self, model: SessionModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model

    def needs_spacing(self) -> bool:
        """Point at the spacing when it is missing. True when a stroke cannot be laid yet."""
        if self._model.choice.values.spacing_mm is not None:
            return False
        self._model.ask_for("spacing_mm")
        self._model.told.emit(self.tr("Enter the spacing first, then draw"))
        return True

    def dots(self, stroke: Stroke) -> tuple[SkinPoint, ...]:
        """Points that the stroke would lay; none beside the body or without a spacing."""
        model = self._model
        spacing = model.choice.values.spacing_mm
        if spacing is None:
            return ()
        try:
            return dots(model.atlas, model.service.scale, model.view_key, stroke, spacing)
        except MesoMapError as error:
            model.told.emit(error.sentence)
            return ()

    def place(self, points: Sequence[SkinPoint], origin: Origin, words: str) -> bool:
        """Record points of one stroke as one step. words: with {0} for their number."""
        model, choice = self._model, self._model.choice
        if not points:
            model.told.emit(self.tr("Off the body – nothing placed"))
            return False
        model.last_region = model.atlas.region_id_at(points[0]) or model.last_region
        return model.act(
            lambda: model.service.place(
                points,
                choice.dose(),
                choice.values.volume_ml,
                origin,
                spacing_mm=choice.values.spacing_mm,
                total_ml=choice.total_ml(),
            ),
            words.format(len(points)),
        )

    def brush_area(self, stroke: Stroke, width_mm: float) -> bool:
        """Record the swath of the stroke as one step."""
        model, choice = self._model, self._model.choice
        spacing = choice.values.spacing_mm
        if spacing is None:
            return False
        scale = model.service.scale
        parts = swath(model.atlas, scale, model.view_key, stroke, width_mm)
        if not parts:
            model.told.emit(self.tr("Off the body – nothing placed"))
            return False
        widest = max(parts, key=lambda part: part.area_cm2)
        model.last_region = widest.region_id
        wish = AreaWish(
            session_id=model.service.session.id,
            dose=choice.dose(),
            volume_ml=choice.values.volume_ml,
            spacing_mm=spacing,
            lattice=choice.lattice,
            at=now(),
            total_ml=choice.total_ml(),
        )

        def act() -> None:
            areas = swath_areas(model.atlas, scale, parts, wish)
            model.service.run(BrushAreas(areas), (wish.dose, wish.volume_ml, spacing, wish.total_ml))

        return model.act(act, self.tr("Brushed {0}").format(region_name(model.atlas, widest.region_id)))
