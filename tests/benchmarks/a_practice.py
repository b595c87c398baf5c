"""A practice to measure on: one patient, sessions of as many marks as asked for; its folder goes afterwards."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from mesomap.atlas import Atlas
from mesomap.domain.marks import Dose, Origin
from mesomap.domain.place import SkinPoint
from mesomap.domain.session import Session
from mesomap.services import ChartingService, Practice
from mesomap.storage import KdfCost

#: The cheapest key derivation: what is measured comes after it.
_CHEAP = KdfCost(passes=1, memory_kib=8, lanes=1)
PASSPHRASE = "benchmark"
_SET = 250


@contextmanager
def a_practice() -> Iterator[Practice]:
    """An open practice with one patient (170 cm, 65 kg)."""
    with tempfile.TemporaryDirectory() as folder:
        practice = Practice.create(Path(folder) / "practice", PASSPHRASE, cost=_CHEAP)
        practice.new_patient(family_name="Beispiel", given_name="Anna", height_cm=170, weight_kg=65)
        try:
            yield practice
        finally:
            practice.close()


def places_in(atlas: Atlas, view_key: str, count: int) -> list[SkinPoint]:
    """Places of skin spread evenly at random over what a view shows; the same ones every time."""
    dice = np.random.default_rng(1)
    x0, y0, x1, y1 = atlas.view(view_key).box_mm
    found: list[SkinPoint] = []
    while len(found) < count:
        x, y = dice.random(2) * (x1 - x0, y1 - y0) + (x0, y0)
        point = atlas.locate_one(view_key, float(x), float(y))
        if point is not None and atlas.region_id_at(point) is not None:
            found.append(point)
    return found


def a_session(practice: Practice, atlas: Atlas, points: list[SkinPoint]) -> Session:
    """A session of these points, in sets of 250, in four mixtures and two techniques."""
    session = practice.new_session(practice.patients()[0].id, atlas)
    charting = ChartingService(practice, atlas, session.id)
    for number, start in enumerate(range(0, len(points), _SET)):
        dose = Dose(technique=("papule", "point_by_point")[number % 2], mixture="ABCD"[number % 4], depth_mm=2.0)
        charting.place(points[start : start + _SET], dose, 0.02, Origin.BRUSH)
    return session
