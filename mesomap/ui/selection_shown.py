"""What is selected, on the bar over the canvas, and what the bar asks to be done to it."""

from PySide6.QtCore import QObject

from mesomap.ui.canvas.selection_bar import SelectionBar
from mesomap.ui.canvas.tools.select import SelectTool
from mesomap.ui.editing import Editing
from mesomap.ui.mark_sheets import MarkSheets


class SelectionShown(QObject):
    """Joins the bar to the tool that selects and to the sheet of details."""

    def __init__(
        self, editing: Editing, select: SelectTool, bar: SelectionBar, sheets: MarkSheets, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._editing, self._select, self._bar = editing, select, bar
        select.selection_changed.connect(self.show)
        select.details_asked.connect(lambda: sheets.open(select.selected))
        bar.dose_asked.connect(select.set_dose)
        bar.details_asked.connect(select.confirm)
        bar.technique_asked.connect(select.select_same_technique)
        bar.erase_asked.connect(select.delete)

    def show(self) -> None:
        """How much is selected, and the dose that can be set."""
        self._bar.show_selection(self._editing.words_of(self._select.selected), self._editing.dose_words())
