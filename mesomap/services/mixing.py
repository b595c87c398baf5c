"""Mixtures at the chair: lines from the shelf, last time's mixture again, what should be seen before it is used."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from mesomap.domain.errors import BadInputError
from mesomap.domain.exact import as_entered, total
from mesomap.domain.marks import AreaRecord, Mark
from mesomap.domain.mixing import Given, SubstanceDose, doses, mixed_volume
from mesomap.domain.mixture import MixtureDetails, MixtureLine
from mesomap.domain.patient import Patient
from mesomap.domain.product import Favourite, Product
from mesomap.domain.session import Mixture, Session
from mesomap.services.shelf import Shelf, ShelfLot

if TYPE_CHECKING:
    from mesomap.services.practice import Practice


class Notice(StrEnum):
    """What should be seen of a line before it is used. It blocks nothing; ALLERGY asks for a reason."""

    ALLERGY = "allergy"
    RECALLED = "recalled"
    EXPIRED = "expired"
    VIAL_OVER = "vial_over"
    NO_LOT = "no_lot"
    NO_COMPOSITION = "no_composition"


#: Shown in red; the others are said beside the line.
RED = frozenset({Notice.ALLERGY, Notice.RECALLED, Notice.EXPIRED, Notice.VIAL_OVER})


@dataclass(frozen=True, slots=True)
class LineNotice:
    """One notice. words: the allergy as recorded, the reason of the recall, the day of the expiry."""

    kind: Notice
    words: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """A mixture of an earlier session, as it would be taken today."""

    session_number: int
    started_at: datetime
    mixture: Mixture


def line_of(product: Product, lot: ShelfLot | None, volume_ml: Decimal | None = None) -> MixtureLine:
    """A line with the names and the composition of today. Raises BadInputError for a lot of another product."""
    if lot is not None and lot.product.id != product.id:
        raise BadInputError(
            f"Lot {lot.lot.number} belongs to {lot.product.name}, not to {product.name}. Choose one of its lots."
        )
    return MixtureLine(
        role=product.role,
        product_id=product.id,
        lot_id=lot.lot.id if lot is not None else None,
        product_name=product.name,
        lot_number=lot.lot.number if lot is not None else "",
        expiry=lot.lot.expiry if lot is not None else None,
        volume_ml=volume_ml,
        substances=product.substances,
        vial_id=lot.vial.id if lot is not None and lot.vial is not None else None,
    )


def taken_again(shelf: Shelf, lines: Iterable[MixtureLine]) -> tuple[MixtureLine, ...]:
    """Lines as they would be drawn up today: the same lot while it is in use, else the one to take, else none.

    A product that is out of the list keeps its name, without a lot.
    """
    found: list[MixtureLine] = []
    for line in lines:
        product = shelf.product(line.product_id)
        if product is None:
            found.append(replace(line, lot_id=None, lot_number="", expiry=None, vial_id=None, reason=""))
            continue
        same = shelf.lot(line.lot_id)
        lot = same if same is not None and same.in_use else shelf.lot_to_take(product.id)
        found.append(replace(line_of(product, lot, line.volume_ml), role=line.role))
    return tuple(found)


def from_favourite(shelf: Shelf, favourite: Favourite) -> MixtureDetails:
    """What a favourite would be today."""
    return MixtureDetails(lines=taken_again(shelf, favourite.lines), favourite_id=favourite.id)


def last_mixtures(practice: "Practice", shelf: Shelf, session: Session) -> tuple[Offered, ...]:
    """The mixtures with products of the latest earlier session that has any, by letter, as they would be today."""
    from mesomap.services.last_session import earlier_sessions  # late: it needs numpy

    for earlier in earlier_sessions(practice, session):
        made = [mixture for mixture in earlier.mixtures if mixture.details is not None and mixture.details.lines]
        if made:
            return tuple(
                Offered(earlier.number, earlier.started_at, _again(shelf, mixture, mixture.details))
                for mixture in made
                if mixture.details is not None
            )
    return ()


def _again(shelf: Shelf, mixture: Mixture, details: MixtureDetails) -> Mixture:
    lines = taken_again(shelf, details.lines)
    return Mixture(
        letter=mixture.letter,
        name=mixture.name,
        details=MixtureDetails(lines=lines, favourite_id=details.favourite_id),
    )


def notices(
    line: MixtureLine, shelf: Shelf, allergies: Iterable[str], on: date, at: datetime | None = None
) -> tuple[LineNotice, ...]:
    """What should be seen of a line on a day (at: the moment, for an opened vial).

    Nothing said means that nothing is recorded, never that all is well.
    """
    found = [LineNotice(Notice.ALLERGY, words) for words in allergy_matches(line, allergies)]
    lot = shelf.lot(line.lot_id)
    if lot is not None and lot.recall is not None:
        found.append(LineNotice(Notice.RECALLED, lot.recall.reason))
    expiry = lot.lot.expiry if lot is not None else line.expiry
    if expiry is not None and expiry < on:
        found.append(LineNotice(Notice.EXPIRED, expiry.isoformat()))
    vial = lot.vial if lot is not None else None
    if vial is not None and vial.id == line.vial_id and vial.use_by is not None:
        over = vial.use_by < at if at is not None else vial.use_by.date() < on
        if over:
            found.append(LineNotice(Notice.VIAL_OVER, vial.use_by.isoformat()))
    if not line.lot_number:
        found.append(LineNotice(Notice.NO_LOT))
    if not line.composition_known:
        found.append(LineNotice(Notice.NO_COMPOSITION))
    return tuple(found)


def allergy_matches(line: MixtureLine, allergies: Iterable[str]) -> tuple[str, ...]:
    """Recorded allergies whose words name a coded substance of the line, by its name or its code."""
    found: list[str] = []
    coded = [substance for substance in line.substances if substance.is_coded]
    for allergy in allergies:
        words = _words(allergy)
        for substance in coded:
            name = _words(substance.name)
            if (name and f" {name} " in f" {words} ") or substance.code.casefold() in words.split():
                found.append(allergy)
                break
    return tuple(found)


def _words(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c))))


def unanswered(lines: Iterable[MixtureLine], patient: Patient) -> tuple[MixtureLine, ...]:
    """Lines that match a recorded allergy and carry no reason yet."""
    return tuple(line for line in lines if not line.reason and allergy_matches(line, patient.allergies))


def answered(mixtures: Iterable[Mixture], patient: Patient, reason: str | None) -> tuple[Mixture, ...]:
    """The mixtures with their first unanswered line given a reason, or left out (None)."""
    done = False
    found: list[Mixture] = []
    for mixture in mixtures:
        lines: list[MixtureLine] = []
        for line in mixture.details.lines if mixture.details is not None else ():
            if done or not unanswered((line,), patient):
                lines.append(line)
                continue
            done = True
            if reason is not None:
                lines.append(replace(line, reason=reason))
        details = replace(mixture.details or MixtureDetails(), lines=tuple(lines))
        found.append(replace(mixture, details=details))
    return tuple(found)


def given_of(marks: Iterable[Mark], letter: str, region_id: str | None = None) -> Given:
    """How much of a mixture the marks carry, in one region or in all.

    A mark over several regions counts in each of them only where it is the only one; else the sum is not complete.
    """
    parts: list[Decimal] = []
    complete, about = True, False
    for mark in marks:
        if mark.dose.mixture != letter or (region_id is not None and region_id not in mark.region_ids):
            continue
        about = about or isinstance(mark, AreaRecord) or mark.origin.is_pattern
        if mark.total_ml is None or (region_id is not None and len(mark.region_ids) > 1):
            complete = False
        else:
            parts.append(as_entered(round(mark.total_ml, 9)))
    return Given(total(parts), complete, about)


def session_doses(session: Session, marks: Iterable[Mark], region_id: str | None = None) -> tuple[SubstanceDose, ...]:
    """Dose of every substance in a session, or in one of its regions."""
    kept = tuple(marks)
    return doses(
        (mixture.details, given_of(kept, mixture.letter, region_id))
        for mixture in session.mixtures
        if mixture.details is not None
    )


def course_doses(sessions: Iterable[tuple[Session, tuple[Mark, ...]]]) -> tuple[SubstanceDose, ...]:
    """Dose of every substance over several sessions."""
    return doses(
        (mixture.details, given_of(marks, mixture.letter))
        for session, marks in sessions
        for mixture in session.mixtures
        if mixture.details is not None
    )


def prepared_ml(mixture: Mixture) -> Decimal | None:
    """How much was prepared: the sum of the lines, else what was drawn up; None = not recorded."""
    if mixture.details is not None and mixture.details.lines:
        volume = mixed_volume(mixture.details)
        if volume.complete:
            return volume.ml
    return None if mixture.drawn_ml is None else as_entered(mixture.drawn_ml)
