"""What was signed, amended and voided in the demonstration: a few small sessions, as a practice would have them."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from mesomap.commands import EditSession
from mesomap.domain.person import Role
from mesomap.domain.session import Session
from mesomap.services.amending import amend, void
from mesomap.services.demo_frames import PRACTITIONER, QUALIFICATION
from mesomap.services.practice import Practice
from mesomap.services.signing import Prepared, prepare, sign

if TYPE_CHECKING:
    from mesomap.atlas import Atlas, Bodies

#: Makes the paper of a session about to be signed; printing lies above the services, so it is handed in.
PaperOf = Callable[[Practice, "Atlas", Prepared], bytes]

#: Whose first session is signed, whose second signed and amended; whose last was voided.
_SIGNED, _VOIDED = "Sample", "Modèle"
_WHY_AMENDED = "The remark was left out (example)."
_REMARK = "Felt the third row less than the others (own words)."
_WHY_VOIDED = "Begun on the wrong patient (example)."


def sign_some(practice: Practice, bodies: "Bodies", paper: PaperOf, pin: str) -> None:
    """One person who may do everything; one session signed, one amended, one voided. Raises typed errors."""
    person = practice.people.add(PRACTITIONER, qualification=QUALIFICATION, roles=tuple(Role), pin=pin)

    def sign_one(session: Session) -> None:
        prepared = prepare(practice, session.id, person, pin)
        sign(practice, prepared, paper(practice, bodies.named(session.atlas.body), prepared))

    first, second, *_later = _sessions(practice, _SIGNED)
    for session in (first, second):
        sign_one(session)
    opened = amend(practice, second.id, _WHY_AMENDED)
    words = " ".join(part for part in (opened.remark, _REMARK) if part)
    practice.run(EditSession(opened, replace(opened, remark=words)), opened.id)
    sign_one(practice.session(opened.id))
    void(practice, _sessions(practice, _VOIDED)[-1].id, _WHY_VOIDED)


def _sessions(practice: Practice, family_name: str) -> tuple[Session, ...]:
    """A patient's sessions, oldest first."""
    (patient,) = (one for one in practice.patients() if one.family_name == family_name)
    return tuple(sorted(practice.sessions(patient.id), key=lambda session: session.started_at))
