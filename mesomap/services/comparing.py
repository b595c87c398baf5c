"""Two visits of the same body compared: injections, treated and covered skin, figures by region."""

from dataclasses import dataclass
from functools import cached_property

from shapely.geometry.base import BaseGeometry

from mesomap.atlas import Atlas
from mesomap.coverage import Tallier, Tally
from mesomap.coverage.visits import (
    MOVED_MM,
    REPEATED_MM,
    AreaOverlap,
    RegionChange,
    VisitMatch,
    match_visits,
    region_changes,
    shapes_overlap,
)
from mesomap.domain.body_size import PatientScale
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import Mark
from mesomap.domain.session import Session
from mesomap.services.practice import Practice


@dataclass(frozen=True)
class Visit:
    """A session with its marks and its figures, all on one body."""

    session: Session
    marks: tuple[Mark, ...]
    atlas: Atlas
    radii_mm: dict[str, float | None]

    @property
    def scale(self) -> PatientScale:
        """Size of the patient at that visit."""
        return PatientScale(length=self.session.patient_scale, basis=self.session.scale_basis)

    @cached_property
    def _tallied(self) -> tuple[Tallier, Tally]:
        tallier = Tallier(self.atlas, self.scale, self.radii_mm)
        return tallier, tallier.tally(self.marks)

    @property
    def tally(self) -> Tally:
        """Figures in the patient's own size at that visit."""
        return self._tallied[1]

    @cached_property
    def _shapes(self) -> dict[str, tuple[BaseGeometry, BaseGeometry]]:
        """Joining the pieces of a large visit takes seconds, and every map over time asks for them."""
        return self._tallied[0].shapes()

    def shapes(self, *, covered: bool) -> dict[str, BaseGeometry]:
        """Treated (or covered) skin of each region, chart mm."""
        return {region: both[covered] for region, both in self._shapes.items()}


@dataclass(frozen=True)
class Comparison:
    """What is the same and what is not. Overlaps are reference cm²; the tallies are each visit's own patient cm²."""

    before: Visit
    after: Visit
    match: VisitMatch
    regions: tuple[RegionChange, ...]
    treated: tuple[AreaOverlap, ...]
    covered: tuple[AreaOverlap, ...]

    @property
    def shares_a_region(self) -> bool:
        """False when no region was treated at both visits."""
        return any(row.before is not None and row.after is not None for row in self.regions)


def visit(practice: Practice, atlas: Atlas, session: Session, marks: tuple[Mark, ...] | None = None) -> Visit:
    """A session as a visit. marks: its marks where they are known already.

    Raises BadInputError when this body does not read what the session was charted on.
    """
    if not atlas.reads(session.atlas):
        raise BadInputError(
            f"Session {session.number} was charted on the {session.atlas.body} body "
            f"{session.atlas.id} {session.atlas.version}; it cannot be laid on {atlas.ref.id} {atlas.ref.version} "
            f"({atlas.ref.body})."
        )
    known = practice.marks(session.id) if marks is None else marks
    return Visit(session, known, atlas, practice.effect_radii_mm())


def compare(before: Visit, after: Visit, *, repeated_mm: float = REPEATED_MM, moved_mm: float = MOVED_MM) -> Comparison:
    """Everything about two visits. Raises BadInputError for limits that cannot be, two patients or two bodies."""
    if before.session.patient_id != after.session.patient_id:
        raise BadInputError("The two sessions are of two patients. Choose two visits of one patient.")
    if before.atlas.ref != after.atlas.ref:
        raise BadInputError("The two sessions were charted on different bodies; their places cannot be compared.")
    atlas = after.atlas
    match = match_visits(atlas, before.marks, after.marks, repeated_mm=repeated_mm, moved_mm=moved_mm)
    treated, covered = (
        shapes_overlap(atlas, before.shapes(covered=which), after.shapes(covered=which)) for which in (False, True)
    )
    return Comparison(before, after, match, region_changes(atlas, match, before.tally, after.tally), treated, covered)
