"""What was on record before and at a session, as its paper says it: consent, cautions answered yes, sheets given."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mesomap.domain.session import Session

if TYPE_CHECKING:
    from mesomap.services.practice import Practice


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeFacts:
    """consent_signed None = none was in date on the day; cautions: the questions answered yes, with their comments."""

    consent_title: str = ""
    consent_version: int = 0
    consent_signed: date | None = None
    cautions: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()


#: Nothing is on record.
NO_FACTS = BeforeFacts()


def before_facts(practice: "Practice", session: Session) -> BeforeFacts:
    """As it stood on the day of the session; what is not recorded is left out."""
    # Needed for paper alone.
    from mesomap.domain.advice import AdviceGiven
    from mesomap.domain.caution import Answer, CautionAnswer, latest_answers
    from mesomap.domain.consent import ConsentKind, Standing
    from mesomap.services.consents import states

    day = session.started_at.astimezone().date()
    found = next((one for one in states(practice, session.patient_id, day) if one.kind is ConsentKind.TREATMENT), None)
    consent = found.consent if found is not None and found.standing is Standing.IN_DATE else None
    given = practice.entries(CautionAnswer, patient_id=session.patient_id)
    held = latest_answers(one for one in given if one.answered_on <= day)
    yes = [one for one in held.values() if one.answer is Answer.YES]
    sheets = practice.entries(AdviceGiven, session_id=session.id)
    return BeforeFacts(
        consent_title=consent.title if consent is not None else "",
        consent_version=consent.version if consent is not None else 0,
        consent_signed=consent.signed_at.astimezone().date() if consent is not None else None,
        cautions=tuple(f"{one.text} ({one.comment})" if one.comment else one.text for one in yes),
        sheets=tuple(f"{one.title}, {one.version}" for one in sheets),
    )
