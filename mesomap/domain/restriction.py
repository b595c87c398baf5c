"""The patient's rights as entries: use of the records restricted, and records erased."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from mesomap.domain.entry import Entry
from mesomap.domain.errors import BadInputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction(Entry):
    """The patient's records are kept, but used only for a reason. Lifted = withdrawn with a reason."""

    KIND: ClassVar[str] = "restriction"

    reason: str

    def check(self) -> None:
        """Raises BadInputError without a patient or a reason."""
        if self.patient_id is None or not self.reason.strip():
            raise BadInputError("Say in a few words why the use of the records is restricted.")


@dataclass(frozen=True, slots=True, kw_only=True)
class UseOfRestricted(Entry):
    """Why the records of a patient were used although they are restricted."""

    KIND: ClassVar[str] = "restricted_use"
    SEALED: ClassVar[bool] = True

    reason: str

    def check(self) -> None:
        """Raises BadInputError without a patient or a reason."""
        if self.patient_id is None or not self.reason.strip():
            raise BadInputError("Say in a few words why the restricted records are used.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure(Entry):
    """Everything on one patient was erased. Names nobody: erased_id is the id that the audit still knows.

    kept_until: end of the retention period at that time, None = none was set.
    """

    KIND: ClassVar[str] = "erasure"
    SEALED: ClassVar[bool] = True

    erased_id: UUID
    reason: str
    records: int = 0
    kept_until: date | None = None

    @property
    def key(self) -> str:
        """The erased patient's id."""
        return str(self.erased_id)

    def check(self) -> None:
        """Raises BadInputError without a reason, or when the entry itself names the patient."""
        if not self.reason.strip():
            raise BadInputError("Say in a few words why the records are erased. The reason is kept.")
        if self.patient_id is not None:
            raise BadInputError("An erasure must not hang on the patient it erases.")
