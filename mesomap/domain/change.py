"""A change of one record: the currency of undo, storage, refresh and audit."""

from dataclasses import dataclass
from uuid import UUID

from mesomap.domain.attachment import Attachment
from mesomap.domain.complaint import Complaint
from mesomap.domain.entry import Entry
from mesomap.domain.marks import AreaRecord, InjectionSet
from mesomap.domain.patient import Patient
from mesomap.domain.plan import PlannedMark
from mesomap.domain.session import Session
from mesomap.domain.signed_document import SignedDocument

#: What hangs on a session and may be taken away again while it is a draft.
Part = InjectionSet | AreaRecord | Complaint | PlannedMark
Record = Patient | Session | Part | Entry


@dataclass(frozen=True, slots=True)
class Change:
    """One record before and after. before None = created; after None = taken away."""

    before: Record | None
    after: Record | None

    def __post_init__(self) -> None:
        if self.before is None and self.after is None:
            raise ValueError("a change needs a before or an after")
        if self.before is None or self.after is None:
            return
        if type(self.before) is not type(self.after) or self.before.id != self.after.id:
            raise ValueError("before and after must be the same record")

    @property
    def record(self) -> Record:
        """The record as it stands afterwards, or as it stood when it was taken away."""
        record = self.after if self.after is not None else self.before
        assert record is not None
        return record

    @property
    def record_id(self) -> UUID:
        """Id of the record."""
        return self.record.id

    def reversed(self) -> "Change":
        """The change that undoes this one."""
        return Change(self.after, self.before)


@dataclass(frozen=True, slots=True)
class UndoStep:
    """One named step: the changes of one gesture, with the files and the signed document that come with them."""

    name: str
    changes: tuple[Change, ...]
    session_id: UUID | None = None
    attachments: tuple[Attachment, ...] = ()
    signed: SignedDocument | None = None
