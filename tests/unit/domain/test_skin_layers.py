"""The estimated layer of a depth at a region."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.domain.skin_layers import SkinLayer, estimated_layer, thickness_at, thicknesses

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
