"""What goes wrong: one plain sentence on stderr, nothing on stdout, and the promised exit code."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mesomap.cli import failing, reading
from mesomap.cli.main import build_cli
from mesomap.services import Practice
from tests.unit.cli.conftest import Outcome, call

Run = Callable[..., Outcome]


def _refused(outcome: Outcome, code: int, says: str) -> None:
    assert outcome.code == code
    assert outcome.out == ""
    assert says in outcome.err
    assert len(outcome.err.strip().splitlines()) == 1


def test_usage() -> None:
    assert call("measure").code == 2
    assert call("sing").code == 2
    assert call("--demo", "patients").code == 2
    assert call("export", "1").code == 2


def test_no_practice(tmp_path: Path) -> None:
    _refused(call("patients", home=tmp_path / "none"), 3, "There is no practice")


def test_wrong_and_missing_passphrase(run: Run) -> None:
    _refused(run("patients", passphrase="wrong"), 3, "passphrase")
    _refused(run("patients", passphrase=None), 3, "MESOMAP_PASSPHRASE")


def test_a_damaged_database(run: Run, home: Path) -> None:
    database = home / "mesomap.db"
    data = bytearray(database.read_bytes())
    for i in range(0, len(data), 1000):
        data[i] ^= 0xFF
    database.write_bytes(bytes(data))
    outcome = run("patients")
    assert outcome.code == 4
    assert outcome.out == ""


def test_a_foreign_database(run: Run, home: Path) -> None:
    (home / "mesomap.db").write_bytes(b"SQLite format 3\x00" + b"\x00" * 5000)
    assert run("sessions").code == 4


def test_a_home_in_use(run: Run, home: Path) -> None:
    with Practice.open(home, "demo"):
        outcome = run("patients")
    assert outcome.code == 5
    assert outcome.out == ""


def test_demo_does_not_write_over_a_practice(run: Run) -> None:
    assert run("demo").code == 3


def test_a_chart_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    _refused(run("chart", "1", "--out", tmp_path / "file" / "chart.pdf"), 3, "cannot be written")


def test_missing_files(run: Run, tmp_path: Path) -> None:
    _refused(run("import", tmp_path / "gone.json"), 3, "gone.json")
    assert run("restore", tmp_path / "gone", "--to", tmp_path / "new").code in (3, 4)


def test_an_unknown_patient_takes_nothing_in(run: Run) -> None:
    _refused(run("sessions", "--patient", "nobody"), 3, "nobody")


@pytest.mark.log_warnings_expected
def test_a_mistake_in_the_program_is_no_traceback(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("secret name")

    monkeypatch.setattr(Practice, "patients", broken)
    outcome = run("patients")
    assert outcome.code == 1
    assert "secret name" not in outcome.err
    assert "mistake in the program" in outcome.err


def test_the_group_is_the_one_that_never_shows_a_traceback() -> None:
    assert isinstance(build_cli(lambda _: 0), failing.PlainGroup)


def test_a_damaged_body_is_named_file_by_file(
    small_atlas_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "body"
    shutil.copytree(small_atlas_folder, folder)
    monkeypatch.setattr(reading, "atlas_folder", lambda: folder)
    (folder / "female" / "views.json").unlink()
    (folder / "LICENSE.txt").write_text("CC1-1.0\n", encoding="utf-8")
    checked = call("atlas", "--check", home=tmp_path / "none")
    assert (checked.code, checked.out) == (4, "")
    assert "views.json is missing" in checked.err
    assert "LICENSE.txt is damaged" in checked.err
    assert len(checked.err.strip().splitlines()) == 2
