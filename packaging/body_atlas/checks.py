"""The checks of the build: each returns plain sentences about what is wrong, none when all is well."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from body_atlas.border_cut import overlap_and_gap
from body_atlas.regions import LANGUAGES

if TYPE_CHECKING:
    from body_atlas.geometry import Geometry

TISSUE_KG_PER_LITRE = 0.985
AREA_TOLERANCE = 0.02
LARGEST_NPZ_BYTES = 2_500_000


def du_bois_m2(height_cm: float, weight_kg: float) -> float:
    """Body surface area after Du Bois and Du Bois 1916, m²."""
    return float(0.007184 * weight_kg**0.425 * height_cm**0.725)


def mosteller_m2(height_cm: float, weight_kg: float) -> float:
    """Body surface area after Mosteller 1987, m²."""
    return float(np.sqrt(height_cm * weight_kg / 3600.0))


def area_report(area_m2: float, height_mm: float, volume_l: float) -> tuple[str, list[str]]:
    """One line of report, and a fault for each formula the skin area departs from by more than 2 %."""
    weight = volume_l * TISSUE_KG_PER_LITRE
    goals = {"Du Bois": du_bois_m2(height_mm / 10, weight), "Mosteller": mosteller_m2(height_mm / 10, weight)}
    errors = {name: area_m2 / goal - 1.0 for name, goal in goals.items()}
    text = ", ".join(f"{name} {100 * e:+.2f} %" for name, e in errors.items())
    line = f"skin area {area_m2:.4f} m² at {height_mm / 10:.1f} cm and {weight:.1f} kg: {text}"
    faults = [
        f"The skin area is {100 * e:+.1f} % off the {name} formula; at most 2 % is allowed."
        for name, e in errors.items()
        if abs(e) > AREA_TOLERANCE
    ]
    return line, faults


def mirror_faults(geometry: Geometry) -> list[str]:
    """Positions, triangles and charts must be exact mirror images."""
    body, verts = geometry.body, geometry.verts
    faults = []
    if not np.array_equal(np.round(verts[body.mirror_vert] * [-1, 1, 1], 6), np.round(verts, 6)):
        faults.append("The two sides of the body are not exact mirror images.")
    if not np.array_equal(np.sort(body.mirror_vert[body.tri], 1), np.sort(body.tri[body.mirror_tri], 1)):
        faults.append("The triangles of the two sides are not mirror images.")
    for k, region in enumerate(geometry.regions):
        a, b = geometry.charts[k], geometry.charts[region.twin]
        order = np.argsort(body.mirror_vert[b.verts])
        same = np.array_equal(body.mirror_vert[b.verts][order], a.verts) and np.allclose(
            b.xy[order] * [-1, 1], a.xy, atol=1e-9
        )
        if not same:
            faults.append(f"The chart of {region.id} is not the mirror image of its other side.")
    return faults


def partition_faults(geometry: Geometry) -> list[str]:
    """Every outer-skin position in exactly one region: none left out, none twice, areas add up."""
    areas = geometry.areas
    skin = np.flatnonzero(geometry.skin)
    over, gap = overlap_and_gap(geometry.borders, geometry.pieces, areas, skin, len(geometry.regions))
    faults = []
    if over > 0.01:
        faults.append(f"{over:.2f} mm² of skin belong to more than one region.")
    if gap > 0.01:
        faults.append(f"{gap:.2f} mm² of skin belong to no region.")
    if abs(geometry.region_areas().sum() - areas[skin].sum()) > 1.0:
        faults.append("The areas of the regions do not add up to the area of the skin.")
    if (geometry.borders.tri_region[skin] < 0).any() or (geometry.borders.tri_region[~geometry.skin] >= 0).any():
        faults.append("A skin triangle has no region, or a hidden one has.")
    return faults


def chart_faults(geometry: Geometry) -> list[str]:
    """No flips, nothing left out, area errors within the goals."""
    faults = []
    errors = np.array([c.accuracy.area_error_p95 for c in geometry.charts])
    for region, chart in zip(geometry.regions, geometry.charts, strict=True):
        if chart.accuracy.flips:
            faults.append(f"The chart of {region.id} has {chart.accuracy.flips} flipped triangles.")
        if chart.lost_mm2 > 0.0:
            faults.append(f"The chart of {region.id} leaves out {chart.lost_mm2:.1f} mm² of its region.")
        if chart.accuracy.area_error_p95 > 0.10:
            faults.append(
                f"The chart of {region.id} has an area error of {100 * chart.accuracy.area_error_p95:.1f} % (p95); "
                "at most 10 % is allowed: split the region."
            )
    if (errors <= 0.05).mean() < 0.90:
        faults.append(f"Only {100 * (errors <= 0.05).mean():.0f} % of the charts have a p95 area error of 5 % or less.")
    return faults


def name_faults(rows: Sequence[dict[str, object]]) -> list[str]:
    """Ids are unique and every region has a name in every language."""
    ids = [str(row["id"]) for row in rows]
    faults = [] if len(set(ids)) == len(ids) else ["A region id occurs twice."]
    for row in rows:
        names = row["names"]
        if not isinstance(names, dict) or not all(str(names.get(code, "")).strip() for code in LANGUAGES):
            faults.append(f"Region {row['id']} has no name in every language.")
    return faults
