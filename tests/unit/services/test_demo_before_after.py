"""Cautions, consents and what follows a treatment in the demonstration: uneven, invented, whole."""

from collections.abc import Iterator
from datetime import date

import pytest

from mesomap.atlas import Bodies
from mesomap.domain.adverse_event import AdverseEvent
from mesomap.domain.advice import AdviceGiven
from mesomap.domain.body_measure import BodyMeasure
from mesomap.domain.caution import CautionAnswer
from mesomap.domain.clock import now
from mesomap.domain.consent import Consent, ConsentKind, SignedWith, Standing
from mesomap.domain.entry import Entry
from mesomap.domain.follow_up import FollowUp
from mesomap.domain.nutrition import NutritionNote
from mesomap.domain.score import Score
from mesomap.services import DemoPractice, Practice
from mesomap.services.consents import consent_texts, states
from mesomap.services.follow_ups import due_by
from mesomap.services.standing import standing_out
from tests.records import CHEAP

TODAY = date(2026, 11, 22)
KINDS: tuple[type[Entry], ...] = (
    AdverseEvent, AdviceGiven, BodyMeasure, CautionAnswer, Consent, FollowUp, NutritionNote, Score,
)  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    home = tmp_path_factory.mktemp("demo") / "home"
    with DemoPractice.build(home, Bodies(), cost=CHEAP, today=TODAY) as made:
        yield made


def test_every_kind_is_there_but_not_for_everybody(demo: Practice) -> None:
    people = {patient.id for patient in demo.patients()}
    for kind in KINDS:
        about = {entry.patient_id for entry in demo.entries(kind)}
        assert about < people, kind.KIND
        assert about, kind.KIND


def test_nothing_was_entered_before_it_took_place_or_after_today(demo: Practice) -> None:
    for kind in KINDS:
        for entry in demo.entries(kind):
            entry.check()
            assert entry.at <= now()


def test_consents_stand_in_every_way(demo: Practice) -> None:
    found = {
        state.standing
        for patient in demo.patients()
        for state in states(demo, patient.id, TODAY)
        if state.kind is not ConsentKind.PHOTO
    }
    assert found == {Standing.IN_DATE, Standing.OUT_OF_DATE, Standing.NOT_RECORDED}
    assert {consent.signed_with for consent in demo.entries(Consent)} >= {SignedWith.PEN, SignedWith.PAPER}
    withdrawn = [s for p in demo.patients() for s in states(demo, p.id, TODAY) if s.standing is Standing.WITHDRAWN]
    assert [state.kind for state in withdrawn] == [ConsentKind.PHOTO]
    assert {text.language for text in consent_texts(demo, ConsentKind.TREATMENT)} == {"en", "de", "fr"}


def test_something_is_due_and_something_changed(demo: Practice) -> None:
    assert due_by(demo, TODAY)
    under_way = demo.sessions()[-2]
    found = standing_out(demo, under_way.patient_id, on=TODAY, session_id=under_way.id)
    assert found.cautions.changed == ("Isotretinoin in the last 6 months",)


def test_every_text_says_that_it_is_an_example(demo: Practice) -> None:
    for text in consent_texts(demo):
        assert any(word in text.body for word in ("Example", "Beispiel", "Exemple"))


def test_whole(demo: Practice) -> None:
    assert demo.verify().findings == ()
