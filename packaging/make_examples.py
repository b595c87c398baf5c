"""Write the two example sessions of docs/examples from published protocols.

    python packaging/make_examples.py [--out docs/examples]

What the sources say is cited mark by mark; what they leave open (which spot exactly, how many, how far apart)
is laid out evenly here and marked "pattern". Places are views and landmarks: people can read the files.
"""

import argparse
import json
import math
import sys
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import shapely

from mesomap.atlas import Atlas, open_atlas
from mesomap.coverage import tally
from mesomap.exchange import read_session_text

DGM = (
    "B. Knoll, Deutsche Gesellschaft für Mesotherapie, “Mesotherapie: 1 Verfahren – 7 Optionen”, "
    "medical BEAUTY FORUM 5/17 (mesotherapie.org/ein-verfahren-sieben-optionen)"
)
RCT = (
    "C. Costantino, E. Marangio, G. Coruzzi, “Mesotherapy versus Systemic Therapy in the Treatment of Acute "
    "Low Back Pain: A Randomized Trial”, Evid Based Complement Alternat Med 2011:317183 (PMC2952299)"
)
NAPPAGE_SENTENCE = "Source (translated): the mesolift takes only minutes and is done by epidermal nappage."
POINTS_SENTENCE = (
    "Source (translated): where needed also by intradermal single-point injections, the bio-aesthetic points."
)
SCIATIC_SENTENCE = "Source, figure 2: “Drug injections were administered along the running of sciatic nerve”."
SPACING_MM = 3.0
COCKTAIL_ML = 2.0


def main() -> None:
    """Write both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "examples")
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    atlas = open_atlas()
    for name, document in (("mesolift", mesolift(atlas)), ("low_back_pain_day_1", low_back_pain(atlas))):
        read_session_text(json.dumps(document).encode(), atlas)
        text = json.dumps(document, ensure_ascii=False, indent=1)
        (out / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def document(atlas: Atlas, name: str, session: dict[str, Any], marks: list[dict[str, Any]]) -> dict[str, Any]:
    """A session file without a patient."""
    own_id = str(uuid5(NAMESPACE_URL, f"mesomap example {name}"))
    return {
        "format": "mesomap.session",
        "version": 1,
        "note": "Transcribed from a published protocol; not a record of a treatment and no advice.",
        "atlas": {"id": atlas.ref.id, "body": atlas.ref.body},
        "session": {"id": own_id, **session},
        "marks": marks,
    }


def mesolift(atlas: Atlas) -> dict[str, Any]:
    """Mesolift: epidermal nappage of the face with 2 mL of a cocktail, and bio-aesthetic points."""
    session = {
        "started_at": "2026-01-12T09:00:00+01:00",
        "indication": "Mesolift, example",
        "mixtures": [
            {
                "letter": "A",
                "name": "Anti-ageing cocktail, 2 mL: vitamins, free hyaluronic acid, antioxidants",
            }
        ],
        "remark": "Depth is not stated and not recorded. Source: at least 3 sessions, 2 weeks apart.",
        "citation": DGM,
    }
    marks = [area(atlas, view, region) for view, region in (
        ("head_front", "forehead.mid"),
        ("head_three_quarter_left", "cheek_malar.left"), ("head_three_quarter_right", "cheek_malar.right"),
        ("head_three_quarter_left", "cheek_buccal.left"), ("head_three_quarter_right", "cheek_buccal.right"),
        ("head_front", "chin.mid"),
    )]  # fmt: skip
    share_out(atlas, session, marks)
    marks += [bio_aesthetic_points(side) for side in ("left", "right")]
    return document(atlas, "mesolift", session, marks)


def area(atlas: Atlas, view: str, region: str) -> dict[str, Any]:
    """Epidermal nappage over most of a region: its outline in this view, 3 mm inside."""
    inside = atlas.region_outline(view, region).buffer(-3.0).simplify(1.0)
    parts = [part for part in shapely.get_parts(inside) if isinstance(part, shapely.Polygon)]
    largest = max(parts, key=lambda part: part.area)
    corners = [
        {"view": view, "x_mm": round(x, 1), "y_mm": round(y, 1)} for x, y in largest.exterior.coords[:-1]
    ]
    return {
        "kind": "area",
        "technique": "nappage_epidermal",
        "mixture": "A",
        "origin": "fill",
        "spacing_mm": SPACING_MM,
        "regions": [region],
        "remark": "Pattern: which regions, outline, spacing, and the share of the 2 mL by area.",
        "citation": NAPPAGE_SENTENCE,
        "outline": [corners],
    }


def share_out(atlas: Atlas, session: dict[str, Any], marks: list[dict[str, Any]]) -> None:
    """Share the cocktail by treated area, and count the punctures that the spacing gives."""
    contents = read_session_text(json.dumps(document(atlas, "x", session, marks)).encode(), atlas)
    treated = [tally(atlas, (mark,)).total.treated_cm2 or 0.0 for mark in contents.marks]
    left = COCKTAIL_ML
    for i, (mark, cm2) in enumerate(zip(marks, treated, strict=True)):
        # Shared out of what is left, so that the rounded shares add up to the cocktail.
        mark["total_ml"] = round(left * cm2 / sum(treated[i:]), 2)
        left -= mark["total_ml"]
        mark["about_n"] = round(cm2 * 100.0 / (SPACING_MM**2 * math.sqrt(3.0) / 2.0))


def bio_aesthetic_points(side: str) -> dict[str, Any]:
    """Five single points a side on malar and lower face."""
    out = 1.0 if side == "left" else -1.0
    places = [
        {"landmark": f"cheek_malar.{side}", "offset_mm": [out * 8.0, 4.0, 0.0]},
        {"landmark": f"cheek_malar.{side}", "offset_mm": [out * -6.0, -6.0, 0.0]},
        {"landmark": f"cheek_buccal.{side}", "offset_mm": [0.0, 8.0, 0.0]},
        {"landmark": f"cheek_buccal.{side}", "offset_mm": [0.0, -12.0, 0.0]},
        {"landmark": f"marionette.{side}"},
    ]
    return {
        "kind": "points",
        "technique": "bap_points",
        "mixture": "A",
        "origin": "import",
        "remark": "Pattern: five points a side and where they lie. Volume is not stated and not recorded.",
        "citation": POINTS_SENTENCE,
        "places": places,
    }


def column(*heights: float) -> list[list[float]]:
    """Offsets straight up and down, mm."""
    return [[0.0, height, 0.0] for height in heights]


def low_back_pain(atlas: Atlas) -> dict[str, Any]:
    """Day 1 of the mesotherapy group: 3 mL along the sciatic nerve of one side."""
    session = {
        "started_at": "2026-02-02T10:00:00+01:00",
        "indication": "Acute low back pain, example",
        "mixtures": [
            {
                "letter": "A",
                "name": "2 % lidocaine 1 mL + ketoprofen 160 mg 1 mL + methylprednisolone 40 mg 1 mL",
            }
        ],
        "remark": "Day 1 of days 1, 4, 7, 10 and 13. Depth is not recorded.",
        "citation": RCT,
    }
    spots: list[tuple[str, str, list[list[float]]]] = [
        ("paravertebral_lumbar.right", "beside the lumbar spine", column(40, 13, -13, -40)),
        ("sacroiliac.right", "over the sacroiliac joint", column(12, -12)),
        ("buttock.right", "on the buttock", [[14, 34, 0], [2, 10, 0], [0, -16, 0], [0, -42, 0]]),
        ("thigh_back.right", "on the back of the thigh", column(90, 45, 0, -45, -90)),
    ]  # fmt: skip
    total = sum(len(offsets) for _, _, offsets in spots)
    marks = [
        {
            "kind": "points",
            "technique": "sim_intradermal",
            "mixture": "A",
            "volume_ml": round(3.0 / total, 4),
            "origin": "import",
            "remark": f"Pattern: points {where}, one side, {total} in all, 3 mL shared evenly.",
            "citation": SCIATIC_SENTENCE,
            "places": [{"landmark": region, "offset_mm": offset} for offset in offsets],
        }
        for region, where, offsets in spots
    ]
    return document(atlas, "low back pain day 1", session, marks)


if __name__ == "__main__":
    main()
