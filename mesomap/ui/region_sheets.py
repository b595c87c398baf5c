"""Opens the sheet of a region when its row is tapped, and has the slow figures worked out beside the window."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from mesomap.atlas.records import Region
from mesomap.coverage import RegionDetails, RegionFigures, Tally
from mesomap.domain.errors import MesoMapError
from mesomap.ui.controls.depth_bars import depth_rows
from mesomap.ui.panels.region_rows import SideFigures, basis_words, sheet_rows
from mesomap.ui.session_model import SessionModel
from mesomap.ui.words import region_name, region_words

if TYPE_CHECKING:
    from mesomap.ui.dialogs.region_sheet import RegionSheet


class RegionSheets(QObject):
    """One sheet at a time. page: stands behind the sheet."""

    def __init__(self, model: SessionModel, page: QWidget) -> None:
        super().__init__(page)
        self._model, self._page = model, page
        self.sheet: RegionSheet | None = None
        self._sides: list[SideFigures] = []
        # Undo and redo work everywhere: figures of other marks must not stay on the sheet.
        model.marks_changed.connect(self.close)

    def open(self, region_id: str) -> None:
        """Show a region, with the other side beside it when that holds marks too."""
        rows = {row.region_id: row for row in self._shown().rows}
        if self.sheet is not None or region_id not in rows:
            return
        asked = self._model.atlas.region(region_id)
        pair = {region.side: region for region in (asked, self._model.atlas.mirror_region(region_id))}
        # the patient's right stands at the left, as in every picture from the front
        ordered = [pair[side] for side in ("right", "", "left", asked.side) if side in pair]
        regions = [region for region in dict.fromkeys(ordered) if region.id in rows]
        sides = [self._side(rows[region.id], [region]) for region in regions]
        both = len(regions) == 2
        name = region_words(self._model.atlas, region_id)[0] if both else region_name(self._model.atlas, region_id)
        self._open(name, (self.tr("Right"), self.tr("Left"), self.tr("L − R")) if both else (), sides)

    def open_whole(self) -> None:
        """Show all regions together."""
        tally = self._shown()
        if self.sheet is None and tally.rows:
            regions = [self._model.atlas.region(row.region_id) for row in tally.rows]
            self._open(self.tr("All regions"), (), [self._side(tally.total, regions)])

    def _shown(self) -> Tally:
        """The figures that stand in the tally: a tap on them waits for no newer ones."""
        return self._model.figures.latest or self._model.tally()

    def _side(self, figures: RegionFigures, regions: Sequence[Region]) -> SideFigures:
        drawn = self._model.drawn_regions()
        return SideFigures(
            fixed_scale=all(region.fixed_scale for region in regions),
            area_error=max(region.accuracy.area_error_p95 for region in regions),
            figures=figures,
            details=None,
            about=any(region.id in drawn for region in regions),
        )

    def _open(self, name: str, heads: tuple[str, ...], sides: list[SideFigures]) -> None:
        self._sides = sides
        # As every sheet: loaded when the first one opens.
        from mesomap.ui.dialogs.region_sheet import RegionSheet

        sheet = self.sheet = RegionSheet(name, heads, self._page)
        sheet.closed.connect(self.close)
        self._show()
        sheet.take_over()
        for side in sides:
            self._work_out(side.figures.region_id, sheet)

    def _work_out(self, region_id: str, sheet: "RegionSheet") -> None:
        self._model.figures.details(region_id, lambda found: self._came(found, sheet), self._failed)

    def _came(self, found: RegionDetails | None, sheet: "RegionSheet") -> None:
        if found is not None and self.sheet is sheet:
            self._sides = [
                replace(side, details=found) if side.figures.region_id == found.region_id else side
                for side in self._sides
            ]
            self._show()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, MesoMapError):
            raise error
        self._model.told.emit(error.sentence)

    def _show(self) -> None:
        if self.sheet is None:
            return
        basis = dict.fromkeys(basis_words(side, self._model.service.session.scale_basis) for side in self._sides)
        known = [side.details.depths for side in self._sides if side.details is not None]
        depths = depth_rows(known) if len(known) == len(self._sides) else []
        self.sheet.show_rows(sheet_rows(self._sides), "\n".join(basis), depths)

    def close(self) -> None:
        """Take the sheet away; the keys go back to the page."""
        if self.sheet is not None:
            self.sheet.hide()
            self.sheet.deleteLater()
            self.sheet = None
            self._page.setFocus(Qt.FocusReason.OtherFocusReason)
