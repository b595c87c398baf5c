"""What every region of a body is linked to: thickness site, code, danger zones, acupoints; and what is not known.

Zones and acupoints follow from where they lie on the skin, not from a list, so that the table cannot disagree with
what the canvas shows.
"""

from collections import defaultdict
from dataclasses import dataclass

from mesomap.atlas import Atlas, SkinArray
from mesomap.atlas.overlays import overlays_of
from mesomap.domain.acupoints import acupoints
from mesomap.domain.danger_zones import danger_zones
from mesomap.domain.skin_layers import Thickness, region_sites, thickness_at


@dataclass(frozen=True, slots=True)
class RegionLinks:
    """Links of one region. thickness None: no data; code_key "": no code; zones and points by key, in table order."""

    region_id: str
    thickness: Thickness | None
    code_key: str
    zones: tuple[str, ...]
    points: tuple[str, ...]


def region_links(atlas: Atlas) -> tuple[RegionLinks, ...]:
    """The links of every region, in the order of the atlas. Raises DamagedError (overlays cannot be read)."""
    laid = overlays_of(atlas)
    zones: defaultdict[str, set[str]] = defaultdict(set)
    points: defaultdict[str, set[str]] = defaultdict(set)
    for zone in laid.zones:
        for region_id, _outline in zone.parts:
            zones[region_id].add(zone.key)
    rows = atlas.region_at(SkinArray.of([point.skin for point in laid.points])).tolist() if laid.points else []
    for point, row in zip(laid.points, rows, strict=True):
        home = atlas.regions[row].id
        points[home].add(point.code)
        if point.side == "mid":  # it lies on the border where the two sides meet
            points[atlas.mirror_region(home).id].add(point.code)
    return tuple(
        RegionLinks(
            region.id,
            thickness_at(region.id, atlas.ref.body),
            region_sites().get(region.id.rpartition(".")[0], {}).get("code_key", ""),
            tuple(key for key in danger_zones() if key in zones[region.id]),
            tuple(code for code in acupoints() if code in points[region.id]),
        )
        for region in atlas.regions
    )
