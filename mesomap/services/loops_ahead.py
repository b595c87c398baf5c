"""What the first area drawn in a view needs of the body, made ahead: finders, charts, outlines of what is seen."""

from contextlib import suppress

import shapely

from mesomap.atlas import Atlas
from mesomap.coverage.split import split_by_region
from mesomap.domain.body_size import PatientScale
from mesomap.domain.errors import MesoMapError
from mesomap.services.background import Progress
from mesomap.services.view_areas import parts_by_region

#: Radius of the area that is drawn for trial, view mm.
_TRIAL_MM = 3.0


def make_ready(atlas: Atlas, view_key: str, progress: Progress) -> None:
    """Lay a small area on every region that the view shows, and look at it again; nothing is recorded.

    What takes long the first time is kept by the atlas, so that a person's own area takes a few milliseconds. Safe in
    another thread; progress may end it between regions. Regions whose files are damaged are left out: whoever draws
    on them is told.
    """
    owners = atlas.geometry.tri_region[atlas.seen(view_key)]
    for row in sorted(set(owners[owners >= 0].tolist())):
        progress(0.0, "")
        region_id = atlas.regions[row].id
        with suppress(MesoMapError):
            seen = atlas.region_outline(view_key, region_id)
            if seen.is_empty:
                continue
            trial = shapely.buffer(shapely.point_on_surface(seen), _TRIAL_MM)
            for part in parts_by_region(atlas, PatientScale(), view_key, trial):
                for home, outline in split_by_region(atlas, part.outline).items():
                    atlas.outline_in_view(view_key, outline, home)
