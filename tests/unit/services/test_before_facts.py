"""What the paper of a session says of consent, cautions and sheets: as it stood on its day."""

from datetime import timedelta
from random import Random

from mesomap.atlas import Atlas
from mesomap.domain.advice import AdviceSheet
from mesomap.domain.caution import Answer
from mesomap.domain.clock import now
from mesomap.domain.consent import ConsentText, SignedWith
from mesomap.services import Practice
from mesomap.services.advice_sheets import give_sheet
from mesomap.services.before_facts import NO_FACTS, before_facts
from mesomap.services.cautions import answer, questions
from mesomap.services.consents import sign
from mesomap.services.demo_ink import demo_signature, ink_png
from mesomap.services.practice_texts import new_text


def test_facts_are_those_of_the_day(practice: Practice, atlas: Atlas) -> None:
    patient = practice.new_patient(family_name="Beispiel", given_name="Anna")
    session = practice.new_session(patient.id, atlas, started_at=now() - timedelta(days=10))
    assert before_facts(practice, session) == NO_FACTS
    text = new_text(practice, ConsentText, title="Treatment", language="en", body="…", valid_months=12)
    ink = demo_signature(Random(1))
    for days_ago in (3, 40):
        at = now() - timedelta(days=days_ago)
        sign(practice, patient.id, text, ink, ink_png(ink), signed_with=SignedWith.PEN, at=at)
    day = session.started_at.date()
    allergy, cancer, herpes = (
        next(q for q in questions(practice) if q.key == k) for k in ("allergy", "cancer", "herpes")
    )
    answer(practice, patient.id, allergy, Answer.YES, comment="latex", on=day)
    answer(practice, patient.id, cancer, Answer.NO, on=day)
    answer(practice, patient.id, herpes, Answer.YES, on=day + timedelta(days=1))
    sheet = new_text(practice, AdviceSheet, title="After", language="en", body="…")
    give_sheet(practice, patient.id, sheet, session_id=session.id)
    found = before_facts(practice, session)
    assert found.consent_signed == (now() - timedelta(days=40)).date()
    assert (found.consent_title, found.consent_version) == ("Treatment", 1)
    assert found.cautions == ("Allergy (latex)",)
    assert found.sheets == ("After, 1",)
