"""The loaded body: view ↔ skin ↔ chart, what lies under the pen, mirror, distance, the patient's scale."""

import math
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from shapely.geometry.base import BaseGeometry

from mesomap.atlas.areas import EMPTY, even_odd
from mesomap.atlas.chart import Chart
from mesomap.atlas.distance import SkinPaths, chart_line_mm, straightened_mm
from mesomap.atlas.files import atlas_folder, read_manifest, read_regions, read_views, verify_files
from mesomap.atlas.geometry import Geometry, read_geometry
from mesomap.atlas.nearest import NearestSkin
from mesomap.atlas.outline import mapped_area, visible_part
from mesomap.atlas.records import Floats, Ints, Projection, Region, View
from mesomap.atlas.skin import SkinArray
from mesomap.atlas.view_map import ViewMap
from mesomap.domain.body_size import PatientScale, patient_scale
from mesomap.domain.errors import NotFoundError
from mesomap.domain.marks import Outline
from mesomap.domain.place import AtlasRef, SkinPoint

#: A chart line this much longer than the way through the air is worth a second look over the mesh.
BENT = 1.03


def open_atlas(folder: Path | None = None, body: str = "female", *, verify: bool = False) -> "Atlas":
    """Open the atlas in the folder (the shipped one by default), checked; verify compares every SHA-256 too.

    Raises NotFoundError (no atlas, no such body), DamagedError or NewerVersionError, naming the file.
    """
    place = atlas_folder() if folder is None else folder
    manifest = read_manifest(place)
    if body not in manifest.bodies:
        raise NotFoundError(f"The body atlas has no body “{body[:40]}”; it has {', '.join(manifest.bodies)}.")
    if verify:
        verify_files(place, manifest)
    regions = read_regions(place / body / "regions.json")
    views = read_views(place / body / "views.json")
    geometry = read_geometry(place / body / "geometry.npz", len(regions), len(views))
    return Atlas(
        AtlasRef(manifest.id, manifest.version, body), regions, views, geometry, place, manifest.versions_of(body)
    )


class Atlas:
    """One body. Positions are reference mm; left and right are the patient's.

    Charts and views are built when they are asked for, and kept.
    """

    def __init__(
        self,
        ref: AtlasRef,
        regions: tuple[Region, ...],
        views: tuple[View, ...],
        geometry: Geometry,
        folder: Path,
        skin_versions: frozenset[str] = frozenset(),
    ) -> None:
        self.ref = ref
        self._skin_versions = skin_versions | {ref.version}
        self.regions = regions
        self.views = views
        self.geometry = geometry
        self.folder = folder
        self._region_by_id = {region.id: region for region in regions}
        self._view_maps = {view.key: ViewMap(view, geometry) for view in views}
        self._charts: dict[str, Chart] = {}
        self._seen: dict[tuple[str, str], BaseGeometry | None] = {}
        self._outlines: dict[tuple[str, str], BaseGeometry] = {}

    def reads(self, ref: AtlasRef) -> bool:
        """Whether places recorded on that atlas version mean the same skin here: same body, bit-identical skin."""
        return (ref.id, ref.body) == (self.ref.id, self.ref.body) and ref.version in self._skin_versions

    def seen_by(self, view_map: ViewMap) -> "Atlas":
        """The same body with one more view, which a photograph gives; its charts are this one's."""
        other = Atlas(
            self.ref, self.regions, (*self.views, view_map.view), self.geometry, self.folder, self._skin_versions
        )
        other._view_maps = {**self._view_maps, view_map.view.key: view_map}
        other._charts = self._charts
        return other

    # names

    def view(self, key: str) -> View:
        """The view of this key. Raises NotFoundError."""
        return self._view_map(key).view

    def region(self, region_id: str) -> Region:
        """The region of this id. Raises NotFoundError."""
        try:
            return self._region_by_id[region_id]
        except KeyError:
            raise NotFoundError(f"The body atlas has no region “{region_id[:60]}”.") from None

    def region_index(self, region_id: str) -> int:
        """Row of the region in the atlas. Raises NotFoundError."""
        return self.region(region_id).index

    def chart(self, region_id: str) -> Chart:
        """Skin chart of the region. Raises NotFoundError."""
        chart = self._charts.get(region_id)
        if chart is None:
            chart = self._charts[region_id] = Chart(self.region(region_id), self.geometry)
        return chart

    def holds(self, point: SkinPoint) -> bool:
        """Whether the point names outer skin of this body."""
        return 0 <= point.triangle < len(self.geometry.tri) and bool(self.geometry.tri_region[point.triangle] >= 0)

    # view ↔ skin

    def locate(self, view_key: str, xy_mm: Floats) -> SkinArray:
        """Skin under positions (N, 2) of a view; −1 off the body (never a guess), off the picture, or NaN."""
        return self._view_map(view_key).locate(np.asarray(xy_mm, dtype=np.float64).reshape(-1, 2))

    def locate_one(self, view_key: str, x: float, y: float) -> SkinPoint | None:
        """Skin under one position of a view, or None."""
        return self._view_map(view_key).locate_one(x, y)

    def project(self, view_key: str, points: SkinArray) -> Projection:
        """Where points (N) lie in a view, how squarely they are seen there, and whether they are seen."""
        return self._view_map(view_key).project(points)

    def seen(self, view_key: str) -> Ints:
        """Triangles whose middle is seen in a view."""
        return self._view_map(view_key).seen()

    def views_of(self, point: SkinPoint) -> list[tuple[str, float]]:
        """Views in which the point is seen, with the angle in degrees (0 = squarely), best first."""
        cosines = ((key, view_map.cosine_of(point)) for key, view_map in self._view_maps.items())
        found = [(key, math.degrees(math.acos(min(cos, 1.0)))) for key, cos in cosines if cos is not None]
        return sorted(found, key=lambda row: row[1])

    # skin

    def position(self, points: SkinArray, pose: int = 0) -> Floats:
        """Positions (N, 3) mm in a pose; NaN for points off the body."""
        corners = self.geometry.positions[pose][self.geometry.tri[np.maximum(points.tri, 0)]]
        xyz: Floats = np.einsum("ni,nij->nj", points.weights(), corners)
        xyz[points.tri < 0] = np.nan
        return xyz

    def nearest(self, xyz: Floats) -> SkinArray:
        """Nearest outer skin to positions (N, 3) mm of the body at rest (pose 0)."""
        return self._nearest.find(np.asarray(xyz, dtype=np.float64).reshape(-1, 3))

    def region_at(self, points: SkinArray) -> Ints:
        """Region row of each point (N,), −1 off the skin. In a border triangle the greatest field wins."""
        g = self.geometry
        region = np.where(points.tri >= 0, g.tri_region[np.maximum(points.tri, 0)], -1).astype(np.int64)
        if len(g.border_tri) == 0:
            return region
        row = np.searchsorted(g.border_tri, points.tri)
        row[row == len(g.border_tri)] = 0
        cut = np.flatnonzero(g.border_tri[row] == points.tri)
        if len(cut):
            row = row[cut]
            field = np.einsum("nk,nkc->nc", points.weights()[cut], g.border_field[row].astype(np.float64))
            names = g.border_regions[row]
            field[names < 0] = -np.inf
            region[cut] = np.take_along_axis(names, np.argmax(field, axis=1)[:, None], axis=1)[:, 0]
        return region

    def region_id_at(self, point: SkinPoint) -> str | None:
        """Id of the region that holds the point, or None."""
        g = self.geometry
        t = point.triangle
        index = int(g.tri_region[t])
        # numpy would turn the whole table into another type for the sake of one number
        row = bisect_left(g.border_tri, t)
        if row < len(g.border_tri) and int(g.border_tri[row]) == t:
            f0, f1, f2 = g.border_field[row].tolist()
            names: list[int] = g.border_regions[row].tolist()
            b0, b1, b2 = point.b0, point.b1, 1.0 - point.b0 - point.b1
            values = [b0 * x + b1 * y + b2 * z for x, y, z in zip(f0, f1, f2, strict=True)]
            known = [c for c in range(len(names)) if names[c] >= 0]
            index = names[max(known, key=lambda c: (values[c], -c))] if known else -1
        return self.regions[index].id if index >= 0 else None

    def mirror(self, points: SkinArray) -> SkinArray:
        """The same places on the other side of the body."""
        g = self.geometry
        tri = np.maximum(points.tri, 0)
        packed = g.mirror_perm[tri].astype(np.int64)
        k0, k1 = packed % 3, packed // 3
        goes_to = np.column_stack([k0, k1, 3 - k0 - k1])
        weights = np.empty((len(tri), 3))
        np.put_along_axis(weights, goes_to, points.weights(), axis=1)
        return SkinArray(np.where(points.tri >= 0, g.mirror_tri[tri], -1), weights[:, :2].copy())

    def mirror_region(self, region_id: str) -> Region:
        """The region of the other side (itself when on the midline)."""
        return self.regions[int(self.geometry.region_mirror[self.region_index(region_id)])]

    def distance_mm(self, a: SkinPoint, b: SkinPoint) -> float:
        """Shortest found way along the skin, reference mm; inf when the skin does not connect the points.

        In one chart it is the chart line with metric correction; farther apart a straightened mesh path
        (docs: never shorter than the true geodesic, at most a few per cent longer).
        """
        straight = float(np.linalg.norm(np.diff(self.position(SkinArray.of([a, b])), axis=0)))
        if straight == 0.0:
            return 0.0
        lines = [chart_line_mm(chart, a, b) for chart in self.charts_of(a)]
        known = [line for line in lines if line is not None]
        if known and min(known) <= straight * BENT:
            return max(min(known), straight)
        # over a fold the straight chart line may be a detour: look for a way over the mesh, too
        found = self._paths.path(a, b)
        if found is not None:
            known += [found[0], straightened_mm(found[1], self.position, self.charts_of)]
        return max(min(known), straight) if known else math.inf

    # charts

    def to_chart(self, region_id: str, points: SkinArray) -> Floats:
        """Chart positions (N, 2) mm; NaN where the chart does not hold the point."""
        return self.chart(region_id).to_chart(points)

    def from_chart(self, region_id: str, xy: Floats) -> SkinArray:
        """Skin at chart positions (N, 2) mm; −1 outside the chart."""
        return self.chart(region_id).from_chart(np.asarray(xy, dtype=np.float64).reshape(-1, 2))

    def charts_holding(self, points: SkinArray) -> tuple[Ints, Ints]:
        """Every (point row, region row) whose chart holds the point, by point."""
        first, regions = self._charts_by_triangle
        tri = np.maximum(points.tri, 0)
        count = np.where(points.tri >= 0, first[tri + 1] - first[tri], 0)
        rows = np.repeat(np.arange(len(tri)), count)
        offset = np.arange(len(rows)) - np.repeat(np.cumsum(count) - count, count)
        return rows, regions[first[tri][rows] + offset]

    def charts_of(self, point: SkinPoint) -> list[Chart]:
        """Charts that hold the point."""
        regions = self.charts_holding(SkinArray.of([point]))[1]
        return [self.chart(self.regions[r].id) for r in regions.tolist()]

    @cached_property
    def _charts_by_triangle(self) -> tuple[Ints, Ints]:
        g = self.geometry
        region = np.repeat(np.arange(g.region_count), np.diff(g.chart_tri_offset))
        order = np.argsort(g.chart_tri, kind="stable")
        count = np.bincount(g.chart_tri, minlength=len(g.tri))
        return np.concatenate([[0], np.cumsum(count)]), region[order]

    # outlines

    def outline_polygon(self, region_id: str, outline: Outline) -> BaseGeometry:
        """Rings of skin points as an area of the region's chart (even-odd).

        Rings that leave the chart are left out.
        """
        rings = [self.to_chart(region_id, SkinArray.of(ring)) for ring in outline]
        return even_odd([ring for ring in rings if bool(np.isfinite(ring).all())])

    def outline_in_view(
        self, view_key: str, shape: Outline | BaseGeometry, region_id: str | None = None
    ) -> BaseGeometry:
        """The seen part of an area of skin, view mm: Polygon, MultiPolygon, or empty.

        shape: rings of skin points, or an area in the chart of region_id. Without region_id the region of
        the first ring is taken. Raises NotFoundError for an unknown view or region.
        """
        view_map = self._view_map(view_key)
        if isinstance(shape, Sequence):
            home = region_id or self.home_region(shape)
            if home is None:
                return EMPTY
            area = self.outline_polygon(home, shape)
        else:
            if region_id is None:
                raise ValueError("a chart area needs its region")
            home, area = region_id, shape
        key = (view_key, home)
        if key not in self._seen:
            self._seen[key] = visible_part(view_map, self.chart(home))
        return mapped_area(area, view_map, self.chart(home), self._seen[key])

    def region_outline(self, view_key: str, region_id: str) -> BaseGeometry:
        """The seen part of a region in a view, view mm; kept after the first time."""
        key = (view_key, region_id)
        if key not in self._outlines:
            self._outlines[key] = self.outline_in_view(view_key, self.chart(region_id).polygon, region_id)
        return self._outlines[key]

    def home_region(self, outline: Outline) -> str | None:
        """Region whose chart holds the first ring whole, preferring the region most of its corners lie in."""
        if not outline or not outline[0]:
            return None
        ring = SkinArray.of(outline[0])
        regions = self.charts_holding(ring)[1]
        held = np.bincount(regions, minlength=len(self.regions)) == len(ring)
        if not held.any():
            return None
        lies = np.bincount(np.maximum(self.region_at(ring), 0), minlength=len(self.regions))
        return self.regions[int(np.argmax(np.where(held, lies, -1)))].id

    # size

    def scale_for(self, height_cm: float | None, weight_kg: float | None) -> PatientScale:
        """Scale of a patient of this height and weight. Raises BadInputError for impossible sizes."""
        return patient_scale(
            height_cm,
            weight_kg,
            reference_area_cm2=sum(r.area_cm2 for r in self.regions),
            fixed_area_cm2=sum(r.area_cm2 for r in self.regions if r.fixed_scale),
        )

    @cached_property
    def _nearest(self) -> NearestSkin:
        return NearestSkin(self.geometry)

    @cached_property
    def _paths(self) -> SkinPaths:
        return SkinPaths(self.geometry)

    def _view_map(self, key: str) -> ViewMap:
        try:
            return self._view_maps[key]
        except KeyError:
            raise NotFoundError(f"The body atlas has no view “{key[:60]}”.") from None
