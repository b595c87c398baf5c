"""Loading the body and finding places on it."""

import numpy as np
import shapely
from numpy.typing import NDArray

from mesomap.atlas import Atlas, SkinArray, atlas_folder, open_atlas
from mesomap.atlas.files import read_manifest
from tests.benchmarks.table import Row, best_ms

VIEW = "head_front"
COUNT = 10_000
AIR = "through the air"


def atlas_rows() -> list[Row]:
    """Load, ready to map, many points, one point, distance."""
    atlas = open_atlas()
    xy = taps(atlas, VIEW, COUNT)
    return [*_loading(xy), *_mapping(atlas, xy), *_distance(atlas)]


def taps(atlas: Atlas, view: str, count: int) -> NDArray[np.float64]:
    """Positions (count, 2) on the body in a view, seeded."""
    x0, y0, x1, y1 = atlas.view(view).box_mm
    xy = np.random.default_rng(0).uniform((x0, y0), (x1, y1), (6 * count, 2))
    return xy[atlas.locate(view, xy).tri >= 0][:count]


def to_own_charts(atlas: Atlas, points: SkinArray) -> int:
    """Chart position of every point in the chart of its own region; how many were found."""
    region = atlas.region_at(points)
    found = 0
    for index in np.unique(region[region >= 0]).tolist():
        chart_xy = atlas.to_chart(atlas.regions[index].id, points[np.flatnonzero(region == index)])
        found += int(np.isfinite(chart_xy[:, 0]).sum())
    return found


def _loading(xy: NDArray[np.float64]) -> list[Row]:
    folder = atlas_folder()
    body = folder / "female"
    files = [folder / "manifest.json", body / "geometry.npz", body / "regions.json", body / "views.json"]
    floor = best_ms(lambda: [file.read_bytes() for file in files])

    def ready() -> int:
        fresh = open_atlas(folder)
        return to_own_charts(fresh, fresh.locate(VIEW, xy[:1]))

    def ready_whole_body() -> SkinArray:
        return open_atlas(folder).locate("body_front", np.zeros((1, 2)))

    return [
        Row("load the atlas", best_ms(lambda: open_atlas(folder)), None, "read the same bytes", floor),
        Row("ready to map: load, first tap on the head", best_ms(ready), 150, "read the same bytes", floor),
        Row("ready to map: load, first tap on the body", best_ms(ready_whole_body), 150, "read the same bytes", floor),
        Row(
            "load and compare every SHA-256",
            best_ms(lambda: open_atlas(folder, verify=True), 3),
            None,
            "read the bytes of every file",
            best_ms(lambda: [(folder / name).read_bytes() for name in read_manifest(folder).files], 3),
        ),
    ]


def _mapping(atlas: Atlas, xy: NDArray[np.float64]) -> list[Row]:
    assert to_own_charts(atlas, atlas.locate(VIEW, xy)) == len(xy)
    x, y = xy[0].tolist()

    def one() -> tuple[float, float] | None:
        point = atlas.locate_one(VIEW, x, y)
        assert point is not None
        region = atlas.region_id_at(point)
        assert region is not None
        return atlas.chart(region).to_chart_one(point)

    turned = atlas.geometry.positions[atlas.view(VIEW).pose] @ atlas.view(VIEW).rotation.T
    corners = turned[:, :2][atlas.geometry.tri]
    u, v = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    corners = corners[u[:, 0] * v[:, 1] > u[:, 1] * v[:, 0]]
    polygons = np.asarray(shapely.polygons(corners))
    tree = shapely.STRtree(polygons)
    points = np.asarray(shapely.points(xy))

    def brute() -> NDArray[np.int64]:
        d = corners - (x, y)
        side = d * np.roll(d[:, :, ::-1], -1, axis=1)
        return np.flatnonzero((side[:, :, 0] - side[:, :, 1] >= 0).all(axis=1))

    return [
        Row(
            "10,000 points view → skin → chart",
            best_ms(lambda: to_own_charts(atlas, atlas.locate(VIEW, xy))),
            15,
            "shapely STRtree, view → triangle only",
            best_ms(lambda: tree.query(points, predicate="intersects"), 3),
        ),
        Row("one point view → skin → chart", best_ms(one, each=200), 0.1, "every triangle by numpy", best_ms(brute)),
    ]


def _distance(atlas: Atlas) -> list[Row]:
    spots = np.array([[-60.0, 600.0, 100.0], [-60.0, 640.0, 100.0], [100.0, -700.0, 0.0]])
    face, brow, foot = atlas.nearest(spots).points()
    atlas.distance_mm(face, foot)
    straight = SkinArray.of([face, foot])
    floor = best_ms(lambda: atlas.position(straight), each=50)
    return [
        Row("distance along the skin, near", best_ms(lambda: atlas.distance_mm(face, brow)), None, AIR, floor),
        Row(
            "distance along the skin, face to foot", best_ms(lambda: atlas.distance_mm(face, foot), 3), None, AIR, floor
        ),
    ]
