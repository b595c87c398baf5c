"""The figures of a session where they are read: tally and totals of the panel."""

from PySide6.QtCore import QObject

from mesomap.ui.basis_words import basis_words
from mesomap.ui.panels.tally_panel import TallyPanel, Totals
from mesomap.ui.session_model import SessionModel


class FiguresShown(QObject):
    """Shows the latest figures, greyed while newer ones are worked out."""

    def __init__(self, model: SessionModel, tally: TallyPanel, totals: Totals, parent: QObject) -> None:
        super().__init__(parent)
        self._model, self._tally, self._totals = model, tally, totals
        model.figures.changed.connect(self._show)
        model.figures.aged.connect(self._show_old)

    def _show(self) -> None:
        model, tally, drawn = self._model, self._model.figures.latest, self._model.drawn_regions()
        if tally is not None:
            basis = basis_words(tally, model.atlas, model.service.session.scale_basis)
            self._tally.show_tally(tally, model.last_region, basis, drawn)
            self._totals.show_tally(tally, drawn)

    def _show_old(self, old: bool) -> None:
        self._tally.show_old(old)
        self._totals.show_old(old)
