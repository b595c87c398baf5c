"""Everything that the printed comparison of two visits says."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from mesomap.coverage import RegionFigures
from mesomap.domain.consent import Consent
from mesomap.domain.outcome import OutcomeOverTime
from mesomap.domain.patient import Patient
from mesomap.domain.session import Session
from mesomap.services.comparing import Comparison, Visit
from mesomap.services.photo_showing import PhotoSet, PhotoWish, ShownPair, shown_pairs
from mesomap.services.recorded import AnyComparison, RecordedVisit

if TYPE_CHECKING:
    from mesomap.photos.beside import PhotoWorker
    from mesomap.storage.photo_files import PhotoFiles

#: Longest side that a photo needs on paper, px: 320 points at 220 per inch.
LONGEST_PX = 980


@dataclass(frozen=True)
class PrintedPhotos:
    """Pairs as they may leave. left_out: why there are none, in one sentence, "" = not asked for, or there;
    consent: under which they leave.
    """

    pairs: tuple[ShownPair, ...] = ()
    wish: PhotoWish = field(default_factory=PhotoWish)
    left_out: str = ""
    consent: Consent | None = None

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is not as it was asked for."""
        found = [self.left_out] if self.left_out else []
        for pair in self.pairs:
            sides = [side for side in (pair.before, pair.after) if side is not None and side.left_out]
            angle = pair.pair.angle or "no angle"
            found += [
                f"Photo of {side.photo.taken_at.astimezone():%Y-%m-%d}, {angle}: {side.left_out}" for side in sides
            ]
        return tuple(found)


def printed_photos(
    files: "PhotoFiles",
    worker: "PhotoWorker",
    known: PhotoSet,
    went: Callable[[int, int], None] = lambda _done, _of: None,
) -> PrintedPhotos:
    """Read, cover and lay the pairs; safe in another thread. went: see shown_pairs."""
    if known.kept_back:
        return PrintedPhotos(wish=known.wish, left_out=known.kept_back)
    if not known.pairs:
        return PrintedPhotos(wish=known.wish, left_out="There is no photo of either session.")
    return PrintedPhotos(shown_pairs(files, worker, known, LONGEST_PX, went), known.wish, consent=known.consent)


@dataclass(frozen=True)
class PrintedVisit:
    """A visit as its column is headed. laid: the visit on the body of which it has a map; said: why it has none."""

    session: Session
    total: RegionFigures
    laid: Visit | None
    said: str = ""


@dataclass(frozen=True)
class ComparisonData:
    """comparison: two visits laid on each other, or what was recorded of both where that cannot be; audit_code: state
    of the record when printed.
    """

    comparison: AnyComparison
    patient: Patient
    printed_at: datetime
    audit_code: str
    outcome: OutcomeOverTime = field(default_factory=lambda: OutcomeOverTime((), (), (), ()))
    language: str = "en"
    photos: PrintedPhotos = field(default_factory=PrintedPhotos)

    @property
    def visits(self) -> tuple[PrintedVisit, PrintedVisit]:
        """The earlier and the later one."""
        found = self.comparison
        if isinstance(found, Comparison):
            first, second = (PrintedVisit(one.session, one.tally.total, one) for one in (found.before, found.after))
        else:
            first, second = (_as_recorded(one) for one in (found.before, found.after))
        return first, second


def _as_recorded(visit: RecordedVisit) -> PrintedVisit:
    total = visit.total if visit.laid is None else visit.laid.tally.total
    return PrintedVisit(visit.session, total, visit.laid, visit.said)
