"""Command: several commands as one step."""

from collections.abc import Sequence
from dataclasses import dataclass

from mesomap.commands.command import Command
from mesomap.domain.change import Change


@dataclass(frozen=True, slots=True)
class Together:
    """Commands of one gesture: all are committed, undone and done again at once, or none is."""

    name: str
    commands: Sequence[Command]

    def changes(self) -> tuple[Change, ...]:
        """All changes, in order. Raises what the commands raise."""
        return tuple(change for command in self.commands for change in command.changes())
