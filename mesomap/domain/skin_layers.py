"""Estimated layer of a depth at a region, after one of two models that have names and do not agree.

Measured thickness (the default): the table of the region's site; where men and women were measured apart, that of
the body's sex, else working defaults for both (derived, partly recalled). French teaching (J.-J. Perrin, DIU Paris
2008): the same depths everywhere. Nothing is borrowed from another site or the other sex.
"""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources


class SkinLayer(StrEnum):
    """Layer a depth is estimated to reach. UNKNOWN: no depth, no thickness row for the site, or too close
    to tell.
    """

    EPIDERMIS = "epidermis"
    DERMIS = "dermis"
    HYPODERMIS = "hypodermis"
    UNKNOWN = "unknown"


class LayerModel(StrEnum):
    """The two models of where layers lie."""

    MEASURED = "measured"
    TEACHING = "teaching"


@dataclass(frozen=True, slots=True)
class Thickness:
    """Skin of one site in mm: epidermis mean, dermis least, mean and most; confidence as in the table.

    sex: "female" or "male" when measured in them apart, "" for both; measured: read in a source, not a default.
    """

    site: str
    epidermis_mm: float
    dermis_min_mm: float
    dermis_mean_mm: float
    dermis_max_mm: float
    confidence: str
    sex: str = ""
    measured: bool = False

    def layer(self, depth_mm: float) -> SkinLayer:
        """Layer rule of the domain pages: the band between the thinnest and thickest dermis is uncertain."""
        if depth_mm < self.epidermis_mm:
            return SkinLayer.EPIDERMIS
        if depth_mm < self.epidermis_mm + self.dermis_min_mm:
            return SkinLayer.DERMIS
        if depth_mm <= self.epidermis_mm + self.dermis_max_mm:
            return SkinLayer.UNKNOWN
        return SkinLayer.HYPODERMIS


@cache
def thicknesses() -> dict[str, Thickness]:
    """Working thickness of every site in the table, both sexes, by site key."""
    return {row["site_key"]: _thickness(row) for row in _rows("skin_thickness.csv")}


@cache
def measured_thicknesses() -> dict[tuple[str, str], Thickness]:
    """Thickness where men and women were measured apart, by site key and sex ("female", "male")."""
    sexes = {"F": "female", "M": "male"}
    rows = _rows("skin_measured.csv")
    return {(row["site_key"], sexes[row["sex"]]): _thickness(row, sexes[row["sex"]]) for row in rows}


def _thickness(row: dict[str, str], sex: str = "") -> Thickness:
    return Thickness(
        row["site_key"],
        float(row["epidermis_mean_mm"]),
        float(row["dermis_min_mm"]),
        float(row["dermis_mean_mm"]),
        float(row["dermis_max_mm"]),
        row["confidence"],
        sex,
        measured=bool(sex),
    )


@cache
def region_sites() -> dict[str, dict[str, str]]:
    """Keys of every region (side left out) that has some: site_key of its thickness, code_key of its code."""
    return {row["region"]: row for row in _rows("region_sites.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files("mesomap.domain").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def thickness_at(region_id: str | None, body: str = "") -> Thickness | None:
    """Thickness of a region (side left out) on the body "female" or "male", or None: "no data".

    That of the body's sex where it was measured, else the working default. Nothing is borrowed from other sites.
    """
    if region_id is None:
        return None
    known = region_sites().get(region_id.rpartition(".")[0] or region_id)
    if known is None or not known["site_key"]:
        return None
    return measured_thicknesses().get((known["site_key"], body)) or thicknesses().get(known["site_key"])


def estimated_layer(region_id: str | None, depth_mm: float | None, body: str = "") -> SkinLayer:
    """Layer estimated from depth and site after the measured model; UNKNOWN when either is missing or the depth
    lies in the uncertain band.
    """
    row = thickness_at(region_id, body)
    if row is None or depth_mm is None:
        return SkinLayer.UNKNOWN
    return row.layer(depth_mm)


#: Depths of the French teaching, mm: epidermis ends somewhere between the first two, dermis at the third.
TEACHING_MM = (0.5, 1.0, 4.0)


def taught_layer(depth_mm: float) -> SkinLayer:
    """Layer after the French teaching: epidermis to 0.5–1 mm, dermis to 4 mm, then hypodermis; 0.5–1 is uncertain."""
    least, most, dermis = TEACHING_MM
    if depth_mm < least:
        return SkinLayer.EPIDERMIS
    if depth_mm <= most:
        return SkinLayer.UNKNOWN
    return SkinLayer.DERMIS if depth_mm <= dermis else SkinLayer.HYPODERMIS


def layer_after(model: LayerModel, region_id: str | None, depth_mm: float | None, body: str = "") -> SkinLayer:
    """Layer after one of the two models."""
    if model is LayerModel.MEASURED or depth_mm is None:
        return estimated_layer(region_id, depth_mm, body)
    return taught_layer(depth_mm)
