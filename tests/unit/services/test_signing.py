"""Sign, amend, void: what is signed stays, every change afterwards shows, and nothing blocks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import text

from mesomap.atlas import Atlas
from mesomap.commands import EditSession
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import Dose
from mesomap.domain.person import Person, Role
from mesomap.domain.session import Session, SessionStatus
from mesomap.domain.signature import Meaning, verification_code
from mesomap.services import ChartingService, Practice
from mesomap.services.amending import amend, amendments, versions, void
from mesomap.services.completeness import TickKey, ticks
from mesomap.services.courses import begin_course, courses_of, join, place_of
from mesomap.services.paper_codes import PaperFinding, check_paper
from mesomap.services.signing import find_by_code, last_signature, prepare, sign, signed_pdf
from mesomap.storage.engine import WRITES
from mesomap.storage.signed_text import signature_fits
from tests.records import CHEAP

PASSPHRASE = "a sentence is best"
PAPER = b"%PDF-1.4 as signed"


@dataclass
class Visit:
    """A practice with a doctor at the computer, and a charted session."""

    practice: Practice
    atlas: Atlas
    charting: ChartingService
    doctor: Person

    @property
    def session(self) -> Session:
        return self.practice.session(self.charting.session.id)

    def sign(self, paper: bytes = PAPER) -> Session:
        prepared = prepare(self.practice, self.session.id, self.doctor, "4711")
        return sign(self.practice, prepared, paper)

    def again(self) -> ChartingService:
        return ChartingService(self.practice, self.atlas, self.session.id)

    def tamper(self, statement: str, **values: object) -> None:
        """What somebody with the key and a database tool does."""
        with self.practice._database._engine().connect().execution_options(**{WRITES: True}) as connection:
            connection.execute(text(statement), values)
            connection.commit()


@pytest.fixture
def visit(tmp_path: Path, atlas: Atlas) -> Iterator[Visit]:
    with Practice.create(tmp_path / "p", PASSPHRASE, cost=CHEAP) as practice:
        doctor = practice.people.add("Dr. A. Beispiel", qualification="GP", roles=tuple(Role), pin="4711")
        practice.people.begin()
        patient = practice.new_patient(family_name="Beispiel", given_name="Anna", body=atlas.ref.body)
        session = practice.new_session(patient.id, atlas)
        charting = ChartingService(practice, atlas, session.id)
        chart(charting)
        yield Visit(practice, atlas, charting, doctor)


def chart(charting: ChartingService, depth_mm: float | None = 2.0) -> None:
    place = charting.atlas.locate_one(charting.atlas.views[0].key, 60.0, 0.0)
    assert place is not None
    charting.place([place], Dose(technique="papule", mixture="A", depth_mm=depth_mm), 0.05)


def test_signing_keeps_the_document_the_signature_and_the_paper(visit: Visit) -> None:
    signed = visit.sign()
    assert signed.status is SessionStatus.SIGNED
    found = last_signature(visit.practice, signed.id)
    assert found is not None
    assert (found.name, found.qualification, found.meaning) == ("Dr. A. Beispiel", "GP", Meaning.CHARTED)
    assert signature_fits(found)
    (document,) = visit.practice.signed_documents(signed.id)
    assert document.digest.hex() == found.document_sha256
    assert signed_pdf(visit.practice, signed.id, 1) == PAPER
    assert visit.practice.verify().ok


def test_the_code_on_paper_finds_the_signature(visit: Visit) -> None:
    signed = visit.sign()
    found = last_signature(visit.practice, signed.id)
    assert found is not None
    code = verification_code(found.document_sha256)
    assert find_by_code(visit.practice, f" {code.lower()} ") == found
    assert find_by_code(visit.practice, "00000-00000") is None
    assert find_by_code(visit.practice, "") is None


def test_a_code_from_paper_tells_whether_it_is_still_so(visit: Visit) -> None:
    signed = visit.sign()
    first = last_signature(visit.practice, signed.id)
    assert first is not None
    code, audit = verification_code(first.document_sha256), visit.practice.audit_code
    found = check_paper(visit.practice, code)
    assert (found.finding, found.unchanged) == (PaperFinding.SIGNED, True)
    assert check_paper(visit.practice, audit).finding is PaperFinding.AUDIT_FITS
    number, _, letters = audit.partition("-")
    assert check_paper(visit.practice, f"{number}-{letters[::-1]}").finding is PaperFinding.AUDIT_DIFFERS
    assert check_paper(visit.practice, f"{int(number) + 900}-{letters}").finding is PaperFinding.AUDIT_DIFFERS
    assert check_paper(visit.practice, "AAAAA-AAAAA").finding is PaperFinding.UNKNOWN
    amend(visit.practice, signed.id, "a point was forgotten")
    chart(visit.again())
    assert not check_paper(visit.practice, code).unchanged
    visit.sign()
    found = check_paper(visit.practice, code)
    assert (found.latest, found.unchanged) == (2, False)


def test_a_signed_session_refuses_every_edit_and_undo(visit: Visit) -> None:
    visit.sign()
    service = visit.again()
    with pytest.raises(BadInputError, match="signed"):
        chart(service)
    with pytest.raises(BadInputError, match="signed"):
        service.erase([service.marks[0].id])
    assert not service.can_undo
    with pytest.raises(BadInputError, match="signed"):
        visit.charting.undo()
    with pytest.raises(BadInputError, match="signed"):
        visit.practice.edit_session(visit.session, remark="later")
    with pytest.raises(BadInputError, match="never becomes draft"):
        visit.practice.edit_session(visit.session, status=SessionStatus.DRAFT)
    with pytest.raises(BadInputError, match="signed"):
        visit.practice.edit_session(visit.session, status=SessionStatus.VOIDED, remark="and more")
    with pytest.raises(BadInputError, match="signed"):
        prepare(visit.practice, visit.session.id, visit.doctor, "4711")
    assert len(visit.practice.marks(visit.session.id)) == 1
    assert visit.practice.verify().ok


def test_a_wrong_pin_or_role_signs_nothing(visit: Visit) -> None:
    with pytest.raises(BadInputError, match="PIN"):
        prepare(visit.practice, visit.session.id, visit.doctor, "1112")
    without = visit.practice.people.add("Dr. C", roles=(Role.SIGN,))
    with pytest.raises(BadInputError, match="no PIN yet"):
        prepare(visit.practice, visit.session.id, without, "")
    mia = visit.practice.people.add("Mia", roles=(Role.CHART,), pin="8642")
    with pytest.raises(BadInputError, match="Mia may not sign"):
        prepare(visit.practice, visit.session.id, mia, "8642")
    visit.practice.people.come(mia, "8642")
    with pytest.raises(BadInputError, match="Mia may not sign"):
        prepare(visit.practice, visit.session.id, visit.doctor, "4711")
    with pytest.raises(BadInputError, match="Mia may not sign"):
        visit.practice.run(EditSession(visit.session, replace(visit.session, status=SessionStatus.VOIDED)))
    assert visit.session.status is SessionStatus.DRAFT


def test_what_was_charted_between_looking_and_signing_is_not_signed_blindly(visit: Visit) -> None:
    prepared = prepare(visit.practice, visit.session.id, visit.doctor, "4711")
    chart(visit.charting)
    with pytest.raises(BadInputError, match="in the meantime"):
        sign(visit.practice, prepared, PAPER)
    assert visit.session.status is SessionStatus.DRAFT
    assert not visit.practice.signed_documents(visit.session.id)


def test_amending_opens_with_a_reason_and_is_signed_again(visit: Visit) -> None:
    visit.sign()
    with pytest.raises(BadInputError, match="few words"):
        amend(visit.practice, visit.session.id, "  ")
    assert amend(visit.practice, visit.session.id, "a point was forgotten").status is SessionStatus.AMENDING
    assert visit.practice.verify().ok
    service = visit.again()
    chart(service)
    service.erase([service.marks[0].id])
    assert visit.sign(b"%PDF two").status is SessionStatus.AMENDED
    first, second = versions(visit.practice, visit.session.id)
    assert first.diff.is_empty
    assert second.reason == "a point was forgotten"
    assert (len(second.diff.added), len(second.diff.removed), len(second.diff.changed)) == (1, 1, 0)
    assert second.signature is not None
    assert second.signature.meaning is Meaning.AMENDED
    assert signed_pdf(visit.practice, visit.session.id, 1) == PAPER
    assert signed_pdf(visit.practice, visit.session.id, 2) == b"%PDF two"
    assert visit.practice.verify().ok


def test_a_void_session_stays_visible_and_says_why(visit: Visit) -> None:
    visit.sign()
    assert void(visit.practice, visit.session.id, "charted twice") is None
    assert visit.session.status is SessionStatus.VOIDED
    (entry,) = amendments(visit.practice, visit.session.id)
    assert entry.reason == "charted twice"
    assert len(visit.practice.marks(visit.session.id)) == 1
    with pytest.raises(BadInputError, match="voided"):
        void(visit.practice, visit.session.id, "again")
    with pytest.raises(BadInputError, match="voided"):
        amend(visit.practice, visit.session.id, "again")
    assert visit.practice.verify().ok


def test_a_void_session_gives_its_place_in_the_course_back(visit: Visit) -> None:
    practice, session_id = visit.practice, visit.session.id
    course = begin_course(practice, visit.session.patient_id, None, count=3, first=None, interval_days=None, name="Own")
    join(practice, course, session_id)
    void(practice, session_id, "Not treated.")
    (after,) = courses_of(practice, visit.session.patient_id)
    assert (after.done, after.next_visit) == (0, 0)
    assert place_of(practice, session_id) is None
    assert practice.verify().ok


def test_the_wrong_patient_gets_a_correct_copy_on_the_right_one(visit: Visit) -> None:
    right = visit.practice.new_patient(
        family_name="Weber", given_name="Jan", body=visit.atlas.ref.body, height_cm=190, weight_kg=90
    )
    visit.sign()
    copy = void(visit.practice, visit.session.id, "wrong patient", right_patient=right.id, atlas=visit.atlas)
    assert copy is not None
    assert copy.status is SessionStatus.DRAFT
    assert copy.patient_id == right.id
    assert copy.started_at == visit.session.started_at
    assert f"session {visit.session.number}" in copy.remark
    assert copy.patient_scale == visit.atlas.scale_for(190, 90).length
    (mark,), (old,) = visit.practice.marks(copy.id), visit.practice.marks(visit.session.id)
    assert replace(mark, id=old.id, session_id=old.session_id, entered_at=old.entered_at) == old
    assert amendments(visit.practice, copy.id)[0].other_session_id == visit.session.id
    assert amendments(visit.practice, visit.session.id)[0].other_session_id == copy.id
    assert visit.practice.verify().ok


def test_a_copy_on_the_same_patient_or_another_body_is_refused(visit: Visit) -> None:
    with pytest.raises(BadInputError, match="already"):
        void(visit.practice, visit.session.id, "x", right_patient=visit.session.patient_id, atlas=visit.atlas)
    other = visit.practice.new_patient(family_name="Weber", given_name="Jan", body="other")
    with pytest.raises(BadInputError, match="cannot be copied"):
        void(visit.practice, visit.session.id, "x", right_patient=other.id, atlas=visit.atlas)
    assert visit.session.status is SessionStatus.DRAFT


Tamper = Callable[[Visit], None]


def _drop_rules(visit: Visit) -> None:
    for table in ("marks", "signed_documents", "attachments", "entries"):
        names = ("closed_update", "closed_delete", "no_update", "no_delete", "sealed_update")
        for name in names:
            visit.tamper(f"DROP TRIGGER IF EXISTS {table}_{name}")


def _swap_document(visit: Visit) -> None:
    visit.tamper("UPDATE signed_documents SET document = CAST(replace(document, 'papule', 'nappage') AS BLOB)")


def _move_a_mark(visit: Visit) -> None:
    visit.tamper("UPDATE marks SET depth_mm = 4")


def _take_a_mark_away(visit: Visit) -> None:
    for table in ("mark_places", "mark_regions", "marks"):
        visit.tamper(f"DELETE FROM {table}")


def _make_it_a_draft(visit: Visit) -> None:
    visit.tamper("UPDATE sessions SET status = 'draft'")


def _take_the_signature_away(visit: Visit) -> None:
    visit.tamper("DELETE FROM entry_links WHERE entry_id IN (SELECT id FROM entries WHERE kind = 'signature')")
    visit.tamper("DELETE FROM entries WHERE kind = 'signature'")


def _take_the_document_away(visit: Visit) -> None:
    visit.tamper("DELETE FROM signed_documents")


@pytest.mark.parametrize(
    "tamper",
    [
        _swap_document, _move_a_mark, _take_a_mark_away, _make_it_a_draft, _take_the_signature_away,
        _take_the_document_away,
    ],
)  # fmt: skip
def test_tampering_with_a_signed_session_is_found(visit: Visit, tamper: Tamper) -> None:
    visit.sign()
    _drop_rules(visit)
    assert visit.practice.verify().ok
    tamper(visit)
    findings = visit.practice.verify().findings
    assert any("Session 1" in line or str(visit.session.id) in line for line in findings), findings


def _exchange_the_pdf(visit: Visit) -> None:
    forged = b"%PDF-1.4 forged"
    digest = sha256(forged)
    added = "INSERT INTO attachments VALUES (:digest, 'application/pdf', :data)"
    visit.tamper(added, digest=digest.digest(), data=forged)
    visit.tamper("UPDATE signed_documents SET pdf_digest = :digest", digest=digest.hexdigest())


def _take_the_pdf_away(visit: Visit) -> None:
    visit.tamper("DELETE FROM attachments")


def _sign_at_another_time(visit: Visit) -> None:
    visit.tamper("UPDATE signed_documents SET at = '2020-01-01T00:00:00+00:00'")


@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        (_exchange_the_pdf, "the PDF that is kept is not the one that was signed"),
        (_take_the_pdf_away, "the PDF as it was signed is missing"),
        (_sign_at_another_time, "it was not signed at the time"),
    ],
)
def test_tampering_with_what_was_signed_is_named(visit: Visit, tamper: Tamper, words: str) -> None:
    chart(visit.charting)
    visit.sign()
    assert visit.practice.verify().ok
    _drop_rules(visit)
    tamper(visit)
    findings = visit.practice.verify().findings
    assert any(words in finding for finding in findings), findings


def test_what_is_open_is_said_and_nothing_is_stopped(visit: Visit) -> None:
    chart(visit.charting, depth_mm=None)
    found = {tick.key: tick for tick in ticks(visit.practice, visit.session, visit.charting.marks)}
    assert found[TickKey.MARKS].done
    assert not found[TickKey.CONSENT].done
    assert found[TickKey.LOTS].about == ("A",)
    assert found[TickKey.DEPTH].about == ("1",)
    assert visit.sign().status is SessionStatus.SIGNED
