"""Where a lot went: sessions, patients, regions, marks and what is left. No record of its own; nothing is stored."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from mesomap.domain.lot import Lot, LotRecall, OpenedVial
from mesomap.domain.product import Product
from mesomap.domain.session import SessionStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class LotMark:
    """One mark that carries a mixture with the lot. volume_ml: of the mixture, None = not recorded.

    about: the points are an estimate from area and spacing, not set down one by one.
    """

    id: UUID
    letter: str
    technique: str
    region_ids: tuple[str, ...]
    points: int
    about: bool
    volume_ml: float | None
    done_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LotSession:
    """One session in which the lot was drawn up. letters: of the mixtures that hold it; marks: those of them.

    drawn_ml: of this lot, as far as recorded; complete False: a line has no volume. names: lot numbers as they were.
    """

    id: UUID
    number: int
    started_at: datetime
    status: SessionStatus
    practitioner: str
    patient_id: UUID
    patient_number: str
    family_name: str
    given_name: str
    letters: tuple[str, ...]
    drawn_ml: Decimal
    complete: bool
    marks: tuple[LotMark, ...]

    @property
    def known_ml(self) -> Decimal | None:
        """What was drawn up as far as recorded; None when no line has a volume."""
        return self.drawn_ml if self.complete or self.drawn_ml else None

    @property
    def voided(self) -> bool:
        """True for a voided session: it is shown and not counted."""
        return self.status is SessionStatus.VOIDED

    @property
    def region_ids(self) -> tuple[str, ...]:
        """Regions of its marks, each once, in the order of charting."""
        return tuple(dict.fromkeys(region for mark in self.marks for region in mark.region_ids))

    @property
    def points(self) -> int:
        """Points of its marks, about for areas."""
        return sum(mark.points for mark in self.marks)

    @property
    def about(self) -> bool:
        """True when some of the points are an estimate."""
        return any(mark.about for mark in self.marks)


@dataclass(frozen=True, slots=True, kw_only=True)
class LotTrace:
    """Everything recorded of one lot. sessions: the latest first, voided ones too.

    left_ml: bought - drawn up - discarded, None = not known how much was bought; bookkeeping, an upper limit unless
    complete.
    """

    lot: Lot
    product: Product | None
    recall: LotRecall | None
    vials: tuple[OpenedVial, ...]
    sessions: tuple[LotSession, ...]
    drawn_ml: Decimal
    discarded_ml: Decimal
    left_ml: Decimal | None
    complete: bool

    @property
    def counted(self) -> tuple[LotSession, ...]:
        """Sessions without the voided ones."""
        return tuple(session for session in self.sessions if not session.voided)

    @property
    def patients(self) -> int:
        """How many patients it reached."""
        return len({session.patient_id for session in self.counted})

    @property
    def marks(self) -> int:
        """How many marks carry it."""
        return sum(len(session.marks) for session in self.counted)

    @property
    def points(self) -> int:
        """How many points, about for areas."""
        return sum(session.points for session in self.counted)
