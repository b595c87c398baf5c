"""What surrounds the visits of the demonstration, and the pain drawings of its pain patients: all invented."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING
from uuid import uuid4

from mesomap.domain.complaint import Complaint, ComplaintKind
from mesomap.domain.session import Frame, Session
from mesomap.services.demo_courses import PATIENTS, Series

if TYPE_CHECKING:
    from mesomap.atlas import Atlas
    from mesomap.domain.marks import Outline

PRACTITIONER, QUALIFICATION = "Demonstration", "Physician (example)"
REMARK = "Invented example; not a record of a treatment."
#: Indication of a course → its key in the list.
_KEYS = {
    "Mesolift": "mesolift", "Mesoglow": "mesoglow", "Mesobotox": "mesobotox", "Mesohair": "mesohair",
    "Mesocellulite": "mesocellulite", "Body contour": "body_contour", "Neck pain": "neck_pain",
    "Low back pain": "low_back_pain", "Knee pain, right": "knee_pain",
}  # fmt: skip
#: Indication → areas (regions, radius in mm, first intensity, quality) and regions of trigger points.
_DRAWINGS: dict[str, tuple[tuple[tuple[tuple[str, ...], float, int, str], ...], tuple[str, ...]]] = {
    "Low back pain": (
        (
            (("paravertebral_lumbar.left", "paravertebral_lumbar.right"), 34.0, 7, "dull, pulling"),
            (("sacroiliac.right", "buttock.right"), 30.0, 4, "burning"),
        ),
        ("sacroiliac.right", "paravertebral_lumbar.left"),
    ),
    "Neck pain": (
        (
            (("paravertebral_cervical.left", "trapezius.left"), 30.0, 6, "pulling"),
            (("paravertebral_cervical.right", "trapezius.right"), 26.0, 3, ""),
        ),
        ("trapezius.left",),
    ),
    "Knee pain, right": (((("knee_medial.right",), 26.0, 5, "stabbing"), (("knee_front.right",), 22.0, 3, "")), ()),
}
#: How the first intensity changes from visit to visit: up and down, as people say it. It proves nothing.
_CHANGES = (0, 0, -1, 1, -2, 0)
_ANTISEPSIS = ("Alcohol 70 %", "Chlorhexidine in alcohol", "Octenidine", "")
_REACTIONS = ("Redness", "Redness, Wheals", "Pinpoint bleeding", "Wheals", "", "Bruise")


def demo_frame(series: Series, at: datetime, entered_at: datetime, dice: Random, *, interrupted: bool) -> Frame:
    """The frame of a visit that began at a moment and was entered then or later; some fields stay empty."""
    face = series.indication in ("Mesolift", "Mesoglow", "Mesobotox")
    return Frame(
        indication_keys=(_KEYS[series.indication],) if series.indication in _KEYS else (),
        ended_at=at + timedelta(minutes=9 if interrupted else dice.randint(18, 45)),
        entered_at=entered_at,
        place=dice.choice(("Practice, room 2 (example)", "Practice, room 1 (example)")),
        qualification=QUALIFICATION,
        antisepsis=dice.choice(_ANTISEPSIS),
        anaesthesia=dice.choice(("Lidocaine and prilocaine cream", "Cold pack", "")) if face else "",
        reaction="Faint" if interrupted else dice.choice(_REACTIONS),
    )


def demo_drawing(
    atlas: "Atlas", session: Session, series: Series, number: int, entered_at: datetime
) -> tuple[Complaint, ...]:
    """The pain drawing of visit `number`; none when the course is not one of pain or the body lacks the regions."""
    areas, points = _DRAWINGS.get(series.indication, ((), ()))
    ids = {region.id for region in atlas.regions}
    drawn = []
    for wanted, radius_mm, first, quality in areas:
        regions = tuple(region for region in wanted if region in ids)
        if not regions:
            continue
        drawn.append(
            Complaint(
                id=uuid4(),
                session_id=session.id,
                kind=ComplaintKind.AREA,
                region_ids=regions,
                entered_at=entered_at,
                outline=tuple(ring for region in regions for ring in _blob(atlas, region, radius_mm)),
                intensity=first + _CHANGES[(number - 1) % len(_CHANGES)],
                quality=quality,
                remark=REMARK,
            )
        )
    drawn += [
        Complaint(
            id=uuid4(),
            session_id=session.id,
            kind=ComplaintKind.TRIGGER_POINT,
            region_ids=(region,),
            entered_at=entered_at,
            points=_blob(atlas, region, 6.0)[0][:1],
            intensity=8 if number % 2 else None,
            remark=REMARK,
        )
        for region in points
        if region in ids
    ]
    return tuple(drawn)


def demo_choices() -> dict[str, object]:
    """What the practice remembers: its practitioner, and which indications were chosen how often."""
    visits = Counter(
        _KEYS[series.indication] for one in PATIENTS for series in one.series for _day in series.days_ago()
    )
    return {
        "window.frame.practitioners": [[PRACTITIONER, QUALIFICATION]],
        "window.frame.indications": dict(visits),
        "window.frame.place": ["Practice", "room 2 (example)", "room 1 (example)"],
    }


def _blob(atlas: "Atlas", region_id: str, radius_mm: float) -> "Outline":
    """A round piece of a region's skin about its middle, cut to the region."""
    import shapely  # late: the window paints first

    from mesomap.atlas.areas import polygonal
    from mesomap.coverage.fill import outline_on_skin

    chart = atlas.chart(region_id)
    middle = chart.polygon.centroid
    if not chart.polygon.contains(middle):
        middle = chart.polygon.representative_point()
    disc = middle.buffer(radius_mm)
    return outline_on_skin(chart, polygonal(shapely.intersection(disc, chart.polygon)))
