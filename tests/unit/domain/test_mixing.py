"""The arithmetic of mixtures: exact in decimal, units never mixed, nothing guessed."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.domain.errors import BadInputError
from mesomap.domain.exact import as_entered, shown, total
from mesomap.domain.mixing import Given, Unknown, doses, left_ml, mixed_substances, mixed_volume
from mesomap.domain.mixture import LineRole, MixtureDetails, MixtureLine, check_details
from mesomap.domain.substance import ConcentrationUnit, Measure, SubstanceAmount

VOLUMES = st.decimals(min_value="0.01", max_value="50", places=2)
FIGURES = st.decimals(min_value="0", max_value="100000", places=3)
UNITS = st.sampled_from([unit for unit in ConcentrationUnit if unit is not ConcentrationUnit.PERCENT])


def a_line(volume: str | None, *substances: SubstanceAmount, name: str = "Product") -> MixtureLine:
    """A line of a product."""
    return MixtureLine(product_name=name, volume_ml=None if volume is None else Decimal(volume), substances=substances)


def a_substance(
    figure: str, unit: ConcentrationUnit = ConcentrationUnit.MG_PER_ML, name: str = "Lidocaine"
) -> SubstanceAmount:
    """A substance with a concentration."""
    return SubstanceAmount(name=name, concentration=Decimal(figure), unit=unit)


@st.composite
def mixtures(draw: st.DrawFn) -> MixtureDetails:
    """Mixtures whose figures are all recorded, of a few substances in any unit."""
    lines = []
    for _ in range(draw(st.integers(1, 5))):
        names = draw(st.lists(st.sampled_from(["one", "two", "three"]), max_size=3, unique=True))
        substances = tuple(SubstanceAmount(name=name, concentration=draw(FIGURES), unit=draw(UNITS)) for name in names)
        lines.append(MixtureLine(product_name="P", volume_ml=draw(VOLUMES), substances=substances))
    return MixtureDetails(lines=tuple(lines))


@given(mixtures())
def test_the_amount_of_every_substance_is_exactly_the_sum_of_its_parts(details: MixtureDetails) -> None:
    expected: dict[tuple[str, Measure], Fraction] = {}
    for line in details.lines:
        for substance in line.substances:
            assert substance.per_ml is not None
            assert line.volume_ml is not None
            measure, per_ml = substance.per_ml
            key = (substance.name, measure)
            expected[key] = expected.get(key, Fraction(0)) + Fraction(per_ml) * Fraction(line.volume_ml)
    rows = mixed_substances(details)
    assert {(row.name, row.measure): Fraction(row.amount or 0) for row in rows} == expected
    whole = Fraction(mixed_volume(details).ml)
    assert all(row.per_ml == Fraction(row.amount or 0) / whole for row in rows)


@given(mixtures(), st.randoms(use_true_random=False))
def test_the_order_of_the_lines_changes_no_figure(details: MixtureDetails, random: Random) -> None:
    lines = list(details.lines)
    random.shuffle(lines)
    before = {(row.name, row.measure): row.per_ml for row in mixed_substances(details)}
    after = {(row.name, row.measure): row.per_ml for row in mixed_substances(MixtureDetails(lines=tuple(lines)))}
    assert before == after


@given(mixtures(), VOLUMES, VOLUMES)
def test_doses_of_two_parts_are_the_dose_of_the_whole(details: MixtureDetails, one: Decimal, two: Decimal) -> None:
    parts = doses([(details, Given(one)), (details, Given(two))])
    whole = doses([(details, Given(one + two))])
    assert {(d.name, d.measure): d.amount for d in parts} == {(d.name, d.measure): d.amount for d in whole}


@given(mixtures())
def test_giving_all_of_a_mixture_gives_all_it_holds(details: MixtureDetails) -> None:
    rows = {(row.name, row.measure): row.amount for row in mixed_substances(details)}
    given_all = doses([(details, Given(mixed_volume(details).ml))])
    assert {(d.name, d.measure): d.amount for d in given_all} == rows


@given(VOLUMES, VOLUMES, st.one_of(st.none(), VOLUMES))
def test_what_is_left_adds_up_again(prepared: Decimal, injected: Decimal, discarded: Decimal | None) -> None:
    left = left_ml(prepared, injected, discarded)
    assert left is not None
    assert total((left, injected, discarded or Decimal(0))) == prepared
    assert left_ml(None, injected, discarded) is None


@given(st.integers(0, 10**6))
def test_volumes_of_marks_are_taken_as_they_were_entered(hundredths: int) -> None:
    assert as_entered(hundredths / 100) == Decimal(hundredths) / 100


def test_two_products_with_the_same_substance_make_one_row() -> None:
    details = MixtureDetails(lines=(a_line("2", a_substance("10")), a_line("3", a_substance("20"))))
    (row,) = mixed_substances(details)
    assert (row.amount, row.per_ml, row.measure) == (Decimal(80), Fraction(16), Measure.MG)


def test_percent_is_milligrams_only_when_declared_weight_in_volume() -> None:
    declared = MixtureDetails(lines=(a_line("5", a_substance("2", ConcentrationUnit.PERCENT_WV)), a_line("5")))
    bare = MixtureDetails(lines=(a_line("5", a_substance("2", ConcentrationUnit.PERCENT)), a_line("5")))
    assert mixed_substances(declared)[0].per_ml == 10
    (row,) = mixed_substances(bare)
    assert (row.per_ml, row.unknown) == (None, Unknown.PERCENT)


def test_units_of_different_measures_are_never_added() -> None:
    details = MixtureDetails(
        lines=(
            a_line("1", a_substance("150", ConcentrationUnit.IU_PER_ML, "Hyaluronidase")),
            a_line("1", a_substance("3", ConcentrationUnit.U_PER_ML, "Hyaluronidase")),
        )
    )
    rows = mixed_substances(details)
    assert [(row.measure, row.per_ml, row.complete) for row in rows] == [
        (Measure.IU, Fraction(75), False),
        (Measure.U, Fraction(3, 2), False),
    ]


def test_a_homeopathic_potency_has_no_concentration() -> None:
    details = MixtureDetails(lines=(a_line("2.2", SubstanceAmount(name="Arnica montana", potency="D4")),))
    (row,) = mixed_substances(details)
    assert (row.unknown, row.potency, row.per_ml) == (Unknown.POTENCY, "D4", None)


def test_one_line_without_a_volume_leaves_no_total_and_no_concentration() -> None:
    details = MixtureDetails(lines=(a_line("2", a_substance("10")), a_line(None)))
    assert mixed_volume(details).complete is False
    assert mixed_substances(details)[0].unknown is Unknown.NO_VOLUME


def test_a_part_without_a_figure_makes_the_rest_a_lower_limit() -> None:
    details = MixtureDetails(lines=(a_line("1", a_substance("10")), a_line("1", SubstanceAmount(name="lidocaine"))))
    known, gap = mixed_substances(details)
    assert (known.per_ml, known.complete) == (Fraction(5), False)
    assert gap.unknown is Unknown.NO_CONCENTRATION
    (dose, _gap) = doses([(details, Given(Decimal("0.5")))])
    assert (dose.amount, dose.complete) == (Fraction(5, 2), False)


def test_codes_make_two_names_one_substance() -> None:
    first = SubstanceAmount(
        name="Lidocaine", system="ATC", code="N01BB02", concentration=Decimal(10), unit=ConcentrationUnit.MG_PER_ML
    )
    details = MixtureDetails(lines=(a_line("1", first), a_line("1", replace(first, name="Lidocaïne"))))
    assert len(mixed_substances(details)) == 1


def test_a_pattern_in_one_part_makes_the_dose_about() -> None:
    details = MixtureDetails(lines=(a_line("1", a_substance("10")),))
    (dose,) = doses([(details, Given(Decimal(1))), (details, Given(Decimal(1), about=True, complete=False))])
    assert (dose.about, dose.complete) == (True, False)


def test_a_mixture_of_no_volume_has_no_concentration() -> None:
    assert mixed_substances(MixtureDetails(lines=(a_line("0", a_substance("1")),)))[0].unknown is Unknown.EMPTY


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (MixtureLine(product_name="X", volume_ml=Decimal(-1)), "not possible"),
        (MixtureLine(product_name="X", volume_ml=Decimal(4000)), "not possible"),
        (MixtureLine(product_name="X", volume_ml=Decimal("NaN")), "not a number"),
        (MixtureLine(product_name="X", volume_ml=Decimal("0." + "1" * 40)), "decimal places"),
        (MixtureLine(product_name=" "), "has no product"),
        (a_line("1", SubstanceAmount(name="X", concentration=Decimal(1))), "needs its unit"),
        (a_line("1", a_substance("101", ConcentrationUnit.PERCENT_WV)), "0 to 100 %"),
        (a_line("1", replace(a_substance("1"), potency="D4")), "potency"),
        (a_line("1", replace(a_substance("1"), code="N01")), "needs the list"),
    ],
)
def test_bad_lines_are_refused_with_a_sentence(line: MixtureLine, says: str) -> None:
    with pytest.raises(BadInputError, match=says):
        check_details(MixtureDetails(lines=(line,)))


def test_figures_are_shown_rounded_half_to_even_and_without_exponents() -> None:
    assert [str(shown(Fraction(*f))) for f in ((1, 3), (80, 5), (100_000, 1), (0, 1), (1, 8))] == [
        "0.3333", "16", "100000", "0", "0.125",
    ]  # fmt: skip


def test_roles_are_words_of_the_record() -> None:
    assert [role.value for role in LineRole] == ["product", "diluent", "anaesthetic"]
