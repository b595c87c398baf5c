"""Why a signed session was opened again, or taken out of use: the reason stands for ever beside what was signed."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from mesomap.domain.entry import Entry
from mesomap.domain.errors import BadInputError


class AmendmentKind(StrEnum):
    """What was done to the session."""

    AMEND = "amend"  # opened to be corrected and signed again
    VOID = "void"  # out of use, visible, counted nowhere
    COPY = "copy"  # this session was copied from one on the wrong patient


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment(Entry):
    """Sealed. version: of the signed document that it is about, 0 = it was never signed.

    other_session_id: for VOID the copy on the right patient, for COPY the session it came from.
    """

    KIND: ClassVar[str] = "amendment"
    SEALED: ClassVar[bool] = True

    kind: AmendmentKind
    reason: str
    version: int = 0
    other_session_id: UUID | None = None

    @property
    def refers_to(self) -> tuple[UUID, ...]:
        """The other session, when there is one."""
        return () if self.other_session_id is None else (self.other_session_id,)

    def check(self) -> None:
        """Raises BadInputError without a session or a reason."""
        if self.session_id is None:
            raise BadInputError("The amendment names no session. Nothing was changed.")
        if not self.reason.strip():
            raise BadInputError("Say in a few words why the session is changed. The reason is kept with it.")
