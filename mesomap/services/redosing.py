"""Another dose for marks that are charted already; single points of a set split off."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Mark
from mesomap.services.selection import Selected, chosen, is_whole


@dataclass(frozen=True, slots=True)
class Redosed:
    """Marks before and after, marks that split off, and the selection that follows the change."""

    replaced: tuple[tuple[Mark, Mark], ...]
    added: tuple[Mark, ...]
    selected: dict[UUID, frozenset[int] | None]


def redosed(marks: Sequence[Mark], selected: Selected, dose: Dose, volume_ml: float | None) -> Redosed:
    """Give the selected points this dose and volume per point; places, times and origin stay.

    The total of an area record becomes volume_ml × its about n (not recorded when either is missing).
    """
    replaced: list[tuple[Mark, Mark]] = []
    added: list[Mark] = []
    follows: dict[UUID, frozenset[int] | None] = {}
    for mark in marks:
        if mark.id not in selected:
            continue
        if isinstance(mark, AreaRecord):
            replaced.append((mark, _area(mark, dose, volume_ml)))
            follows[mark.id] = None
        elif is_whole(mark, selected):
            replaced.append((mark, replace(mark, dose=dose, volume_ml=volume_ml)))
            follows[mark.id] = None
        elif indices := frozenset(chosen(mark, selected)):
            part = _split(mark, indices, dose, volume_ml)
            replaced.append((mark, mark.without(indices)))
            added.append(part)
            follows[part.id] = None
    return Redosed(tuple(replaced), tuple(added), follows)


def _area(mark: AreaRecord, dose: Dose, volume_ml: float | None) -> AreaRecord:
    known = volume_ml is not None and mark.about_n is not None
    return replace(mark, dose=dose, total_ml=(volume_ml or 0.0) * (mark.about_n or 0) if known else None)


def _split(mark: InjectionSet, indices: frozenset[int], dose: Dose, volume_ml: float | None) -> InjectionSet:
    points = tuple(point for i, point in enumerate(mark.points) if i in indices)
    return replace(mark, id=uuid4(), points=points, dose=dose, volume_ml=volume_ml, outline=(), spacing_mm=None)
