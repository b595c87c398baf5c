"""An outline that lies on several regions, split into the outlines of each."""

from mesomap.atlas.atlas import Atlas
from mesomap.domain.marks import Outline


def split_by_region(atlas: Atlas, outline: Outline) -> dict[str, Outline]:
    """Rings of an outline by the region they lie in; rings of no region are left out.

    Every ring was laid on one region; it belongs to the region whose chart holds all of it and in which
    most of its corners lie.
    """
    found: dict[str, Outline] = {}
    for ring in outline:
        region_id = atlas.home_region((ring,))
        if region_id is not None:
            found[region_id] = (*found.get(region_id, ()), ring)
    return found
