"""Consent: the versioned texts of the practice, what was signed, what was withdrawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from mesomap.domain.entry import Entry
from mesomap.domain.errors import BadInputError
from mesomap.domain.practice_text import PracticeText

MAX_SIGNER = 200
MAX_MONTHS = 600
#: More points than a long signature has.
MAX_INK = 20_000
#: A clock may be off by so much.
_CLOCK_SLACK = timedelta(minutes=5)


class ConsentKind(StrEnum):
    """What is consented to, each apart from the others."""

    TREATMENT = "treatment"
    PHOTO = "photo"
    OFF_LABEL = "off_label"
    DATA = "data"


class SignedWith(StrEnum):
    """How it was signed."""

    PEN = "pen"
    FINGER = "finger"
    MOUSE = "mouse"
    PAPER = "paper"


class Standing(StrEnum):
    """What a consent is today."""

    IN_DATE = "in date"
    OUT_OF_DATE = "out of date"
    WITHDRAWN = "withdrawn"
    NOT_RECORDED = "not recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentText(PracticeText):
    """What a patient signs. valid_months: how long a signature under it holds, None = no end is set."""

    KIND: ClassVar[str] = "consent_text"

    consent: ConsentKind = ConsentKind.TREATMENT
    valid_months: int | None = None

    def check(self) -> None:
        """As PracticeText; refuse a validity that is none. Raises BadInputError."""
        PracticeText.check(self)
        _check_months(self.valid_months)


@dataclass(frozen=True, slots=True, kw_only=True)
class InkStroke:
    """One stroke of a signature: places in thousandths of the field’s height from its top left corner, thousandths of
    full pressure (empty = the device has none), milliseconds since the first stroke began.
    """

    x: tuple[int, ...]
    y: tuple[int, ...]
    ms: tuple[int, ...] = ()
    pressure: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(Entry):
    """A signature under one version of a text, never edited afterwards.

    text_sha256: digest of the text that was signed; title, language and version as they were. picture: digest of the
    attached PNG of the signature; scan: digest of the attached file when it was signed on paper. signer "" = the
    patient; relation: as what somebody else signed ("mother").
    """

    KIND: ClassVar[str] = "consent"
    SEALED: ClassVar[bool] = True

    consent: ConsentKind
    text_id: UUID | None = None
    title: str
    language: str = ""
    version: int = 1
    text_sha256: str = ""
    valid_months: int | None = None
    signed_at: datetime
    signed_with: SignedWith
    signer: str = ""
    relation: str = ""
    ink: tuple[InkStroke, ...] = ()
    picture: str = ""
    scan: str = ""
    scan_name: str = ""
    remark: str = ""

    @property
    def key(self) -> str:
        """Looked up by its kind."""
        return self.consent.value

    @property
    def at(self) -> datetime:
        """When it was signed."""
        return self.signed_at

    @property
    def refers_to(self) -> tuple[UUID, ...]:
        """The text that was signed."""
        return () if self.text_id is None else (self.text_id,)

    @property
    def valid_until(self) -> date | None:
        """Last day it is in date, None = no end was set."""
        if self.valid_months is None:
            return None
        return months_later(self.signed_at.date(), self.valid_months)

    def check(self) -> None:
        """Refuse a consent of nobody, without signature, signed in the future. Raises BadInputError."""
        if self.patient_id is None:
            raise BadInputError("This consent names no patient. Open a patient and sign there.")
        if not self.title.strip():
            raise BadInputError("This consent does not say what was signed. Choose a text.")
        if self.signed_at > self.entered_at + _CLOCK_SLACK:
            raise BadInputError("The consent was signed in the future. Enter the day it was signed.")
        if self.signed_with is SignedWith.PAPER:
            if not self.scan:
                raise BadInputError("There is no scan of the signed paper. Choose the file.")
        elif not self.ink or not self.picture:
            raise BadInputError("Nothing was signed. Sign in the field.")
        if sum(len(stroke.x) for stroke in self.ink) > MAX_INK:
            raise BadInputError("The signature is longer than can be kept. Clear it and sign again.")
        if any(len(stroke.x) != len(stroke.y) for stroke in self.ink):
            raise BadInputError("The signature is not whole. Clear it and sign again.")
        if max(len(self.signer), len(self.relation), len(self.scan_name)) > MAX_SIGNER:
            raise BadInputError(f"A name is longer than {MAX_SIGNER} letters. Shorten it.")
        _check_months(self.valid_months)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWithdrawal(Entry):
    """A consent taken back, with day and reason; the consent itself stays as it was."""

    KIND: ClassVar[str] = "consent_end"
    SEALED: ClassVar[bool] = True

    consent_id: UUID
    withdrawn_on: date
    reason: str = ""

    @property
    def refers_to(self) -> tuple[UUID, ...]:
        """The consent taken back."""
        return (self.consent_id,)

    def check(self) -> None:
        """Refuse a day to come. Raises BadInputError."""
        if self.patient_id is None:
            raise BadInputError("This withdrawal names no patient. Open a patient and withdraw there.")
        if self.withdrawn_on > self.entered_at.date():
            raise BadInputError("The day of the withdrawal lies in the future. Enter a day up to today.")


def standing(consent: Consent | None, ends: Iterable[ConsentWithdrawal], on: date) -> Standing:
    """What the consent is on a day. Bookkeeping only: nothing is stopped by it."""
    if consent is None:
        return Standing.NOT_RECORDED
    if any(end.consent_id == consent.id and end.withdrawn_on <= on for end in ends):
        return Standing.WITHDRAWN
    until = consent.valid_until
    return Standing.OUT_OF_DATE if until is not None and on > until else Standing.IN_DATE


def latest_consent(
    consents: Iterable[Consent], ends: Iterable[ConsentWithdrawal], kind: ConsentKind, on: date
) -> Consent | None:
    """The consent of a kind that counts on a day: one in date before others, of those the one signed last."""
    gone = tuple(ends)
    ours = [one for one in consents if one.consent is kind and one.signed_at.date() <= on]
    return max(ours, key=lambda one: (standing(one, gone, on) is Standing.IN_DATE, one.signed_at), default=None)


def text_changed(consent: Consent, text: ConsentText) -> bool:
    """Whether the text kept under the consent's text_id is no longer the text that was signed."""
    return bool(consent.text_sha256) and consent.text_sha256 != text.digest


def months_later(day: date, months: int) -> date:
    """The same day some months later, the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for length in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, length)
        except ValueError:
            continue
    raise BadInputError(f"{months} months after {day} is no day of the calendar.")


def _check_months(months: int | None) -> None:
    if months is not None and not 1 <= months <= MAX_MONTHS:
        raise BadInputError(f"{months} months is not possible. Enter 1 to {MAX_MONTHS}, or nothing for no end.")
