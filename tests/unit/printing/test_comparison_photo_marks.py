"""Marks over photos on the printed comparison: where the landmarks put them, with their error, or said why not."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from mesomap.app.application import make_application
from mesomap.atlas import Atlas
from mesomap.atlas.landmarks import landmarks_of
from mesomap.domain.marks import Dose, InjectionSet, Origin
from mesomap.domain.photo import LandmarkOnPhoto, Photo, PhotoLandmarks
from mesomap.domain.session import Session
from mesomap.photos.fit import Fit
from mesomap.printing.comparison import ComparisonData, PrintedPhotos, comparison_pdf
from mesomap.printing.comparison_photo_marks import marks_over
from mesomap.services.comparing import Visit, compare
from mesomap.services.photo_landmarks import asked_landmarks
from mesomap.services.photo_pairs import PhotoPair
from mesomap.services.photo_showing import PhotoWish, ShownPair, ShownPhoto
from tests.photo_camera import Shot
from tests.records import NOON, a_patient
from tests.unit.printing.pdf_text import pages_text

PATIENT = a_patient("77", "Ölçer")
SIZE = (600, 800)
#: Half as large, aside: how the later photo lies on the earlier one.
LAID = Fit(0.5, 0.0, 100.0, 150.0, 0.8, 60, 0.9, 0.8)


def a_photo() -> Photo:
    return Photo(
        id=uuid4(), entered_at=NOON, patient_id=PATIENT.id, taken_at=NOON, media_type="image/jpeg", sha256="a",
        kept_sha256="b", file="c", thumbnail="d", byte_count=1, width_px=SIZE[0], height_px=SIZE[1], angle="front",
    )  # fmt: skip


def landmarks(atlas: Atlas, photo: Photo, count: int = 12, spoilt_px: float = 0.0) -> PhotoLandmarks:
    """As a camera shows them; spoilt: far from where they are, each in another direction."""
    names = asked_landmarks(atlas, "head_front")[:count]
    known = {mark.id: row for row, mark in enumerate(landmarks_of(atlas).rows)}
    px = Shot(size_px=SIZE).takes(atlas, "head_front", landmarks_of(atlas).xyz_mm[[known[name] for name in names]])
    px = px + spoilt_px * np.random.default_rng(4).normal(size=px.shape)
    places = tuple(LandmarkOnPhoto(landmark=name, x=x, y=y) for name, (x, y) in zip(names, px.tolist(), strict=True))
    return PhotoLandmarks(
        id=uuid4(), entered_at=NOON, patient_id=PATIENT.id, photo_id=photo.id, view="head_front", places=places
    )


@pytest.fixture(scope="module")
def visit(real_atlas: Atlas) -> Visit:
    """One injection on the tip of the nose."""
    make_application()
    session = Session(id=uuid4(), patient_id=PATIENT.id, number=1, started_at=NOON, atlas=real_atlas.ref)
    tip = landmarks_of(real_atlas).find("pronasale")
    assert tip is not None
    mark = InjectionSet(
        id=uuid4(), session_id=session.id, points=(tip.skin,), origin=Origin.TAP, done_at=NOON, entered_at=NOON,
        dose=Dose(technique="papule", mixture="A", depth_mm=2.0), volume_ml=0.05,
    )  # fmt: skip
    return Visit(session, (mark,), real_atlas, {})


def a_pair(first: ShownPhoto, second: ShownPhoto, fit: Fit | None = None) -> ShownPair:
    return ShownPair(PhotoPair("front", first.photo, second.photo), first, second, fit)


def drawn_at(pair: ShownPair, side: ShownPhoto, visit: Visit) -> tuple[float, float]:
    """Middle of what is drawn over a blank photo, px."""
    found = marks_over(pair, side, visit)
    assert found.over is not None
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor("#808080"))
    painter = QPainter(image)
    found.over(painter, QRectF(image.rect()), 2.0)
    painter.end()
    raw = np.frombuffer(bytes(image.constBits()), np.uint8).reshape(SIZE[1], SIZE[0], 4)
    rows, columns = np.nonzero((raw[..., :3] != 0x80).any(axis=2))
    assert len(rows)
    return (float(columns.min() + columns.max()) / 2, float(rows.min() + rows.max()) / 2)


def test_a_mark_is_drawn_where_the_landmark_is_and_goes_along_with_a_photo_that_is_laid_on_another(
    real_atlas: Atlas, visit: Visit
) -> None:
    first, second = a_photo(), a_photo()
    known = landmarks(real_atlas, first)
    tip = next(place for place in known.places if place.landmark == "pronasale.mid")
    sides = [ShownPhoto(photo, landmarks=known) for photo in (first, second)]
    pair = a_pair(sides[0], sides[1], LAID)
    assert drawn_at(pair, sides[0], visit) == pytest.approx((tip.x, tip.y), abs=8)
    there = (0.5 * tip.x + 100, 0.5 * tip.y + 150)
    assert drawn_at(pair, sides[1], visit) == pytest.approx(there, abs=8)


def test_the_page_says_the_error_or_why_there_are_no_marks(real_atlas: Atlas, visit: Visit, tmp_path: Path) -> None:
    other = Session(
        id=UUID(int=2), patient_id=PATIENT.id, number=2, started_at=NOON + timedelta(days=14), atlas=real_atlas.ref
    )
    found = compare(visit, Visit(other, (), real_atlas, {}))
    blank = (*SIZE, bytes([128]) * (4 * SIZE[0] * SIZE[1]))
    first, second, third = a_photo(), a_photo(), a_photo()
    good = ShownPhoto(first, blank, landmarks=landmarks(real_atlas, first))
    poor = ShownPhoto(second, blank, landmarks=landmarks(real_atlas, second, spoilt_px=90.0))
    bare = ShownPhoto(third, blank)
    photos = PrintedPhotos((a_pair(good, poor), a_pair(good, bare)), PhotoWish(marks=True))
    path = tmp_path / "a.pdf"
    path.write_bytes(
        comparison_pdf(ComparisonData(found, PATIENT, datetime(2026, 11, 22, tzinfo=UTC), "1-a", photos=photos))
    )
    said = " ".join(" ".join(pages_text(path)).split())
    assert said.count("marks off by about") == 2
    assert said.count("marks not drawn: the landmarks fit too poorly") == 1
    assert said.count("marks not drawn: no landmarks are set on this photo") == 1
    assert "a reference body is fitted to a person, places are approximate" in said
