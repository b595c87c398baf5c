"""Photographs that leave the program: only with consent, in pairs of one angle, never uncovered when asked to."""

import math
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from mesomap.atlas import Atlas
from mesomap.commands.entries import AddEntries
from mesomap.domain.clock import now
from mesomap.domain.consent import Consent, ConsentKind, ConsentText
from mesomap.domain.errors import BadInputError
from mesomap.domain.patient import Patient
from mesomap.domain.photo import LandmarkOnPhoto, Photo, PhotoAlignment, PhotoLandmarks
from mesomap.domain.photo_mask import MaskPlace, MaskShape
from mesomap.domain.session import Session
from mesomap.photos.beside import PhotoWorker
from mesomap.photos.fit import Fit
from mesomap.photos.masking import COVER
from mesomap.services import Practice
from mesomap.services.consents import file_scan, withdraw
from mesomap.services.entering import entering
from mesomap.services.photo_album import PhotoAlbum, prepare
from mesomap.services.photo_covers import carried_cover, cover_of, keep_cover
from mesomap.services.photo_pairs import check_photos_leave, photos_kept_back, visit_photos
from mesomap.services.photo_showing import MAX_WATERMARK, NO_PLACE, PhotoSet, PhotoWish, photo_set, shown_pairs
from mesomap.services.practice_texts import new_text
from tests.pictures import exif, face, saved

TODAY = date.today()
DAYS = (datetime(2026, 3, 14, 9, 30).astimezone(), datetime(2026, 6, 20, 9, 30).astimezone())
EYES = MaskPlace(MaskShape.EYES, 150, 170, 90, 25)


@pytest.fixture(scope="module")
def worker() -> Iterator[PhotoWorker]:
    with PhotoWorker() as made:
        yield made


@pytest.fixture
def patient(practice: Practice) -> Patient:
    return practice.new_patient(family_name="Beispiel", given_name="Anna", height_cm=170, weight_kg=65)


@pytest.fixture
def visits(practice: Practice, patient: Patient, atlas: Atlas) -> tuple[Session, Session]:
    first, second = (practice.new_session(patient.id, atlas, started_at=day) for day in DAYS)
    return first, second


def take(
    practice: Practice, worker: PhotoWorker, patient: Patient, visit: Session, angle: str = "front", *,
    turn: float = 0.0, picture: Image.Image | None = None,
) -> Photo:  # fmt: skip
    """A photo of a visit."""
    marked = exif()
    marked.get_ifd(0x8769)[0x9003] = f"{visit.started_at.astimezone():%Y:%m:%d %H:%M:%S}"
    whole = picture or face(300, 400, seed=3, moles=160)
    whole = whole.rotate(turn, Image.Resampling.BICUBIC, fillcolor=(196, 188, 180))
    data = saved(whole, exif=marked, quality=95)
    album = PhotoAlbum(practice, patient.id)
    return album.enter(prepare(practice.photo_files, worker, patient.id, data + bytes([len(angle)]), "a.jpg"), angle)


def consented(practice: Practice, patient: Patient) -> Consent:
    text = new_text(practice, ConsentText, title="Photos", language="en", body="…", consent=ConsentKind.PHOTO)
    return file_scan(
        practice, patient.id, ConsentKind.PHOTO, b"%PDF-1.4\n%%EOF\n", name="a.pdf",
        signed_at=now() - timedelta(hours=1), text=text,
    )  # fmt: skip


def known(practice: Practice, patient: Patient, visits: tuple[Session, Session], wish: PhotoWish) -> PhotoSet:
    return photo_set(practice, patient.id, visits[0].id, visits[1].id, wish, TODAY)


def test_photos_stay_without_consent_and_after_it_was_withdrawn(
    practice: Practice, patient: Patient, visits: tuple[Session, Session], worker: PhotoWorker
) -> None:
    for visit in visits:
        take(practice, worker, patient, visit)
    found = known(practice, patient, visits, PhotoWish())
    assert found.pairs == ()
    assert "no photo consent" in found.kept_back
    with pytest.raises(BadInputError, match="no photo consent"):
        check_photos_leave(practice, patient.id, TODAY)
    consent = consented(practice, patient)
    assert photos_kept_back(practice, patient.id, TODAY) == ""
    assert len(known(practice, patient, visits, PhotoWish()).pairs) == 1
    withdraw(practice, consent, TODAY, "changed their mind")
    assert "withdrawn" in photos_kept_back(practice, patient.id, TODAY)
    assert known(practice, patient, visits, PhotoWish()).pairs == ()


def test_photos_pair_by_angle_the_last_of_a_visit_counts_and_one_may_be_missing(
    practice: Practice, patient: Patient, visits: tuple[Session, Session], worker: PhotoWorker
) -> None:
    plain = face(40, 50, seed=1)
    for seed in (1, 2):
        last = take(practice, worker, patient, visits[0], "front", picture=face(40, 50, seed=seed))
    second = take(practice, worker, patient, visits[1], "front", picture=face(40, 50, seed=4))
    lone = take(practice, worker, patient, visits[1], "profile_left", picture=face(40, 50, seed=5))
    unsaid = take(practice, worker, patient, visits[0], "", picture=face(40, 50, seed=6))
    own = take(practice, worker, patient, visits[0], "from above", picture=face(40, 50, seed=7))
    gone = take(practice, worker, patient, visits[1], "back", picture=plain)
    PhotoAlbum(practice, patient.id).withdraw(gone, "blurred")
    pairs = visit_photos(practice, patient.id, visits[0].id, visits[1].id).pairs()
    assert [(pair.angle, pair.before, pair.after) for pair in pairs] == [
        ("front", last, second), ("profile_left", None, lone), ("from above", own, None), ("", unsaid, None),
    ]  # fmt: skip


def test_of_several_photos_of_an_angle_those_chosen_are_paired_in_order_and_the_last_again(
    practice: Practice, patient: Patient, visits: tuple[Session, Session], worker: PhotoWorker
) -> None:
    first, second, third = (
        take(practice, worker, patient, visits[0], "front", picture=face(40, 50, seed=seed)) for seed in (1, 2, 3)
    )
    later, last = (
        take(practice, worker, patient, visits[1], "front", picture=face(40, 50, seed=seed)) for seed in (4, 5)
    )
    side = take(practice, worker, patient, visits[1], "profile_left", picture=face(40, 50, seed=6))
    laid = PhotoAlbum(practice, patient.id).keep_fit(second, last, Fit(1.0, 0.0, 1.0, 2.0, 0.5, 40, 0.9, 0.8))
    found = visit_photos(practice, patient.id, visits[0].id, visits[1].id)
    assert found.usual() == {third.id, last.id, side.id}
    assert found.by_angle == (first, second, third, later, last, side)
    every = found.pairs({photo.id for photo in found.by_angle})
    assert [(pair.before, pair.after, pair.laid) for pair in every] == [
        (first, later, None), (second, last, laid), (third, last, None), (None, side, None),
    ]  # fmt: skip
    assert [(pair.before, pair.after) for pair in found.pairs({first.id, last.id})] == [(first, last)]
    assert found.pairs(()) == ()
    # What was laid on each other goes together, whatever came in between.
    assert [(pair.before, pair.after) for pair in found.pairs({second.id, third.id, later.id, last.id})] == [
        (second, last), (third, later),
    ]  # fmt: skip
    consented(practice, patient)
    wish = PhotoWish(photos=frozenset({second.id, last.id, side.id}))
    assert [pair.laid for pair in known(practice, patient, visits, wish).pairs] == [laid, None]


def test_a_pair_is_laid_on_as_recorded_or_as_the_program_finds_it_and_otherwise_said_not_to_be(
    practice: Practice, patient: Patient, visits: tuple[Session, Session], worker: PhotoWorker
) -> None:
    consented(practice, patient)
    take(practice, worker, patient, visits[0])
    take(practice, worker, patient, visits[1], turn=4)
    for visit, shade in zip(visits, (150, 151), strict=True):
        take(practice, worker, patient, visit, "back", picture=Image.new("RGB", (200, 300), (shade, 150, 150)))
    front, back = shown_pairs(
        practice.photo_files, worker, known(practice, patient, visits, PhotoWish(toned=True)), 300
    )
    assert front.fit is not None
    assert abs(abs(front.fit.turn_deg) - 4) < 0.5
    assert front.toned
    assert back.fit is None
    assert not back.toned
    assert back.refused
    for pair in (front, back):
        assert pair.before is not None
        assert pair.before.pixels is not None
        assert pair.after is not None
        assert pair.after.pixels is not None
    # Looking for a fit while printing records nothing.
    assert practice.entries(PhotoAlignment, patient_id=patient.id) == ()


def test_no_photo_goes_uncovered_when_a_cover_was_asked_for(
    practice: Practice, patient: Patient, visits: tuple[Session, Session], worker: PhotoWorker
) -> None:
    consented(practice, patient)
    first = take(practice, worker, patient, visits[0])
    take(practice, worker, patient, visits[1], turn=3)
    keep_cover(practice, first, EYES)
    (pair,) = shown_pairs(
        practice.photo_files, worker, known(practice, patient, visits, PhotoWish(mask=MaskShape.EYES)), 400
    )
    assert pair.before is not None
    assert pair.before.pixels is not None
    width, height, raw = pair.before.pixels
    seen = np.frombuffer(raw, np.uint8).reshape(height, width, 4)
    assert (seen[150:190, 70:230, :3] == COVER).all()
    assert pair.after is not None
    assert pair.after.pixels is None
    assert pair.after.left_out == NO_PLACE
    # Of another shape nothing is known at all.
    (face_pair,) = shown_pairs(
        practice.photo_files, worker, known(practice, patient, visits, PhotoWish(mask=MaskShape.FACE)), 400
    )
    assert [side.left_out for side in (face_pair.before, face_pair.after) if side is not None] == [NO_PLACE] * 2


def test_a_cover_comes_by_hand_else_by_landmarks_and_a_person_may_say_that_there_is_nothing_to_cover(
    practice: Practice, patient: Patient, visits: tuple[Session, Session], worker: PhotoWorker
) -> None:
    photo = take(practice, worker, patient, visits[0])
    assert cover_of(practice, photo, MaskShape.EYES) is None
    places = tuple(
        LandmarkOnPhoto(landmark=name, x=x, y=y)
        for name, x, y in (
            ("canthus_lateral.right", 80.0, 172.0), ("canthus_lateral.left", 220.0, 172.0),
            ("menton.mid", 150.0, 360.0), ("pronasale.mid", 150.0, 230.0),
        )
    )  # fmt: skip
    landmarks = PhotoLandmarks(
        **entering(practice), patient_id=patient.id, photo_id=photo.id, view="face_front", places=places
    )
    practice.run(AddEntries((landmarks,), name="Landmarks"))
    by_landmarks = cover_of(practice, photo, MaskShape.EYES)
    assert by_landmarks is not None
    assert (by_landmarks.x, by_landmarks.y) == (150, 172)
    keep_cover(practice, photo, EYES)
    assert cover_of(practice, photo, MaskShape.EYES) == EYES
    keep_cover(practice, photo, MaskPlace(MaskShape.NOTHING, 0, 0, 0, 0))
    said = cover_of(practice, photo, MaskShape.FACE)
    assert said is not None
    assert said.shape is MaskShape.NOTHING
    assert practice.verify().ok


def test_a_file_that_is_missing_or_damaged_is_said_and_the_other_pairs_go_on(
    practice: Practice, patient: Patient, visits: tuple[Session, Session], worker: PhotoWorker
) -> None:
    consented(practice, patient)
    first, second = take(practice, worker, patient, visits[0]), take(practice, worker, patient, visits[1], turn=3)
    (practice.home.photos / second.file).unlink()
    went: list[tuple[int, int]] = []
    (pair,) = shown_pairs(
        practice.photo_files, worker, known(practice, patient, visits, PhotoWish()), 400,
        lambda done, of: went.append((done, of)),
    )  # fmt: skip
    assert pair.before is not None
    assert pair.before.pixels is not None
    assert pair.before.photo == first
    assert pair.after is not None
    assert "missing" in pair.after.left_out
    assert pair.fit is None
    assert went == [(0, 1)]


@pytest.mark.parametrize(
    "place",
    [
        MaskPlace(MaskShape.EYES, 10, 10, 0.5, 20), MaskPlace(MaskShape.FACE, float("nan"), 10, 20, 20),
        MaskPlace(MaskShape.FACE, 1e9, 10, 20, 20),
    ],
)  # fmt: skip
def test_a_cover_that_hides_nothing_is_refused(
    practice: Practice, patient: Patient, visits: tuple[Session, Session], worker: PhotoWorker, place: MaskPlace
) -> None:
    photo = take(practice, worker, patient, visits[0])
    with pytest.raises(BadInputError):
        keep_cover(practice, photo, place)


def test_a_watermark_too_long_is_refused() -> None:
    with pytest.raises(BadInputError, match="watermark"):
        PhotoWish(watermark="x" * (MAX_WATERMARK + 1))


@given(
    st.floats(0.3, 3), st.floats(-170, 170), st.floats(-500, 500), st.floats(-500, 500), st.floats(0, 900),
    st.floats(0, 900), st.floats(-90, 90),
)  # fmt: skip
def test_a_cover_carried_there_and_back_is_the_same_and_covers_the_same_skin(
    scale: float, turn: float, dx: float, dy: float, x: float, y: float, own_turn: float
) -> None:
    fit = Fit(scale, turn, dx, dy)
    place = MaskPlace(MaskShape.EYES, x, y, 90, 30, own_turn)
    there = carried_cover(place, fit, to_before=True)
    back = carried_cover(there, fit, to_before=False)
    for name in ("x", "y", "half_width", "half_height", "turn_deg"):
        assert getattr(back, name) == pytest.approx(getattr(place, name), abs=1e-6)
    # A corner goes where the fit takes it.
    corner = fit.apply(np.array([_corner(place)]))[0]
    assert _corner(there) == pytest.approx(corner.tolist(), abs=1e-6)


def _corner(place: MaskPlace) -> tuple[float, float]:
    turn = math.radians(place.turn_deg)
    u, v = place.half_width, place.half_height
    return (
        place.x + u * math.cos(turn) - v * math.sin(turn),
        place.y + u * math.sin(turn) + v * math.cos(turn),
    )
