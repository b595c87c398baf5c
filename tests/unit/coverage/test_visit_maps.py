"""Count and rest maps say of each place of skin what the visits did there, in whatever order they are given."""

from datetime import date

import numpy as np
import pytest

from mesomap.atlas import Atlas, open_atlas
from mesomap.coverage.visit_maps import VisitMaps, VisitSkin, region_rests
from tests.synthetic_atlas import write_synthetic_atlas

VIEW = "body_front"
TODAY = date(2026, 11, 22)
FIRST, SECOND = date(2026, 11, 2), date(2026, 11, 12)


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """The synthetic body."""
    return open_atlas(write_synthetic_atlas(tmp_path_factory.mktemp("atlas") / "body_atlas"))


def skin(atlas: Atlas, day: date, *regions: str) -> VisitSkin:
    """A visit that treated whole regions."""
    return VisitSkin(day, {region: atlas.chart(region).polygon for region in regions})


def middle(atlas: Atlas, region: str) -> tuple[float, float]:
    """A place of the view in the middle of a region."""
    x, y = atlas.region_outline(VIEW, region).representative_point().coords[0]
    return x, y


def test_each_place_counts_its_visits_and_rests_since_the_last(atlas: Atlas) -> None:
    visits = [skin(atlas, SECOND, "chest.left"), skin(atlas, FIRST, "chest.left", "chest.right")]
    found = VisitMaps(atlas).raster(VIEW, visits, TODAY)
    assert found.at(*middle(atlas, "chest.left")) == (2, 10.0)
    assert found.at(*middle(atlas, "chest.right")) == (1, 20.0)
    assert found.at(-1e6, 0.0) == (0, None)
    assert (np.isnan(found.rest_days) == (found.count == 0)).all()


def test_the_counted_skin_is_as_large_as_the_region(atlas: Atlas) -> None:
    found = VisitMaps(atlas).raster(VIEW, [skin(atlas, FIRST, "chest.left")], TODAY)
    seen = atlas.region_outline(VIEW, "chest.left").area
    assert (found.count > 0).sum() * found.step_mm**2 == pytest.approx(seen, rel=0.03)


def test_the_region_that_has_rested_longest_comes_first(atlas: Atlas) -> None:
    visits = [skin(atlas, FIRST, "chest.left", "chest.right"), skin(atlas, SECOND, "chest.left")]
    rests = region_rests(atlas, visits, TODAY)
    assert [(rest.region_id, rest.visits, rest.rest_days) for rest in rests] == [
        ("chest.right", 1, 20),
        ("chest.left", 2, 10),
    ]


def test_without_visits_nothing_was_treated(atlas: Atlas) -> None:
    found = VisitMaps(atlas).raster(VIEW, [], TODAY)
    assert not found.count.any()
    assert region_rests(atlas, [], TODAY) == ()
