"""Opens the sheet of a region when its row is tapped, and has the slow figures worked out beside the window."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from mesomap.atlas.records import Region
from mesomap.coverage import RegionDetails, RegionFigures
from mesomap.domain.errors import MesoMapError
from mesomap.services.background import Runner
from mesomap.ui.dialogs.region_sheet import RegionSheet
from mesomap.ui.panels.region_rows import SideFigures, basis_words, sheet_rows
from mesomap.ui.session_model import SessionModel
from mesomap.ui.words import region_name, region_words


class RegionSheets(QObject):
    """One sheet at a time. page: stands behind the sheet; runner: works the slow figures out."""

    def __init__(self, model: SessionModel, runner: Runner, page: QWidget) -> None:
        super().__init__(page)
        self._model, self._runner, self._page = model, runner, page
        self.sheet: RegionSheet | None = None
        self._sides: list[tuple[Region, RegionFigures]] = []
        self._details: dict[str, RegionDetails] = {}
        # Undo and redo work everywhere: figures of other marks must not stay on the sheet.
        model.marks_changed.connect(self.close)

    def open(self, region_id: str) -> None:
        """Show a region, with the other side beside it when that holds marks too."""
        rows = {row.region_id: row for row in self._model.tally().rows}
        if self.sheet is not None or region_id not in rows:
            return
        asked = self._model.atlas.region(region_id)
        pair = {region.side: region for region in (asked, self._model.atlas.mirror_region(region_id))}
        # the patient's right stands at the left, as in every picture from the front
        ordered = [pair[side] for side in ("right", "", "left", asked.side) if side in pair]
        regions = [region for region in dict.fromkeys(ordered) if region.id in rows]
        self._sides = [(region, rows[region.id]) for region in regions]
        self._details = {}
        both = len(regions) == 2
        name = region_words(self._model.atlas, region_id)[0] if both else region_name(self._model.atlas, region_id)
        heads = (self.tr("Right"), self.tr("Left"), self.tr("L − R")) if both else ()
        sheet = self.sheet = RegionSheet(name, heads, self._page)
        sheet.closed.connect(self.close)
        self._show()
        sheet.take_over()
        for region in regions:
            self._work_out(region.id, sheet)

    def _work_out(self, region_id: str, sheet: RegionSheet) -> None:
        self._model.figures.details(region_id, lambda found: self._came(found, sheet), self._failed)

    def _came(self, found: RegionDetails | None, sheet: RegionSheet) -> None:
        if found is not None and self.sheet is sheet:
            self._details[found.region_id] = found
            self._show()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, MesoMapError):
            raise error
        self._model.told.emit(error.sentence)

    def _show(self) -> None:
        if self.sheet is None:
            return
        drawn = self._model.drawn_regions()
        sides = [
            SideFigures(region, figures, self._details.get(region.id), region.id in drawn)
            for region, figures in self._sides
        ]
        basis = dict.fromkeys(basis_words(side, self._model.service.session.scale_basis) for side in sides)
        self.sheet.show_rows(sheet_rows(sides), "\n".join(basis))

    def close(self) -> None:
        """Take the sheet away; the keys go back to the page."""
        if self.sheet is not None:
            self.sheet.hide()
            self.sheet.deleteLater()
            self.sheet = None
            self._page.setFocus(Qt.FocusReason.OtherFocusReason)
