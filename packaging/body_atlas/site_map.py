"""The places laid on the finished skin of a body: landmarks, danger zones, acupoints.

They need the geometry and the views of the body in the atlas folder, nothing else, so that they can be laid again
without building the pictures: `build.py --only places`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from body_atlas import files
from body_atlas.body import Body
from body_atlas.landmark_build import write_landmarks
from body_atlas.skin_version import ATLAS_VERSION
from body_atlas.zone_build import write_overlays
from mesomap.atlas import Atlas
from mesomap.atlas.files import read_regions, read_views
from mesomap.atlas.geometry import read_geometry
from mesomap.domain.place import AtlasRef


def built_atlas(folder: Path, key: str) -> Atlas:
    """The atlas of a body as just written, before there is a manifest."""
    place = folder / key
    regions, views = read_regions(place / "regions.json"), read_views(place / "views.json")
    geometry = read_geometry(place / "geometry.npz", len(regions), len(views))
    return Atlas(AtlasRef(files.ATLAS_ID, ATLAS_VERSION, key), regions, views, geometry, folder)


def write_places(body: Body, folder: Path, say: Callable[[str], None] = print) -> None:
    """Writes every page of places of a body; raises LandmarkError naming a place that was not found."""
    atlas = built_atlas(folder, body.key)
    placed = write_landmarks(body, atlas, folder / body.key)
    say(f"{len(placed)} landmarks; farthest from its rule {max(p.off_mm for p in placed):.2f} mm")
    laid = write_overlays(atlas, placed, folder / body.key)
    say(f"{len(laid.zones)} areas of danger zones, {len(laid.points)} acupoints, {len(laid.gaps)} gaps")
