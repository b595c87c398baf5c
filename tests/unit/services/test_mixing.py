"""Mixtures at the chair without the window: lots of today, notices, doses by session, region and course."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.atlas import Atlas
from mesomap.commands.mixtures import Prepare, PrepareSeveral
from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import Origin
from mesomap.domain.mixture import MixtureDetails, MixtureLine
from mesomap.domain.product import Product
from mesomap.domain.session import Mixture, Session
from mesomap.domain.substance import ConcentrationUnit, Measure, SubstanceAmount
from mesomap.services import ChartingService, Practice
from mesomap.services.mixing import (
    Notice,
    allergy_matches,
    answered,
    course_doses,
    given_of,
    line_of,
    notices,
    prepared_ml,
    session_doses,
    taken_again,
    unanswered,
)
from mesomap.services.shelf import add_lot, add_product, change_lot, open_vial, read_shelf, recall_lot
from tests.records import a_patient, a_session, a_set
from tests.unit.services.conftest import PAPULE, point_at

TODAY = date(2026, 11, 22)
LIDOCAINE = SubstanceAmount(
    name="Lidocaine", system="ATC", code="N01BB02", concentration=Decimal(20), unit=ConcentrationUnit.MG_PER_ML
)
NUMB = MixtureLine(product_name="Numb", volume_ml=Decimal(1), substances=(LIDOCAINE,), lot_number="N1")
SALT = MixtureLine(product_name="Salt", volume_ml=Decimal(3), lot_number="S1")


@pytest.fixture
def product(practice: Practice) -> Product:
    return add_product(practice, "Filler 20", substances=(LIDOCAINE,))


def test_a_lot_of_another_product_is_refused(practice: Practice, product: Product) -> None:
    other = add_product(practice, "Other")
    add_lot(practice, other, "X1")
    with pytest.raises(BadInputError, match="belongs to Other, not to Filler 20"):
        line_of(product, read_shelf(practice).lots[0])


def test_last_times_lot_is_taken_while_it_is_in_use_else_the_one_that_is(practice: Practice, product: Product) -> None:
    first = add_lot(practice, product, "A1", TODAY + timedelta(days=90))
    shelf = read_shelf(practice, TODAY)
    line = replace(line_of(product, shelf.lots[0], Decimal(2)), reason="as before")
    assert taken_again(shelf, (line,)) == (replace(line, reason=""),)
    add_lot(practice, product, "A2", TODAY + timedelta(days=900))
    assert taken_again(read_shelf(practice, TODAY), (line,))[0].lot_number == "A1"
    change_lot(practice, first, finished=True)
    assert taken_again(read_shelf(practice, TODAY), (line,))[0].lot_number == "A2"


def test_everything_to_be_seen_of_a_line_is_said(practice: Practice, product: Product) -> None:
    lot = add_lot(practice, product, "A1", TODAY - timedelta(days=1))
    opened = now() - timedelta(days=3)
    open_vial(practice, lot, opened_at=opened, use_by=opened + timedelta(days=1))
    shelf = read_shelf(practice, TODAY)
    line = line_of(product, shelf.lots[0])
    recall_lot(practice, lot, "particles", TODAY)
    said = notices(line, read_shelf(practice, TODAY), ("Lidocaine",), now().date() + timedelta(days=2))
    assert [one.kind for one in said] == [Notice.ALLERGY, Notice.RECALLED, Notice.EXPIRED, Notice.VIAL_OVER]
    soon = notices(line, read_shelf(practice, TODAY), (), TODAY - timedelta(days=9), opened + timedelta(hours=25))
    assert Notice.VIAL_OVER in [one.kind for one in soon]
    later = notices(line, read_shelf(practice, TODAY), (), TODAY - timedelta(days=9), opened + timedelta(hours=23))
    assert Notice.VIAL_OVER not in [one.kind for one in later]
    bare = MixtureLine(product_name="Unknown")
    assert [one.kind for one in notices(bare, shelf, (), TODAY)] == [Notice.NO_LOT, Notice.NO_COMPOSITION]


@pytest.mark.parametrize(
    ("allergy", "matches"),
    [
        ("Lidocaine", True), ("lidocaïne, hives 2019", True), ("N01BB02", True), ("LIDOCAINE", True),
        ("latex", False), ("lido", False), ("prilidocaine", False), ("", False),
    ],
)  # fmt: skip
def test_allergies_match_only_whole_words_of_coded_substances(allergy: str, matches: bool) -> None:
    assert bool(allergy_matches(NUMB, (allergy,))) is matches
    uncoded = replace(NUMB, substances=(replace(LIDOCAINE, system="", code=""),))
    assert allergy_matches(uncoded, (allergy,)) == ()


def test_a_line_is_answered_by_its_reason_or_left_out() -> None:
    patient = replace(a_patient(), allergies=("Lidocaine",))
    mixtures = (Mixture(letter="A", details=MixtureDetails(lines=(SALT, NUMB))),)
    assert unanswered((SALT, NUMB), patient) == (NUMB,)
    (used,) = answered(mixtures, patient, "tolerated")
    assert used.details is not None
    assert [line.reason for line in used.details.lines] == ["", "tolerated"]
    assert unanswered(used.details.lines, patient) == ()
    (left,) = answered(mixtures, patient, None)
    assert left.details == MixtureDetails(lines=(SALT,))


def test_doses_follow_the_marks_by_session_region_and_course(charting: ChartingService, atlas: Atlas) -> None:
    details = MixtureDetails(lines=(NUMB, SALT))  # lidocaine 5 mg/mL
    charting.run(Prepare(charting.session, "A", details, "Numb"))
    assert charting.session.mixtures[0].drawn_ml == 4.0
    charting.place([point_at(atlas, 40, 0), point_at(atlas, 44, 0)], PAPULE, 0.05)
    charting.place([point_at(atlas, -40, 0)], PAPULE, 0.3)
    (dose,) = session_doses(charting.session, charting.marks)
    assert (dose.amount, dose.measure, dose.complete, dose.about) == (Fraction(2), Measure.MG, True, False)
    (region,) = charting.marks[1].region_ids
    (here,) = session_doses(charting.session, charting.marks, region)
    assert here.amount == Fraction(3, 2)
    (course,) = course_doses([(charting.session, charting.marks)] * 3)
    assert course.amount == Fraction(6)


def test_patterns_make_a_dose_about_and_missing_volumes_a_lower_limit() -> None:
    session = a_session(a_patient())
    marks = [a_set(session, 2), replace(a_set(session, 1), origin=Origin.FILL), replace(a_set(session), volume_ml=None)]
    given = given_of(marks, "A")
    assert (given.ml, given.complete, given.about) == (Decimal("0.15"), False, True)
    assert given_of(marks, "B").ml == 0


@given(st.lists(st.integers(1, 200), min_size=1, max_size=40))
def test_given_volumes_are_added_as_they_were_entered(thousandths: list[int]) -> None:
    session = a_session(a_patient())
    marks = [replace(a_set(session), volume_ml=value / 1000) for value in thousandths]
    assert given_of(marks, "A").ml == Decimal(sum(thousandths)) / 1000


def test_what_was_drawn_up_follows_the_lines_until_another_figure_is_entered(charting: ChartingService) -> None:
    charting.run(Prepare(charting.session, "A", MixtureDetails(lines=(NUMB,)), "Numb"))
    assert charting.session.mixtures[0].drawn_ml == 1.0
    charting.run(Prepare(charting.session, "A", MixtureDetails(lines=(NUMB, SALT))))
    assert charting.session.mixtures[0].drawn_ml == 4.0
    mixture = replace(charting.session.mixtures[0], drawn_ml=5.0)
    assert prepared_ml(mixture) == Decimal(4)
    changed = replace(charting.session, mixtures=(mixture,))
    (change,) = Prepare(changed, "A", MixtureDetails(lines=(SALT,))).changes()
    assert isinstance(change.after, Session)
    assert change.after.mixtures[0].drawn_ml == 5.0


def test_several_mixtures_are_one_step_and_undone_at_once(charting: ChartingService) -> None:
    made = tuple(
        Mixture(letter=letter, name=letter, details=MixtureDetails(lines=(line,)))
        for letter, line in (("A", NUMB), ("B", SALT))
    )
    charting.run(PrepareSeveral(charting.session, made))
    assert [mixture.letter for mixture in charting.session.mixtures] == ["A", "B"]
    charting.undo()
    assert charting.session.mixtures == ()
    with pytest.raises(BadInputError, match="not possible"):
        charting.run(Prepare(charting.session, "A", MixtureDetails(lines=(replace(SALT, volume_ml=Decimal(2000)),))))
    assert charting.session.mixtures == ()
