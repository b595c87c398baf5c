"""Kernels spread over the skin of a raster add up as the plain formula says; the rim stays beside its own skin."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mesomap.atlas import Atlas, SkinArray, open_atlas
from mesomap.atlas.records import Floats
from mesomap.coverage.neighbours import Neighbours
from mesomap.coverage.raster_skin import RasterSkin, raster_skin, spread
from mesomap.domain.body_size import PatientScale
from tests.synthetic_atlas import write_synthetic_atlas

SCALE = PatientScale(1.1)
RADIUS_MM, STEP_MM = 20.0, 5.0
#: Views of the whole body, and one whose picture ends in the middle of the skin.
VIEWS = ("body_front", "body_back", "head_front")


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """The synthetic body."""
    return open_atlas(write_synthetic_atlas(tmp_path_factory.mktemp("atlas") / "body_atlas"))


def anywhere(atlas: Atlas, dice: np.random.Generator, count: int) -> SkinArray:
    """Places all over the outer skin, on whichever side."""
    outer = np.flatnonzero(atlas.geometry.tri_region >= 0)
    share = np.sort(dice.uniform(0, 1, (count, 2)), axis=1)
    return SkinArray(dice.choice(outer, count), np.column_stack([share[:, 0], share[:, 1] - share[:, 0]]))


def plain(atlas: Atlas, skin: RasterSkin, places: SkinArray, weights: Floats, beside: Neighbours) -> Floats:
    """Every place of the raster compared with every point, as the formula is written."""
    pose = atlas.view(skin.view_key).pose
    corners = atlas.geometry.positions[pose][atlas.geometry.tri[places.tri]]
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    xyz, region = atlas.position(places, pose), atlas.region_at(places)
    values = np.zeros(len(skin.cells))
    for row, weight in enumerate(weights):
        square = ((skin.xyz - xyz[row]) ** 2).sum(axis=1) / RADIUS_MM**2
        lies_in = np.full(len(values), region[row])
        held = (square < 1) & (skin.normal @ normal[row] > 0) & beside.joined(lies_in, skin.region, skin.tri)
        values[held] += weight * 3 / (np.pi * RADIUS_MM**2) * (1 - square[held]) ** 2
    return values / skin.cm2


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), view_key=st.sampled_from(VIEWS))
def test_the_sum_is_that_of_every_point_at_every_place(atlas: Atlas, seed: int, view_key: str) -> None:
    dice = np.random.default_rng(seed)
    skin = raster_skin(atlas, view_key, STEP_MM, SCALE)
    places, weights = anywhere(atlas, dice, 30), dice.uniform(0, 2, 30)
    beside = Neighbours(atlas, 16.0)
    found = spread(atlas, skin, places, weights, RADIUS_MM, beside)
    np.testing.assert_allclose(found, plain(atlas, skin, places, weights, beside), rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("view_key", VIEWS)
def test_a_raster_holds_its_values_where_the_skin_is(atlas: Atlas, view_key: str) -> None:
    skin = raster_skin(atlas, view_key, STEP_MM, SCALE)
    values = np.random.default_rng(1).uniform(1, 2, len(skin.cells))
    raster = skin.raster(values)
    assert raster.shape == skin.shape
    assert (raster.ravel()[skin.cells] == values).all()


@pytest.mark.parametrize("view_key", VIEWS)
def test_the_rim_takes_on_the_values_next_to_it_and_nothing_from_the_other_side(atlas: Atlas, view_key: str) -> None:
    skin = raster_skin(atlas, view_key, STEP_MM, SCALE)
    row, column = np.divmod(skin.cells, skin.shape[1])
    low = row < skin.shape[0] // 2
    raster = skin.raster(np.where(low, 2.0, 0.0))
    held = np.flatnonzero(raster.ravel() > 0)
    gap = np.abs(np.stack(np.divmod(held, skin.shape[1]))[:, :, None] - np.stack([row[low], column[low]])[:, None])
    assert gap.sum(axis=0).min(axis=1).max() <= 3
    assert raster.max() == 2.0
