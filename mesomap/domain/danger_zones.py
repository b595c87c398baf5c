"""The table of danger zones: what lies where, how deep, after whom. Where it lies on a body is the atlas's business.

Nothing here advises. The table is incomplete, and that a place has no row means nothing.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

_SHORT = {
    "supraorbital_n": "Supraorbital nerve, artery",
    "supratrochlear_n": "Supratrochlear nerve, artery",
    "infraorbital_n": "Infraorbital nerve, artery",
    "mental_n": "Mental nerve, artery",
    "facial_artery_mandible": "Facial artery, jaw",
    "facial_artery_commissure": "Facial artery, mouth corner",
    "facial_artery_nasolabial": "Facial and angular artery",
    "sta_trunk": "Superficial temporal artery",
    "sta_frontal": "Temporal artery, frontal",
    "sentinel_v": "Sentinel vein",
    "facial_n_temporal": "Facial nerve, temporal",
    "facial_n_marginal": "Facial nerve, marginal",
    "facial_n_zygobuccal": "Facial nerve, buccal",
    "accessory_n": "Accessory nerve",
    "external_jugular_v": "External jugular, carotid",
    "orbit_lid": "Eyelid, orbital septum",
    "parotid": "Parotid gland, duct",
    "thorax_pleura": "Pleura",
    "axillary_n": "Axillary nerve",
    "suprascapular_n": "Suprascapular nerve",
    "radial_n_elbow": "Radial nerve, elbow",
    "saphenous_ankle": "Great saphenous vein, nerve",
    "cubital_fossa": "Brachial artery, median nerve",
    "ulnar_n_elbow": "Ulnar nerve, elbow",
    "median_n_wrist": "Median nerve, wrist",
    "radial_a_wrist": "Radial artery, wrist",
    "ulnar_n_wrist": "Ulnar nerve, artery, wrist",
    "radial_n_wrist": "Radial nerve, superficial",
    "femoral_vessels": "Femoral artery, vein, nerve",
    "lateral_femoral_cutaneous_n": "Lateral femoral cutaneous nerve",
    "popliteal_vessels": "Popliteal vessels, tibial nerve",
    "common_peroneal_n": "Common peroneal nerve",
    "infrapatellar_n": "Saphenous nerve, infrapatellar",
    "tibial_n_ankle": "Tibial nerve, artery, ankle",
    "dorsalis_pedis": "Dorsal artery of the foot",
    "superficial_peroneal_n": "Superficial peroneal nerve",
}


@dataclass(frozen=True, slots=True)
class DangerZone:
    """One row. Depths in mm (None: not in the table); status read, recalled or both; confidence as in the table."""

    key: str
    structure: str
    kind: str
    where: str
    depth_mm: float | None
    depth_low_mm: float | None
    depth_high_mm: float | None
    plane: str
    why_recorded: str
    sources: str
    status: str
    confidence: str
    note: str

    @property
    def recalled(self) -> bool:
        """Written down from general knowledge only: hidden until asked for."""
        return self.status == "recalled"

    @property
    def partly_recalled(self) -> bool:
        """Part of the row was not read in a source."""
        return "recalled" in self.status

    @property
    def short(self) -> str:
        """Name that fits beside a picture."""
        return _SHORT.get(self.key) or self.structure.partition("(")[0].partition(",")[0].strip()


@cache
def danger_zones() -> dict[str, DangerZone]:
    """Every row by its key, in the order of the table."""
    return {row["key"]: _zone(row) for row in table_rows("danger_zones.csv")}


def _zone(row: dict[str, str]) -> DangerZone:
    return DangerZone(
        key=row["key"],
        structure=row["structure"],
        kind=row["type"],
        where=row["where_in_words"],
        depth_mm=_number(row["depth_mm"]),
        depth_low_mm=_number(row["depth_low_mm"]),
        depth_high_mm=_number(row["depth_high_mm"]),
        plane=row["plane"],
        why_recorded=row["why_recorded"],
        sources=row["sources"],
        status=row["status"],
        confidence=row["confidence"],
        note=row["note"],
    )


def _number(text: str) -> float | None:
    return float(text) if text.strip() else None


def table_rows(name: str) -> list[dict[str, str]]:
    """Rows of a table shipped beside the rules."""
    text = resources.files("mesomap.domain").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
