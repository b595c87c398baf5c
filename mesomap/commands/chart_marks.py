"""Command: marks of one gesture that a service has laid out: a whole area, a stamp, a fan, strokes."""

from collections.abc import Sequence
from dataclasses import dataclass

from mesomap.commands.marks import check_place, check_total
from mesomap.domain.change import Change
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import AreaRecord, Mark
from mesomap.domain.technique import technique


@dataclass(frozen=True, slots=True)
class ChartMarks:
    """New marks of one gesture; all of them are one step. name: of the step, English."""

    name: str
    marks: Sequence[Mark]

    def changes(self) -> tuple[Change, ...]:
        """The new marks.

        Raises BadInputError when there is none, when a value is impossible, or when a technique is charted
        the other way (by points, or as an area).
        """
        if not self.marks:
            raise BadInputError("There is no place on the skin to mark.")
        for mark in self.marks:
            _check(mark)
        return tuple(Change(None, mark) for mark in self.marks)


def _check(mark: Mark) -> None:
    is_area = isinstance(mark, AreaRecord)
    if technique(mark.dose.technique).is_density != is_area:
        if is_area:
            raise BadInputError("This technique is charted by single points, not as an area.")
        raise BadInputError("This technique is charted as an area. Use Fill, or choose a point technique.")
    if isinstance(mark, AreaRecord):
        check_place(mark.dose, None, mark.spacing_mm)
        check_total(None, mark.total_ml)
        return
    if not mark.points:
        raise BadInputError("There is no place on the skin to mark.")
    check_place(mark.dose, mark.volume_ml, mark.spacing_mm)
    check_total(mark.volume_ml, mark.given_total_ml)
