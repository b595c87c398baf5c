"""Bad files: one sentence that names the place, and nothing taken in."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.domain.errors import BadInputError, NewerVersionError
from mesomap.exchange import read_session_file, read_session_text

Spoil = Callable[[dict[str, Any]], object]


def _read(document: dict[str, Any], atlas: Any) -> object:
    return read_session_text(json.dumps(document).encode(), atlas)


def _set(*path: str | int, to: object) -> Spoil:
    def spoil(document: dict[str, Any]) -> None:
        place: Any = document
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = to

    return spoil


def _drop(*path: str | int) -> Spoil:
    def spoil(document: dict[str, Any]) -> None:
        place: Any = document
        for step in path[:-1]:
            place = place[step]
        del place[path[-1]]

    return spoil


VIEW = {"view": "body_front", "x_mm": 60.0, "y_mm": 0.0}
CASES: list[tuple[Spoil, str]] = [
    (_set("format", to="something"), "not a MesoMap session file"),
    (_set("version", to="1"), "version: a whole number"),
    (_set("surprise", to=1), "“surprise” is not a field"),
    (_drop("session"), "“session” is missing"),
    (_set("atlas", "id", to="other-body"), "atlas: the file was charted on the body “other-body”"),
    (_set("atlas", "body", to="male"), "atlas: the file was charted on"),
    (_set("atlas", "version", to="0.0.1"), r"marks\[0\].places\[0\].skin: a skin point is only true"),
    (_set("session", "id", to="7"), "session.id: “7” is not an id"),
    (
        _set("session", "started_at", to="2026-11-21T14:22:05"),
        "session.started_at: the time needs its offset",
    ),
    (_set("session", "started_at", to="yesterday"), "session.started_at: “yesterday”"),
    (_set("session", "status", to="signed"), "session.status: only a draft"),
    (_set("session", "patient_scale", to=0), "session.patient_scale: 0 is not possible"),
    (_drop("plan", 0, "outcomes", 2), r"plan\[0\].outcomes: 3 are needed"),
    (_set("plan", 0, "outcomes", 1, to="forgotten"), r"plan\[0\].outcomes\[1\]: “forgotten”"),
    (_drop("plan", 1), r"marks\[2\].plan: the file does not hold the planned mark"),
    (_drop("plan", 0, "mark", "id"), r"plan\[0\].mark: a planned mark needs its id"),
    (_set("plan", 0, "source_mark", to="last one"), r"plan\[0\].source_mark: “last one” is not an id"),
    (_set("session", "frame", "weather", to="rain"), "session.frame: “weather” is not a field"),
    (_set("session", "frame", "indication_keys", to=["magic"]), r"indication_keys\[0\]: “magic” is not an indication"),
    (_set("session", "frame", "indication_keys", to=["scars", "scars"]), "an indication stands here twice"),
    (_set("session", "frame", "ended_at", to="2020-01-01T10:00:00Z"), "session.frame.ended_at: the end lies before"),
    (_set("session", "frame", "place", to=3), "session.frame.place: text in quotes"),
    (_set("complaints", 0, "kind", to="itch"), r"complaints\[0\].kind: “itch”"),
    (_set("complaints", 0, "intensity", to=11), r"complaints\[0\].intensity: 11 is not possible"),
    (_set("complaints", 0, "intensity", to=2.5), r"complaints\[0\].intensity: a whole number"),
    (_set("complaints", 0, "outline", to=[]), r"complaints\[0\].outline: 1 to 1,000"),
    (_set("complaints", 1, "outline", to=[]), r"complaints\[1\]: “outline” is not a field"),
    (_drop("complaints", 1, "place"), r"complaints\[1\]: “place” is missing"),
    (_set("complaints", 1, "place", to={"view": "body_front", "x_mm": 900, "y_mm": 0}), "is off the body"),
    (_set("complaints", 1, "regions", to=["nowhere.left"]), r"complaints\[1\].regions\[0\]: “nowhere.left”"),
    (_set("complaints", 1, "id", to="00000000-0000-0000-0000-000000000001"), r"complaints\[1\].id: this id stands"),
    (_set("session", "mixtures", 0, "letter", to="Z"), r"session.mixtures\[0\].letter: “Z”"),
    (
        _set("session", "mixtures", 1, "letter", to="A"),
        r"session.mixtures\[1\].letter: mixture A stands here twice",
    ),
    (_set("session", "remark", to="a\x00b"), "session.remark: the text holds the character U\\+0000"),
    (_set("session", "remark", to="\ud800"), "session.remark: the text holds the character U\\+D800"),
    (_set("session", "remark", to="x" * 10_001), "session.remark: the text is longer"),
    (_set("patient", "height_cm", to=1000), "patient.height_cm: 1000 is not possible"),
    (_set("patient", "sex", to="f"), "patient.sex: “f” is not a sex"),
    (_set("marks", to={}), "marks: a list"),
    (_set("marks", 0, to=[]), r"marks\[0\].kind: text"),
    (_set("marks", 0, "kind", to="line"), r"marks\[0\].kind: “line”"),
    (_set("marks", 0, "technique", to="sorcery"), r"marks\[0\].technique: “sorcery” is not a technique"),
    (_set("marks", 0, "mixture", to="a"), r"marks\[0\].mixture: “a”"),
    (_set("marks", 0, "depth_mm", to=-1), r"marks\[0\].depth_mm: -1 is not possible; 0 to 100 mm is"),
    (_set("marks", 0, "depth_mm", to=True), r"marks\[0\].depth_mm: a number"),
    (_set("marks", 0, "depth_mm", to="1.5"), r"marks\[0\].depth_mm: a number"),
    (_set("marks", 0, "dept_mm", to=1), r"marks\[0\]: “dept_mm” is not a field"),
    (_set("marks", 0, "volume_ml", to=1e6), r"marks\[0\].volume_ml: 1e\+06 is not possible"),
    (_set("marks", 0, "total_ml", to=1), r"marks\[0\]: “total_ml” is not a field"),
    (_set("marks", 0, "origin", to="guess"), r"marks\[0\].origin: “guess”"),
    (
        _set("marks", 0, "regions", to=["chest.middle"]),
        r"marks\[0\].regions\[0\]: “chest.middle” is not a region",
    ),
    (_set("marks", 0, "id", to="00000000-0000-0000-0000-000000000003"), r"marks\[2\].id: this id stands"),
    (_set("marks", 0, "places", to=[]), r"marks\[0\].places: 1 to"),
    (_set("marks", 0, "places", 0, to={}), r"marks\[0\].places\[0\]: a place needs"),
    (
        _set("marks", 0, "places", 0, to={**VIEW, "view": "body_top"}),
        r"places\[0\].view: “body_top” is not a view",
    ),
    (
        _set("marks", 0, "places", 0, to={**VIEW, "x_mm": 179}),
        r"places\[0\]: \(179, 0\) mm in body_front is off",
    ),
    (_set("marks", 0, "places", 0, to={"view": "body_front", "x_mm": 1}), "“y_mm” is missing"),
    (_set("marks", 0, "places", 0, to={"skin": [10**7, 0.2, 0.2]}), r"skin\[0\]: 10000000 is not possible"),
    (
        _set("marks", 0, "places", 0, to={"skin": [0, 0.9, 0.9]}),
        r"skin: A skin point lies outside its triangle",
    ),
    (_set("marks", 0, "places", 0, to={"skin": [0.5, 0.1, 0.1]}), r"skin\[0\]: a whole number"),
    (
        _set("marks", 0, "places", 0, to={"landmark": "chest.left", "offset_mm": [0, 0, 500]}),
        r"mm from the skin",
    ),
    (_set("marks", 0, "places", 0, to={"landmark": "elbow"}), r"landmark: “elbow” is not a landmark"),
    (_set("marks", 2, "outline", 0, to=[VIEW, VIEW]), r"marks\[2\].outline\[0\]: 3 to"),
    (_drop("marks", 2, "regions"), r"marks\[2\]: “regions” is missing"),
    (_set("marks", 2, "spacing_mm", to=0.01), r"marks\[2\].spacing_mm: 0.01 is not possible"),
    (_set("marks", 2, "about_n", to=1.5), r"marks\[2\].about_n: a whole number"),
]


@pytest.mark.parametrize(("spoil", "says"), CASES, ids=[says[:40] for _, says in CASES])
def test_a_bad_value_is_named_with_its_place(
    document: dict[str, Any], small_atlas: Any, spoil: Spoil, says: str
) -> None:
    spoil(document)
    with pytest.raises(BadInputError, match=says):
        _read(document, small_atlas)


def test_the_document_is_good_before_it_is_spoilt(document: dict[str, Any], small_atlas: Any) -> None:
    _read(document, small_atlas)


def test_a_newer_version_is_said_to_be_newer(document: dict[str, Any], small_atlas: Any) -> None:
    document["version"] = 2
    with pytest.raises(NewerVersionError, match="version 2"):
        _read(document, small_atlas)


def test_the_mouth_is_no_place_for_a_mark(document: dict[str, Any], small_atlas: Any) -> None:
    inside = int((small_atlas.geometry.tri_region < 0).argmax())
    document["marks"][0]["places"][0] = {"skin": [inside, 0.3, 0.3]}
    with pytest.raises(BadInputError, match=r"marks\[0\].places\[0\]: this place is not outer skin"):
        _read(document, small_atlas)


def test_the_sentence_begins_with_the_file(
    document: dict[str, Any], small_atlas: Any, tmp_path: Path
) -> None:
    path = tmp_path / "bad.json"
    document["marks"][0]["technique"] = "sorcery"
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(BadInputError, match=r"^bad\.json was not taken in\. marks\[0\]\.technique"):
        read_session_file(path, small_atlas)


def test_a_landmark_with_an_offset_lands_on_the_skin(document: dict[str, Any], small_atlas: Any) -> None:
    document["marks"][0]["places"] = [{"landmark": "chest.left", "offset_mm": [5, -10, 0]}]
    _read(document, small_atlas)


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [path] if path else []
    if isinstance(value, dict):
        for key, inner in value.items():
            found += _paths(inner, (*path, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            found += _paths(inner, (*path, i))
    return found


junk = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**6), 10**9), st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8), st.just([]), st.just({}), st.lists(st.integers(), max_size=3),
)  # fmt: skip


@given(data=st.data())
def test_a_file_spoilt_anywhere_is_read_or_refused(
    contents: Any, small_atlas: Any, data: st.DataObject
) -> None:
    from mesomap.exchange import session_text

    document = json.loads(session_text(contents, with_patient=True))
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(_paths(document)))
        spoil = data.draw(st.sampled_from(["set", "drop"]))
        with suppress(KeyError, IndexError, TypeError):
            (_drop(*path) if spoil == "drop" else _set(*path, to=data.draw(junk)))(document)
    with suppress(BadInputError):
        _read(document, small_atlas)


@given(data=st.data())
def test_a_file_cut_or_flipped_anywhere_is_read_or_refused(
    contents: Any, small_atlas: Any, data: st.DataObject
) -> None:
    from mesomap.exchange import session_text

    raw = bytearray(session_text(contents).encode())
    if data.draw(st.booleans()):
        del raw[data.draw(st.integers(0, len(raw))) :]
    else:
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    with suppress(BadInputError):
        read_session_text(bytes(raw), small_atlas)
