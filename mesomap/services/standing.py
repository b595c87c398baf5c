"""What stands out before a treatment: cautions that are yes, open or changed, and how the consents stand."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from mesomap.domain.caution import CautionAnswer
from mesomap.domain.consent import ConsentKind, Standing
from mesomap.services.cautions import CautionSummary, last_session_start, summary
from mesomap.services.consents import ConsentState, states

if TYPE_CHECKING:
    from mesomap.services.practice import Practice

_NOBODY_ASKED = CautionSummary((), (), ())


@dataclass(frozen=True, slots=True)
class StandingOut:
    """consents: treatment however it stands, other kinds only when they are no longer what was signed."""

    cautions: CautionSummary
    consents: tuple[ConsentState, ...]

    @property
    def is_quiet(self) -> bool:
        """Nothing is yes, open or changed, and every consent that counts is in date."""
        cautions = self.cautions
        return not (cautions.yes or cautions.open or cautions.changed) and not self.consents_amiss

    @property
    def consents_amiss(self) -> tuple[ConsentState, ...]:
        """Consents that are not in date, or whose text was changed after signing."""
        return tuple(one for one in self.consents if one.changed or one.standing is not Standing.IN_DATE)


def standing_out(
    practice: "Practice", patient_id: UUID, language: str = "en", *, on: date, session_id: UUID | None = None
) -> StandingOut:
    """What stands out of a patient on a day. session_id: the session that is open; "changed" means since the one
    before it. A practice that asks no patient anything and has no texts has nothing that stands out.
    """
    asked = bool(practice.entries(CautionAnswer, patient_id=patient_id))
    since = last_session_start(practice, patient_id, before=session_id)
    cautions = summary(practice, patient_id, language, since=since) if asked else _NOBODY_ASKED
    gone = (Standing.WITHDRAWN, Standing.OUT_OF_DATE)
    kept = tuple(
        one
        for one in states(practice, patient_id, on)
        if one.kind is ConsentKind.TREATMENT or one.standing in gone or one.changed
    )
    return StandingOut(cautions, kept)
