"""Who may do what, as a table: every action by somebody of each role alone works or is refused with a sentence."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from mesomap.atlas import Atlas
from mesomap.domain.advice import AdviceSheet
from mesomap.domain.body_measure import Measured
from mesomap.domain.caution import Answer
from mesomap.domain.consent import ConsentKind, ConsentText
from mesomap.domain.entry_kinds import ENTRY_KINDS
from mesomap.domain.errors import BadInputError
from mesomap.domain.follow_up import Contact
from mesomap.domain.lot import Lot
from mesomap.domain.marks import Dose
from mesomap.domain.patient import Patient
from mesomap.domain.person import Role
from mesomap.domain.price import PaidBy
from mesomap.domain.session import Session
from mesomap.services import ChartingService, Practice
from mesomap.services.aftercare import record_measure, record_nutrition
from mesomap.services.amending import amend, void
from mesomap.services.backup_state import set_warn_days
from mesomap.services.cautions import add_question, answer, change_question, questions
from mesomap.services.costs import pay, set_price
from mesomap.services.courses import begin_course
from mesomap.services.follow_ups import plan_follow_up, record_follow_up, set_due_weeks
from mesomap.services.hiding import HideTimes, set_hide_times
from mesomap.services.letterhead import Letterhead, set_letterhead
from mesomap.services.patient_export import export_patient
from mesomap.services.practice_texts import new_text
from mesomap.services.protocols import add_examples
from mesomap.services.rights import erase, restrict, set_retention_years, use_restricted
from mesomap.services.roles import ROLE_OF_KIND, role_of_setting
from mesomap.services.scales import note_licence
from mesomap.services.shelf import add_lot, add_product, open_vial, recall_lot
from mesomap.services.signing import prepare, sign
from tests.records import CHEAP

PASSPHRASE = "a sentence is best"


@dataclass
class Desk:
    """A practice with a patient, an open session, a signed one, and a lot."""

    practice: Practice
    atlas: Atlas
    patient: Patient
    session: Session
    signed: Session
    lot: Lot
    folder: Path

    def charting(self) -> ChartingService:
        return ChartingService(self.practice, self.atlas, self.session.id)

    def place(self) -> None:
        points = self.atlas.locate("body_front", np.array([[60.0, 0.0]])).points()
        self.charting().place(points, Dose(technique="papule", depth_mm=2.0), 0.02)

    def sign(self) -> None:
        signer = next(one for one in self.practice.people.active() if one.may(Role.SIGN) and one.pin_hash)
        sign(self.practice, prepare(self.practice, self.session.id, signer, "4711"), b"%PDF-1.4")


def _text(desk: Desk) -> None:
    new_text(
        desk.practice, ConsentText, title="T", language="en", body="B", consent=ConsentKind.TREATMENT,
        valid_months=None,
    )  # fmt: skip


READS: dict[str, Callable[[Desk], object]] = {
    "look at a patient": lambda d: (d.practice.patients(), d.practice.marks(d.session.id)),
    "back up": lambda d: d.practice.backups.make(),
    "try a restore": lambda d: d.practice.backups.drill(d.practice.backups.make().first),
    "see what a restore would change": lambda d: d.practice.backups.preview(d.practice.backups.make().first),
    "say why restricted records are used": lambda d: use_restricted(d.practice, d.patient.id, "an emergency"),
    "export a patient": lambda d: export_patient(d.practice, d.patient.id, d.folder / "x.zip", lambda _s: None),
    "verify": lambda d: d.practice.verify(),
    "change the look of the window": lambda d: d.practice.set_setting("favourites", ["papule"]),
}
CHARTS: dict[str, Callable[[Desk], object]] = {
    "new patient": lambda d: d.practice.new_patient(family_name="Neu", given_name="Nora"),
    "edit a patient": lambda d: d.practice.edit_patient(d.patient, replace(d.patient, notes="x")),
    "new session": lambda d: d.practice.new_session(d.patient.id, d.atlas),
    "edit a session": lambda d: d.practice.edit_session(d.session, remark="x"),
    "place a point": lambda d: d.place(),
    "name a mixture": lambda d: d.charting().set_mixture("A", "Hyaluronic acid"),
    "answer a question": lambda d: answer(d.practice, d.patient.id, questions(d.practice)[0], Answer.YES),
    "measure": lambda d: record_measure(d.practice, d.patient.id, Measured.WEIGHT, Decimal(60)),
    "note nutrition": lambda d: record_nutrition(d.practice, d.patient.id, "vegetarian"),
    "follow up": lambda d: record_follow_up(d.practice, d.patient.id, contact=Contact.PHONE, text="well"),
    "plan a follow-up": lambda d: plan_follow_up(d.practice, d.patient.id, date(2030, 1, 1)),
    "add a product": lambda d: add_product(d.practice, "Something else"),
    "open a vial": lambda d: open_vial(d.practice, d.lot),
    "recall a lot": lambda d: recall_lot(d.practice, d.lot, "cloudy", date(2026, 1, 1)),
    "add protocols": lambda d: add_examples(d.practice),
    "begin a course": lambda d: begin_course(
        d.practice, d.patient.id, None, count=2, first=date(2030, 1, 1), interval_days=7, name="Course"
    ),
    "set a price": lambda d: set_price(d.practice, d.patient.id, Decimal(50), "EUR", session_id=d.session.id),
    "take a payment": lambda d: pay(
        d.practice, d.patient.id, Decimal(50), "EUR", date(2026, 1, 1), PaidBy.CASH, session_id=d.session.id
    ),
}
SIGNS: dict[str, Callable[[Desk], object]] = {
    "sign": lambda d: d.sign(),
    "amend": lambda d: amend(d.practice, d.signed.id, "a point was forgotten"),
    "void": lambda d: void(d.practice, d.session.id, "the wrong patient"),
}
ADMINISTERS: dict[str, Callable[[Desk], object]] = {
    "add a person": lambda d: d.practice.people.add("Neu", roles=(Role.CHART,)),
    "edit a person": lambda d: d.practice.people.edit(
        d.practice.people.all()[0], name="Other", qualification="", roles=tuple(Role)
    ),
    "say that somebody left": lambda d: d.practice.people.take_leave(
        next(one for one in d.practice.people.active() if one != d.practice.people.current), "left"
    ),
    "new recovery code": lambda d: d.practice.people.new_recovery_code(),
    "change the passphrase": lambda d: d.practice.change_passphrase(PASSPHRASE, "another sentence", cost=CHEAP),
    "set the letterhead": lambda d: set_letterhead(d.practice, Letterhead("Practice", ())),
    "set when the window hides": lambda d: set_hide_times(d.practice, HideTimes(1, 1)),
    "set when backups are warned of": lambda d: set_warn_days(d.practice, 3),
    "choose the second folder": lambda d: d.practice.backups.choose_second_folder(d.folder),
    "restore": lambda d: d.practice.backups.decide_restore(d.practice.backups.found()[0].path),
    "set the retention": lambda d: set_retention_years(d.practice, 10),
    "restrict": lambda d: restrict(d.practice, d.patient.id, "on request"),
    "erase": lambda d: erase(d.practice, d.patient.id, "on request"),
    "add a question": lambda d: add_question(d.practice, "Own question?"),
    "change a question": lambda d: change_question(d.practice, questions(d.practice)[0].key, asked=False),
    "write a consent text": _text,
    "write an advice sheet": lambda d: new_text(d.practice, AdviceSheet, title="T", language="en", body="B"),
    "note a licence": lambda d: note_licence(d.practice, "gais", "bought"),
    "set when follow-ups fall due": lambda d: set_due_weeks(d.practice, (2,)),
    "set a radius of effect": lambda d: d.practice.set_effect_radius_mm("papule", 7.0),
    "acknowledge a notice": lambda d: d.practice.acknowledge_notices("looked at"),
}
TABLE = [
    (name, role, act)
    for role, acts in ((Role.READ, READS), (Role.CHART, CHARTS), (Role.SIGN, SIGNS), (Role.ADMINISTER, ADMINISTERS))
    for name, act in acts.items()
]


@pytest.fixture
def desk(tmp_path: Path, small_atlas: Atlas) -> Iterator[Desk]:
    """Everybody has one role alone, beside a doctor who has all of them."""
    with Practice.create(tmp_path / "p", PASSPHRASE, cost=CHEAP) as practice:
        doctor = practice.people.add("Dr. A. Beispiel", qualification="GP", roles=tuple(Role), pin="4711")
        practice.people.take(doctor)
        for role in Role:
            practice.people.add(f"Only {role.value}", roles=(role,))
        patient = practice.new_patient(family_name="Beispiel", given_name="Anna")
        signed = practice.new_session(patient.id, small_atlas)
        sign(practice, prepare(practice, signed.id, doctor, "4711"), b"%PDF-1.4")
        session = practice.new_session(patient.id, small_atlas)
        lot = add_lot(practice, add_product(practice, "Something"), "L1")
        practice.backups.make()
        yield Desk(practice, small_atlas, patient, session, practice.session(signed.id), lot, tmp_path)


@pytest.mark.parametrize("who", list(Role))
def test_each_action_works_or_is_refused_with_a_sentence(desk: Desk, who: Role) -> None:
    people = desk.practice.people
    person = next(one for one in people.active() if one.name == f"Only {who.value}")
    people.take(person)
    for name, needs, act in TABLE:
        if needs not in (Role.READ, who):
            before = desk.practice.audit_code
            with pytest.raises(BadInputError) as refused:
                act(desk)
            assert refused.value.sentence.startswith(f"{person.name} may not "), name
            assert "PIN" in refused.value.sentence, "what to do is said"
            assert desk.practice.audit_code == before, f"nothing was recorded: {name}"
    for name, needs, act in TABLE:
        if needs in (Role.READ, who):
            act(desk)
            assert people.current is not None, name
            assert people.current.id == person.id, name


def test_every_kind_of_record_asks_for_a_role() -> None:
    assert set(ROLE_OF_KIND) == set(ENTRY_KINDS)


def test_settings_of_the_practice_are_told_from_the_look_of_the_window() -> None:
    assert role_of_setting("hide.idle_minutes") is Role.ADMINISTER
    assert role_of_setting("own_zones") is Role.CHART
    assert role_of_setting("favourites") is Role.READ


def test_undo_is_guarded_like_what_it_takes_back(desk: Desk) -> None:
    charting = desk.charting()
    points = desk.atlas.locate("body_front", np.array([[60.0, 0.0]])).points()
    charting.place(points, Dose(technique="papule", depth_mm=2.0), 0.02)
    desk.practice.people.take(next(one for one in desk.practice.people.active() if one.name == "Only read"))
    with pytest.raises(BadInputError, match="may not chart"):
        charting.undo()
