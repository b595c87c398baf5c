"""Edits of marks that are there already, as the window asks for them."""

from uuid import UUID

from PySide6.QtCore import QObject

from mesomap.commands import MirrorMarks, ReplaceMarks
from mesomap.domain.clock import now
from mesomap.domain.errors import MesoMapError
from mesomap.domain.marks import AreaRecord, InjectionSet, Mark
from mesomap.services.measuring import lines_mm
from mesomap.services.mirroring import mirrored
from mesomap.services.moving import Push, moved
from mesomap.services.redosing import redosed
from mesomap.services.selection import Selected, count
from mesomap.ui.dose_choice import VolumeBy
from mesomap.ui.session_model import SessionModel
from mesomap.ui.words import number, short_technique_name, volume

_MOST_LINES = 20


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
        copies: list[Mark] = []

        def act() -> None:
            copies.extend(mirrored(model.atlas, model.marks, wanted, now()))
            model.service.run(MirrorMarks(copies))

        return model.act(act, lambda: self._mirrored_words(copies))

    def move(self, selected: Selected, push: Push) -> bool:
        """Push the selection along the skin."""
        model = self._model
        words = self.tr("Moved {0}").format(self.words_of(selected))
        return model.act(
            lambda: model.service.run(ReplaceMarks("Move", moved(model.atlas, model.marks, selected, push))), words
        )

    def preview_move(self, selected: Selected, push: Push) -> tuple[Mark, ...]:
        """The selected marks as they would lie after the push; none where one would leave the body."""
        try:
            return tuple(after for _, after in moved(self._model.atlas, self._model.marks, selected, push))
        except MesoMapError:
            return ()

    def redose(self, selected: Selected) -> dict[UUID, frozenset[int] | None] | None:
        """Give the selection what the panel shows. The selection that follows; None when it is refused."""
        model = self._model
        choice = model.choice
        change = redosed(model.marks, selected, choice.dose(), choice.values.volume_ml, choice.total_ml())
        command = ReplaceMarks("Change dose", change.replaced, change.added)
        words = self.tr("Changed {0}").format(self.words_of(selected))
        return change.selected if model.act(lambda: model.service.run(command), words) else None

    def delete(self, selected: Selected) -> bool:
        """Take the selection away."""
        model = self._model
        words = self.tr("Erased {0}").format(self.words_of(selected))
        return model.act(lambda: model.service.erase(dict(selected)), words)

    def words_of(self, selected: Selected) -> str:
        """12 points, 1 area, line of 43.2 mm."""
        points, areas = count(self._model.marks, selected)
        parts = []
        if points:
            parts.append(self.tr("1 point") if points == 1 else self.tr("{0} points").format(points))
        if areas:
            parts.append(self.tr("1 area") if areas == 1 else self.tr("{0} areas").format(areas))
        model = self._model
        # measuring hundreds of lines would be felt, and nobody asks for their sum
        few = selected if len(selected) <= _MOST_LINES else {}
        lines = lines_mm(model.atlas, model.service.scale, model.view_key, model.marks, few)
        if lines:
            named = self.tr("line of {0} mm") if len(lines) == 1 else self.tr("{1} lines of {0} mm in all")
            parts.append(named.format(number(sum(lines), 1), len(lines)))
        return ", ".join(parts)

    def dose_words(self) -> str:
        """What redose() would give: A · Papule · 2.0 mm · 0.05 mL."""
        choice = self._model.choice
        return " · ".join(
            (
                choice.mixture or "–",
                short_technique_name(choice.technique),
                f"{number(choice.values.depth_mm, 1)} mm",
                self._volume_words(),
            )
        )

    def _volume_words(self) -> str:
        choice = self._model.choice
        if choice.volume_by is VolumeBy.TOTAL:
            return self.tr("{0} mL in all").format(volume(choice.total_ml()))
        return self.tr("dry") if choice.volume_by is VolumeBy.DRY else f"{volume(choice.values.volume_ml)} mL"

    def _mirrored_words(self, copies: list[Mark]) -> str:
        points = sum(mark.count for mark in copies if isinstance(mark, InjectionSet))
        areas = sum(isinstance(mark, AreaRecord) for mark in copies)
        if areas and not points:
            return self.tr("Mirrored areas: {0}").format(areas)
        return self.tr("Mirrored points: {0}").format(points)
