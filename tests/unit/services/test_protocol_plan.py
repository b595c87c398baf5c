"""A protocol on a body: regions, points, volumes, syringes, the plan it becomes."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.atlas import Atlas
from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import AreaRecord, InjectionSet
from mesomap.domain.protocol import Protocol, ProtocolStep
from mesomap.services import ChartingService
from mesomap.services.planning import Planning
from mesomap.services.protocol_plan import (
    MixtureNeed,
    fitted,
    lacking_words,
    lay_protocol,
    needs_of,
    parts_of,
    regions_of_step,
    syringes,
)
from tests.unit.services.conftest import PAPULE


def a_protocol(atlas: Atlas, **values: Any) -> Protocol:
    """Papules over two regions of the synthetic body."""
    regions = tuple(region.id for region in atlas.regions[:2])
    step = ProtocolStep(regions=regions, technique="papule", spacing_mm=20.0, volume_ml=0.05, mixture_words="Example")
    return Protocol(id=uuid4(), entered_at=now(), name="Own", steps=(replace(step, **values),))


def test_a_name_without_side_means_every_side_the_body_has(atlas: Atlas) -> None:
    paired = next(region for region in atlas.regions if region.side == "left")
    base = paired.id.rpartition(".")[0]
    found, lacking = regions_of_step(atlas, ProtocolStep(regions=(base, "tail", paired.id)))
    assert found == (f"{base}.right", f"{base}.left")
    assert lacking == ("tail",)


def test_a_region_this_body_lacks_is_said_and_the_rest_is_planned(charting: ChartingService) -> None:
    own = charting.atlas.regions[0].id
    fits = fitted(charting, a_protocol(charting.atlas, regions=("tail", own)))
    assert lacking_words(fits).startswith("This body has no region “tail”.")
    assert [part.preview.region_id for part in parts_of(charting, fits)] == [own]
    assert lacking_words(fitted(charting, a_protocol(charting.atlas))) == ""


def test_what_the_protocol_leaves_open_is_as_last_used_or_asked(charting: ChartingService) -> None:
    protocol = a_protocol(charting.atlas, spacing_mm=None, volume_ml=None)
    (fit,) = fitted(charting, protocol)
    assert fit.open == ("spacing_mm", "depth_mm", "volume_ml")
    assert not fit.can_be_laid
    assert parts_of(charting, (fit,)) == ()
    charting.fill(charting.atlas.regions[0].id, PAPULE, 0.03, spacing_mm=18.0)
    (fit,) = fitted(charting, protocol)
    assert (fit.own, fit.open) == (("spacing_mm", "depth_mm", "volume_ml"), ())
    assert (fit.wish.spacing_mm, fit.wish.volume_ml, fit.wish.dose.depth_mm) == (18.0, 0.03, 2.0)
    (fit,) = fitted(charting, protocol, {0: {"spacing_mm": 25.0}})
    assert fit.wish.spacing_mm == 25.0
    assert fit.own == ("depth_mm", "volume_ml")


def test_points_and_millilitres_are_known_before_anything_is_recorded(charting: ChartingService) -> None:
    parts = parts_of(charting, fitted(charting, a_protocol(charting.atlas)))
    (need,) = needs_of(parts)
    assert need.points == sum(part.preview.count for part in parts) > 0
    assert need.total_ml == pytest.approx(need.points * 0.05)
    assert (need.letter, need.words, need.complete, need.about) == ("A", "Example", True, False)
    assert charting.marks == ()


def test_a_volume_for_the_whole_step_is_counted_once(charting: ChartingService) -> None:
    parts = parts_of(charting, fitted(charting, a_protocol(charting.atlas, volume_ml=None, total_ml=2.0)))
    assert len(parts) == 2
    assert needs_of(parts)[0].total_ml == 2.0


def test_a_volume_that_nobody_stated_is_not_made_up(charting: ChartingService) -> None:
    (need,) = needs_of(parts_of(charting, fitted(charting, a_protocol(charting.atlas, volume_ml=None))))
    assert (need.total_ml, need.complete) == (0.0, False)


def test_the_plan_is_one_step_and_is_settled_like_any_plan(charting: ChartingService) -> None:
    protocol = a_protocol(charting.atlas)
    parts = parts_of(charting, fitted(charting, protocol))
    planned = lay_protocol(charting, protocol, parts)
    assert charting.undo_name == "Plan after protocol"
    assert {plan.source_mark_id for plan in planned} == {protocol.id}
    mixture = charting.session.mixture("A")
    assert mixture is not None
    assert mixture.name == "Example"
    planning = Planning(charting)
    assert planning.total().open == needs_of(parts)[0].points
    planning.confirm(planning.open_places())
    assert planning.total().open == 0
    assert sum(mark.count for mark in charting.marks if isinstance(mark, InjectionSet)) == needs_of(parts)[0].points
    charting.undo()
    charting.undo()
    assert charting.planned == ()


def test_laying_it_twice_plans_nothing_twice(charting: ChartingService) -> None:
    protocol = a_protocol(charting.atlas)
    parts = parts_of(charting, fitted(charting, protocol))
    lay_protocol(charting, protocol, parts)
    with pytest.raises(BadInputError, match="planned already"):
        lay_protocol(charting, protocol, parts)


def test_a_region_left_out_takes_its_share_of_a_total_with_it(charting: ChartingService) -> None:
    protocol = a_protocol(charting.atlas, volume_ml=None, total_ml=2.0)
    parts = parts_of(charting, fitted(charting, protocol))
    points = [part.preview.count for part in parts]
    (plan,) = lay_protocol(charting, protocol, parts, {parts[0].preview.region_id})
    assert isinstance(plan.mark, InjectionSet)
    assert plan.mark.given_total_ml == pytest.approx(2.0 * points[0] / sum(points))


def test_a_density_technique_is_planned_as_an_area(charting: ChartingService) -> None:
    protocol = a_protocol(charting.atlas, technique="nappage", spacing_mm=6.0, volume_ml=0.001)
    parts = parts_of(charting, fitted(charting, protocol))
    assert needs_of(parts)[0].about
    planned = lay_protocol(charting, protocol, parts)
    assert all(isinstance(plan.mark, AreaRecord) for plan in planned)
    assert [plan.mark.total_ml for plan in planned] == [pytest.approx(part.total_ml) for part in parts]


@given(st.integers(0, 100_000), st.sampled_from([0.5, 1.0, 2.0, 5.0, 10.0, 20.0]))
def test_syringes_hold_the_volume_and_none_stays_empty(hundredths: int, size: float) -> None:
    total = hundredths / 100
    count = syringes(total, size)
    assert count * size >= total - 1e-6
    assert count == 0 or (count - 1) * size < total


def test_sums_of_doses_fill_no_syringe_by_rounding() -> None:
    assert syringes(sum([0.1] * 30), 1.0) == 3
    assert MixtureNeed("A", "", 30, False, sum([0.1] * 30), True).syringes(1.0) == 3
    with pytest.raises(BadInputError, match="not possible"):
        syringes(1.0, 0.0)
