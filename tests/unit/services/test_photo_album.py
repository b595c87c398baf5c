"""Photographs in the record: encrypted files before their entry, nothing twice, verified, backed up, erased."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from mesomap.atlas import Atlas
from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError, DamagedError, NotFoundError, NotWritableError
from mesomap.domain.photo import LaidBy, LandmarkOnPhoto, Photo, PhotoLandmarks, PlacePair, TimeSource
from mesomap.photos.beside import PhotoWorker
from mesomap.photos.fit import Fit
from mesomap.services import Practice
from mesomap.services.entering import entering
from mesomap.services.photo_album import PhotoAlbum, prepare, prepare_here
from mesomap.services.rights import erase
from tests.pictures import MAKER, exif, face, saved
from tests.unit.services.conftest import PASSPHRASE


@pytest.fixture(scope="module")
def worker() -> Iterator[PhotoWorker]:
    with PhotoWorker() as made:
        yield made


@pytest.fixture
def album(practice: Practice) -> PhotoAlbum:
    patient = practice.new_patient(family_name="Beispiel", given_name="Anna", height_cm=170, weight_kg=65)
    return PhotoAlbum(practice, patient.id)


def take(practice: Practice, album: PhotoAlbum, worker: PhotoWorker, seed: int = 1, data: bytes = b"") -> Photo:
    came = data or saved(face(80, 100, seed=seed), exif=exif(6))
    return album.enter(prepare(practice.photo_files, worker, album.patient_id, came, "IMG.jpg"))


def test_a_photo_is_kept_encrypted_and_comes_back(practice: Practice, album: PhotoAlbum, worker: PhotoWorker) -> None:
    photo = take(practice, album, worker)
    assert album.photos() == (photo,)
    assert (photo.width_px, photo.height_px, photo.orientation) == (100, 80, 6)
    assert photo.taken_at.astimezone().replace(tzinfo=None) == datetime(2026, 3, 14, 9, 26, 53)
    assert photo.time_from is TimeSource.CAMERA
    assert practice.photo_files.read(photo.file).startswith(b"\xff\xd8")
    for path in practice.home.photos.iterdir():
        whole = path.read_bytes()
        assert b"\xff\xd8\xff" not in whole[:200]
        assert MAKER.encode() not in whole
        assert path.stat().st_mode & 0o077 == 0
        assert photo.sha256[:16] not in path.name
    assert practice.verify().ok


def test_the_same_bytes_come_in_once_but_again_for_another_patient(
    practice: Practice, album: PhotoAlbum, worker: PhotoWorker
) -> None:
    photo = take(practice, album, worker)
    with pytest.raises(BadInputError, match="already"):
        take(practice, album, worker)
    other = practice.new_patient(family_name="Muster", given_name="Eva", height_cm=170, weight_kg=65)
    theirs = take(practice, PhotoAlbum(practice, other.id), worker)
    assert theirs.sha256 == photo.sha256
    assert not set(theirs.file_names) & set(photo.file_names)


def test_a_wrong_clock_is_not_believed(practice: Practice, album: PhotoAlbum, worker: PhotoWorker) -> None:
    later = exif()
    later.get_ifd(0x8769)[0x9003] = f"{now().year + 3}:01:01 00:00:00"
    came = saved(face(80, 100, seed=3), exif=later)
    yesterday = datetime.now(UTC) - timedelta(days=1)
    prepared = prepare(practice.photo_files, worker, album.patient_id, came, "a.jpg", yesterday)
    photo = album.enter(prepared)
    assert (photo.taken_at, photo.time_from) == (yesterday, TimeSource.FILE)


@pytest.mark.parametrize("harm", ["flipped", "missing", "swapped", "cut"])
def test_verify_finds_a_harmed_file(practice: Practice, album: PhotoAlbum, worker: PhotoWorker, harm: str) -> None:
    photo, other = take(practice, album, worker, 1), take(practice, album, worker, 2)
    path = practice.home.photos / photo.file
    if harm == "missing":
        path.unlink()
    elif harm == "swapped":
        path.write_bytes((practice.home.photos / other.file).read_bytes())
    else:
        whole = bytearray(path.read_bytes())
        whole[len(whole) // 2] ^= 1
        path.write_bytes(bytes(whole[:50] if harm == "cut" else whole))
    (finding,) = practice.verify().findings
    assert str(photo.id) in finding
    with pytest.raises((DamagedError, NotFoundError), match="backup"):
        practice.photo_files.read(photo.file)


def test_a_file_without_record_is_counted_and_is_no_damage(
    practice: Practice, album: PhotoAlbum, worker: PhotoWorker
) -> None:
    # Broken off between the files and their entry.
    prepare(practice.photo_files, worker, album.patient_id, saved(face(80, 100)))
    report = practice.verify()
    assert report.ok
    assert report.counts["photo files without a record"] == 2
    take(practice, album, worker, data=saved(face(80, 100)))
    assert "photo files without a record" not in practice.verify().counts


def test_a_full_disk_leaves_no_record_and_no_half_file(
    practice: Practice, album: PhotoAlbum, worker: PhotoWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotWritableError, match="full"):
        prepare(practice.photo_files, worker, album.patient_id, saved(face(80, 100)))
    monkeypatch.undo()
    assert list(practice.home.photos.iterdir()) == []
    assert album.photos() == ()


def test_backup_brings_photos_back_and_erasing_takes_them(
    practice: Practice, album: PhotoAlbum, worker: PhotoWorker, tmp_path: Path
) -> None:
    photo = take(practice, album, worker)
    made = practice.backup()
    report = Practice.restore(made, tmp_path / "restored", PASSPHRASE)
    assert report.ok
    with Practice.open(tmp_path / "restored", PASSPHRASE) as again:
        assert again.photo_files.read(photo.file) == practice.photo_files.read(photo.file)
    erase(practice, album.patient_id, "asked for by the patient")
    assert list(practice.home.photos.iterdir()) == []
    assert practice.verify().ok


def test_a_photo_goes_to_a_visit_of_its_patient_and_to_no_other(
    practice: Practice, album: PhotoAlbum, worker: PhotoWorker, atlas: Atlas
) -> None:
    photo = take(practice, album, worker)
    assert photo.session_id is None
    first, second = (practice.new_session(album.patient_id, atlas) for _ in range(2))
    stranger = practice.new_patient(family_name="Muster", given_name="Eva")
    strange = practice.new_session(stranger.id, atlas)
    assert {session.id for session in album.visits()} == {first.id, second.id}
    assert album.set_visit(photo, second.id) == album.photos()[0]
    assert album.photos()[0].session_id == second.id
    with pytest.raises(BadInputError, match="not one of the patient's"):
        album.set_visit(album.photos()[0], strange.id)
    album.set_visit(album.photos()[0], None)
    assert album.photos()[0].session_id is None


def test_angle_and_putting_away_are_steps_with_a_reason(
    practice: Practice, album: PhotoAlbum, worker: PhotoWorker
) -> None:
    photo = album.set_angle(take(practice, album, worker), "profile_left")
    assert album.photos()[0].angle == "profile_left"
    with pytest.raises(BadInputError, match="reason"):
        album.withdraw(photo, " ")
    album.withdraw(photo, "another person")
    assert album.photos() == ()
    assert (practice.home.photos / photo.file).exists()
    # It may come in again.
    assert take(practice, album, worker).id != photo.id


def test_fits_are_kept_beside_and_the_last_one_counts(
    practice: Practice, album: PhotoAlbum, worker: PhotoWorker
) -> None:
    first, second = take(practice, album, worker, 1), take(practice, album, worker, 2)
    assert album.alignment(first, second) is None
    album.keep_fit(first, second, Fit(1.1, 3.0, 5.0, -4.0, 0.4, 50, 0.8, 1.0))
    pairs = [
        PlacePair(before_x=2 * x + 5, before_y=2 * y - 3, after_x=x, after_y=y)
        for x, y in ((0.0, 0.0), (50.0, 0.0), (0.0, 40.0))
    ]
    album.keep_pairs(first, second, pairs)
    found = album.alignment(first, second)
    assert found is not None
    assert found.laid_by is LaidBy.HAND
    assert (found.scale, found.dx_px, found.dy_px) == pytest.approx((2.0, 5.0, -3.0))
    assert found.error_px == pytest.approx(0.0, abs=1e-9)
    assert found.pairs == tuple(pairs)
    assert album.alignment(second, first) is None
    with pytest.raises(BadInputError, match="Two different places"):
        album.keep_pairs(first, second, [pairs[0], pairs[0]])
    with pytest.raises(BadInputError, match="two photos"):
        album.keep_fit(first, first, Fit(1, 0, 0, 0))
    with pytest.raises(BadInputError, match="cannot be laid"):
        album.keep_fit(first, second, Fit(float("nan"), 0, 0, 0))


def test_landmarks_need_four_different_ones(practice: Practice) -> None:
    places = tuple(LandmarkOnPhoto(landmark=name, x=1.0, y=2.0) for name in ("a", "b", "c"))
    with pytest.raises(BadInputError, match="Four"):
        PhotoLandmarks(**entering(practice), photo_id=_ANY, view="face_front", places=places).check()


_ANY: UUID = uuid4()


def test_the_same_picture_again_leaves_the_file_as_the_record_knows_it(
    practice: Practice, album: PhotoAlbum, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another version of the program may code the same pixels in other bytes."""
    data = saved(face(60, 80), "TIFF")
    first = album.enter(prepare_here(practice.photo_files, album.patient_id, data))
    monkeypatch.setattr("mesomap.photos.taking.png_bytes", lambda *_args: saved(face(60, 80), "PNG"))
    with pytest.raises(BadInputError, match="already"):
        album.enter(prepare_here(practice.photo_files, album.patient_id, data))
    assert practice.verify().findings == ()
    album.withdraw(first, "again, with another name")
    again = album.enter(prepare_here(practice.photo_files, album.patient_id, data))
    assert (again.file, again.kept_sha256, again.byte_count) == (first.file, first.kept_sha256, first.byte_count)
    assert practice.verify().findings == ()
