"""A small body atlas for tests: an ellipsoid with six regions, in the format of docs/ATLAS_FORMAT.md.

`write_synthetic_atlas(folder)` writes it in two seconds. Half axes 150 × 220 × 130 mm, patient axes.
Regions: forehead.mid (top, keeps reference size), chest.left/.right (front), back_upper.left/.right,
abdomen_lower.mid (bottom). A small "mouth" on the front midline is not skin.
Views: body_front, body_back, body_left, head_front.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from tests.synthetic_mesh import Mesh, arap_chart, ellipsoid, mirror_tables

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

AXES_MM = (150.0, 220.0, 130.0)
REGIONS: tuple[tuple[str, str, tuple[float, float, float]], ...] = (
    ("forehead.mid", "face", (0.0, 1.05, 0.0)),
    ("chest.left", "trunk", (0.6, 0.0, 0.8)),
    ("chest.right", "trunk", (-0.6, 0.0, 0.8)),
    ("back_upper.left", "trunk", (0.6, 0.0, -0.8)),
    ("back_upper.right", "trunk", (-0.6, 0.0, -0.8)),
    ("abdomen_lower.mid", "trunk", (0.0, -1.05, 0.0)),
)
MARGIN_MM = 30.0
LANGUAGES = ("en", "fr", "it", "de", "es")
VIEWS: tuple[
    tuple[str, str, int, tuple[tuple[float, float, float], ...], tuple[float, float, float, float]], ...
] = (
    ("body_front", "body", 0, ((1, 0, 0), (0, 1, 0), (0, 0, 1)), (-180, -250, 180, 250)),
    ("body_back", "body", 0, ((-1, 0, 0), (0, 1, 0), (0, 0, -1)), (-180, -250, 180, 250)),
    ("body_left", "body", 1, ((0, 0, -1), (0, 1, 0), (1, 0, 0)), (-180, -250, 180, 250)),
    ("head_front", "head", 0, ((1, 0, 0), (0, 1, 0), (0, 0, 1)), (-120, 60, 120, 250)),
)
LETTERS = {"body_front": ("R", "L"), "body_back": ("L", "R"), "body_left": ("", ""), "head_front": ("R", "L")}


@dataclass(frozen=True)
class _Border:
    tri_region: Ints
    border_tri: Ints
    border_regions: Ints
    border_field: Ints


def _border(mesh: Mesh) -> _Border:
    """Fields at the corners: value of region r = direction · unit position, quantised."""
    directions = np.array([row[2] for row in REGIONS])
    field = np.rint(np.clip(mesh.unit @ directions.T, -1, 1) * 32000 / 1.1).astype(np.int64)
    corner = field[mesh.tri]
    winner = np.argmax(corner, axis=2)
    centroid = np.argmax(corner.sum(axis=1), axis=1)
    middle = mesh.unit[mesh.tri].mean(axis=1)
    mouth = np.linalg.norm(middle - np.array([0.0, 0.25, 0.97]), axis=1) < 0.13
    tri_region = np.where(mouth, -1, centroid)
    cut = np.flatnonzero((winner != winner[:, :1]).any(axis=1) & ~mouth)
    order = np.argsort(-corner[cut].max(axis=1), axis=1, kind="stable")[:, :4]
    values = np.take_along_axis(corner[cut], order[:, None, :], axis=2)
    return _Border(tri_region, cut, order, values)


def _clipped(bary: Floats, values: Floats, column: int) -> Floats:
    """Corners (barycentric) of the part of a triangle where `column` is the greatest interpolated field."""
    for other in range(values.shape[1]):
        if other == column or len(bary) == 0:
            continue
        height = bary @ (values[:, column] - values[:, other])
        kept = []
        for i in range(len(bary)):
            j = (i + 1) % len(bary)
            if height[i] >= 0:
                kept.append(bary[i])
            if (height[i] > 0) != (height[j] > 0) and height[i] != height[j]:
                t = height[i] / (height[i] - height[j])
                kept.append(bary[i] + t * (bary[j] - bary[i]))
        bary = np.array(kept).reshape(-1, 3)
    return bary


def _region_pieces(border: _Border, region: int) -> list[tuple[int, Floats]]:
    pieces: list[tuple[int, Floats]] = []
    cut = set(border.border_tri.tolist())
    pieces += [(t, np.eye(3)) for t in np.flatnonzero(border.tri_region == region).tolist() if t not in cut]
    for row, t in enumerate(border.border_tri.tolist()):
        columns = np.flatnonzero(border.border_regions[row] == region)
        if len(columns):
            bary = _clipped(np.eye(3), border.border_field[row].astype(float), int(columns[0]))
            if len(bary) >= 3:
                pieces.append((t, bary))
    return pieces


def _locate(tri_xy: Floats, xy: Floats) -> tuple[int, Floats]:
    """Triangle (row of tri_xy) and weights of the point, brute force."""
    a, b, c = tri_xy[:, 0], tri_xy[:, 1], tri_xy[:, 2]
    det = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    w1 = ((xy[0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (xy[1] - a[:, 1]) * (c[:, 0] - a[:, 0])) / det
    w2 = ((b[:, 0] - a[:, 0]) * (xy[1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (xy[0] - a[:, 0])) / det
    weights = np.stack([1 - w1 - w2, w1, w2], axis=1)
    best = int(np.argmax(weights.min(axis=1)))
    clean = np.clip(weights[best], 0, 1)
    return best, clean / clean.sum()


def _charts(
    mesh: Mesh, border: _Border
) -> tuple[dict[str, NDArray[np.generic]], list[float], list[dict[str, float]]]:
    """The chart and ring arrays, the area in cm² of every region, and the accuracy rows."""
    lists: dict[str, list[NDArray[np.generic]]] = {
        k: [] for k in ("vert", "xy", "tri", "ring_tri", "ring_bary")
    }
    vert_offset, tri_offset, ring_start, ring_offset = [0], [0], [0], [0]
    areas: list[float] = []
    accuracy: list[dict[str, float]] = []
    for region, (_, _, direction) in enumerate(REGIONS):
        pieces = _region_pieces(border, region)
        near = np.unique(mesh.tri[[t for t, _ in pieces]])
        middle = mesh.xyz[mesh.tri].mean(axis=1)
        gap = np.linalg.norm(middle[:, None] - mesh.xyz[near][None], axis=2).min(axis=1)
        held = np.flatnonzero((gap < MARGIN_MM) & (border.tri_region >= 0))
        held = np.union1d(held, np.array([t for t, _ in pieces]))
        verts, xy = arap_chart(mesh, held, np.array(direction))
        xy = np.rint(xy / 0.02) * 0.02
        local = np.searchsorted(verts, mesh.tri[held])
        row_of = {int(t): i for i, t in enumerate(held)}
        polygons = [shapely.Polygon(bary @ xy[local[row_of[t]]]) for t, bary in pieces]
        areas.append(sum(mesh.piece_area(t, bary) for t, bary in pieces) / 100)
        outline = shapely.union_all([p.buffer(0) for p in polygons], grid_size=1e-4)
        for part in shapely.get_parts(outline):
            rings = [shapely.LinearRing(part.exterior).normalize(), *part.interiors]
            for k, ring in enumerate(rings):
                corners = np.asarray(ring.coords)[:-1]
                if shapely.is_ccw(shapely.LinearRing(corners)) != (k == 0):
                    corners = corners[::-1]
                hits = [_locate(xy[local], p) for p in corners]
                lists["ring_tri"].append(held[[h[0] for h in hits]].astype(np.int32))
                lists["ring_bary"].append(np.array([h[1][:2] for h in hits], dtype=np.float32))
                ring_offset.append(ring_offset[-1] + len(hits))
        ring_start.append(len(ring_offset) - 1)
        lists["vert"].append(verts.astype(np.int32))
        lists["xy"].append(np.rint(xy / 0.02).astype(np.int16))
        lists["tri"].append(held.astype(np.int32))
        vert_offset.append(vert_offset[-1] + len(verts))
        tri_offset.append(tri_offset[-1] + len(held))
        accuracy.append(mesh.chart_errors(held, xy[local]))
    arrays: dict[str, NDArray[np.generic]] = {
        "chart_vert_offset": np.array(vert_offset, dtype=np.int32),
        "chart_vert": np.concatenate(lists["vert"]),
        "chart_xy": np.concatenate(lists["xy"]),
        "chart_tri_offset": np.array(tri_offset, dtype=np.int32),
        "chart_tri": np.concatenate(lists["tri"]),
        "ring_offset": np.array(ring_offset, dtype=np.int32),
        "ring_start": np.array(ring_start, dtype=np.int32),
        "ring_tri": np.concatenate(lists["ring_tri"]),
        "ring_bary": np.concatenate(lists["ring_bary"]),
    }
    return arrays, areas, accuracy


def _write_view(
    folder: Path,
    mesh: Mesh,
    view: tuple[str, str, int, tuple[tuple[float, float, float], ...], tuple[float, float, float, float]],
) -> dict[str, object]:
    key, group, pose, rotation, box = view
    place = folder / "views" / key
    place.mkdir(parents=True)
    positions = (mesh.xyz if pose == 0 else mesh.lateral) @ np.array(rotation, dtype=float).T
    hull = shapely.get_coordinates(shapely.convex_hull(shapely.multipoints(positions[:, :2])))[:-1]
    levels = []
    for level, scale in enumerate((0.5, 1.0)):
        size = (round((box[2] - box[0]) * scale), round((box[3] - box[1]) * scale))
        picture = Image.new("RGB", size, (209, 197, 188))
        pen = ImageDraw.Draw(picture)
        pen.polygon(
            [((x - box[0]) * scale, (box[3] - y) * scale) for x, y in hull.tolist()], fill=(230, 215, 205)
        )
        picture.save(place / f"level{level}.webp", lossless=True)
        levels.append(
            {
                "file": f"views/{key}/level{level}.webp",
                "px_per_mm": scale,
                "width": size[0],
                "height": size[1],
            }
        )
    centre = np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2])
    mid = np.stack([np.zeros(9), np.linspace(-200, 200, 9)], axis=1)
    np.savez(
        place / "lines.npz",
        xy=np.rint((np.concatenate([hull, mid]) - centre) / 0.05).astype(np.int16),
        offset=np.array([0, len(hull), len(hull) + 9], dtype=np.int32),
        alpha=np.full(len(hull) + 9, 220, dtype=np.uint8),
        width=np.array([6, 4], dtype=np.uint8),
        kind=np.array([0, 2], dtype=np.uint8),
    )
    return {
        "key": key, "body": "female", "group": group, "pose": pose, "rotation": rotation, "box_mm": box,
        "names": dict.fromkeys(LANGUAGES, key.replace("_", " ").capitalize()),
        "left_letter": LETTERS[key][0], "right_letter": LETTERS[key][1],
        "levels": levels, "lines": f"views/{key}/lines.npz",
    }  # fmt: skip


def _visible(mesh: Mesh) -> NDArray[np.uint8]:
    rows = []
    for _, _, pose, rotation, _ in VIEWS:
        toward = np.array(rotation[2], dtype=float)
        rows.append(np.packbits(mesh.normals(mesh.xyz if pose == 0 else mesh.lateral) @ toward > 0))
    return np.array(rows, dtype=np.uint8)


def write_manifest(folder: Path) -> None:
    """(Re)write manifest.json for the files that are in the folder now."""
    files = {
        str(path.relative_to(folder).as_posix()): {
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "bytes": path.stat().st_size,
        }
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "manifest.json"
    }
    manifest = {
        "format": "mesomap.body_atlas", "format_version": 1, "id": "synthetic-body", "version": "1.0.0",
        "bodies": ["female"], "files": files, "sources": [], "licence": "CC0-1.0", "built_with": "tests",
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")


def write_synthetic_atlas(folder: Path) -> Path:
    """Write the atlas into the folder (made when missing) and return the folder."""
    mesh = ellipsoid(AXES_MM, level=4)
    border = _border(mesh)
    charts, areas, accuracy = _charts(mesh, border)
    mirror_vert, mirror_tri, mirror_perm = mirror_tables(mesh)
    body = folder / "female"
    body.mkdir(parents=True)
    ids = [row[0] for row in REGIONS]
    swap = {"left": "right", "right": "left", "mid": "mid"}
    arrays: dict[str, NDArray[np.generic]] = dict(
        vert_xyz=np.rint(np.stack([mesh.xyz, mesh.lateral]) / 0.05).astype(np.int16),
        tri=mesh.tri.astype(np.uint16),
        tri_region=border.tri_region.astype(np.int16),
        mirror_vert=mirror_vert.astype(np.int32),
        mirror_tri=mirror_tri.astype(np.int32),
        mirror_perm=mirror_perm.astype(np.uint8),
        border_tri=border.border_tri.astype(np.int32),
        border_regions=border.border_regions.astype(np.int16),
        border_field=border.border_field.astype(np.int16),
        region_mirror=np.array(
            [ids.index(f"{i.split('.')[0]}.{swap[i.split('.')[1]]}") for i in ids], dtype=np.int16
        ),
        view_visible=_visible(mesh),
        **charts,
    )
    with (body / "geometry.npz").open("wb") as out:
        np.savez(out, allow_pickle=False, **arrays)
    rows = [
        {
            "id": name, "side": name.split(".")[1], "group": group, "names_reviewed": False,
            "names": dict.fromkeys(LANGUAGES, name.split(".")[0].replace("_", " ").capitalize()),
            "area_cm2": areas[i], "fixed_scale": group == "face", "chart": accuracy[i],
        }
        for i, (name, group, _) in enumerate(REGIONS)
    ]  # fmt: skip
    (body / "regions.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")
    views = [_write_view(body, mesh, view) for view in VIEWS]
    (body / "views.json").write_text(json.dumps(views, indent=1), encoding="utf-8")
    (folder / "LICENSE.txt").write_text("CC0-1.0\n", encoding="utf-8")
    write_manifest(folder)
    return folder
