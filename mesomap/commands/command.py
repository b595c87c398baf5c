"""What a command is."""

from typing import Protocol

from mesomap.domain.change import Change


class Command(Protocol):
    """One edit. It holds what it needs; running it only computes, so a failure leaves nothing behind."""

    @property
    def name(self) -> str:
        """Name of the step for undo and audit; English, fixed (the window translates it)."""
        ...

    def changes(self) -> tuple[Change, ...]:
        """The changes of this edit, none when there is nothing to do. Raises BadInputError."""
        ...
