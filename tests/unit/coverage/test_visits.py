"""Two visits compared: what is the same place stays one, what lies apart does not, and the sums agree."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mesomap.atlas import Atlas, open_atlas
from mesomap.coverage import fill, tally
from mesomap.coverage.visits import match_visits, outlines_overlap, region_changes
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Lattice, Origin
from mesomap.domain.place import SkinPoint
from tests.synthetic_atlas import write_synthetic_atlas

NOW = datetime(2026, 1, 1, tzinfo=UTC)
VIEW = "body_front"


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """The synthetic body."""
    return open_atlas(write_synthetic_atlas(tmp_path_factory.mktemp("atlas") / "body_atlas"))


def injections(points: list[SkinPoint]) -> InjectionSet:
    """A set of these points, 0.1 mL each."""
    return InjectionSet(
        id=uuid4(), session_id=uuid4(), points=tuple(points), dose=Dose(technique="papule"), volume_ml=0.1,
        origin=Origin.TAP, done_at=NOW, entered_at=NOW,
    )  # fmt: skip


def grid(atlas: Atlas, spacing_mm: float, count: int, shift_mm: tuple[float, float] = (0.0, 0.0)) -> InjectionSet:
    """A square of count × count places around the middle of the front view."""
    x0, y0, x1, y1 = atlas.view(VIEW).box_mm
    x, y = (x0 + x1) / 2 + shift_mm[0], (y0 + y1) / 2 + shift_mm[1]
    steps = (np.arange(count) - (count - 1) / 2) * spacing_mm
    found = [atlas.locate_one(VIEW, x + dx, y + dy) for dx in steps for dy in steps]
    return injections([point for point in found if point is not None])


def test_the_same_visit_twice_is_all_repeated_at_no_distance(atlas: Atlas) -> None:
    visit = grid(atlas, 8.0, 6)
    match = match_visits(atlas, [visit], [replace(visit, id=uuid4())])
    assert match.partner.tolist() == list(range(visit.count))
    assert np.nanmax(match.distance_mm) < 1e-6
    assert match.repeated.all()
    assert not match.new.any()


def test_places_shifted_by_less_than_the_limits_are_repeated_moved_or_new(atlas: Atlas) -> None:
    first = grid(atlas, 20.0, 3)
    for shift, state in ((2.0, "repeated"), (4.5, "moved"), (9.0, "dropped")):
        match = match_visits(atlas, [first], [grid(atlas, 20.0, 3, (shift, 0.0))])
        assert getattr(match, state).all(), (shift, match.distance_mm)
        assert bool(match.new.all()) is (state == "dropped")


def test_one_more_and_one_less_are_named_alone(atlas: Atlas) -> None:
    first = grid(atlas, 20.0, 4)
    second = replace(first, id=uuid4(), points=first.points[1:] + grid(atlas, 20.0, 1, (0.0, 5.0)).points)
    match = match_visits(atlas, [first], [second], repeated_mm=1.0, moved_mm=2.0)
    assert np.flatnonzero(match.dropped).tolist() == [0]
    assert np.flatnonzero(match.new).tolist() == [second.count - 1]
    assert match.after.place(second.count - 1) == (second.id, second.count - 1)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_forward_and_backward_find_equally_many_pairs_and_the_same_sum(atlas: Atlas, seed: int) -> None:
    rng = np.random.default_rng(seed)
    base = grid(atlas, 5.0, 7)
    visits = []
    for _ in range(2):
        kept = [base.points[i] for i in np.flatnonzero(rng.random(base.count) < 0.8).tolist()]
        visits.append(injections([*kept, *grid(atlas, 3.0, 2, tuple(rng.uniform(-20, 20, 2))).points]))
    there = match_visits(atlas, [visits[0]], [visits[1]])
    back = match_visits(atlas, [visits[1]], [visits[0]])
    cost = [np.nansum(m.distance_mm) - m.moved_mm * (m.partner >= 0).sum() for m in (there, back)]
    assert cost[0] == pytest.approx(cost[1], abs=0.05)
    assert there.new.sum() + (there.partner >= 0).sum() == visits[1].count


def test_limits_that_cannot_be_are_refused(atlas: Atlas) -> None:
    for repeated, moved in ((0.0, 6.0), (7.0, 6.0), (3.0, 500.0)):
        with pytest.raises(BadInputError, match="not possible"):
            match_visits(atlas, [], [], repeated_mm=repeated, moved_mm=moved)


def test_without_injections_there_is_nothing_to_match(atlas: Atlas) -> None:
    visit = grid(atlas, 8.0, 2)
    assert match_visits(atlas, [], [visit]).new.all()
    assert match_visits(atlas, [visit], []).dropped.all()


def area(atlas: Atlas, region: str) -> AreaRecord:
    """An area record over a region."""
    return AreaRecord(
        id=uuid4(), session_id=uuid4(), outline=fill(atlas, region, spacing_mm=40.0).outline, region_ids=(region,),
        dose=Dose(technique="nappage"), lattice=Lattice.HEX, spacing_mm=5.0, about_n=100, total_ml=1.0,
        origin=Origin.FILL, done_at=NOW, entered_at=NOW,
    )  # fmt: skip


def test_the_same_area_overlaps_whole_and_another_not_at_all(atlas: Atlas) -> None:
    one, other = atlas.regions[0], atlas.regions[1]
    (same,) = outlines_overlap(atlas, [area(atlas, one.id)], [area(atlas, one.id)])
    assert same.both_cm2 == pytest.approx(same.before_cm2, rel=1e-6)
    assert same.before_cm2 == pytest.approx(one.area_cm2, rel=0.02)
    assert same.share_of_before == pytest.approx(1.0)
    apart = outlines_overlap(atlas, [area(atlas, one.id)], [area(atlas, other.id)])
    assert [(row.both_cm2, row.share_of_before) for row in apart] == [(0.0, 0.0), (0.0, None)]


def test_the_rows_by_region_add_up_to_all_injections(atlas: Atlas) -> None:
    first, second = grid(atlas, 9.0, 6), grid(atlas, 9.0, 6, (4.0, 0.0))
    match = match_visits(atlas, [first], [second])
    rows = region_changes(atlas, match, tally(atlas, [first]), tally(atlas, [second]))
    assert sum(row.before.about_points for row in rows if row.before) == first.count
    assert sum(row.repeated + row.moved + row.dropped for row in rows) == first.count
    assert sum(row.new for row in rows) == int(match.new.sum())
