"""Commands on the marks of a session."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from mesomap.domain.change import Change
from mesomap.domain.errors import BadInputError, NotFoundError
from mesomap.domain.intended_layer import check_intended_layer
from mesomap.domain.marks import (
    AreaRecord,
    Dose,
    InjectionSet,
    Lattice,
    Mark,
    Origin,
    Outline,
    check_dose_values,
)
from mesomap.domain.needle import check_device, check_needle
from mesomap.domain.place import SkinPoint, checked_point
from mesomap.domain.session import checked_letter
from mesomap.domain.technique import technique

#: More than this no session gives in one gesture, mL; the session file has the same limit.
MOST_TOTAL_ML = 1000.0


def check_place(dose: Dose, volume_ml: float | None, spacing_mm: float | None = None) -> None:
    """Refuse unknown techniques, impossible values, needles and letters. Raises BadInputError or NotFoundError."""
    technique(dose.technique)
    check_needle(dose.needle, dose.insertion, dose.depth_mm)
    check_device(dose.device)
    check_intended_layer(dose.intended_layer)
    if dose.mixture is not None:
        checked_letter(dose.mixture)
    check_dose_values(depth_mm=dose.depth_mm, volume_ml=volume_ml, spacing_mm=spacing_mm)


def check_total(volume_ml: float | None, given_total_ml: float | None) -> None:
    """Refuse an impossible total of points, and one beside a volume of each point. Raises BadInputError."""
    if given_total_ml is None:
        return
    if volume_ml is not None:
        raise BadInputError("Both a volume of each point and a total are given. Keep one of them.")
    if not math.isfinite(given_total_ml):
        raise BadInputError("The total volume is not a number. Enter it in mL, for example 2.5.")
    if not 0 <= given_total_ml <= MOST_TOTAL_ML:
        raise BadInputError(f"The total volume {given_total_ml:g} mL is not possible. Enter 0 to {MOST_TOTAL_ML:g} mL.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceInjections:
    """Point injections of one gesture. volume_ml is the volume of each point; given_total_ml, when only the volume
    of all of them together is known.
    """

    session_id: UUID
    points: tuple[SkinPoint, ...]
    dose: Dose
    volume_ml: float | None
    origin: Origin
    done_at: datetime
    entered_at: datetime
    region_ids: tuple[str, ...] = ()
    remark: str = ""
    citation: str = ""
    given_total_ml: float | None = None
    mark_id: UUID = field(default_factory=uuid4)

    @property
    def name(self) -> str:
        """Name of the step."""
        return "Place" if self.origin is Origin.TAP else f"Place by {self.origin.value}"

    def changes(self) -> tuple[Change, ...]:
        """One new set. Raises BadInputError for a density technique, no point, or an impossible value."""
        check_place(self.dose, self.volume_ml)
        check_total(self.volume_ml, self.given_total_ml)
        if technique(self.dose.technique).is_density:
            raise BadInputError(
                "This technique is charted as an area. Use Fill, or choose a point technique."
            )
        if not self.points:
            raise BadInputError("There is no place on the skin to mark.")
        mark = InjectionSet(
            id=self.mark_id,
            session_id=self.session_id,
            points=tuple(checked_point(*point) for point in self.points),
            dose=self.dose,
            volume_ml=self.volume_ml,
            origin=self.origin,
            done_at=self.done_at,
            entered_at=self.entered_at,
            region_ids=self.region_ids,
            remark=self.remark,
            citation=self.citation,
            given_total_ml=self.given_total_ml,
        )
        return (Change(None, mark),)


@dataclass(frozen=True, slots=True, kw_only=True)
class FillRegion:
    """A lattice over an area: single injections of a point technique, or one area record of a density one.

    volume_ml: of each point; total_ml: of all of it, goes before volume_ml. Without total_ml that of a density
    technique is volume_ml × about n.
    """

    session_id: UUID
    region_id: str
    points: tuple[SkinPoint, ...]
    outline: Outline
    dose: Dose
    lattice: Lattice
    spacing_mm: float
    volume_ml: float | None
    total_ml: float | None
    done_at: datetime
    entered_at: datetime
    remark: str = ""
    citation: str = ""
    mark_id: UUID = field(default_factory=uuid4)

    @property
    def name(self) -> str:
        """Name of the step."""
        return "Fill"

    def changes(self) -> tuple[Change, ...]:
        """One new mark. Raises BadInputError when the lattice has no point, or a value is impossible."""
        check_place(self.dose, self.volume_ml, self.spacing_mm)
        check_total(None, self.total_ml)
        if not self.points:
            raise BadInputError("No point fits at this spacing. Choose a smaller spacing or margin.")
        return (Change(None, self._area() if technique(self.dose.technique).is_density else self._set()),)

    def _set(self) -> InjectionSet:
        return InjectionSet(
            id=self.mark_id,
            session_id=self.session_id,
            points=self.points,
            dose=self.dose,
            volume_ml=self.volume_ml if self.total_ml is None else None,
            given_total_ml=self.total_ml,
            origin=Origin.FILL,
            done_at=self.done_at,
            entered_at=self.entered_at,
            outline=self.outline,
            region_ids=(self.region_id,),
            spacing_mm=self.spacing_mm,
            remark=self.remark,
            citation=self.citation,
        )

    def _area(self) -> AreaRecord:
        total = self.total_ml
        if total is None and self.volume_ml is not None:
            total = self.volume_ml * len(self.points)
        return AreaRecord(
            id=self.mark_id,
            session_id=self.session_id,
            outline=self.outline,
            region_ids=(self.region_id,),
            dose=self.dose,
            lattice=self.lattice,
            spacing_mm=self.spacing_mm,
            about_n=len(self.points),
            total_ml=total,
            origin=Origin.FILL,
            done_at=self.done_at,
            entered_at=self.entered_at,
            remark=self.remark,
            citation=self.citation,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseMarks:
    """Take marks away, whole or only some points.

    what: mark id → positions of its points, None = the whole mark.
    """

    marks: Sequence[Mark]
    what: Mapping[UUID, frozenset[int] | None]

    @property
    def name(self) -> str:
        """Name of the step."""
        return "Erase"

    def changes(self) -> tuple[Change, ...]:
        """Marks gone or thinned out. Raises NotFoundError (no such mark) or BadInputError (no such point)."""
        known = {mark.id: mark for mark in self.marks}
        return tuple(
            change
            for mark_id, indices in self.what.items()
            if (change := _erased(known.get(mark_id), indices))
        )


def _erased(mark: Mark | None, indices: frozenset[int] | None) -> Change | None:
    if mark is None:
        raise NotFoundError("The mark to erase is not in this session any more.")
    if indices is None:
        return Change(mark, None)
    if isinstance(mark, AreaRecord):
        raise BadInputError(
            "An area has no single points to erase. Erase it whole, or fill again with a smaller outline."
        )
    if any(not 0 <= index < mark.count for index in indices):
        raise BadInputError("The point to erase is not in this mark any more.")
    if not indices:
        return None
    return Change(mark, mark.without(indices) if len(indices) < mark.count else None)
