"""Fills as the window asks for them: a region or what a loop holds, shown first, recorded as one step."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from mesomap.domain.clock import now
from mesomap.domain.errors import MesoMapError
from mesomap.services.filling import fill_together, preview_loop
from mesomap.ui.fill_pattern import FillPattern
from mesomap.ui.session_model import SessionModel
from mesomap.ui.shown_fill import ShownFill
from mesomap.ui.words import region_name, volume


class Filling(QObject):
    """Makes and records fills with the dose of the panel."""

    def __init__(self, model: SessionModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.pattern = FillPattern(model.service.practice, self)

    def region(self, region_id: str) -> list[ShownFill]:
        """The fill of a region; empty when it cannot be made."""
        model, choice, pattern = self._model, self._model.choice, self.pattern
        spacing = choice.values.spacing_mm
        if spacing is None:
            return []
        try:
            preview = model.service.preview_fill(
                region_id,
                choice.dose(),
                choice.values.volume_ml,
                spacing_mm=spacing,
                lattice=pattern.lattice,
                margin_mm=pattern.margin_mm,
            )
        except MesoMapError as error:
            model.told.emit(error.sentence)
            return []
        return [ShownFill(preview, model.regions, whole=pattern.margin_mm == 0)]

    def loop(self, loop_mm: Sequence[tuple[float, float]]) -> list[ShownFill]:
        """The fills of the regions inside a loop of the shown view; empty beside the body."""
        model, choice, pattern = self._model, self._model.choice, self.pattern
        spacing = choice.values.spacing_mm
        if spacing is None:
            return []
        try:
            previews = preview_loop(
                model.service,
                model.view_key,
                loop_mm,
                choice.dose(),
                choice.values.volume_ml,
                spacing_mm=spacing,
                lattice=pattern.lattice,
                margin_mm=pattern.margin_mm,
            )
        except MesoMapError as error:
            model.told.emit(error.sentence)
            return []
        return [ShownFill(preview, model.regions, whole=False) for preview in previews]

    def words(self, shown: Sequence[ShownFill]) -> str:
        """How many points and how much they would be in all."""
        points = sum(part.preview.count for part in shown)
        whole = self._model.choice.total_ml()
        totals = [part.preview.total_ml for part in shown if part.preview.total_ml is not None]
        if whole is not None:
            totals = [whole]
        about = self.tr("about {0} points") if self._model.charts_areas() else self.tr("{0} points")
        amount = f"{volume(sum(totals))} mL" if totals else self.tr("volume not recorded")
        return f"{about.format(points)}, {amount}"

    def place(self, shown: Sequence[ShownFill]) -> str:
        """Where the fills lie, in words."""
        names = [region_name(self._model.atlas, part.region_id) for part in shown]
        return names[0] if len(names) == 1 else self.tr("{0} regions").format(len(names))

    def record(self, shown: Sequence[ShownFill]) -> bool:
        """Record what is shown as one step."""
        model, choice = self._model, self._model.choice
        spacing = choice.values.spacing_mm
        if spacing is None or not shown:
            return False
        model.last_region = max(shown, key=lambda part: part.preview.count).region_id
        self.pattern.keep()
        previews = [part.preview for part in shown]

        def act() -> None:
            marks = fill_together(
                model.service,
                previews,
                choice.dose(),
                choice.values.volume_ml,
                spacing_mm=spacing,
                lattice=self.pattern.lattice,
                at=now(),
                total_ml=choice.total_ml(),
            )
            model.know_lattices(marks, previews)

        return model.act(act, self.tr("Filled {0}").format(self.place(shown)))
