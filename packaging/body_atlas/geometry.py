"""The arrays of geometry.npz and the rows of regions.json, as docs/ATLAS_FORMAT.md says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from body_atlas.border_cut import Pieces
from body_atlas.border_fields import Borders
from body_atlas.chart_build import XY_UNIT_MM, Chart, ChartError, build_chart, mirrored_chart
from body_atlas.layout import VERT_UNIT_MM, Layout, rounded
from body_atlas.regions import Region
from body_atlas.rings import Ring, mirrored_ring, trace_region
from body_atlas.surface import Bools, Floats, Surface

if TYPE_CHECKING:
    from body_atlas.body import Body

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Geometry:
    """Everything measured and shipped about the skin of one body. Triangle ids are those of the body."""

    body: Body
    verts: Floats
    skin: Bools
    regions: list[Region]
    borders: Borders
    pieces: Pieces
    shares: list[Floats]
    charts: list[Chart]
    rings: list[list[Ring]]

    @property
    def areas(self) -> Floats:
        """Area of every triangle of the body, mm², in the measuring pose."""
        return Surface(self.verts, self.body.tri).areas

    def region_areas(self) -> Floats:
        """Area of every region, mm²."""
        areas = self.areas
        return np.array([float((s * areas).sum()) for s in self.shares])


def make_geometry(body: Body, layout: Layout, progress: Progress = print) -> Geometry:
    """Charts and outlines of the regions of a body; raises ChartError naming the region that cannot be charted."""
    verts = rounded(body)
    skin, regions, borders, pieces, shares = (
        layout.skin, layout.regions, layout.borders, layout.pieces, layout.shares,
    )
    surface = Surface(verts, body.tri[skin])
    progress(f"charts of {len(regions)} regions")
    charts = _charts(body, surface, skin, regions, borders, shares, progress)
    progress("outlines")
    rings: list[list[Ring]] = []
    owner = borders.tri_region.astype(np.int64)
    for k, (region, chart) in enumerate(zip(regions, charts, strict=True)):
        if region.side == "right":
            rings.append([mirrored_ring(r, body.mirror_tri, body.mirror_perm) for r in rings[region.twin]])
        else:
            rings.append(trace_region(chart, body.tri, k, owner, borders.border_tri, pieces))
    return Geometry(body, verts, skin, regions, borders, pieces, shares, charts, rings)


def _charts(
    body: Body, surface: Surface, skin: Bools, regions: list[Region], borders: Borders, shares: list[Floats],
    progress: Progress,
) -> list[Chart]:
    """Charts of every region in atlas order; the right one is the mirrored left one."""
    ids = np.flatnonzero(skin)
    renumber = np.full(len(skin), -1, dtype=np.int64)
    renumber[ids] = np.arange(len(ids))
    mirror = renumber[body.mirror_tri[ids]]
    apart = np.array([r.kind.parts > 1 or r.kind.key.startswith("ear_") for r in regions])
    open_margin = ~apart[borders.tri_region[ids]]
    charts: dict[int, Chart] = {}
    for k, region in enumerate(regions):
        if region.side == "right":
            charts[k] = mirrored_chart(charts[region.twin], body.mirror_vert, body.mirror_tri)
            continue
        middle = region.side == "mid"
        allowed = np.ones(len(ids), dtype=bool) if apart[k] else open_margin
        try:
            chart = build_chart(
                surface, shares[k][ids], region.kind.margin_mm, allowed,
                mirror if middle else None, body.mirror_vert if middle else None,
            )
        except (ChartError, ValueError) as error:
            raise ChartError(f"Region {region.id} cannot be charted: {error}") from error
        charts[k] = Chart(
            chart.verts, chart.xy, ids[chart.tris], chart.margin_mm, chart.accuracy, chart.lost_mm2
        )
        progress(
            f"  chart {region.id}: {(shares[k][ids] * surface.areas).sum() / 100:.1f} cm², "
            f"area error p95 {100 * chart.accuracy.area_error_p95:.1f} %"
        )
    return [charts[k] for k in range(len(regions))]


def _offsets(lengths: list[int]) -> NDArray[np.int32]:
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)


def geometry_arrays(geometry: Geometry, visible: list[Bools]) -> dict[str, NDArray[Any]]:
    """The arrays of geometry.npz; `visible` holds one (T,) mask per view in the order of views.json."""
    body, charts, borders = geometry.body, geometry.charts, geometry.borders
    rings = [ring for region in geometry.rings for ring in region]
    wide = np.int32 if len(geometry.verts) > 65535 else np.uint16
    return {
        "vert_xyz": np.round(body.vert_xyz / VERT_UNIT_MM).astype(np.int16),
        "tri": body.tri.astype(wide),
        "tri_region": borders.tri_region.astype(np.int16),
        "mirror_vert": body.mirror_vert.astype(np.int32),
        "mirror_tri": body.mirror_tri.astype(np.int32),
        "mirror_perm": body.mirror_perm.astype(np.uint8),
        "border_tri": borders.border_tri.astype(np.int32),
        "border_regions": borders.border_regions.astype(np.int16),
        "border_field": borders.border_field.astype(np.int16),
        "region_mirror": np.array([r.twin for r in geometry.regions], dtype=np.int16),
        "chart_vert_offset": _offsets([len(c.verts) for c in charts]),
        "chart_vert": np.concatenate([c.verts for c in charts]).astype(np.int32),
        "chart_xy": np.round(np.concatenate([c.xy for c in charts]) / XY_UNIT_MM).astype(np.int16),
        "chart_tri_offset": _offsets([len(c.tris) for c in charts]),
        "chart_tri": np.concatenate([c.tris for c in charts]).astype(np.int32),
        "ring_start": _offsets([len(r) for r in geometry.rings]),
        "ring_offset": _offsets([len(t) for t, _ in rings]),
        "ring_tri": np.concatenate([t for t, _ in rings]).astype(np.int32),
        "ring_bary": np.concatenate([b[:, :2] for _, b in rings]).astype(np.float32),
        "view_visible": np.packbits(np.array(visible, dtype=bool).reshape(len(visible), -1), axis=1)
        if visible
        else np.zeros((0, (len(body.tri) + 7) // 8), dtype=np.uint8),
    }


def region_rows(geometry: Geometry) -> list[dict[str, Any]]:
    """The rows of regions.json, index-aligned with the arrays."""
    rows: list[dict[str, Any]] = []
    for region, chart, area in zip(geometry.regions, geometry.charts, geometry.region_areas(), strict=True):
        a = chart.accuracy
        rows.append(
            {
                "id": region.id,
                "side": region.side,
                "group": region.kind.group,
                "names": region.kind.names,
                "names_reviewed": False,
                "area_cm2": round(float(area) / 100.0, 2),
                "fixed_scale": region.kind.fixed_scale,
                "chart": {
                    "area_error_p50": round(a.area_error_p50, 4),
                    "area_error_p95": round(a.area_error_p95, 4),
                    "stretch_p5": round(a.stretch_p5, 4),
                    "stretch_p95": round(a.stretch_p95, 4),
                    "flips": a.flips,
                    "margin_mm": round(chart.margin_mm, 1),
                },
            }
        )
    return rows
