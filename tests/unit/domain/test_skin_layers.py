"""The estimated layer of a depth at a region."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.domain.skin_layers import (
    LayerModel,
    SkinLayer,
    estimated_layer,
    layer_after,
    measured_thicknesses,
    region_sites,
    taught_layer,
    thickness_at,
    thicknesses,
)

ORDER = [SkinLayer.EPIDERMIS, SkinLayer.DERMIS, SkinLayer.UNKNOWN, SkinLayer.HYPODERMIS]


@pytest.mark.parametrize(
    ("region", "depth_mm", "layer"),
    [
        ("forehead.mid", 0.1, SkinLayer.EPIDERMIS),
        ("forehead.mid", 0.5, SkinLayer.DERMIS),
        ("forehead.mid", 1.2, SkinLayer.UNKNOWN),
        ("forehead.mid", 4.0, SkinLayer.HYPODERMIS),
        ("abdomen_lower.mid", 1.2, SkinLayer.DERMIS),
    ],
)
def test_the_rule_of_the_thickness_table(region: str, depth_mm: float, layer: SkinLayer) -> None:
    assert estimated_layer(region, depth_mm) is layer


def test_without_a_row_or_a_depth_the_layer_is_unknown() -> None:
    assert thickness_at("brow.left") is None
    assert estimated_layer("brow.left", 1.0) is SkinLayer.UNKNOWN
    assert estimated_layer("forehead.mid", None) is SkinLayer.UNKNOWN
    assert estimated_layer(None, 1.0) is SkinLayer.UNKNOWN


def test_both_sides_share_their_row() -> None:
    assert thickness_at("cheek_buccal.left") == thickness_at("cheek_buccal.right")


@given(site=st.sampled_from(sorted(thicknesses())), a=st.floats(0, 40), b=st.floats(0, 40))
def test_deeper_is_never_shallower(site: str, a: float, b: float) -> None:
    row = thicknesses()[site]
    low, high = sorted((a, b))
    assert ORDER.index(row.layer(low)) <= ORDER.index(row.layer(high))


def test_men_and_women_have_their_own_row_where_they_were_measured() -> None:
    women, men, both = (thickness_at("forehead.mid", body) for body in ("female", "male", ""))
    assert women is not None
    assert men is not None
    assert both is not None
    assert (women.sex, men.sex, both.sex) == ("female", "male", "")
    assert women.dermis_mean_mm < men.dermis_mean_mm
    assert women.measured
    assert not both.measured


def test_where_only_a_default_is_known_both_bodies_share_it_and_it_is_not_called_measured() -> None:
    assert thickness_at("abdomen_lower.mid", "female") == thickness_at("abdomen_lower.mid", "male")
    row = thickness_at("abdomen_lower.mid", "female")
    assert row is not None
    assert not row.measured


def test_a_region_without_a_row_says_no_data_on_either_body() -> None:
    assert thickness_at("brow.left", "female") is None
    assert layer_after(LayerModel.MEASURED, "brow.left", 1.0, "male") is SkinLayer.UNKNOWN


@pytest.mark.parametrize(
    ("depth_mm", "layer"),
    [
        (0.3, SkinLayer.EPIDERMIS),
        (0.8, SkinLayer.UNKNOWN),
        (1.5, SkinLayer.DERMIS),
        (3.9, SkinLayer.DERMIS),
        (4.5, SkinLayer.HYPODERMIS),
    ],
)
def test_the_french_teaching_is_the_same_everywhere(depth_mm: float, layer: SkinLayer) -> None:
    assert taught_layer(depth_mm) is layer
    for region in ("forehead.mid", "brow.left", None):
        assert layer_after(LayerModel.TEACHING, region, depth_mm) is layer


def test_the_two_models_disagree_where_the_sources_do() -> None:
    assert layer_after(LayerModel.MEASURED, "forehead.mid", 3.0, "female") is SkinLayer.HYPODERMIS
    assert layer_after(LayerModel.TEACHING, "forehead.mid", 3.0, "female") is SkinLayer.DERMIS


@given(key=st.sampled_from(sorted(measured_thicknesses())), a=st.floats(0, 40), b=st.floats(0, 40))
def test_deeper_is_never_shallower_in_measured_rows(key: tuple[str, str], a: float, b: float) -> None:
    row = measured_thicknesses()[key]
    low, high = sorted((a, b))
    assert ORDER.index(row.layer(low)) <= ORDER.index(row.layer(high))


def test_every_key_of_a_region_names_a_row() -> None:
    for row in region_sites().values():
        assert not row["site_key"] or row["site_key"] in thicknesses()
