"""Edits of marks that are there already, as the window asks for them."""

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import QObject

from mesomap.commands import MirrorMarks
from mesomap.domain.clock import now
from mesomap.domain.errors import MesoMapError
from mesomap.domain.marks import AreaRecord, InjectionSet, Mark
from mesomap.services.mirroring import mirrored
from mesomap.ui.session_model import SessionModel

#: Mark id → positions of the points meant, None = the whole mark.
Selected = Mapping[UUID, frozenset[int] | None]


class Editing(QObject):
    """Turns a selection and a wish into one step of the session; refusals are told in a sentence."""

    def __init__(self, model: SessionModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model

    def mirror(self, selected: Selected) -> bool:
        """Set the selected marks out on the other side; with nothing selected, the last gesture."""
        model = self._model
        if not model.marks:
            model.told.emit(self.tr("Nothing to mirror yet"))
            return False
        wanted = selected or {model.marks[-1].id: None}
        try:
            copies = mirrored(model.atlas, model.marks, wanted, now())
        except MesoMapError as error:
            model.told.emit(error.sentence)
            return False
        return model.act(lambda: model.service.run(MirrorMarks(copies)), self._mirrored_words(copies))

    def _mirrored_words(self, copies: tuple[Mark, ...]) -> str:
        points = sum(mark.count for mark in copies if isinstance(mark, InjectionSet))
        areas = sum(isinstance(mark, AreaRecord) for mark in copies)
        if areas and not points:
            return self.tr("Mirrored areas: {0}").format(areas)
        return self.tr("Mirrored points: {0}").format(points)
