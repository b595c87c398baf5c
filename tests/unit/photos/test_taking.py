"""Pictures taken in: metadata gone, pixels as they were, upright, and what is refused."""

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from mesomap.domain.errors import BadInputError
from mesomap.photos.beside import PhotoWorker
from mesomap.photos.pictures import opened, pixels
from mesomap.photos.png_writing import png_bytes
from mesomap.photos.stripping import strip_jpeg
from mesomap.photos.taking import take_in
from tests.pictures import MAKER, exif, face, marker, saved

KINDS = ("JPEG", "PNG", "WEBP", "TIFF", "HEIF")


@pytest.mark.parametrize("kind", KINDS)
def test_metadata_goes_and_the_time_stays(kind: str) -> None:
    came = saved(face(120, 160), kind, exif=exif(offset="+01:00"))
    assert MAKER.encode() in came
    found = take_in(came, f"picture.{kind.lower()}")
    assert MAKER.encode() not in found.kept
    with Image.open(io.BytesIO(found.kept)) as again:
        assert not dict(again.getexif())
    # Pillow writes no Exif of its own into a TIFF, only the time of the last change, which has no zone.
    assert found.taken_at == "2026-03-14T09:26:53" + ("" if kind == "TIFF" else "+01:00")
    assert (found.width_px, found.height_px) == (120, 160)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_pixels_are_those_that_came(kind: str) -> None:
    came = saved(face(120, 160), kind, exif=exif())
    with Image.open(io.BytesIO(came)) as before:
        expected = np.asarray(before.convert("RGB"))
    assert np.array_equal(pixels(take_in(came).kept, 1), expected)


def test_comments_thumbnails_and_what_follows_the_end_go() -> None:
    plain = saved(face(120, 160), "JPEG", comment=f"by {MAKER}")
    assert strip_jpeg(plain + b"FILM" + MAKER.encode()) == strip_jpeg(plain)
    assert MAKER.encode() not in strip_jpeg(plain)


def test_a_progressive_jpeg_keeps_every_scan() -> None:
    came = saved(face(120, 160), "JPEG", progressive=True, exif=exif())
    assert np.array_equal(pixels(take_in(came).kept, 1), pixels(came, 1))


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_eight_orientations_stand_upright(kind: str, orientation: int) -> None:
    upright = marker()
    # How a camera held that way would write it: the turn that undoes the tag's.
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    written = Image.fromarray(upright)
    if orientation in undo:
        written = written.transpose(Image.Transpose(undo[orientation]))
    how = {"quality": 100, "subsampling": 0} if kind == "JPEG" else {"lossless": True} if kind == "WEBP" else {}
    found = take_in(saved(written, kind, exif=exif(orientation), **how))
    assert (found.width_px, found.height_px) == (64, 48)
    assert np.abs(pixels(found.kept, found.orientation).astype(int) - upright)[4:-4:20, 4:-4:28].max() < 25


def test_profile_is_kept_and_followed() -> None:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for kind in ("JPEG", "PNG", "WEBP", "TIFF"):
        with Image.open(io.BytesIO(take_in(saved(face(60, 80), kind, icc_profile=srgb)).kept)) as again:
            assert again.info["icc_profile"] == srgb
    # A profile of something else than RGB is left aside; the picture is shown all the same.
    odd = take_in(saved(face(60, 80), "PNG", icc_profile=profile))
    assert pixels(odd.kept, 1).shape == (80, 60, 3)


def test_sixteen_bits_and_pages_are_said() -> None:
    deep = np.full((40, 50), 40_000, np.uint16)
    found = take_in(saved(Image.fromarray(deep), "TIFF"))
    with Image.open(io.BytesIO(found.kept)) as again:
        assert int(np.asarray(again).max()) == 40_000
    pages = saved(face(60, 80), "TIFF", save_all=True, append_images=[face(60, 80, seed=2)])
    assert "first_page" in take_in(pages).notes
    assert take_in(saved(face(60, 80)), "picture.png").notes == ("other_ending",)


def _png_of(width: int, height: int) -> bytes:
    """A head that promises so many pixels and hardly any data."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def _moving(kind: str) -> bytes:
    return saved(face(60, 80), kind, save_all=True, append_images=[face(60, 80, seed=2)], duration=100)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"GIF89a" + bytes(100), "no JPEG"),
        (_png_of(20_000, 10_000), "200 megapixels"),
        (_png_of(4000, 3000), "cut off"),
        (_png_of(3, 3), "smaller than"),
        (saved(face(60, 80).convert("CMYK"), "JPEG"), "CMYK"),
        (_moving("PNG"), "moves"),
        (_moving("WEBP"), "moves"),
        (saved(Image.fromarray(np.ones((40, 40), np.float32)), "TIFF"), "measured values"),
        (saved(face(60, 80), "JPEG")[:1500], "cut off"),
        (saved(face(60, 80), "PNG")[:1500], "cut off"),
        (saved(face(60, 80), "WEBP")[:900], "cut off"),
        (saved(face(60, 80), "TIFF")[:900], "cut off"),
        (saved(face(60, 80), "HEIF")[:900], "cut off"),
    ],
)
def test_what_is_refused_says_why(data: bytes, words: str) -> None:
    with pytest.raises(BadInputError, match=words):
        take_in(data)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["JPEG", "PNG", "WEBP"]), st.data())
def test_mutated_files_are_taken_in_or_refused_with_a_sentence(kind: str, data: st.DataObject) -> None:
    came = bytearray(saved(face(40, 50), kind, exif=exif()))
    for _ in range(data.draw(st.integers(1, 6))):
        came[data.draw(st.integers(0, len(came) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(len(came) // 2, len(came)))
    with suppress(BadInputError):
        assert take_in(bytes(came[:cut])).kept


@given(st.integers(1, 40), st.integers(1, 40), st.sampled_from([1, 2, 3, 4]), st.sampled_from([8, 16]))
def test_png_is_read_back_as_it_was(width: int, height: int, channels: int, bits: int) -> None:
    if bits == 16 and channels > 1:
        return
    chance = np.random.default_rng(width * 41 + height)
    shape = (height, width) if channels == 1 else (height, width, channels)
    values = chance.integers(0, 2**bits, shape)
    made = values.astype(np.uint8) if bits == 8 else values.astype(np.uint16)
    with Image.open(io.BytesIO(png_bytes(made))) as again:
        assert np.array_equal(np.asarray(again), made)


@pytest.mark.parametrize("kind", [*KINDS, "tiles"])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.97])
def test_a_picture_cut_off_anywhere_is_refused(kind: str, share: float) -> None:
    """A HEIC in tiles is decoded by its library even where its last tiles are missing."""
    came = saved(face(200, 160), "HEIF", tile_size=64) if kind == "tiles" else saved(face(200, 160), kind)
    assert take_in(came).kept
    with pytest.raises(BadInputError, match="cut off"):
        take_in(came[: int(len(came) * share)])
    if kind in ("JPEG", "HEIF", "tiles"):
        # A copy that was broken off, in a file that was made as long as the picture.
        with pytest.raises(BadInputError, match="cut off"):
            take_in(came[: int((len(came) - 1100) * share)].ljust(len(came), b"\0"))


def test_notes_behind_a_heic_are_passed_over_and_left_out() -> None:
    came = saved(face(200, 160), "HEIF", tile_size=64)
    for notes in (
        b"\0" * 5,
        b"\0" * 40,
        struct.pack(">I4s", 99, b"note") + b"...",
        struct.pack(">I4s", 12, b"free") + b"....",
    ):
        assert take_in(came + notes).kept == take_in(came).kept


def test_a_high_png_coded_by_several_threads_is_one_stream() -> None:
    chance = np.random.default_rng(3)
    made = chance.integers(0, 256, (2100, 37, 3), np.uint8)
    coded = png_bytes(made)
    # Pillow passes over the sum at the end of the stream; zlib does not.
    data, place = b"", 8
    while place < len(coded):
        length, name = struct.unpack_from(">I4s", coded, place)
        body = coded[place + 8 : place + 8 + length]
        assert zlib.crc32(name + body) == struct.unpack_from(">I", coded, place + 8 + length)[0]
        data += body if name == b"IDAT" else b""
        place += 12 + length
    assert len(zlib.decompress(data)) == 2100 * (37 * 3 + 1)
    with Image.open(io.BytesIO(coded)) as again:
        assert np.array_equal(np.asarray(again), made)


@pytest.mark.parametrize("tile_px", [0, 64])
def test_a_heic_is_kept_as_any_reader_decodes_it(tile_px: int) -> None:
    came = saved(face(170, 130), "HEIF", tile_size=tile_px)
    with opened(came) as picture:
        expected = np.asarray(picture)
    assert np.array_equal(pixels(take_in(came).kept, 1), expected)


# -- the worker


@pytest.fixture
def worker() -> Iterator[PhotoWorker]:
    with PhotoWorker() as made:
        yield made


def test_the_worker_does_the_same(worker: PhotoWorker) -> None:
    came = saved(face(120, 160), exif=exif())
    assert worker.take_in(came, "a.jpg") == take_in(came, "a.jpg")
    assert np.array_equal(worker.pixels(came, 6), pixels(came, 6))
    with pytest.raises(BadInputError, match="cut off"):
        worker.take_in(came[:2000])
    # It goes on after a refusal.
    assert worker.take_in(came).width_px == 120


def test_what_takes_too_long_is_ended_and_the_next_goes_on() -> None:
    with PhotoWorker(time_limit_s=0.01) as worker, pytest.raises(BadInputError, match="longer than"):
        worker.take_in(saved(face(1200, 1600)))


def test_the_worker_knows_no_passphrase(worker: PhotoWorker, monkeypatch: pytest.MonkeyPatch) -> None:
    from pathlib import Path

    monkeypatch.setenv("MESOMAP_PASSPHRASE", "a sentence is best")
    worker.take_in(saved(face(60, 80)))
    assert worker.process_id is not None
    environment = Path(f"/proc/{worker.process_id}/environ")
    if environment.exists():
        assert b"a sentence is best" not in environment.read_bytes()


def test_a_worker_that_was_ended_starts_no_other_process_and_one_that_was_closed_does() -> None:
    data = saved(face(60, 80))
    with PhotoWorker() as worker:
        worker.pixels(data, 1)
        first = worker.process_id
        worker.close()
        assert worker.process_id is None
        worker.pixels(data, 1)
        assert worker.process_id not in (None, first)
    with pytest.raises(BadInputError, match="nobody waits"):
        worker.pixels(data, 1)
    assert worker.process_id is None


def test_levels_are_halves_in_the_frame(worker: PhotoWorker) -> None:
    from mesomap.photos.fit import Fit

    came = saved(face(1600, 2000))
    found = worker.levels(came, 1, (1600, 2000))
    assert [one[:2] for one in found] == [(1600, 2000), (800, 1000)]
    width, height, data = worker.levels(came, 1, (300, 200), Fit(0.1, 0.0, 10.0, 20.0))[0]
    laid = np.frombuffer(data, np.uint8).reshape(height, width, 4)
    assert (laid[0, 0, 3], laid[100, 100, 3]) == (0, 255)
