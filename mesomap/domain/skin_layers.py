"""Estimated layer of a depth at a region, from a table of skin thickness (working defaults, partly
recalled).
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


@dataclass(frozen=True, slots=True)
class Thickness:
    """Skin of one site in mm: epidermis mean, dermis least, mean and most; confidence as in the table."""

    site: str
    epidermis_mm: float
    dermis_min_mm: float
    dermis_mean_mm: float
    dermis_max_mm: float
    confidence: str

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
    """Working thickness of every site in the table, by site key."""
    return {
        row["site_key"]: Thickness(
            row["site_key"],
            float(row["epidermis_mean_mm"]),
            float(row["dermis_min_mm"]),
            float(row["dermis_mean_mm"]),
            float(row["dermis_max_mm"]),
            row["confidence"],
        )
        for row in _rows("skin_thickness.csv")
    }


@cache
def _site_of_region() -> dict[str, str]:
    return {row["region"]: row["site_key"] for row in _rows("region_sites.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files("mesomap.domain").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def thickness_at(region_id: str | None) -> Thickness | None:
    """Thickness row of a region (side left out), or None: "no data". Nothing is borrowed from other sites."""
    if region_id is None:
        return None
    site = _site_of_region().get(region_id.rpartition(".")[0] or region_id)
    return thicknesses().get(site) if site else None


def estimated_layer(region_id: str | None, depth_mm: float | None) -> SkinLayer:
    """Layer estimated from depth and site; UNKNOWN when either is missing or the depth lies in the
    uncertain band.
    """
    row = thickness_at(region_id)
    if row is None or depth_mm is None:
        return SkinLayer.UNKNOWN
    return row.layer(depth_mm)
