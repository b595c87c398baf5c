"""Landmarks on a photo: asked for, kept, carried to the next photo, and what may be drawn by them."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import numpy as np
import pytest

from mesomap.atlas import Atlas
from mesomap.atlas.landmarks import landmarks_of
from mesomap.commands.entries import AddEntries
from mesomap.domain.body_size import PatientScale
from mesomap.domain.errors import BadInputError, NotFoundError
from mesomap.domain.marks import Dose, InjectionSet, Origin
from mesomap.domain.photo import LandmarkOnPhoto, Photo, PlacePair
from mesomap.domain.session import Session
from mesomap.photos.fit import Fit
from mesomap.photos.photo_view import KEY
from mesomap.services import ChartingService, Practice
from mesomap.services.amending import void
from mesomap.services.entering import entering
from mesomap.services.photo_album import PhotoAlbum
from mesomap.services.photo_landmarks import (
    VIEW_OF_ANGLE,
    PhotoLandmarkBook,
    asked_landmarks,
    fit_of_places,
    sight,
)
from tests.photo_camera import Shot
from tests.records import an_area

SIZE = (1200, 1600)


@pytest.fixture
def session(practice: Practice, real_atlas: Atlas) -> Session:
    patient = practice.new_patient(family_name="Beispiel", given_name="Anna")
    return practice.new_session(patient.id, real_atlas)


@pytest.fixture
def book(practice: Practice, session: Session) -> PhotoLandmarkBook:
    return PhotoLandmarkBook(practice, session.patient_id)


def a_photo(practice: Practice, session: Session, hours: int = 0, *, of_visit: bool = True) -> Photo:
    """An entry of a photo whose files nobody reads."""
    name = uuid4().hex
    photo = Photo(
        **entering(practice),
        patient_id=session.patient_id,
        session_id=session.id if of_visit else None,
        taken_at=session.started_at + timedelta(hours=hours),
        media_type="image/jpeg",
        sha256=name,
        kept_sha256=name,
        file=f"{name}.mmp",
        thumbnail=f"{name}-small.mmp",
        byte_count=1,
        width_px=SIZE[0],
        height_px=SIZE[1],
        angle="front",
    )
    practice.run(AddEntries((photo,)))
    return photo


def shot_places(atlas: Atlas, shot: Shot, count: int = 12) -> dict[str, tuple[float, float]]:
    """Where a camera shows the landmarks that are asked for first."""
    names = asked_landmarks(atlas, "head_front")[:count]
    known = {mark.id: row for row, mark in enumerate(landmarks_of(atlas).rows)}
    px = shot.takes(atlas, "head_front", landmarks_of(atlas).xyz_mm[[known[name] for name in names]])
    return {name: (x, y) for name, (x, y) in zip(names, px.tolist(), strict=True)}


def test_what_is_found_most_surely_is_asked_first_and_only_what_the_view_shows(real_atlas: Atlas) -> None:
    front = asked_landmarks(real_atlas, "head_front")
    assert {"canthus_lateral", "cheilion"} == {name.split(".")[0] for name in front[:4]}
    assert "opisthocranion.mid" not in front
    profile = asked_landmarks(real_atlas, "head_profile_right")
    assert "tragus.right" in profile
    assert not any(name.endswith(".left") for name in profile)
    for view in VIEW_OF_ANGLE.values():
        assert len(asked_landmarks(real_atlas, view)) >= 12, view
    with pytest.raises(NotFoundError):
        asked_landmarks(real_atlas, "no such view")


def test_a_body_without_landmarks_asks_for_none(atlas: Atlas) -> None:
    assert asked_landmarks(atlas, atlas.views[0].key) == ()


def test_landmarks_are_kept_as_one_audited_entry_and_the_last_ones_count(
    practice: Practice, session: Session, book: PhotoLandmarkBook, real_atlas: Atlas
) -> None:
    photo = a_photo(practice, session)
    assert book.of(photo) is None
    places = shot_places(real_atlas, Shot())
    first = book.keep(photo, "head_front", places)
    assert book.of(photo) == first
    second = book.keep(photo, "head_front", {**places, "menton.mid": (10.5, 20.25)})
    assert book.of(photo) == second
    assert second.places[list(places).index("menton.mid")] == LandmarkOnPhoto(landmark="menton.mid", x=10.5, y=20.25)
    # Of this photo there is no file, and that is all that is found.
    assert len(practice.verify().findings) == 1
    with pytest.raises(BadInputError, match="Four different landmarks"):
        book.keep(photo, "head_front", dict(list(places.items())[:3]))


def test_a_landmark_this_body_does_not_know_is_left_out(real_atlas: Atlas) -> None:
    places = [LandmarkOnPhoto(landmark=name, x=x, y=y) for name, (x, y) in shot_places(real_atlas, Shot()).items()]
    plain = fit_of_places(real_atlas, "head_front", places)
    with_more = fit_of_places(real_atlas, "head_front", [*places, LandmarkOnPhoto(landmark="third_eye.mid", x=1, y=2)])
    assert with_more.error_mm == plain.error_mm
    with pytest.raises(NotFoundError):
        fit_of_places(real_atlas, "no such view", places)


@pytest.mark.parametrize("later_first", [False, True])
def test_landmarks_are_carried_to_the_photo_that_lies_on_theirs(
    practice: Practice, session: Session, book: PhotoLandmarkBook, real_atlas: Atlas, later_first: bool
) -> None:
    before, after = a_photo(practice, session), a_photo(practice, session, 30)
    known, asked = (after, before) if later_first else (before, after)
    book.keep(known, "head_front", shot_places(real_atlas, Shot()))
    assert book.carried(asked) is None, "nothing says how the two lie"
    fit = Fit(0.9, 5.0, 40.0, 12.0, 0.5, 80, 0.9, 0.9)
    PhotoAlbum(practice, session.patient_id).keep_fit(before, after, fit)
    found = book.carried(asked)
    assert found is not None
    entry = book.of(known)
    assert entry is not None
    here = np.array([(one.x, one.y) for one in found[1]])
    there = np.array([(one.x, one.y) for one in entry.places])
    assert found[0] == "head_front"
    if later_first:
        assert here == pytest.approx(fit.apply(there))
    else:
        assert fit.apply(here) == pytest.approx(there)
    assert book.of(asked) is None, "they are still to be confirmed"


def test_only_photos_of_the_same_angle_with_landmarks_are_looked_at_and_the_nearest_first(
    practice: Practice, session: Session, book: PhotoLandmarkBook, real_atlas: Atlas
) -> None:
    album = PhotoAlbum(practice, session.patient_id)
    far, near, plain, asked = (a_photo(practice, session, hours) for hours in (-90, 20, 2, 0))
    side = album.set_angle(a_photo(practice, session, 1), "profile_left")
    for photo in (far, near, side):
        book.keep(photo, "head_front", shot_places(real_atlas, Shot()))
    found = book.alike(asked)
    assert found is not None
    assert found[0] == near
    assert book.of(plain) is None
    album.withdraw(near, "blurred")
    found = book.alike(asked)
    assert found is not None
    assert found[0] == far
    assert book.alike(album.set_angle(asked, "")) is None


def test_places_carried_out_of_the_picture_and_photos_put_away_are_left_out(
    practice: Practice, session: Session, book: PhotoLandmarkBook, real_atlas: Atlas
) -> None:
    before, after = a_photo(practice, session), a_photo(practice, session, 30)
    book.keep(before, "head_front", shot_places(real_atlas, Shot()))
    album = PhotoAlbum(practice, session.patient_id)
    far = tuple(PlacePair(before_x=x + 590, before_y=y, after_x=x, after_y=y) for x, y in ((0, 0), (500, 900)))
    album.keep_pairs(before, after, far)
    found = book.carried(after)
    assert found is not None
    assert 0 < len(found[1]) < 12
    assert all(0 <= one.x < SIZE[0] for one in found[1])
    album.withdraw(before, "blurred")
    assert book.carried(after) is None


def test_the_marks_of_the_photos_own_visit_are_drawn(
    practice: Practice, session: Session, book: PhotoLandmarkBook, real_atlas: Atlas
) -> None:
    charting = ChartingService(practice, real_atlas, session.id)
    skin = real_atlas.locate("head_front", np.array([[20.0, 660.0], [-25.0, 680.0]])).points()
    for point in skin:
        charting.place([point], Dose(technique="papule", mixture="A", depth_mm=2.0), 0.05)
    photo = a_photo(practice, session)
    entry = book.keep(photo, "head_front", shot_places(real_atlas, Shot(yaw_deg=5)))
    found = book.sight(real_atlas, photo, entry)
    assert found.marks == practice.marks(session.id)
    assert all(isinstance(mark, InjectionSet) and mark.origin is Origin.TAP for mark in found.marks)
    assert found.fit.is_good
    assert found.fit.error_mm < found.largest_error_mm() < 8
    assert KEY in {view.key for view in found.atlas.views}


def test_nothing_is_drawn_by_a_poor_fit_without_a_visit_or_of_a_voided_one(
    practice: Practice, session: Session, book: PhotoLandmarkBook, real_atlas: Atlas
) -> None:
    photo = a_photo(practice, session)
    places = shot_places(real_atlas, Shot())
    x, y = places["menton.mid"]
    poor = book.keep(photo, "head_front", {**places, "menton.mid": (x + 300, y)})
    with pytest.raises(BadInputError, match="too poor"):
        book.sight(real_atlas, photo, poor)
    mirrored = book.keep(photo, "head_front", {name: (SIZE[0] - x, y) for name, (x, y) in places.items()})
    with pytest.raises(BadInputError, match="wrong way round"):
        book.sight(real_atlas, photo, mirrored)
    good = book.keep(photo, "head_front", places)
    alone = a_photo(practice, session, 5, of_visit=False)
    with pytest.raises(BadInputError, match="no visit"):
        book.sight(real_atlas, alone, replace(good, photo_id=alone.id))
    void(practice, session.id, "another patient")
    with pytest.raises(BadInputError, match="no visit"):
        book.sight(real_atlas, photo, good)


def test_an_area_is_drawn_whole_or_left_out_whole(
    practice: Practice, session: Session, book: PhotoLandmarkBook, real_atlas: Atlas
) -> None:
    marks = []
    # Near the landmarks; half of it beyond them; far from them.
    for left, low, right, high in ((15, 655, 30, 670), (-30, 720, 30, 795), (-20, 780, 20, 800)):
        corners = np.array([(left, low), (right, low), (right, high), (left, high)], float)
        ring = real_atlas.locate("head_front", corners).points()
        marks.append(replace(an_area(session), outline=(ring,)))
    photo = a_photo(practice, session)
    places = {name: at for name, at in shot_places(real_atlas, Shot(), 14).items() if name != "trichion.mid"}
    entry = book.keep(photo, "head_front", places)
    seen = sight(real_atlas, photo, entry, tuple(marks), PatientScale())
    assert (seen.marks, seen.left_out) == (tuple(marks[:2]), 1)
    near = sight(real_atlas, photo, entry, tuple(marks[:1]), PatientScale())
    assert seen.largest_error_mm() > 9.6 > near.largest_error_mm()
