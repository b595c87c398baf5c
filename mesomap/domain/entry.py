"""What every record of the practice beside patients, sessions and marks has in common."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: a product, a lot, a consent, a follow-up … Each kind is a class of its own, listed in entry_kinds.

    patient_id, session_id: whom and which visit it is about, None = the practice. withdrawn: why it is out of use,
    "" = in use; entries are never deleted. A field that equals its default is not stored, so a field WITH a default can
    be added later; a default or a name never changes once it was released.
    """

    #: Field word of the kind, at most 16 letters; stored.
    KIND: ClassVar[str] = ""
    #: True: never edited once written, only followed by another entry (a signed consent, a signature).
    SEALED: ClassVar[bool] = False

    id: UUID
    entered_at: datetime
    entered_by: str = ""
    patient_id: UUID | None = None
    session_id: UUID | None = None
    withdrawn: str = ""

    @property
    def key(self) -> str:
        """What the entry is looked up by (a lot number, a GTIN …), "" = nothing."""
        return ""

    @property
    def at(self) -> datetime:
        """The moment by which entries are ordered; by default when it was entered."""
        return self.entered_at

    @property
    def refers_to(self) -> tuple[UUID, ...]:
        """Other records that this one names and is looked up by."""
        return ()

    def check(self) -> None:
        """Refuse what cannot be. Raises BadInputError with a plain sentence."""


def order_text(moment: datetime) -> str:
    """The moment in UTC, so that texts order as times do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
