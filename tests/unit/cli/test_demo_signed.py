"""The demonstration holds what a practice signed, amended and voided, with the papers as signed."""

from collections import Counter
from pathlib import Path

from mesomap.domain.session import SessionStatus
from mesomap.services import DEMO_PASSPHRASE, DEMO_PIN, DemoPractice, Practice
from mesomap.services.amending import amendments, versions
from mesomap.services.pin import pin_fits
from mesomap.services.signing import signed_pdf


def test_one_session_is_signed_one_amended_and_one_voided(made_home: Path) -> None:
    with Practice.open(made_home, DEMO_PASSPHRASE) as practice:
        found = Counter(session.status for session in practice.sessions())
        assert {status: found[status] for status in SessionStatus if status is not SessionStatus.DRAFT} == {
            SessionStatus.SIGNED: 1, SessionStatus.AMENDING: 0, SessionStatus.AMENDED: 1, SessionStatus.VOIDED: 1,
        }  # fmt: skip
        (person,) = practice.people.active()
        assert pin_fits(person.pin_hash, DEMO_PIN)
        (amended,) = (one for one in practice.sessions() if one.status is SessionStatus.AMENDED)
        first, second = versions(practice, amended.id)
        assert (first.head, second.head) == ((), ("remark",))
        assert "example" in second.reason
        assert {signed_pdf(practice, amended.id, number)[:5] for number in (1, 2)} == {b"%PDF-"}
        (voided,) = (one for one in practice.sessions() if one.status is SessionStatus.VOIDED)
        assert "example" in amendments(practice, voided.id)[-1].reason
        assert practice.session(DemoPractice.draft(practice)).status is SessionStatus.DRAFT
        assert practice.verify().findings == ()
