"""Commands on entries: products, consents, follow-ups …"""

from dataclasses import dataclass

from mesomap.domain.attachment import Attachment
from mesomap.domain.change import Change
from mesomap.domain.entry import Entry
from mesomap.domain.errors import BadInputError


@dataclass(frozen=True, slots=True)
class AddEntries:
    """New entries, with the files they refer to. Run it without a session: entries are not undone with the marks."""

    entries: tuple[Entry, ...]
    name: str = "Add entry"
    attachments: tuple[Attachment, ...] = ()

    def changes(self) -> tuple[Change, ...]:
        """The entries. Raises BadInputError."""
        for entry in self.entries:
            entry.check()
        return tuple(Change(None, entry) for entry in self.entries)


@dataclass(frozen=True, slots=True)
class EditEntry:
    """An entry before and after."""

    before: Entry
    after: Entry
    name: str = "Edit entry"
    attachments: tuple[Attachment, ...] = ()

    def changes(self) -> tuple[Change, ...]:
        """The edit, or nothing. Raises BadInputError, also for a sealed entry."""
        if self.before == self.after:
            return ()
        if self.before.SEALED:
            raise BadInputError("This entry is kept as it was written. Add a new one instead.")
        self.after.check()
        return (Change(self.before, self.after),)
