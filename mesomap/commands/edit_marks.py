"""Command: marks that stay the same records with other places or another dose."""

from collections.abc import Sequence
from dataclasses import dataclass

from mesomap.commands.marks import check_place, check_total
from mesomap.domain.change import Change
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import InjectionSet, Mark
from mesomap.domain.place import checked_point
from mesomap.domain.technique import technique


@dataclass(frozen=True, slots=True)
class ReplaceMarks:
    """Marks before and after one edit, and marks that split off; all of them are one step.

    name: of the step for undo and audit, for example "Move" or "Change dose".
    """

    name: str
    replaced: Sequence[tuple[Mark, Mark]]
    added: Sequence[Mark] = ()

    def changes(self) -> tuple[Change, ...]:
        """The edits that change something. Raises BadInputError for impossible places, values or techniques."""
        for mark in (*(after for _, after in self.replaced), *self.added):
            _check(mark)
        edits = tuple(Change(before, after) for before, after in self.replaced if before != after)
        return (*edits, *(Change(None, mark) for mark in self.added))


def _check(mark: Mark) -> None:
    is_density = technique(mark.dose.technique).is_density
    if isinstance(mark, InjectionSet):
        check_place(mark.dose, mark.volume_ml)
        check_total(mark.volume_ml, mark.given_total_ml)
        if is_density:
            raise BadInputError("Single points cannot become an area. Erase them and fill the region instead.")
        if not mark.points:
            raise BadInputError("There is no place on the skin to mark.")
        for point in mark.points:
            checked_point(*point)
        return
    check_place(mark.dose, None)
    check_total(None, mark.total_ml)
    if not is_density:
        raise BadInputError("An area cannot become single points. Erase it and fill the region instead.")
