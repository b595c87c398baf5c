"""Consents of a patient: signing, filing a scan, withdrawing, and how each kind stands today. Nothing is stopped."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from mesomap.commands.entries import AddEntries
from mesomap.domain.attachment import Attachment
from mesomap.domain.consent import (
    Consent,
    ConsentKind,
    ConsentText,
    ConsentWithdrawal,
    InkStroke,
    SignedWith,
    Standing,
    latest_consent,
    standing,
    text_changed,
)
from mesomap.domain.errors import BadInputError, NotFoundError
from mesomap.services.entering import entering
from mesomap.services.practice_texts import texts

if TYPE_CHECKING:
    from mesomap.services.practice import Practice

#: Largest scan that is kept.
MAX_SCAN_BYTES = 20_000_000
_MAX_NAME = 120


@dataclass(frozen=True, slots=True)
class ConsentState:
    """How a kind of consent stands on a day. changed: its text was changed after signing; newer: a newer version or
    another text of the kind is in use by now.
    """

    kind: ConsentKind
    standing: Standing
    consent: Consent | None = None
    end: ConsentWithdrawal | None = None
    changed: bool = False
    newer: bool = False


def consent_texts(practice: "Practice", kind: ConsentKind | None = None) -> tuple[ConsentText, ...]:
    """Texts in use, newest versions, of one kind or all."""
    return tuple(text for text in texts(practice, ConsentText) if kind is None or text.consent is kind)


def consents(practice: "Practice", patient_id: UUID) -> tuple[Consent, ...]:
    """All that a patient signed, oldest first."""
    return practice.entries(Consent, patient_id=patient_id)


def withdrawals(practice: "Practice", patient_id: UUID) -> tuple[ConsentWithdrawal, ...]:
    """All that a patient took back."""
    return practice.entries(ConsentWithdrawal, patient_id=patient_id)


def states(practice: "Practice", patient_id: UUID, on: date) -> tuple[ConsentState, ...]:
    """Every kind that the practice has a text for or the patient signed, in the order of the kinds."""
    signed, ends = consents(practice, patient_id), withdrawals(practice, patient_id)
    known = {text.consent for text in consent_texts(practice)} | {one.consent for one in signed}
    return tuple(_state(practice, kind, signed, ends, on) for kind in ConsentKind if kind in known)


def state_of(practice: "Practice", consent: Consent, on: date) -> ConsentState:
    """How one signature stands."""
    ends = practice.entries(ConsentWithdrawal, refers_to=consent.id)
    return _state(practice, consent.consent, (consent,), ends, on)


def sign(
    practice: "Practice",
    patient_id: UUID,
    text: ConsentText,
    ink: tuple[InkStroke, ...],
    picture_png: bytes,
    *,
    signed_with: SignedWith,
    signer: str = "",
    relation: str = "",
    remark: str = "",
    session_id: UUID | None = None,
    at: datetime | None = None,
) -> Consent:
    """Record a signature under a text as it stands now. Raises BadInputError."""
    stamp = entering(practice, at=at)
    picture = Attachment("image/png", picture_png)
    consent = Consent(
        patient_id=patient_id,
        session_id=session_id,
        consent=text.consent,
        text_id=text.id,
        title=text.title,
        language=text.language,
        version=text.version,
        text_sha256=text.digest,
        valid_months=text.valid_months,
        signed_at=stamp["entered_at"],
        signed_with=signed_with,
        signer=signer.strip(),
        relation=relation.strip(),
        ink=ink,
        picture=picture.digest if ink else "",
        remark=remark.strip(),
        **stamp,
    )
    practice.run(AddEntries((consent,), name="Sign consent", attachments=(picture,)))
    return consent


def file_scan(
    practice: "Practice",
    patient_id: UUID,
    kind: ConsentKind,
    data: bytes,
    *,
    name: str,
    signed_at: datetime,
    text: ConsentText | None = None,
    title: str = "",
    signer: str = "",
    relation: str = "",
    valid_months: int | None = None,
) -> Consent:
    """Keep a consent that was signed on paper. text: the version that the paper shows, None = another paper (title).

    Raises BadInputError for a file that is no PDF, JPEG or PNG, broken off, or too large.
    """
    scan = Attachment(scan_type(data), data)
    consent = Consent(
        patient_id=patient_id,
        consent=text.consent if text is not None else kind,
        text_id=text.id if text is not None else None,
        title=text.title if text is not None else title.strip(),
        language=text.language if text is not None else "",
        version=text.version if text is not None else 1,
        text_sha256=text.digest if text is not None else "",
        valid_months=text.valid_months if text is not None else valid_months,
        signed_at=signed_at,
        signed_with=SignedWith.PAPER,
        signer=signer.strip(),
        relation=relation.strip(),
        scan=scan.digest,
        scan_name=name.strip()[-_MAX_NAME:],
        **entering(practice),
    )
    practice.run(AddEntries((consent,), name="File signed paper", attachments=(scan,)))
    return consent


def scan_type(data: bytes) -> str:
    """Media type by what the bytes are, whatever the file is called. Raises BadInputError."""
    if len(data) > MAX_SCAN_BYTES:
        raise BadInputError(
            f"The file is larger than {MAX_SCAN_BYTES // 1_000_000} MB. Scan it with fewer dots per inch."
        )
    if b"%PDF-" in data[:1024]:
        return _whole("application/pdf", b"%%EOF" in data[-2048:])
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _whole("image/png", b"IEND" in data[-64:])
    if data.startswith(b"\xff\xd8\xff"):
        return _whole("image/jpeg", b"\xff\xd9" in data[-64:])
    raise BadInputError("This file is no PDF, JPEG or PNG. Choose the scan in one of these forms.")


def withdraw(practice: "Practice", consent: Consent, on: date, reason: str) -> ConsentWithdrawal:
    """Take a consent back from a day on. Raises BadInputError."""
    if practice.entries(ConsentWithdrawal, refers_to=consent.id):
        raise BadInputError("This consent was withdrawn before. Nothing was changed.")
    if on < consent.signed_at.date():
        raise BadInputError("The withdrawal lies before the signature. Enter the day it was withdrawn.")
    end = ConsentWithdrawal(
        patient_id=consent.patient_id,
        consent_id=consent.id,
        withdrawn_on=on,
        reason=reason.strip(),
        **entering(practice),
    )
    practice.run(AddEntries((end,), name="Withdraw consent"))
    return end


def text_of(practice: "Practice", consent: Consent) -> ConsentText | None:
    """The text kept under a consent, None for a paper of another origin."""
    if consent.text_id is None:
        return None
    try:
        return practice.entry(ConsentText, consent.text_id)
    except NotFoundError:
        return None


def _state(
    practice: "Practice",
    kind: ConsentKind,
    signed: tuple[Consent, ...],
    ends: tuple[ConsentWithdrawal, ...],
    on: date,
) -> ConsentState:
    consent = latest_consent(signed, ends, kind, on)
    if consent is None:
        return ConsentState(kind, Standing.NOT_RECORDED)
    text = text_of(practice, consent)
    newer = text is not None and any(
        other.series == text.series and other.version > text.version and other.language == text.language
        for other in consent_texts(practice, kind)
    )
    return ConsentState(
        kind,
        standing(consent, ends, on),
        consent,
        next((end for end in ends if end.consent_id == consent.id), None),
        changed=text is not None and text_changed(consent, text),
        newer=newer,
    )


def _whole(media_type: str, whole: bool) -> str:
    if not whole:
        raise BadInputError("The file is broken off at its end. Scan or copy it again.")
    return media_type
