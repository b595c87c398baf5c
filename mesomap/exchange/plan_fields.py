"""The plan of a session as it stands in a session file: the marks planned, and what became of their places."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from mesomap.domain.marks import Mark
from mesomap.domain.place import SkinPoint
from mesomap.domain.plan import PlannedMark, PlanOutcome, place_count
from mesomap.exchange.fields import Field
from mesomap.exchange.mark_fields import MAX_POINTS, MarkReader

MAX_PLANNED = 20_000

BuildPlanned = Callable[[list[SkinPoint]], PlannedMark]


@dataclass(frozen=True, slots=True)
class PlanReader:
    """Reads one planned mark; what it returns makes the record once the places of the whole file are known."""

    marks: MarkReader

    def read(self, field: Field, index: int) -> BuildPlanned:
        """Check the planned mark at this index of the list. Raises BadInputError naming the path."""
        field.keys(required=("mark", "source_mark", "outcomes"))
        if not field.get("mark").has("id"):
            field.get("mark").fail("a planned mark needs its id.")
        build_mark = self.marks.read(field.get("mark"), index)
        source = field.get("source_mark").uuid()
        words = [outcome.value for outcome in PlanOutcome]
        told = field.get("outcomes").items(least=1, most=MAX_POINTS)
        outcomes = tuple(PlanOutcome(item.one_of(words, "an outcome")) for item in told)

        def build(found: list[SkinPoint]) -> PlannedMark:
            mark = build_mark(found)
            if len(outcomes) != place_count(mark):
                field.get("outcomes").fail(f"{place_count(mark)} are needed, one for each planned place.")
            return PlannedMark(
                id=mark.id, session_id=mark.session_id, mark=mark, source_mark_id=source, outcomes=outcomes
            )

        return build


def check_plan_ids(marks: Sequence[Mark], planned: Sequence[PlannedMark]) -> None:
    """Every mark that carries out a plan must find it in the file. Raises BadInputError naming the mark."""
    known: set[UUID] = {one.id for one in planned}
    for index, mark in enumerate(marks):
        if mark.plan_id is not None and mark.plan_id not in known:
            Field(f"marks[{index}].plan", None).fail("the file does not hold the planned mark of this id.")


def written_planned(planned: PlannedMark, mark: dict[str, object]) -> dict[str, object]:
    """A planned mark as it is written, around its mark as that is written."""
    return {
        "source_mark": str(planned.source_mark_id),
        "outcomes": [outcome.value for outcome in planned.outcomes],
        "mark": mark,
    }
