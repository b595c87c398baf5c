"""Entries of the practice: products, consents, follow-ups … read by kind, written by commands."""

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar, Unpack
from uuid import UUID

from mesomap.commands import Command
from mesomap.domain.attachment import Attachment
from mesomap.domain.change import Change, UndoStep
from mesomap.domain.entry import Entry
from mesomap.domain.errors import NotFoundError
from mesomap.domain.signed_document import SignedDocument

if TYPE_CHECKING:
    from mesomap.services.audit_reading import AuditReading
    from mesomap.storage import Database
    from mesomap.storage.database import CarryOut
    from mesomap.storage.entries import WantedEntries
    from mesomap.storage.finding import SessionFinder
    from mesomap.storage.photo_files import PhotoFiles
    from mesomap.storage.recalling import LotReader

E = TypeVar("E", bound=Entry)


class PracticeEntries:
    """The part of Practice that reads entries, files and signed documents."""

    def __init__(self, database: "Database") -> None:
        self._database = database

    def write_with(self, carry_out: "CarryOut") -> None:
        """Have steps written by way of this, which gets the work and how many changes it writes."""
        self._database.carry_out = carry_out

    @property
    def photo_files(self) -> "PhotoFiles":
        """The encrypted files of photos. Raises BadInputError once closed."""
        from mesomap.storage.photo_files import PhotoFiles

        return PhotoFiles(self._database.home.photos, self._database.subkey("photos"))

    @cached_property
    def audit(self) -> "AuditReading":
        """The audit, for reading."""
        from mesomap.services.audit_reading import AuditReading

        return AuditReading(self._database)

    def entries(self, kind: type[E], **wanted: Unpack["WantedEntries"]) -> tuple[E, ...]:
        """Entries of a kind that fit everything that is given, by their moment; withdrawn ones too."""
        return self._database.entries(kind, **wanted)

    def entry(self, kind: type[E], entry_id: UUID) -> E:
        """The entry. Raises NotFoundError."""
        found = self._database.entry(kind, entry_id)
        if found is None:
            raise NotFoundError(f"There is no {kind.KIND} {entry_id} in this practice.")
        return found

    def attachment(self, digest: str) -> Attachment:
        """The file of this SHA-256 (hex). Raises NotFoundError or DamagedError."""
        found = self._database.attachment(digest)
        if found is None:
            raise NotFoundError(f"There is no file {digest[:16]} in this practice.")
        return found

    @cached_property
    def finder(self) -> "SessionFinder":
        """Sessions found and counted by what was recorded."""
        from mesomap.storage.finding import SessionFinder  # late: needed on its own page only

        return SessionFinder(self._database)

    @cached_property
    def lot_reader(self) -> "LotReader":
        """Where a lot went."""
        from mesomap.storage.recalling import LotReader  # late: needed for a recall only

        return LotReader(self._database)

    def signed_documents(self, session_id: UUID) -> tuple[SignedDocument, ...]:
        """The session as it was signed, first signing first. Raises DamagedError."""
        return self._database.signed_documents(session_id)


def as_step(command: Command, changes: tuple[Change, ...], session_id: UUID | None) -> UndoStep:
    """The step of a command, with the files and the signed document that it brings, if any."""
    return UndoStep(
        command.name,
        changes,
        session_id,
        attachments=getattr(command, "attachments", ()),
        signed=getattr(command, "signed", None),
    )
