"""`mesomap compare`: what two visits share, in words and as JSON."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

from mesomap.commands import ImportSession
from mesomap.domain.consent import ConsentKind
from mesomap.services import DEMO_PASSPHRASE, Practice
from mesomap.services.consents import consents, withdraw
from mesomap.services.photo_album import PhotoAlbum, prepare_here
from tests.unit.cli.conftest import Outcome
from tests.unit.printing.pdf_text import pages_text


def test_two_visits_of_a_course_in_words(run: Callable[..., Outcome]) -> None:
    found = run("compare", "3", "8")
    assert found.code == 0
    assert "forehead.mid" in found.out
    assert "treated again" in found.err
    assert "no evidence of effect" in found.err


def test_as_json_the_counts_by_region_add_up(run: Callable[..., Outcome]) -> None:
    page = run("compare", "51", "54", "--json").json
    for name in ("repeated", "moved", "new", "dropped"):
        assert page[name] == sum(row[name] for row in page["regions"]), name
    assert page["repeated"] > 0
    before = {row["id"]: row for row in page["treated_overlap"]}
    assert all(row["both_cm2"] <= min(row["before_cm2"], row["after_cm2"]) + 1e-6 for row in before.values())


def test_a_session_with_itself_and_impossible_limits_are_refused(run: Callable[..., Outcome]) -> None:
    assert run("compare", "3", "3").code == 3
    refused = run("compare", "3", "8", "--repeated", "9")
    assert refused.code == 3
    assert "not possible" in refused.err


def test_sessions_of_two_patients_are_refused(run: Callable[..., Outcome]) -> None:
    refused = run("compare", "1", "14")
    assert refused.code == 3
    assert "two patients" in refused.err


def test_the_comparison_is_written_whole_or_not_at_all(run: Callable[..., Outcome], tmp_path: Path) -> None:
    out = tmp_path / "c.pdf"
    assert run("compare", "51", "54", "--out", out).code == 0
    assert out.read_bytes().startswith(b"%PDF-1.4")
    refused = run("compare", "51", "54", "--out", tmp_path / "nowhere" / "c.pdf")
    assert refused.code != 0
    assert not (tmp_path / "nowhere").exists()


def test_photos_are_on_the_page_with_consent_and_one_without_a_known_cover_is_left_out(
    run: Callable[..., Outcome], tmp_path: Path
) -> None:
    plain, shown, covered = (tmp_path / f"{name}.pdf" for name in ("plain", "shown", "covered"))
    assert run("compare", "1", "54", "--out", plain).code == 0
    found = run("compare", "1", "54", "--out", shown, "--photos", "--watermark", "--match-light")
    assert found.code == 0
    assert "Left out" not in found.err
    assert shown.stat().st_size > plain.stat().st_size + 50_000
    # Landmarks on the photos say where the eyes are; how far the face goes they do not.
    eyes = run("compare", "1", "54", "--out", covered, "--photos", "--mask", "eyes", "--marks")
    assert eyes.code == 0
    assert "Left out" not in eyes.err
    assert covered.stat().st_size > plain.stat().st_size + 50_000
    left = run("compare", "1", "54", "--out", covered, "--photos", "--mask", "face")
    assert left.code == 0
    assert left.err.count("Left out: a cover was asked for") == 2
    assert covered.stat().st_size < plain.stat().st_size + 30_000
    none = run("compare", "2", "3", "--out", tmp_path / "none.pdf", "--photos", "--watermark", "Nobody")
    assert "There is no photo of either session." in none.err


def test_what_is_about_photos_is_refused_without_them(run: Callable[..., Outcome], tmp_path: Path) -> None:
    for more in (["--mask", "eyes"], ["--watermark"], ["--match-light"]):
        assert run("compare", "1", "54", "--out", tmp_path / "a.pdf", *more).code == 2
    assert run("compare", "1", "54", "--photos").code == 2
    long = run("compare", "1", "54", "--out", tmp_path / "a.pdf", "--photos", "--watermark", "x" * 200)
    assert long.code == 3
    assert not (tmp_path / "a.pdf").exists()


def test_of_a_session_on_another_body_points_and_volumes_are_told(run: Callable[..., Outcome], home: Path) -> None:
    with Practice.open(home, DEMO_PASSPHRASE) as practice:
        third = practice.find_session("3")
        odd = replace(third, id=uuid4(), number=9001, atlas=replace(third.atlas, version="0.0.1"))
        marks = tuple(replace(mark, id=uuid4(), session_id=odd.id) for mark in practice.marks(third.id))
        practice.run(ImportSession(odd, marks, None, name="Test"))
    found = run("compare", "3", "9001")
    assert found.code == 0
    assert "Session 9001: It was charted on the body atlas" in found.err
    assert "places and areas are not compared" in found.err
    (total,) = (line.split() for line in found.out.splitlines() if line.startswith("total"))
    assert total[1] == total[2]
    assert total[3] == total[4]
    page = run("compare", "9001", "3", "--json").json
    assert page["compared"] is False
    assert page["regions"]
    assert all(row["before"] == row["after"] for row in page["regions"])
    # On paper there is what there is: the map of the one, the reason at the place of the other, both in figures.
    assert run("compare", "3", "9001", "--out", home / "c.pdf").code == 0
    (words,) = (" ".join(page.split()) for page in pages_text(home / "c.pdf"))
    assert "places and areas are not compared" in words
    assert words.count("Session 9001: It was charted on the body atlas") == 1
    assert words.count("No map of this session. The reason stands above.") == 1
    assert "repeated" not in words
    assert f"Total {total[1]} {total[2]} ≈0 {total[3]} {total[4]} 0 " in words


def test_one_photo_is_named_by_its_file_or_its_id_and_another_name_is_refused(
    run: Callable[..., Outcome], home: Path, tmp_path: Path
) -> None:
    with Practice.open(home, DEMO_PASSPHRASE) as practice:
        later = practice.find_session("54")
        album = PhotoAlbum(practice, later.patient_id)
        last = album.photos()[-1]
        data = practice.photo_files.read(last.file) + b" "
        more = album.enter(prepare_here(practice.photo_files, later.patient_id, data, "more.jpg"), "front")
        album.set_visit(more, later.id)
    one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"
    assert run("compare", "1", "54", "--out", one, "--photos", "--photo", "more.jpg").code == 0
    names = [option for name in ("more.jpg", str(last.id)[:8]) for option in ("--photo", name)]
    assert run("compare", "1", "54", "--out", two, "--photos", *names).code == 0
    assert " ".join(pages_text(one)).count("No photo of this angle at this session.") == 1
    assert " ".join(pages_text(two)).count("No photo of this angle at this session.") == 2
    for unknown in ("", "e", "nobody.jpg"):
        refused = run("compare", "1", "54", "--out", tmp_path / "no.pdf", "--photos", "--photo", unknown)
        assert refused.code == 3
        assert "“more.jpg”" in refused.err
    assert not (tmp_path / "no.pdf").exists()
    assert run("compare", "1", "54", "--out", one, "--photo", "more.jpg").code == 2


def test_once_the_photo_consent_is_withdrawn_no_photo_is_on_the_page(
    run: Callable[..., Outcome], home: Path, tmp_path: Path
) -> None:
    plain, out = tmp_path / "plain.pdf", tmp_path / "out.pdf"
    with Practice.open(home, DEMO_PASSPHRASE) as practice:
        patient_id = practice.find_session("54").patient_id
        for consent in consents(practice, patient_id):
            if consent.consent is ConsentKind.PHOTO:
                withdraw(practice, consent, date.today(), "changed their mind")
    assert run("compare", "1", "54", "--out", plain).code == 0
    found = run("compare", "1", "54", "--out", out, "--photos")
    assert found.code == 0
    assert "The photo consent was withdrawn; no photo leaves the program." in found.err
    assert "Photos are left out. The photo consent was withdrawn" in " ".join(" ".join(pages_text(out)).split())
    assert out.stat().st_size < plain.stat().st_size + 5_000
