"""Follow-ups, events, scores, measures, sheets and notes of the demonstration: invented, uneven as real ones are."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from mesomap.commands.entries import AddEntries
from mesomap.domain.adverse_event import AdverseEvent, Outcome, Reported
from mesomap.domain.advice import AdviceGiven, AdviceSheet, GivenAs
from mesomap.domain.body_measure import BodyMeasure, Measured
from mesomap.domain.entry import Entry
from mesomap.domain.follow_up import Contact, FollowUp, FollowUpPlanned
from mesomap.domain.nutrition import NutritionNote
from mesomap.domain.patient import Patient
from mesomap.domain.scale import level_at, level_words, scale
from mesomap.domain.score import Judge, Moment, Score
from mesomap.domain.session import Session
from mesomap.services.demo_before import BeforeScribe
from mesomap.services.demo_frames import PRACTITIONER

if TYPE_CHECKING:
    from mesomap.services.practice import Practice

_SHEET = (
    "After the session (example)",
    "Example of the demonstration: here stand the practice’s own words for the time after a session.\n\n"
    "Telephone of the practice: (example)",
)
_SAID = (
    (Contact.PHONE, "Redness", "Gone after two days, own words."),
    (Contact.PHONE, "Bruise", "Two bruises, fading."),
    (Contact.VISIT, "", "Seen in passing; nothing said."),
    (Contact.MESSAGE, "Itching", "One evening, went by itself."),
    (Contact.VIDEO, "Swelling", "Left cheek a little thicker on the day after."),
)
#: Number of the patient → what is scored at each visit, by whom, where, first and last value.
_SCORED: dict[int, tuple[tuple[str, Judge, str, float, float], ...]] = {
    1: (("gais", Judge.PATIENT, "Face", 4, 2), ("gais", Judge.PRACTITIONER, "Face", 4, 3),
        ("glogau", Judge.PRACTITIONER, "", 2, 2)),
    2: (("vas", Judge.PATIENT, "Low back", 7.2, 4.1), ("nrs", Judge.PATIENT, "Low back", 7, 4)),
    3: (("ludwig", Judge.PRACTITIONER, "", 2, 2),),
    4: (("nm", Judge.PRACTITIONER, "Thigh, left", 2, 2), ("nm", Judge.PRACTITIONER, "Thigh, right", 2, 1)),
    6: (("fitz_wrinkle", Judge.PRACTITIONER, "Around the eyes", 6, 5),),
    7: (("nrs", Judge.PATIENT, "Neck", 6, 6),),
    8: (("vas", Judge.PATIENT, "Knee, right", 6.0, 5.2),),
    10: (("norwood", Judge.PRACTITIONER, "", 3.2, 3.2),),
}  # fmt: skip
#: Number of the patient → sites and first and last value: cm, "" = weight in kg.
_MEASURED: dict[int, tuple[tuple[str, float, float], ...]] = {
    4: (("Thigh, left", 61.5, 60.0), ("Thigh, right", 62.0, 60.5), ("", 70.0, 69.2)),
    5: (("Waist", 104.0, 101.5), ("", 98.0, 95.5)),
    11: (("Thigh, left", 68.0, 68.5), ("", 83.0, 83.4)),
}


def record_before_and_after(practice: "Practice", people: Sequence[Patient]) -> None:
    """Write what surrounds the visits of every patient as one step. people: in the order of their numbers."""
    visits = [tuple(sorted(practice.sessions(one.id), key=lambda visit: visit.started_at)) for one in people]
    begun = [found[0].started_at for found in visits if found]
    if not begun:
        return
    before, after = BeforeScribe(min(begun) - timedelta(days=30)), AfterScribe(min(begun) - timedelta(days=30))
    for row, (patient, sessions) in enumerate(zip(people, visits, strict=True), 1):
        # The last visit of some is under way: nothing follows it yet.
        past = tuple(one for one in sessions if one.frame.ended_at is not None)
        before.write(row, patient, sessions)
        after.write(row, patient, past)
    entries = (*before.entries, *after.entries)
    practice.run(AddEntries(entries, name="Demonstration", attachments=tuple(before.files)))


class AfterScribe:
    """Collects the entries, so that all of them are one commit."""

    def __init__(self, begun_at: datetime) -> None:
        self.entries: list[Entry] = []
        self._sheet = AdviceSheet(
            id=uuid4(), entered_at=begun_at, entered_by=PRACTITIONER, series=uuid4(), title=_SHEET[0], body=_SHEET[1],
            language="en",
        )  # fmt: skip
        self.entries.append(self._sheet)

    def write(self, row: int, patient: Patient, sessions: tuple[Session, ...]) -> None:
        """What followed the visits of one patient; sessions oldest first."""
        if not sessions:
            return
        dice = Random(f"{row} after")
        self._give_sheet(patient, sessions[0])
        for session in sessions[:-1]:
            if dice.random() < 0.4:
                self._follow(patient, session, dice)
        for at, part in _spread(sessions):
            for key, judge, site, first, last in _SCORED.get(row, ()):
                self._score(patient, at, key, judge, site, first + (last - first) * part)
            for where, first, last in _MEASURED.get(row, ()):
                self._measure(patient, at, where, first + (last - first) * part)
        self._special(row, patient, sessions)

    def _special(self, row: int, patient: Patient, sessions: tuple[Session, ...]) -> None:
        """What happened once: events, a note, a follow-up that is planned."""
        last = sessions[-1]
        ended = last.frame.ended_at or last.started_at
        if row == 4:
            self._event(patient, sessions[1], 20, term="nodule", description="Small, hard, not red.", grade=2,
                        regions=("thigh_outer.left",), action="Looked at, photographed", outcome=Outcome.RECOVERING,
                        reported=Reported.NO)  # fmt: skip
        elif row == 1:
            self._event(patient, sessions[2], 1, term="bruise", grade=1, regions=("cheek_malar.right",),
                        outcome=Outcome.RECOVERED, lasted=6)  # fmt: skip
        elif row == 2:
            self._event(patient, last, 0, term="vasovagal", grade=1, description="Lay down for ten minutes.",
                        outcome=Outcome.RECOVERED, lasted=0)  # fmt: skip
        elif row == 11:
            self._event(patient, sessions[0], 63, term="abscess", grade=3, regions=("thigh_outer.right",),
                        description="Came with a photograph of another practice.", action="Sent to the hospital",
                        outcome=Outcome.SEQUELAE, lasted=40, reported=Reported.YES, reported_to="Authority (example)",
                        reported_after=65)  # fmt: skip
            self._note(patient, ended, "Eats late in the evening; drinks little at work (own words).")
        elif row == 5:
            self._note(patient, ended, "Keeps a diary of meals until the next visit (own words).")
        elif row == 9:
            planned = (ended + timedelta(days=40)).date()
            self._add(FollowUpPlanned, patient, ended, due_on=planned, text="Look at the neck again")

    def _follow(self, patient: Patient, session: Session, dice: Random) -> None:
        contact, reaction, text = dice.choice(_SAID)
        at = session.started_at + timedelta(days=dice.randint(2, 13), hours=dice.randint(0, 3))
        values = {"done_at": at, "contact": contact, "reaction": reaction, "text": text}
        self._add(FollowUp, patient, at, session_id=session.id, **values)

    def _give_sheet(self, patient: Patient, session: Session) -> None:
        sheet, at = self._sheet, session.frame.ended_at or session.started_at
        self._add(
            AdviceGiven, patient, at, session_id=session.id, sheet_id=sheet.id, title=sheet.title,
            language=sheet.language, version=sheet.version, text_sha256=sheet.digest, given_at=at,
            given_as=GivenAs.PAPER,
        )  # fmt: skip

    def _score(self, patient: Patient, at: datetime, key: str, judge: Judge, site: str, value: float) -> None:
        asked, label = scale(key), ""
        if key == "vas":
            number = Decimal(f"{value:.1f}")
        else:
            number = min((level.low for level in asked.levels), key=lambda low: abs(float(low) - value))
            number = number if key != "fitz_wrinkle" else Decimal(round(value))
            level = level_at(asked.levels, number)
            label = level_words(asked, level)[0] if level is not None else ""
        line: dict[str, Any] = {"line_mm": Decimal(100)} if key == "vas" else {}
        self._add(
            Score, patient, at, scale=key, value=number, label=label, judge=judge, moment=Moment.BEFORE, scored_at=at,
            site=site, **line,
        )  # fmt: skip

    def _measure(self, patient: Patient, at: datetime, where: str, value: float) -> None:
        kind = Measured.CIRCUMFERENCE if where else Measured.WEIGHT
        number = Decimal(f"{value:.1f}")
        self._add(BodyMeasure, patient, at, measured=kind, value=number, site=where, measured_at=at)

    def _event(
        self, patient: Patient, session: Session, days: int, *, lasted: int | None = None, reported_after: int = 0,
        **values: Any,
    ) -> None:  # fmt: skip
        onset = session.started_at + timedelta(days=days, minutes=25)
        ended_on: date | None = None if lasted is None else (onset + timedelta(days=lasted)).date()
        reported_on = (session.started_at + timedelta(days=reported_after)).date() if reported_after else None
        known = onset + timedelta(days=max(lasted or 0, reported_after - days, 1))
        self._add(
            AdverseEvent, patient, known, session_id=session.id, onset=onset, ended_on=ended_on,
            reported_on=reported_on, **values,
        )  # fmt: skip

    def _note(self, patient: Patient, at: datetime, text: str) -> None:
        self._add(NutritionNote, patient, at, noted_on=at.date(), text=text)

    def _add(self, kind: type[Entry], patient: Patient, at: datetime, **values: Any) -> None:
        self.entries.append(kind(id=uuid4(), entered_at=at, entered_by=PRACTITIONER, patient_id=patient.id, **values))


def _spread(sessions: tuple[Session, ...]) -> list[tuple[datetime, float]]:
    """Just before the first, a middle and the last visit, and how far on in the course each is (0 to 1)."""
    picked = sorted({0, len(sessions) // 2, len(sessions) - 1})
    most = max(1, len(sessions) - 1)
    return [(sessions[number].started_at - timedelta(minutes=6), number / most) for number in picked]
