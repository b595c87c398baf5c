"""The plan of a session: marks of an earlier one to be done again, kept beside what was done."""

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from mesomap.domain.marks import InjectionSet, Mark


class PlanOutcome(StrEnum):
    """What became of a planned place. Planned = still open."""

    PLANNED = "planned"
    DONE = "done"
    SKIPPED = "skipped"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMark:
    """One mark as planned for this session, and what became of each of its places.

    mark: what is planned; its own id is that of the planned mark. source_mark_id: the earlier mark it repeats.
    outcomes: one for each point of an injection set, one for the whole of an area. What was done in its stead is
    marks of the session whose plan_id is this id.
    """

    id: UUID
    session_id: UUID
    mark: Mark
    source_mark_id: UUID
    outcomes: tuple[PlanOutcome, ...]

    def __post_init__(self) -> None:
        if len(self.outcomes) != place_count(self.mark):
            raise ValueError("a planned mark has one outcome for each of its places")

    @property
    def open_places(self) -> tuple[int, ...]:
        """Positions of the places that are neither done nor skipped nor moved."""
        return tuple(i for i, outcome in enumerate(self.outcomes) if outcome is PlanOutcome.PLANNED)

    def with_outcome(self, outcome: PlanOutcome, places: frozenset[int] | None = None) -> "PlannedMark":
        """The same with this outcome at these places, None = all that are open."""
        chosen = frozenset(self.open_places) if places is None else places
        return replace(self, outcomes=tuple(outcome if i in chosen else o for i, o in enumerate(self.outcomes)))


def place_count(mark: Mark) -> int:
    """How many places of a mark can be confirmed one by one: its points, or 1 for an area."""
    return mark.count if isinstance(mark, InjectionSet) else 1
