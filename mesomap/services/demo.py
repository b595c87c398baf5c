"""A demonstration home: invented patients, nothing real."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import Dose
from mesomap.domain.patient import Sex
from mesomap.domain.technique import technique
from mesomap.services.charting import ChartingService
from mesomap.services.practice import Practice
from mesomap.storage import Home, home_folder

if TYPE_CHECKING:
    from mesomap.atlas import Atlas
    from mesomap.storage import KdfCost

DEMO_PASSPHRASE = "demo"
_REMARK = "Invented example; not a record of a treatment."


@dataclass(frozen=True, slots=True)
class _Fill:
    """One fill of a past session: the regions it goes to, and what it carries."""

    regions: tuple[str, ...]
    technique: str
    mixture: str
    depth_mm: float
    volume_ml: float
    spacing_mm: float


@dataclass(frozen=True, slots=True)
class _Visit:
    """A patient with a past session."""

    family_name: str
    given_name: str
    birth_date: date
    sex: Sex
    size: tuple[float, float]
    allergies: tuple[str, ...]
    day: datetime
    indication: str
    mixture: str
    fills: tuple[_Fill, ...]


_VISITS = (
    _Visit(
        "Beispiel",
        "Anna",
        date(1979, 5, 14),
        Sex.FEMALE,
        (168.0, 62.0),
        ("latex",),
        datetime(2026, 3, 4, 10, 30, tzinfo=UTC),
        "Mesolift, invented example",
        "Mixture 1 (example)",
        (
            _Fill(("cheek_buccal.left", "cheek_buccal.right"), "nappage", "A", 2.0, 0.01, 5.0),
            _Fill(("forehead.mid", "forehead"), "papule", "A", 1.0, 0.02, 12.0),
        ),
    ),
    _Visit(
        "Esempio",
        "Bruno",
        date(1964, 11, 2),
        Sex.MALE,
        (180.0, 84.0),
        (),
        datetime(2026, 3, 9, 16, 0, tzinfo=UTC),
        "Low back, invented example",
        "Mixture 2 (example)",
        (_Fill(("paravertebral_lumbar.left", "paravertebral_lumbar.right"), "papule", "A", 2.0, 0.1, 20.0),),
    ),
    _Visit(
        "Exemple",
        "Chloé",
        date(1991, 8, 23),
        Sex.FEMALE,
        (161.0, 55.0),
        (),
        datetime(2026, 3, 11, 9, 15, tzinfo=UTC),
        "Scalp, invented example",
        "Mixture 3 (example)",
        (_Fill(("scalp_vertex.mid",), "papule", "B", 3.0, 0.05, 10.0),),
    ),
)


class DemoPractice:
    """Builds and opens the demonstration home (passphrase "demo")."""

    @staticmethod
    def build(home: Path | str | None, atlas: "Atlas", *, cost: "KdfCost | None" = None) -> Practice:
        """Three invented patients with a past session each, and an empty draft for the first; returns it
        open.

        Raises BadInputError when the home holds a practice already, and the errors of Practice.create().
        """
        practice = Practice.create(home, DEMO_PASSPHRASE, practitioner="Demonstration", cost=cost)
        try:
            for visit in _VISITS:
                _record(practice, atlas, visit)
            first = next(p for p in practice.patients() if p.family_name == _VISITS[0].family_name)
            session = practice.new_session(first.id, atlas, indication="Draft, invented example")
            ChartingService(practice, atlas, session.id).set_mixture("A", _VISITS[0].mixture)
        except BaseException:
            practice.close()
            raise
        return practice

    @staticmethod
    def open_or_build(home: Path | str | None, atlas: "Atlas", *, cost: "KdfCost | None" = None) -> Practice:
        """Open the demonstration home, or build it when the folder holds no practice. Raises typed errors."""
        if Home(home_folder(home)).exists():
            return Practice.open(home, DEMO_PASSPHRASE, practitioner="Demonstration")
        return DemoPractice.build(home, atlas, cost=cost)

    @staticmethod
    def draft(practice: Practice) -> UUID:
        """The session that the demonstration opens.

        The latest one. Raises BadInputError when there is none.
        """
        sessions = practice.sessions()
        if not sessions:
            raise BadInputError("The demonstration home holds no session.")
        return sessions[-1].id


def _record(practice: Practice, atlas: "Atlas", visit: _Visit) -> None:
    patient = practice.new_patient(
        family_name=visit.family_name,
        given_name=visit.given_name,
        birth_date=visit.birth_date,
        sex=visit.sex,
        height_cm=visit.size[0],
        weight_kg=visit.size[1],
        allergies=visit.allergies,
        notes=_REMARK,
    )
    session = practice.new_session(patient.id, atlas, indication=visit.indication, started_at=visit.day)
    charting = ChartingService(practice, atlas, session.id)
    for letter in sorted({fill.mixture for fill in visit.fills}):
        charting.set_mixture(letter, visit.mixture)
    for fill in visit.fills:
        dose = Dose(technique=technique(fill.technique).key, mixture=fill.mixture, depth_mm=fill.depth_mm)
        for region in _present(atlas, fill.regions):
            charting.fill(
                region,
                dose,
                fill.volume_ml,
                spacing_mm=fill.spacing_mm,
                done_at=visit.day,
                remark=_REMARK,
            )


def _present(atlas: "Atlas", wanted: Sequence[str]) -> tuple[str, ...]:
    """The wanted regions that this body has; its first region when it has none of them."""
    ids = [region.id for region in atlas.regions]
    return tuple(region for region in wanted if region in ids) or (ids[0],)
