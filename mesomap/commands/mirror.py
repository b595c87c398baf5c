"""Command: marks set out anew on the other side of the body."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mesomap.commands.command import Command
from mesomap.domain.change import Change
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import AreaRecord, InjectionSet, Mark


@dataclass(frozen=True, slots=True)
class MirrorMarks:
    """New marks that repeat others on the other side; all of them are one step."""

    copies: Sequence[Mark]

    @property
    def name(self) -> str:
        """Name of the step."""
        return "Mirror"

    def changes(self) -> tuple[Change, ...]:
        """The new marks. Raises BadInputError when nothing is left to set out."""
        if not self.copies:
            raise BadInputError("Nothing to mirror: this lies on the midline, or the other side is charted already.")
        return tuple(Change(None, mark) for mark in self.copies)


@dataclass(frozen=True, slots=True)
class AlsoMirrored:
    """A command that charts marks, and at once their copies on the other side; both are one step.

    copies_of: from the new marks to their copies.
    """

    command: Command
    copies_of: Callable[[Sequence[Mark]], Sequence[Mark]]

    @property
    def name(self) -> str:
        """Name of the step: that of the gesture."""
        return self.command.name

    def changes(self) -> tuple[Change, ...]:
        """The command's changes first, then the copies. Raises what the command raises."""
        own = self.command.changes()
        new = [c.after for c in own if c.before is None and isinstance(c.after, (InjectionSet, AreaRecord))]
        return (*own, *(Change(None, copy) for copy in self.copies_of(new)))
