"""Commands on the plan of a session: lay it, settle places of it, and let it follow when marks change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from mesomap.commands.command import Command
from mesomap.commands.marks import check_place
from mesomap.domain.change import Change
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import InjectionSet, Mark
from mesomap.domain.place import checked_point
from mesomap.domain.plan import PlannedMark
from mesomap.domain.session import Mixture, Session, checked_letter


def with_names(session: Session, mixtures: Sequence[Mixture]) -> tuple[Change, ...]:
    """The session with names for the letters it lacks; a letter that has a name keeps it. Raises BadInputError.

    Only the name is taken over: what was drawn up was drawn up on another day.
    """
    known = {mixture.letter: mixture for mixture in session.mixtures}
    fresh = (Mixture(letter=checked_letter(m.letter), name=m.name) for m in mixtures)
    missing = {mixture.letter: mixture for mixture in fresh if mixture.letter not in known}
    if not missing:
        return ()
    named = tuple(sorted((known | missing).values(), key=lambda mixture: mixture.letter))
    return (Change(session, replace(session, mixtures=named)),)


def _check(mark: Mark) -> None:
    check_place(mark.dose, mark.volume_ml if isinstance(mark, InjectionSet) else mark.total_ml)
    if isinstance(mark, InjectionSet):
        if not mark.points:
            raise BadInputError("There is no place on the skin to mark.")
        for point in mark.points:
            checked_point(*point)


@dataclass(frozen=True, slots=True)
class LayPlan:
    """Marks to be done again, as a plan of this session, with names for mixtures; one step.

    done: marks that carry the plan out at once, when nothing of it is to be confirmed later. title: name of the step,
    "" = that of a plan as last time.
    """

    session: Session
    planned: Sequence[PlannedMark]
    mixtures: Sequence[Mixture] = ()
    done: Sequence[Mark] = ()
    title: str = ""

    @property
    def name(self) -> str:
        """Name of the step."""
        return self.title or ("As last time" if self.done else "Plan as last time")

    def changes(self) -> tuple[Change, ...]:
        """The session with the names it lacked, the plan, the marks. Raises BadInputError when there is no plan."""
        if not self.planned:
            raise BadInputError("Nothing to repeat: no region is chosen, or all of it is charted or planned already.")
        for mark in (*(planned.mark for planned in self.planned), *self.done):
            _check(mark)
        records = (*self.planned, *self.done)
        return (*with_names(self.session, self.mixtures), *(Change(None, record) for record in records))


@dataclass(frozen=True, slots=True)
class SettlePlan:
    """Planned marks before and after, and what was done in their stead; all of it is one step.

    name: "Confirm", "Skip", "Reopen" or "Move planned". grown: marks that were there and took in more points.
    """

    name: str
    planned: Sequence[tuple[PlannedMark, PlannedMark]]
    added: Sequence[Mark] = ()
    grown: Sequence[tuple[Mark, Mark]] = ()

    def changes(self) -> tuple[Change, ...]:
        """The outcomes that change, and the marks. Raises BadInputError when nothing of the plan is open there."""
        outcomes = tuple(Change(before, after) for before, after in self.planned if before != after)
        if not outcomes:
            raise BadInputError("Nothing of the plan is open there. What is settled can be undone.")
        for mark in (*self.added, *(after for _, after in self.grown)):
            _check(mark)
        marks = (*(Change(before, after) for before, after in self.grown), *(Change(None, m) for m in self.added))
        return (*outcomes, *marks)


@dataclass(frozen=True, slots=True)
class AlsoPlanned:
    """A command that edits marks, and at once what that means for the plan they carry out; both are one step.

    follow: from the changes of the command to those of the plan.
    """

    command: Command
    follow: Callable[[Sequence[Change]], Sequence[Change]]

    @property
    def name(self) -> str:
        """Name of the step: that of the gesture."""
        return self.command.name

    def changes(self) -> tuple[Change, ...]:
        """The command's changes first, then those of the plan. Raises what the command raises."""
        own = self.command.changes()
        return (*own, *self.follow(own))
