"""Photographs on the printed comparison: what the page says of them, what is left out, and that nothing overflows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

import numpy as np
import pikepdf
import pytest
from PIL import Image
from PySide6.QtGui import QImage

from mesomap.app.application import make_application
from mesomap.atlas import Atlas
from mesomap.domain.consent import Consent, ConsentKind, SignedWith
from mesomap.domain.outcome import OutcomeLine, OutcomeOverTime, Treatment
from mesomap.domain.photo import LaidBy, Photo
from mesomap.domain.photo_mask import MaskShape
from mesomap.domain.session import Session
from mesomap.photos.fit import Fit
from mesomap.printing.comparison import ComparisonData, PrintedPhotos, comparison_pdf
from mesomap.printing.comparison_photos import printed_image
from mesomap.printing.flow import Piece, flow
from mesomap.services.comparing import Comparison, Visit, compare
from mesomap.services.photo_pairs import PhotoPair
from mesomap.services.photo_showing import NO_PLACE, PhotoWish, ShownPair, ShownPhoto
from tests.records import NOON, a_patient
from tests.unit.printing.conftest import SESSION_ID, marks_on
from tests.unit.printing.pdf_text import pages_text, text_places

PATIENT = a_patient("77", "Ölçer")


@pytest.fixture(scope="module")
def found(small_atlas: Atlas) -> Comparison:
    """Two visits without any mark."""
    make_application()
    visits = [
        Visit(
            Session(
                id=UUID(int=number), patient_id=PATIENT.id, number=number, atlas=small_atlas.ref,
                started_at=NOON + timedelta(days=14 * number),
            ),
            (), small_atlas, {},
        )
        for number in (1, 2)
    ]  # fmt: skip
    return compare(*visits)


def photo(days: int = 0, angle: str = "front", size: tuple[int, int] = (300, 400)) -> Photo:
    """A record of a photo."""
    return Photo(
        id=uuid4(), entered_at=NOON, patient_id=PATIENT.id, taken_at=NOON + timedelta(days=days),
        media_type="image/jpeg", sha256="a",
        kept_sha256="b", file="c", thumbnail="d", byte_count=1, width_px=size[0], height_px=size[1],
        angle=angle,
    )  # fmt: skip


def pixels(size: tuple[int, int] = (300, 400), seed: int = 1) -> tuple[int, int, bytes]:
    """Noise: the worst that can be squeezed into a JPEG."""
    data = np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 4)).astype(np.uint8)
    data[..., 3] = 255
    return (*size, data.tobytes())


def pair(angle: str = "front", **how: object) -> ShownPair:
    """Both photos there and laid on each other."""
    first, second = photo(0, angle), photo(14, angle)
    whole = ShownPair(
        PhotoPair(angle, first, second), ShownPhoto(first, pixels()), ShownPhoto(second, pixels(seed=2)),
        Fit(1.0, 0.0, 0.0, 0.0, 1.25, 84, 0.9, 0.8),
    )  # fmt: skip
    return ShownPair(**{**{name: getattr(whole, name) for name in whole.__slots__}, **how})


def printed(found: Comparison, photos: PrintedPhotos, path: Path, outcome: OutcomeOverTime | None = None) -> Path:
    data = ComparisonData(found, PATIENT, datetime(2026, 11, 22, tzinfo=UTC), "12-abcdef00", photos=photos)
    if outcome is not None:
        data = ComparisonData(found, PATIENT, data.printed_at, data.audit_code, outcome, photos=photos)
    path.write_bytes(comparison_pdf(data))
    return path


def test_a_pair_says_angle_days_and_how_it_is_laid(found: Comparison, tmp_path: Path) -> None:
    photos = PrintedPhotos((pair(toned=True),), PhotoWish(mask=MaskShape.EYES))
    (text,) = pages_text(printed(found, photos, tmp_path / "a.pdf"))
    said = " ".join(text.split())
    for words in (
        "Photos before and after", "With photo consent in date on the day of printing. Eyes covered.", "Front",
        "laid on the earlier one by the program: 84 places agree, median error 1.2 px.",
        "Light matched for display only.", "Session 1 · 4 May 2026", "Session 2 · 18 May 2026", "Page 1 of 1",
        "A difference of photos shows no effect.",
    ):  # fmt: skip
        assert words in said, words


def test_the_consent_under_which_photos_leave_stands_on_the_page(found: Comparison, tmp_path: Path) -> None:
    """Its title says what it covers; a long one is cut, what else is said is not."""
    signed = Consent(
        id=uuid4(), patient_id=PATIENT.id, entered_at=NOON, consent=ConsentKind.PHOTO, title="Photos, record only",
        signed_at=NOON, signed_with=SignedWith.PAPER, scan="0" * 64,
    )  # fmt: skip
    wish = PhotoWish(mask=MaskShape.EYES, marks=True)
    for title, shown in ((signed.title, "“Photos, record only” of"), ("Long " * 39, "…” of")):
        photos = PrintedPhotos((pair(),), wish, consent=replace(signed, title=title))
        said = " ".join(pages_text(printed(found, photos, tmp_path / "a.pdf"))[0].split())
        assert f"{shown} {NOON.day} {NOON:%b} {NOON.year}, in date on the day of printing. Eyes covered." in said
        assert "A difference of photos shows no effect." in said


def test_what_is_not_laid_on_or_left_out_or_missing_is_said(found: Comparison, tmp_path: Path) -> None:
    first = photo(0, "back")
    photos = PrintedPhotos(
        (
            pair(fit=None, refused="No."),
            pair("profile_left", laid_by=LaidBy.HAND),
            ShownPair(PhotoPair("back", first, None), ShownPhoto(first, left_out=NO_PLACE), None),
        )
    )  # fmt: skip
    said = " ".join(" ".join(pages_text(printed(found, photos, tmp_path / "a.pdf"))).split())
    assert "Not laid on each other; both as they were taken." in said
    assert "laid on the earlier one by hand: 84 places" in said
    assert NO_PLACE in said
    assert "No photo of this angle at this session." in said


def test_without_consent_one_line_says_why_and_no_picture_is_in_the_file(found: Comparison, tmp_path: Path) -> None:
    photos = PrintedPhotos(left_out="The photo consent was withdrawn; no photo leaves the program.")
    path = printed(found, photos, tmp_path / "a.pdf")
    assert "Photos are left out. The photo consent was withdrawn" in " ".join(pages_text(path)[0].split())
    with pikepdf.open(path) as pdf:
        assert not any(list(page.get_images()) for page in pdf.pages)
    plain = printed(found, PrintedPhotos(), tmp_path / "b.pdf")
    assert "photo" not in " ".join(pages_text(plain)).lower()


def test_ten_angles_with_long_names_go_on_on_pages_that_stay_small_and_inside_their_edges(
    found: Comparison, tmp_path: Path
) -> None:
    photos = PrintedPhotos(
        tuple(pair(f"from above and a little to the side, number {n} " + "x" * 120) for n in range(10))
    )
    line = OutcomeLine("A scale with a very long name " * 4, None, "", "", 0.0, 10.0, ((NOON, 6.0),))
    outcome = OutcomeOverTime((line,) * 9, (Treatment(NOON, 1, ""), Treatment(NOON + timedelta(14), 2, "")), (), ())
    path = printed(found, photos, tmp_path / "a.pdf", outcome)
    with pikepdf.open(path) as pdf:
        count = len(pdf.pages)
        assert count >= 5
        for page in pdf.pages:
            assert sum(len(image.read_raw_bytes()) for image in page.get_images().values()) < 3_000_000
    assert path.stat().st_size < 3_000_000 * count
    for number, (text, places) in enumerate(zip(pages_text(path), text_places(path), strict=True), start=1):
        assert f"Page {number} of {count}" in " ".join(text.split())
        assert all(20 < x < 575 and 15 < y < 830 for words, x, y in places if words.strip())


def test_the_number_of_a_patient_with_a_very_long_name_stands_on_every_page(found: Comparison, tmp_path: Path) -> None:
    name = "von und zu Hohenstein-Oberwittelsbach " * 5
    who = replace(PATIENT, family_name=name.strip(), number="20417-A")
    photos = PrintedPhotos((pair(),) * 7)
    data = ComparisonData(found, who, datetime(2026, 11, 22, tzinfo=UTC), "12-abcdef00", photos=photos)
    path = tmp_path / "a.pdf"
    path.write_bytes(comparison_pdf(data))
    texts = pages_text(path)
    assert len(texts) >= 3
    # In the head and in the foot.
    assert all(text.count("20417-A") == 2 for text in texts)


def test_pictures_are_no_finer_than_paper_needs_and_hold_nothing_but_pixels(found: Comparison, tmp_path: Path) -> None:
    first, second = photo(0, size=(3000, 4000)), photo(14, size=(3000, 4000))
    large = pixels((1500, 2000))
    photos = PrintedPhotos(
        (ShownPair(PhotoPair("front", first, second), ShownPhoto(first, large), ShownPhoto(second, large)),)
    )
    path = printed(found, photos, tmp_path / "a.pdf")
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.OutputIntents[0].S) == "/GTS_PDFA1"
        assert b"pdfaid" in pdf.Root.Metadata.read_bytes()
        images = [image for page in pdf.pages for image in page.get_images().values()]
        assert len(images) == 2
        for image in images:
            assert "/SMask" not in image
            # 232 of 310 points at 300 per inch.
            assert int(image.Width) <= 232.5 / 72 * 300
            assert b"Exif" not in image.read_raw_bytes()[:4000]


def test_pages_with_areas_photos_and_scores_can_be_archived(small_atlas: Atlas, tmp_path: Path) -> None:
    make_application()
    visits = [
        Visit(
            Session(
                id=SESSION_ID, patient_id=PATIENT.id, number=number, atlas=small_atlas.ref,
                started_at=NOON + timedelta(days=14 * number),
            ),
            marks_on(small_atlas), small_atlas, {},
        )
        for number in (1, 2)
    ]  # fmt: skip
    line = OutcomeLine("NRS", None, "", "", 0.0, 10.0, ((NOON, 6.0), (NOON + timedelta(14), 4.0)))
    outcome = OutcomeOverTime((line,) * 3, (Treatment(NOON, 1, ""),), (NOON,), ((NOON, "bruise"),))
    photos = PrintedPhotos((pair(),), PhotoWish(watermark="Praxis"))
    path = printed(compare(*visits), photos, tmp_path / "a.pdf", outcome)
    said = " ".join(" ".join(pages_text(path)).split())
    # Which visit an area is of is said without a colour.
    assert "area of session 1: dashed edge, lines falling" in said
    assert "area of session 2: plain edge, lines rising" in said
    assert "Scores and measures" in said
    assert "Injections by difference" in said
    with pikepdf.open(path) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFA1"
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "1B"
        assert pdf.pdf_version == "1.4"
        for page in pdf.pages:
            assert "/Group" not in page
            for state in page.Resources.ExtGState.values():
                assert float(state.get("/ca", 1)) == 1
                assert float(state.get("/CA", 1)) == 1
                assert state.get("/SMask", "/None") == "/None"
            for picture in page.Resources.XObject.values():
                assert "/SMask" not in picture
                assert "/Mask" not in picture
            for font in page.Resources.Font.values():
                (descendant,) = font.DescendantFonts
                assert "/FontFile2" in descendant.FontDescriptor


def test_the_watermark_is_in_the_pixels_and_leaves_most_of_the_skin(qapp: object) -> None:
    assert qapp is not None
    size = (600, 800)
    plain = np.full((size[1], size[0], 4), 170, np.uint8)
    plain[..., 3] = 255
    one = (*size, plain.tobytes())
    for words in ("12 Mar 2026", "Praxis Dr. Ölçer am Marktplatz, Hautarztpraxis · 22 Nov 2026", "x" * 120):
        marked, bare = (_grey(printed_image(one, 200, text)) for text in (words, ""))
        changed = marked != bare
        assert (bare == bare[0, 0]).all()
        assert 0.01 < changed.mean() < 0.2
        # In every third of the height there is a part of it.
        assert all(part.any() for part in np.array_split(changed, 3))


def _grey(image: QImage) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    raw = np.frombuffer(bytes(grey.constBits()), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return raw[:, : grey.width()]


def test_a_cover_is_flat_in_the_picture_that_is_printed(found: Comparison, tmp_path: Path) -> None:
    data = np.frombuffer(pixels()[2], np.uint8).reshape(400, 300, 4).copy()
    data[100:200, 50:250, :3] = 52
    covered = (300, 400, data.tobytes())
    first = photo()
    photos = PrintedPhotos((ShownPair(PhotoPair("front", first, None), ShownPhoto(first, covered), None),))
    path = printed(found, photos, tmp_path / "a.pdf")
    with pikepdf.open(path) as pdf:
        (image,) = (Image.open(BytesIO(one.read_raw_bytes())) for one in pdf.pages[0].get_images().values())
        seen = np.asarray(image.convert("L")).astype(int)
    share = seen.shape[0] / 400
    inside = seen[round(112 * share) : round(188 * share), round(62 * share) : round(238 * share)]
    assert np.abs(inside - 52).max() <= 4
    assert seen.std() > 20


def test_rows_of_a_table_get_their_head_again_and_what_belongs_together_stays_together() -> None:
    head = Piece(20, lambda _sheet, _y: None, with_next=True)
    rows = [Piece(30, lambda _sheet, _y: None, head=head) for _ in range(10)]
    pages = flow([Piece(70, lambda _sheet, _y: None), head, *rows], first_y=10, top_y=5, foot_y=115)
    assert [len(page) for page in pages] == [1, 4, 4, 4, 2]
    assert all(page[0][1] is head for page in pages[1:])
    assert all(y + piece.height <= 115 for page in pages for y, piece in page)
