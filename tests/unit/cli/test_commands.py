"""Every command as a person or a program uses it."""

import json
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pikepdf
import pytest

from mesomap.commands.entries import AddEntries
from mesomap.domain.clock import now
from mesomap.domain.photo import Photo
from mesomap.services import Practice
from tests.unit.cli.conftest import Outcome, asked, call

Run = Callable[..., Outcome]
EXAMPLES = sorted((Path(__file__).parents[3] / "docs" / "examples").glob("*.json"))


def test_patients_and_sessions_are_listed_for_people_and_programs(run: Run) -> None:
    patients = run("patients", "--json").json
    assert len(patients) == 12
    assert {"id", "number", "family_name", "given_name", "birth_date"} <= patients[0].keys()
    sessions = run("sessions", "--json").json
    assert [set(row) for row in sessions] == [{"id", "patient_id", "number", "date", "status"}] * len(sessions)
    assert [row["number"] for row in sessions] == list(range(1, len(sessions) + 1))
    assert patients[0]["family_name"] in run("patients").out
    mine = run("sessions", "--patient", patients[0]["number"], "--json").json
    assert {row["patient_id"] for row in mine} == {patients[0]["id"]}


def test_measure_gives_every_figure(run: Run) -> None:
    measured = run("measure", "1", "--json").json
    assert set(measured) >= {"session", "scale", "regions", "total"}
    row = next(row for row in measured["regions"] if row["marks"])
    assert set(row) == {
        "id", "marks", "about_points", "volume_ml", "treated_cm2", "covered_cm2", "region_cm2",
        "density_per_cm2", "spacing_mm",
    }  # fmt: skip
    assert set(row["spacing_mm"]) == {"median", "p5", "p95"}
    own = [row for row in measured["regions"] if row["marks"]]
    assert measured["total"]["about_points"] == sum(row["about_points"] for row in own)


def test_a_session_is_named_by_number_prefix_or_id(run: Run) -> None:
    session = run("sessions", "--json").json[0]
    for name in (str(session["number"]), session["id"], session["id"][:8].upper()):
        assert run("measure", name, "--json").json["session"] == session["id"]
    missing = run("measure", "99999999")
    assert (missing.code, missing.out) == (3, "")
    assert "99999999" in missing.err


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name)
def test_an_example_is_taken_in_measured_and_printed(run: Run, tmp_path: Path, file: Path) -> None:
    before = len(run("sessions", "--json").json)
    assert run("import", file).code == 0
    sessions = run("sessions", "--json").json
    assert len(sessions) == before + 1
    number = str(sessions[-1]["number"])
    total = run("measure", number, "--json").json["total"]
    cited = json.loads(file.read_text(encoding="utf-8"))["marks"]
    assert total["marks"] == len(cited)
    assert total["treated_cm2"] > 10
    assert all(mark["citation"] for mark in cited)
    out = tmp_path / "chart.pdf"
    assert run("chart", number, "--out", out).code == 0
    with pikepdf.open(out) as pdf:
        assert len(pdf.pages) == 1
        assert [round(float(x)) for x in pdf.pages[0].MediaBox] == [0, 0, 595, 842]
    assert run("chart", number, "--out", out, "--marks", "--paper", "letter", "--grey").code == 0
    with pikepdf.open(out) as pdf:
        assert [round(float(x)) for x in pdf.pages[0].MediaBox] == [0, 0, 612, 792]
        assert len(pdf.pages) > 1, "the marks are listed on further pages"
    assert run("chart", number, "--out", out, "--lines").code == 0
    with pikepdf.open(out) as pdf:
        assert not pdf.pages[0].Resources.get("/XObject"), "a line drawing has no picture of the skin"


def test_importing_twice_does_nothing_and_other_content_is_refused(run: Run, tmp_path: Path) -> None:
    assert run("import", EXAMPLES[0]).code == 0
    again = run("import", EXAMPLES[0])
    assert again.code == 0
    assert "already" in again.err
    count = len(run("sessions", "--json").json)
    document = json.loads(EXAMPLES[0].read_text(encoding="utf-8"))
    document["marks"][0]["remark"] = "changed"
    other = tmp_path / "other.json"
    other.write_text(json.dumps(document), encoding="utf-8")
    refused = run("import", other)
    assert refused.code == 3
    assert "other.json" in refused.err
    assert len(run("sessions", "--json").json) == count


def test_a_bad_file_is_named_and_leaves_nothing(run: Run, tmp_path: Path) -> None:
    document = json.loads(EXAMPLES[0].read_text(encoding="utf-8"))
    document["marks"][-1]["depth_mm"] = -2
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(document), encoding="utf-8")
    before = run("sessions", "--json").out, run("patients", "--json").out
    refused = run("import", bad)
    assert refused.code == 3
    assert f"bad.json was not taken in. marks[{len(document['marks']) - 1}].depth_mm" in refused.err
    assert (run("sessions", "--json").out, run("patients", "--json").out) == before


def test_export_and_import_into_another_home(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "session.json"
    assert run("export", "1", "--out", out).code == 0
    text = out.read_text(encoding="utf-8")
    for patient in run("patients", "--json").json:
        assert patient["family_name"] not in text
        assert patient["id"] not in text
    other = tmp_path / "other"
    assert call("demo", "--home", other).code == 0
    assert call("import", out, "--patient", "2", home=other).code == 0
    one = run("measure", "1", "--json").json
    two = call("measure", json.loads(text)["session"]["id"], "--json", home=other).json
    assert one == two


def test_export_names_the_patient_only_when_asked(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "session.json"
    told = run("export", "1", "--out", out, "--with-patient")
    assert told.code == 0
    assert "who the patient is" in told.err
    assert json.loads(out.read_text(encoding="utf-8"))["patient"]["family_name"]


def test_atlas_is_described_and_checked(run: Run) -> None:
    described = run("atlas", "--check", "--json")
    assert described.code == 0
    atlas = described.json
    assert len(atlas["regions"]) >= 60
    assert set(atlas["regions"][0]) == {"id", "side", "body", "area_cm2", "chart_area_error_p95"}
    assert {"key", "body"} == set(atlas["views"][0])
    assert atlas["bodies"] == ["female", "male"]
    regions = {body: [r["id"] for r in atlas["regions"] if r["body"] == body] for body in atlas["bodies"]}
    assert regions["female"] == regions["male"]
    assert len(regions["male"]) >= 100
    views = {body: {v["key"] for v in atlas["views"] if v["body"] == body} for body in atlas["bodies"]}
    assert views["female"] == views["male"] >= {"hand_palm_left", "foot_sole_right", "knee_front_left"}


def test_verify_backup_and_restore(run: Run, home: Path, tmp_path: Path) -> None:
    assert run("verify").code == 0
    assert run("backup").code == 0
    (backup,) = (home / "backups").iterdir()
    new = tmp_path / "restored"
    assert run("restore", backup, "--to", new).code == 0
    assert call("sessions", "--json", home=new).json == run("sessions", "--json").json
    full = run("restore", backup, "--to", home)
    assert full.code == 3


def test_the_window_is_what_runs_without_a_command(home: Path) -> None:
    asked.clear()
    assert call("--home", home).code == 0
    assert call("--demo").code == 0
    assert [request.demo for request in asked] == [False, True]
    assert asked[0].home == home


def test_home_may_stand_before_or_after_the_command(home: Path) -> None:
    assert call("--home", home, "patients").out == call("patients", "--home", home).out


def test_a_backup_says_which_photos_it_could_not_hold_whole(run: Run, home: Path, tmp_path: Path) -> None:
    _photo_without_file(home)
    made = run("backup", "--to", tmp_path / "usb")
    assert made.code == 0
    assert "2 files of photos are missing or damaged on this disk" in made.err
    (backup,) = (tmp_path / "usb").iterdir()
    back = run("restore", backup, "--to", tmp_path / "back")
    assert (back.code, "is restored in" in back.err, "its file is missing" in back.err) == (4, True, True)


def _photo_without_file(home: Path) -> None:
    """A photo on record whose files went missing."""
    with Practice.open(home, "demo") as practice:
        photo = Photo(
            id=uuid4(), entered_at=now(), patient_id=practice.patients()[0].id, taken_at=now(), media_type="image/jpeg",
            sha256="0" * 64, kept_sha256="0" * 64, file="a", thumbnail="b", byte_count=3, width_px=1, height_px=1,
        )  # fmt: skip
        practice.run(AddEntries((photo,), name="Take in photo"))
