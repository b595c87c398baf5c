"""Command: several commands as one step."""

from collections.abc import Sequence
from dataclasses import dataclass

from mesomap.commands.command import Command
from mesomap.domain.attachment import Attachment
from mesomap.domain.change import Change
from mesomap.domain.signed_document import SignedDocument


@dataclass(frozen=True, slots=True)
class Together:
    """Commands of one gesture: all are committed, undone and done again at once, or none is.

    attachments, signed: files and the document of a signing that come with it.
    """

    name: str
    commands: Sequence[Command]
    attachments: tuple[Attachment, ...] = ()
    signed: SignedDocument | None = None

    def changes(self) -> tuple[Change, ...]:
        """All changes, in order. Raises what the commands raise."""
        return tuple(change for command in self.commands for change in command.changes())
