"""What surrounds the visits of the demonstration: all of it invented."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random

from mesomap.domain.session import Frame
from mesomap.services.demo_courses import PATIENTS, Series

PRACTITIONER, QUALIFICATION = "Demonstration", "Physician (example)"
REMARK = "Invented example; not a record of a treatment."

#: Indication of a course → its key in the list.
_KEYS = {
    "Mesolift": "mesolift", "Mesoglow": "mesoglow", "Mesobotox": "mesobotox", "Mesohair": "mesohair",
    "Mesocellulite": "mesocellulite", "Body contour": "body_contour", "Neck pain": "neck_pain",
    "Low back pain": "low_back_pain", "Knee pain, right": "knee_pain",
}  # fmt: skip
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
