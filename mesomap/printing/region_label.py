"""Names of regions as they stand on paper."""

from mesomap.atlas import Atlas
from mesomap.printing.wording import tr


def region_label(atlas: Atlas, region_id: str, language: str = "en") -> str:
    """Name of a region with the patient's side in words, e.g. "Cheek, left"."""
    region = atlas.region(region_id)
    side = side_word(region.side)
    return f"{region.name(language)}, {side}" if side else region.name(language)


def side_word(side: str) -> str:
    """The patient's side in words; empty for the midline."""
    return {"left": tr("left"), "right": tr("right")}.get(side, "")
