"""The visits of a patient as history shows them: figures, what was given, and the words they are found by."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from mesomap.domain.marks import AreaRecord, InjectionSet, Mark
from mesomap.domain.session import Session, SessionStatus
from mesomap.domain.technique import techniques

if TYPE_CHECKING:
    from mesomap.atlas import Atlas
    from mesomap.services.practice import Practice


@dataclass(frozen=True, slots=True)
class Given:
    """One mixture by one technique in a session. depths_mm: those recorded, in order."""

    letter: str | None
    technique: str
    depths_mm: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """A session with its sums. words: everything it is found by, folded."""

    session: Session
    marks: tuple[Mark, ...]
    given: tuple[Given, ...]
    words: str

    @property
    def points(self) -> int:
        """Single injections."""
        return sum(mark.count for mark in self.marks if isinstance(mark, InjectionSet))

    @property
    def about_points(self) -> int:
        """Points that area records stand for."""
        return sum(mark.about_n or 0 for mark in self.marks if isinstance(mark, AreaRecord))

    @property
    def volume_ml(self) -> float | None:
        """Sum of what was recorded, None when nothing was."""
        known = [mark.total_ml for mark in self.marks if mark.total_ml is not None]
        return sum(known) if known else None


def visit_facts(practice: "Practice", atlas: "Atlas", patient_id: UUID) -> tuple[VisitFacts, ...]:
    """Every session of a patient, newest first."""
    sessions = sorted(practice.sessions(patient_id), key=lambda one: (one.started_at, one.number), reverse=True)
    return tuple(_facts(session, practice.marks(session.id), atlas) for session in sessions)


def _facts(session: Session, marks: tuple[Mark, ...], atlas: "Atlas") -> VisitFacts:
    by_kind: dict[tuple[str | None, str], set[float]] = {}
    for mark in marks:
        depths = by_kind.setdefault((mark.dose.mixture, mark.dose.technique), set())
        if mark.dose.depth_mm is not None:
            depths.add(mark.dose.depth_mm)
    given = [Given(letter, key, tuple(sorted(depths))) for (letter, key), depths in by_kind.items()]
    return VisitFacts(session, marks, tuple(given), _words(session, marks, atlas))


def _words(session: Session, marks: Sequence[Mark], atlas: "Atlas") -> str:
    regions = {region.id: region for region in atlas.regions}
    named = {
        name for mark in marks for key in mark.region_ids if key in regions for name in regions[key].names.values()
    }
    used = {mark.dose.technique for mark in marks}
    for key in used:
        known = techniques().get(key)
        named.update(() if known is None else known.names.values())
    for mixture in session.mixtures:
        named.add(mixture.name)
        for line in () if mixture.details is None else mixture.details.lines:
            named.update((line.product_name, line.lot_number))
    return " ".join([folded(session.indication), str(session.number), *map(folded, sorted(named))])


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Without case and accents, so that a search forgives them. The same names come back with every visit."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def fitting(facts: Sequence[VisitFacts], text: str) -> tuple[VisitFacts, ...]:
    """Visits in which every word of the text is found: a region, technique, product, lot or reason."""
    wanted = folded(text).split()
    return tuple(one for one in facts if all(word in one.words for word in wanted))


def unsigned(facts: Sequence[VisitFacts]) -> tuple[Session, ...]:
    """Sessions that nobody has signed yet, newest first."""
    return tuple(one.session for one in facts if one.session.status is SessionStatus.DRAFT)
