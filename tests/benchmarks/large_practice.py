"""A practice of 20,000 patients and 100,000 sessions, written by the program's own commits: rows, changes and audit.

Making it takes minutes, so it is kept in the folder for temporary files and opened again by the next run.
"""

import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from mesomap.commands.entries import AddEntries
from mesomap.domain.change import Change, UndoStep
from mesomap.domain.entry import Entry
from mesomap.domain.lot import Lot
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Lattice, Mark, Origin
from mesomap.domain.mixture import MixtureDetails, MixtureLine
from mesomap.domain.patient import Patient
from mesomap.domain.place import AtlasRef, SkinPoint
from mesomap.domain.product import Product
from mesomap.domain.session import Mixture, Session
from mesomap.services import Practice
from mesomap.storage import Database, KdfCost
from mesomap.storage.schema import SCHEMA

PATIENTS, SESSIONS = 20_000, 100_000
PASSPHRASE = "benchmark"
PRACTITIONERS = ("Dr A. Beispiel", "Dr B. Esempio", "C. Exemple", "D. Ejemplo")
TECHNIQUES = ("papule", "nappage", "point_by_point", "sim_intradermal", "microbotox", "hypodermic", "multi_injector")
_PAIRED = ("cheek_malar", "cheek_buccal", "jawline", "buttock", "thigh_outer", "paravertebral_lumbar", "knee_medial")
REGIONS = (
    *(f"{name}.{side}" for name in _PAIRED for side in ("left", "right")),
    *("forehead.mid", "neck_anterior.mid", "abdomen_lower.mid", "scalp_vertex.mid"),
)
LOTS, PRODUCTS = 400, 40
_BEGAN = datetime(2016, 1, 4, 8, 0, tzinfo=UTC)
_ATLAS = AtlasRef("mesomap-body", "1.0.0", "female")
#: Sessions of one commit.
_BATCH = 1000
_GIVEN = ("Anna", "Zoë", "Jürgen", "María", "Seán", "Łukasz", "Chloé", "İpek", "Mario", "Eva")
_SYLLABLES = ("bei", "spiel", "es", "em", "pio", "ex", "ple", "sam", "pel", "mül", "ler", "nör", "ga", "rin", "ost")


def lot_id(number: int) -> UUID:
    """Id of a lot of the practice, 0 … LOTS − 1."""
    return UUID(int=(7 << 96) + number)


def product_id(number: int) -> UUID:
    """Id of a product of the practice, 0 … PRODUCTS − 1."""
    return UUID(int=(8 << 96) + number)


@contextmanager
def large_practice(patients: int = PATIENTS, sessions: int = SESSIONS) -> Iterator[Practice]:
    """The practice, open; made at its first use. What is written to it stays for the next run: put nothing there."""
    home = Path(tempfile.gettempdir()) / f"mesomap-large-{SCHEMA}-{patients}-{sessions}"
    if not (home / "complete").exists():
        make_large_practice(home, patients, sessions)
    practice = Practice.open(home, PASSPHRASE)
    try:
        if not practice.entries(Lot, key="L0000"):
            practice.run(AddEntries(tuple(_shelf()), name="Import"))
        yield practice
    finally:
        practice.close()


def make_large_practice(home: Path, patients: int, sessions: int) -> None:
    """Write the practice into a new folder. The same numbers give the same records."""
    print(f"Making a practice of {patients:,} patients and {sessions:,} sessions in {home} …", file=sys.stderr)
    practice = Practice.create(home, PASSPHRASE, cost=KdfCost(passes=1, memory_kib=8, lanes=1))
    database: Database = practice._database
    dice = random.Random(11)
    people = [_patient(dice, number) for number in range(patients)]
    for first in range(0, patients, 2 * _BATCH):
        database.commit(UndoStep("Import", tuple(Change(None, one) for one in people[first : first + 2 * _BATCH])))
    for first in range(0, sessions, _BATCH):
        records: list[Change] = []
        for number in range(first, min(first + _BATCH, sessions)):
            session = _session(dice, number, people)
            records.append(Change(None, session))
            records += [Change(None, mark) for mark in _marks(dice, session, number)]
        database.commit(UndoStep("Import", tuple(records)))
    practice.close()
    (home / "complete").touch()


def _shelf() -> Iterator[Entry]:
    """The products and lots that the sessions name."""
    for number in range(PRODUCTS):
        yield Product(id=product_id(number), entered_at=_BEGAN, name=f"Product {number}")
    for number in range(LOTS):
        product, bought = product_id(number % PRODUCTS), Decimal(1000)
        yield Lot(id=lot_id(number), entered_at=_BEGAN, product_id=product, number=f"L{number:04d}", bought_ml=bought)


def _patient(dice: random.Random, number: int) -> Patient:
    return Patient(
        id=UUID(int=(1 << 96) + number),
        number=str(10_000 + number),
        given_name=dice.choice(_GIVEN),
        family_name="".join(dice.choices(_SYLLABLES, k=3)).title(),
        birth_date=date(1935, 1, 1) + timedelta(days=dice.randrange(27_000)),
    )


def _session(dice: random.Random, number: int, people: list[Patient]) -> Session:
    lot = dice.randrange(LOTS)
    line = MixtureLine(
        product_id=product_id(lot % PRODUCTS),
        lot_id=lot_id(lot),
        product_name=f"Product {lot % PRODUCTS}",
        lot_number=f"L{lot:04d}",
        volume_ml=Decimal("2.5"),
    )
    return Session(
        id=UUID(int=(2 << 96) + number),
        patient_id=dice.choice(people).id,
        number=number + 1,
        started_at=_BEGAN + timedelta(minutes=51 * number),
        atlas=_ATLAS,
        practitioner=dice.choice(PRACTITIONERS),
        indication="Mesolift",
        mixtures=(Mixture(letter="A", name="Mixture", details=MixtureDetails(lines=(line,))),),
    )


def _marks(dice: random.Random, session: Session, number: int) -> list[Mark]:
    return [_mark(dice, session, UUID(int=(3 << 96) + number * 8 + turn)) for turn in range(dice.randint(1, 4))]


def _mark(dice: random.Random, session: Session, mark_id: UUID) -> Mark:
    technique, region = dice.choice(TECHNIQUES), dice.choice(REGIONS)
    dose = Dose(technique=technique, mixture="A", depth_mm=2.0)
    places = tuple(SkinPoint(dice.randrange(50_000), 0.25, 0.5) for _ in range(dice.randint(4, 20)))
    if technique == "nappage":
        return AreaRecord(
            id=mark_id,
            session_id=session.id,
            outline=(places,),
            region_ids=(region,),
            dose=dose,
            lattice=Lattice.HEX,
            spacing_mm=3.0,
            about_n=len(places) * 12,
            total_ml=0.8,
            origin=Origin.FILL,
            done_at=session.started_at,
            entered_at=session.started_at,
        )
    return InjectionSet(
        id=mark_id,
        session_id=session.id,
        points=places,
        dose=dose,
        volume_ml=0.05,
        origin=Origin.TAP,
        done_at=session.started_at,
        entered_at=session.started_at,
        region_ids=(region,),
    )
