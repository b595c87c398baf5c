"""The recall from the command line: a session comes in with a lot, the lot leads to it."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Outcome

Run = Callable[..., Outcome]
EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "mesolift.json"


@pytest.fixture
def with_lot(run: Run, tmp_path: Path) -> Run:
    """A practice into which a session with a lot was taken."""
    document = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    line = {"product": "Revital, 20 mg", "lot": "ZZ-77 x", "expiry": "2027-01-31", "volume_ml": "2.50"}
    document["session"]["mixtures"] = [{"letter": "A", "name": "Mix", "details": {"lines": [line]}}]
    for mark in document["marks"]:
        mark["mixture"] = "A"
    file = tmp_path / "lot.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    assert run("import", file).code == 0
    return run


def test_a_lot_leads_to_its_sessions_for_people_and_programs(with_lot: Run) -> None:
    (trace,) = with_lot("recall", "zz-77X", "--json").json
    assert (trace["lot"], trace["product"], trace["expiry"]) == ("ZZ-77 x", "Revital, 20 mg", "2027-01-31")
    assert (trace["patients"], trace["drawn_ml"], trace["left_ml"]) == (1, "2.50", None)
    session = with_lot("sessions", "--json").json[-1]
    assert [one["id"] for one in trace["sessions"]] == [session["id"]]
    assert trace["marks"] == len(trace["sessions"][0]["marks"]) > 0
    told = with_lot("recall", "ZZ-77X")
    assert "1 sessions, 1 patients" in told.err
    assert str(session["number"]) in told.out


def test_the_csv_has_a_row_for_every_mark(with_lot: Run) -> None:
    (trace,) = with_lot("recall", "ZZ-77X", "--json").json
    rows = list(csv.DictReader(io.StringIO(with_lot("recall", "ZZ-77X", "--csv").out)))
    assert [row["Mark id"] for row in rows] == [mark["id"] for mark in trace["sessions"][0]["marks"]]
    assert {row["Product"] for row in rows} == {"Revital, 20 mg"}


def test_an_unknown_lot_and_both_forms_at_once_are_refused(run: Run) -> None:
    missing = run("recall", "nowhere")
    assert (missing.code, missing.out) == (3, "")
    assert "No lot “nowhere”" in missing.err
    assert run("recall", "x", "--json", "--csv").code == 2


def test_taking_the_same_file_in_again_does_nothing(with_lot: Run, tmp_path: Path) -> None:
    before = len(with_lot("sessions", "--json").json)
    assert with_lot("import", tmp_path / "lot.json").code == 0
    assert len(with_lot("sessions", "--json").json) == before
