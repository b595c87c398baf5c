"""Command: copies of marks set down in a session."""

from collections.abc import Sequence
from dataclasses import dataclass

from mesomap.commands.marks import check_place
from mesomap.domain.change import Change
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import InjectionSet, Mark
from mesomap.domain.place import checked_point
from mesomap.domain.technique import technique


@dataclass(frozen=True, slots=True)
class PasteMarks:
    """New marks that were copied elsewhere; all of them are one step."""

    copies: Sequence[Mark]

    @property
    def name(self) -> str:
        """Name of the step."""
        return "Paste"

    def changes(self) -> tuple[Change, ...]:
        """The new marks. Raises BadInputError when nothing is left to paste, or a value is impossible."""
        if not self.copies:
            raise BadInputError("Nothing to paste: all of it is charted here already.")
        for mark in self.copies:
            points = isinstance(mark, InjectionSet)
            check_place(mark.dose, mark.volume_ml if isinstance(mark, InjectionSet) else mark.total_ml)
            if technique(mark.dose.technique).is_density is points:
                raise BadInputError("The copied marks do not fit their technique. Copy them again.")
            for place in mark.points if isinstance(mark, InjectionSet) else (p for ring in mark.outline for p in ring):
                checked_point(*place)
        return tuple(Change(None, mark) for mark in self.copies)
