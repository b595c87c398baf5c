"""Command: the swath of a brush stroke as area records, one for each region it touches."""

from collections.abc import Sequence
from dataclasses import dataclass

from mesomap.commands.marks import check_place
from mesomap.domain.change import Change
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import AreaRecord
from mesomap.domain.technique import technique


@dataclass(frozen=True, slots=True)
class BrushAreas:
    """Area records of one stroke of a density technique; all of them are one step."""

    areas: Sequence[AreaRecord]

    @property
    def name(self) -> str:
        """Name of the step."""
        return "Brush"

    def changes(self) -> tuple[Change, ...]:
        """The new areas. Raises BadInputError for a point technique, no area or an impossible value."""
        if not self.areas:
            raise BadInputError("The stroke touches no skin. Draw it on the body.")
        for area in self.areas:
            check_place(area.dose, area.total_ml, area.spacing_mm)
            if not technique(area.dose.technique).is_density:
                raise BadInputError("This technique is charted by single points, not as an area.")
        return tuple(Change(None, area) for area in self.areas)
