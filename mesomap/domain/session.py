"""A session: one visit, its mixtures and its state."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from mesomap.domain.errors import BadInputError
from mesomap.domain.mixture import MixtureDetails
from mesomap.domain.place import AtlasRef

MIXTURE_LETTERS = "ABCDEFGH"


class SessionStatus(StrEnum):
    """Draft while it is charted, then signed; amending while a signed one is corrected with a reason, then amended."""

    DRAFT = "draft"
    SIGNED = "signed"
    AMENDING = "amending"
    AMENDED = "amended"
    VOIDED = "voided"

    @property
    def is_open(self) -> bool:
        """True while its marks may change."""
        return self in (SessionStatus.DRAFT, SessionStatus.AMENDING)

    def may_become(self, after: "SessionStatus") -> bool:
        """Whether the status may follow: what was signed never becomes a draft again, and void is the end."""
        return after is self or after in _NEXT[self]


_NEXT: dict[SessionStatus, tuple[SessionStatus, ...]] = {
    SessionStatus.DRAFT: (SessionStatus.SIGNED, SessionStatus.VOIDED),
    SessionStatus.SIGNED: (SessionStatus.AMENDING, SessionStatus.VOIDED),
    SessionStatus.AMENDING: (SessionStatus.AMENDED, SessionStatus.VOIDED),
    SessionStatus.AMENDED: (SessionStatus.AMENDING, SessionStatus.VOIDED),
    SessionStatus.VOIDED: (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """What a syringe of this session holds: a letter on the map and a name in words.

    drawn_ml: how much of it was drawn up in all, None = not recorded. Bookkeeping: it never stops a mark.
    details: products, lots and preparation, None = not recorded.
    """

    letter: str
    name: str = ""
    drawn_ml: float | None = None
    details: MixtureDetails | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What surrounds the injections of a session; "" and None = not recorded.

    indication_keys: what was picked from the list (the words stand in Session.indication). entered_at: when the
    record was begun; started_at of the session is when the treatment began, earlier for late charting.
    """

    indication_keys: tuple[str, ...] = ()
    ended_at: datetime | None = None
    entered_at: datetime | None = None
    place: str = ""
    qualification: str = ""
    antisepsis: str = ""
    anaesthesia: str = ""
    reaction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One visit. number is the chart number; patient_scale is frozen at the start (1 = reference size)."""

    id: UUID
    patient_id: UUID
    number: int
    started_at: datetime
    atlas: AtlasRef
    status: SessionStatus = SessionStatus.DRAFT
    patient_scale: float = 1.0
    scale_basis: str = ""
    indication: str = ""
    practitioner: str = ""
    mixtures: tuple[Mixture, ...] = ()
    remark: str = ""
    citation: str = ""
    frame: Frame = Frame()

    def mixture(self, letter: str) -> Mixture | None:
        """The mixture of this letter, or None."""
        return next((m for m in self.mixtures if m.letter == letter), None)


def checked_letter(letter: str) -> str:
    """Return the mixture letter A-H. Raises BadInputError for any other."""
    if len(letter) != 1 or letter not in MIXTURE_LETTERS:
        raise BadInputError(f"“{letter[:20]}” is not a mixture letter. Use A to H.")
    return letter
