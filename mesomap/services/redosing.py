"""Another dose for marks that are charted already; single points of a set split off."""

from collections.abc import Callable, Sequence
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


def redosed(
    marks: Sequence[Mark], selected: Selected, dose: Dose, volume_ml: float | None, total_ml: float | None = None
) -> Redosed:
    """Give the selected points this dose and volume per point; places, times and origin stay.

    The total of an area record becomes volume_ml × its about n (not recorded when either is missing).
    total_ml: of the whole selection instead of volume_ml, divided evenly among its points.
    """

    def change(mark: Mark, share_ml: float | None) -> Mark:
        if isinstance(mark, InjectionSet):
            return _given(mark, dose, volume_ml, share_ml)
        after = _area(mark, dose, volume_ml)
        return after if total_ml is None else replace(after, total_ml=share_ml)

    return changed(marks, selected, total_ml, change)


def changed(
    marks: Sequence[Mark],
    selected: Selected,
    total_ml: float | None,
    change: Callable[[Mark, float | None], Mark],
) -> Redosed:
    """The selection changed mark by mark; single points of a set split off first.

    change: gets a mark, or what split off of it, and its share of total_ml (None without one).
    """
    shares = divided_total(marks, selected, total_ml)
    replaced: list[tuple[Mark, Mark]] = []
    added: list[Mark] = []
    follows: dict[UUID, frozenset[int] | None] = {}
    for mark in marks:
        if is_whole(mark, selected):
            replaced.append((mark, change(mark, shares[mark.id])))
            follows[mark.id] = None
        elif isinstance(mark, InjectionSet) and (indices := frozenset(chosen(mark, selected))):
            part = change(split_off(mark, indices), shares[mark.id])
            replaced.append((mark, mark.without(indices)))
            added.append(part)
            follows[part.id] = None
    return Redosed(tuple(replaced), tuple(added), follows)


def _area(mark: AreaRecord, dose: Dose, volume_ml: float | None) -> AreaRecord:
    known = volume_ml is not None and mark.about_n is not None
    return replace(mark, dose=dose, total_ml=(volume_ml or 0.0) * (mark.about_n or 0) if known else None)


def _given(mark: InjectionSet, dose: Dose, volume_ml: float | None, total_ml: float | None) -> InjectionSet:
    return replace(
        mark, dose=dose, volume_ml=volume_ml if total_ml is None else None, given_total_ml=total_ml
    )


def split_off(mark: InjectionSet, indices: frozenset[int]) -> InjectionSet:
    """These points as a set of their own; a part of a fill has no outline."""
    points = tuple(point for i, point in enumerate(mark.points) if i in indices)
    return replace(mark.with_points(points), id=uuid4(), outline=(), spacing_mm=None)


def divided_total(
    marks: Sequence[Mark], selected: Selected, total_ml: float | None
) -> dict[UUID, float | None]:
    """The part of a total that each selected mark gets, by its number of selected points (about n of an area)."""
    weights: dict[UUID, float] = {}
    for mark in marks:
        if mark.id in selected:
            here = len(chosen(mark, selected)) if isinstance(mark, InjectionSet) else mark.about_n or 0
            weights[mark.id] = float(here)
    whole = sum(weights.values())
    if total_ml is None:
        return dict.fromkeys(weights)
    return {key: total_ml * (weight / whole if whole else 1 / len(weights)) for key, weight in weights.items()}
