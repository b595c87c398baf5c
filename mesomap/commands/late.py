"""Command: marks charted after the visit are dated to the visit."""

from dataclasses import dataclass, replace
from datetime import datetime

from mesomap.commands.command import Command
from mesomap.domain.change import Change
from mesomap.domain.marks import AreaRecord, InjectionSet


@dataclass(frozen=True, slots=True)
class ChartedLate:
    """A command whose new marks were done earlier than they are entered: at this moment, unless they say otherwise."""

    command: Command
    done_at: datetime

    @property
    def name(self) -> str:
        """Name of the step: that of the gesture."""
        return self.command.name

    def changes(self) -> tuple[Change, ...]:
        """The command's changes, new marks dated. Raises what the command raises."""
        return tuple(self._dated(change) for change in self.command.changes())

    def _dated(self, change: Change) -> Change:
        mark = change.after
        if change.before is not None or not isinstance(mark, (InjectionSet, AreaRecord)):
            return change
        if mark.done_at != mark.entered_at or self.done_at >= mark.done_at:
            return change
        return Change(None, replace(mark, done_at=self.done_at))
