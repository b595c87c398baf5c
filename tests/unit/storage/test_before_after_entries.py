"""Entries before and after a treatment as text: back unchanged, and the same text for ever."""

from dataclasses import MISSING, fields
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest

from mesomap.domain.adverse_event import AdverseEvent, Outcome, Reported, SitePoint
from mesomap.domain.advice import AdviceGiven, AdviceSheet, GivenAs
from mesomap.domain.body_measure import BodyMeasure, Measured
from mesomap.domain.caution import Answer, CautionAnswer, CautionQuestion
from mesomap.domain.consent import Consent, ConsentKind, ConsentText, ConsentWithdrawal, InkStroke, SignedWith
from mesomap.domain.entry import Entry
from mesomap.domain.follow_up import Contact, FollowUp, FollowUpPlanned
from mesomap.domain.nutrition import NutritionNote
from mesomap.domain.place import AtlasRef
from mesomap.domain.scale import ScaleLicence
from mesomap.domain.score import ItemValue, Judge, Moment, Score
from mesomap.storage.canonical import canonical, record_from

AT = datetime(2026, 11, 22, 14, 0, 30, tzinfo=UTC)
DAY = date(2026, 11, 20)


def _head(number: int) -> dict[str, Any]:
    return {
        "id": UUID(int=number), "entered_at": AT, "entered_by": "Dr Beispiel", "patient_id": UUID(int=900),
        "session_id": UUID(int=901), "withdrawn": "by mistake",
    }  # fmt: skip


def samples() -> list[Entry]:
    """One entry of each kind with every field filled."""
    text = {"series": UUID(int=50), "title": "Título", "language": "es", "version": 3, "body": "Línea\n\notra"}
    point = SitePoint(atlas=AtlasRef("mesomap-body", "1.2.0", "female"), triangle=7, b0=0.25, b1=0.5)
    ink = (InkStroke(x=(0, 10), y=(5, 6), ms=(0, 8), pressure=(300, 400)),)
    made: list[tuple[type[Entry], dict[str, Any]]] = [
        (AdverseEvent, {
            "onset": AT, "onset_hour_known": False, "term": "nodule", "description": "hard", "grade": 2,
            "grade_scale": "site_pain", "regions": ("forehead.mid",), "point": point, "suspected_lot": "L1",
            "lot_id": UUID(int=51), "action": "seen", "outcome": Outcome.SEQUELAE, "ended_on": DAY,
            "reported": Reported.YES, "reported_on": DAY, "reported_to": "authority",
        }),
        (AdviceSheet, dict(text)),
        (AdviceGiven, {
            "sheet_id": UUID(int=52), "title": "After", "language": "en", "version": 2, "text_sha256": "ab",
            "given_at": AT, "given_as": GivenAs.MESSAGE,
        }),
        (BodyMeasure, {"measured": Measured.FOLD, "value": Decimal("21.50"), "site": "Waist", "measured_at": AT}),
        (CautionAnswer, {
            "question": "allergy", "text": "Allergy", "answer": Answer.UNKNOWN, "answered_on": DAY, "comment": "latex",
        }),
        (CautionQuestion, {"question": "own.1", "text": "Lenses", "asked": False}),
        (Consent, {
            "consent": ConsentKind.PHOTO, "text_id": UUID(int=53), "title": "Photos", "language": "en", "version": 2,
            "text_sha256": "ab", "valid_months": 12, "signed_at": AT, "signed_with": SignedWith.PEN, "signer": "Rosa",
            "relation": "mother", "ink": ink, "picture": "cd", "scan": "ef", "scan_name": "s.pdf", "remark": "r",
        }),
        (ConsentText, {**text, "consent": ConsentKind.DATA, "valid_months": 24}),
        (ConsentWithdrawal, {"consent_id": UUID(int=54), "withdrawn_on": DAY, "reason": "own wish"}),
        (FollowUp, {
            "done_at": AT, "contact": Contact.VIDEO, "reaction": "Bruise", "text": "fading", "settles": UUID(int=55),
        }),
        (FollowUpPlanned, {"due_on": DAY, "text": "look again"}),
        (NutritionNote, {"noted_on": DAY, "text": "three meals"}),
        (ScaleLicence, {"scale": "wsrs", "text": "permission"}),
        (Score, {
            "scale": "hexsel_css", "value": Decimal("7"), "items": (ItemValue(item="depth", value=Decimal("2")),),
            "label": "Moderate", "judge": Judge.PATIENT, "moment": Moment.FOLLOW_UP, "scored_at": AT, "site": "left",
            "line_mm": Decimal("100"), "line_calibrated": True, "remark": "r",
        }),
    ]  # fmt: skip
    return [kind(**_head(number), **values) for number, (kind, values) in enumerate(made, 1)]


#: First 16 digits of the SHA-256 of each text. They never change: digests of every practice rest on them.
DIGESTS = {
    "adverse_event": "62e1eb1a29675795",
    "advice_sheet": "cf62847f6fb36bd9",
    "advice_given": "7411c3014327c584",
    "measure": "bdbe23b0827c7510",
    "caution_answer": "0e7c33c437663ec7",
    "caution_question": "3fcfe91a73915201",
    "consent": "cadfff2ba073cf16",
    "consent_text": "db2c3b05b6d1e1d9",
    "consent_end": "b011cfaaf58bbcb6",
    "follow_up": "64f87578f4ba2121",
    "follow_up_due": "87d4ade3392d514e",
    "nutrition": "d06c82a92bcdc3b8",
    "scale_licence": "f827eb1fcde171d9",
    "score": "747edeecd2cb07e3",
}


@pytest.mark.parametrize("entry", samples(), ids=lambda entry: entry.KIND)
def test_every_field_comes_back(entry: Entry) -> None:
    assert record_from(canonical(entry)) == entry
    unfilled = [
        field.name
        for field in fields(entry)
        if field.default is not MISSING and getattr(entry, field.name) == field.default
    ]
    assert unfilled == []


def test_the_text_of_each_kind_is_the_same_for_ever() -> None:
    found = {entry.KIND: sha256(canonical(entry)).hexdigest()[:16] for entry in samples()}
    assert found == DIGESTS
