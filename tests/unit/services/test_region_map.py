"""What every region is linked to."""

import pytest

from mesomap.atlas import Atlas, open_atlas
from mesomap.atlas.overlays import overlays_of
from mesomap.domain.acupoints import acupoints
from mesomap.domain.danger_zones import danger_zones
from mesomap.services.region_map import RegionLinks, region_links


@pytest.fixture(scope="module")
def links() -> dict[str, RegionLinks]:
    return {row.region_id: row for row in region_links(open_atlas())}


def test_every_region_has_a_row_and_both_sides_the_same_links(links: dict[str, RegionLinks]) -> None:
    body = open_atlas()
    assert set(links) == {region.id for region in body.regions}
    for region in body.regions:
        twin = links[body.mirror_region(region.id).id]
        assert links[region.id].zones == twin.zones
        assert links[region.id].points == twin.points
        assert links[region.id].code_key == twin.code_key


def test_a_zone_and_a_point_are_linked_where_they_lie(links: dict[str, RegionLinks]) -> None:
    assert "infraorbital_n" in links["cheek_malar.left"].zones
    assert "orbit_lid" in links["eyelid_upper.right"].zones
    assert "ST2" in links["cheek_malar.left"].points
    assert "BL23" in links["paravertebral_lumbar.right"].points
    assert "popliteal_vessels" in links["popliteal.left"].zones
    assert not links["abdomen_upper.mid"].zones


def test_nothing_that_is_laid_is_lost_from_the_table(links: dict[str, RegionLinks]) -> None:
    laid = overlays_of(open_atlas())
    assert {key for row in links.values() for key in row.zones} == {zone.key for zone in laid.zones}
    assert {code for row in links.values() for code in row.points} == {point.code for point in laid.points}
    assert {key for row in links.values() for key in row.zones} <= set(danger_zones())
    assert {code for row in links.values() for code in row.points} <= set(acupoints())


def test_what_is_not_known_is_told_as_such(links: dict[str, RegionLinks]) -> None:
    assert links["brow.left"].thickness is None
    assert links["flank.left"].code_key == ""
    forehead = links["forehead.mid"].thickness
    assert forehead is not None
    assert forehead.sex == "female"


def test_a_body_without_overlays_has_no_links_of_them(small_atlas: Atlas) -> None:
    assert all(not row.zones and not row.points for row in region_links(small_atlas))
