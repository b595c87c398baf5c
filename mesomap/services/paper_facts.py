"""What every paper of a session says about the practice and about the signing."""

from typing import TYPE_CHECKING, TypedDict
from uuid import UUID

from mesomap.domain.amendment import AmendmentKind
from mesomap.domain.session import Session, SessionStatus
from mesomap.domain.signature import Signature
from mesomap.services.amending import amendments
from mesomap.services.before_facts import BeforeFacts, before_facts
from mesomap.services.letterhead import letterhead
from mesomap.services.recall import recalled_lots
from mesomap.services.signing import last_signature

if TYPE_CHECKING:
    from mesomap.services.practice import Practice


class PaperFacts(TypedDict):
    """Arguments of printing.chart_data()."""

    letterhead: tuple[str, ...]
    signature: Signature | None
    void_reason: str
    recalled_lots: frozenset[UUID]
    before: BeforeFacts


def paper_facts(practice: "Practice", session: Session) -> PaperFacts:
    """Letterhead, the signature that holds, why the session was voided, which of its lots are recalled now, what was on
    record before it.
    """
    reasons = []
    if session.status is SessionStatus.VOIDED:
        reasons = [one.reason for one in amendments(practice, session.id) if one.kind is AmendmentKind.VOID]
    signed = session.status is not SessionStatus.DRAFT
    return PaperFacts(
        letterhead=letterhead(practice).lines,
        signature=last_signature(practice, session.id) if signed else None,
        void_reason=reasons[-1] if reasons else "",
        recalled_lots=recalled_lots(practice, session),
        before=before_facts(practice, session),
    )
