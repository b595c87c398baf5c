"""What is written is read back, exactly or within the promised distance."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.atlas import SkinArray
from mesomap.domain.errors import NotFoundError, NotWritableError
from mesomap.domain.indication import indications
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Lattice, Origin
from mesomap.domain.place import SkinPoint
from mesomap.domain.session import Frame
from mesomap.exchange import (
    SessionContents,
    body_named,
    read_session_file,
    read_session_text,
    same_content,
    session_text,
    write_session_file,
)
from tests.unit.exchange.conftest import DONE_AT
from tests.unit.exchange.test_schema import VALIDATOR


def test_skin_points_come_back_bit_for_bit(contents: SessionContents, small_atlas: Any) -> None:
    back = read_session_text(session_text(contents, with_patient=True).encode(), small_atlas)
    assert back.marks == contents.marks
    assert back.complaints == contents.complaints
    assert back.planned == contents.planned
    assert back.patient == contents.patient
    assert back.session == replace(contents.session, number=0)


@given(data=st.data())
def test_any_skin_point_comes_back(contents: SessionContents, small_atlas: Any, data: st.DataObject) -> None:
    skin = np.flatnonzero(small_atlas.geometry.tri_region >= 0)
    share = st.floats(0.0, 1.0)
    triangle = int(data.draw(st.sampled_from(skin.tolist())))
    a, b = data.draw(share), data.draw(share)
    point = SkinPoint(triangle, min(a, b), abs(a - b))
    mark = contents.marks[0]
    assert isinstance(mark, InjectionSet)
    one = SessionContents(session=contents.session, marks=(replace(mark, points=(point,), plan_id=None),))
    if small_atlas.region_id_at(point) is None:
        return
    back = read_session_text(session_text(one).encode(), small_atlas).marks[0]
    assert isinstance(back, InjectionSet)
    gap = small_atlas.position(SkinArray.of(back.points)) - small_atlas.position(SkinArray.of([point]))
    assert float(np.linalg.norm(gap)) <= 0.01


def test_view_positions_come_back_within_half_a_millimetre(
    contents: SessionContents, small_atlas: Any
) -> None:
    text = session_text(contents, in_views=small_atlas)
    assert '"view"' in text
    back = read_session_text(text.encode(), small_atlas)
    for before, after in zip(contents.marks, back.marks, strict=True):
        if isinstance(before, InjectionSet) and isinstance(after, InjectionSet):
            there = small_atlas.position(SkinArray.of(before.points))
            gaps = np.linalg.norm(small_atlas.position(SkinArray.of(after.points)) - there, axis=1)
            assert gaps.max() <= 0.5


def test_nobody_is_named_unless_it_is_asked_for(contents: SessionContents) -> None:
    text = session_text(contents)
    for secret in ("Geheim", "Gerda", "20417", "1980", "Hidden", "latex", str(contents.session.patient_id)):
        assert secret not in text
    assert "Geheim" in session_text(contents, with_patient=True)


@given(
    frame=st.builds(
        Frame,
        indication_keys=st.lists(st.sampled_from(sorted(indications())), unique=True, max_size=4).map(tuple),
        ended_at=st.none() | st.integers(0, 10**6).map(lambda seconds: DONE_AT + timedelta(seconds=seconds)),
        entered_at=st.none() | st.just(DONE_AT),
        place=st.text(alphabet="aé, “„–\n", max_size=12),
        reaction=st.text(alphabet="zß·|{}[]", max_size=12),
    ),
    intensity=st.none() | st.integers(0, 10),
)
def test_any_frame_and_intensity_come_back(
    contents: SessionContents, small_atlas: Any, frame: Frame, intensity: int | None
) -> None:
    one = SessionContents(
        session=replace(contents.session, frame=frame),
        marks=(),
        complaints=tuple(replace(complaint, intensity=intensity) for complaint in contents.complaints),
    )
    back = read_session_text(session_text(one).encode(), small_atlas)
    assert back.session.frame == frame
    assert back.complaints == one.complaints


def test_a_file_without_frame_and_pain_drawing_is_read_as_before(document: dict[str, Any], small_atlas: Any) -> None:
    del document["session"]["frame"]
    del document["complaints"]
    back = read_session_text(json.dumps(document).encode(), small_atlas)
    assert back.session.frame == Frame()
    assert back.complaints == ()


def test_the_same_record_gives_the_same_bytes(contents: SessionContents) -> None:
    assert session_text(contents) == session_text(contents)


def test_same_content_does_not_mind_number_patient_or_order(contents: SessionContents) -> None:
    other = SessionContents(
        session=replace(contents.session, number=99),
        marks=contents.marks[::-1],
        patient=None,
        complaints=contents.complaints[::-1],
        planned=contents.planned[::-1],
    )
    assert same_content(contents, other)


def test_other_content_is_told_apart(contents: SessionContents) -> None:
    mark = contents.marks[0]
    assert isinstance(mark, InjectionSet)
    moved = replace(mark, points=mark.points[::-1])
    for other in (
        replace(contents, marks=contents.marks[1:]),
        replace(contents, marks=(moved, *contents.marks[1:])),
        replace(contents, session=replace(contents.session, remark="other")),
        replace(contents, session=replace(contents.session, frame=Frame())),
        replace(contents, planned=contents.planned[1:]),
        replace(contents, complaints=contents.complaints[1:]),
        replace(contents, complaints=(replace(contents.complaints[0], intensity=None), contents.complaints[1])),
    ):
        assert not same_content(contents, other)


def test_a_file_is_written_and_read(contents: SessionContents, small_atlas: Any, tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    write_session_file(path, contents)
    assert read_session_file(path, small_atlas).marks == contents.marks
    assert [entry.name for entry in tmp_path.iterdir()] == ["session.json"]


def test_a_folder_that_is_not_there_is_named(contents: SessionContents, tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file where a folder should be")
    with pytest.raises(NotWritableError, match="blocked"):
        write_session_file(tmp_path / "blocked" / "session.json", contents)


def test_a_missing_file_is_named(small_atlas: Any, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"gone\.json"):
        read_session_file(tmp_path / "gone.json", small_atlas)


def test_one_field_of_a_mark_stands_on_a_line(contents: SessionContents) -> None:
    text = session_text(contents)
    assert json.loads(text)["marks"][0]["technique"] == "papule"
    assert '\n      "technique": "papule",\n' in text


def test_what_the_tools_chart_comes_back(contents: SessionContents, small_atlas: Any) -> None:
    """A stamp with one total, strokes and an area without a count, a jittered area."""
    points, *_, area = contents.marks
    assert isinstance(points, InjectionSet)
    assert isinstance(area, AreaRecord)
    charted = (
        replace(points, id=uuid4(), origin=Origin.STAMP, volume_ml=None, given_total_ml=0.45, spacing_mm=4.0),
        replace(area, id=uuid4(), origin=Origin.BRUSH, about_n=None, dose=Dose(technique="ied", depth_mm=0.5)),
        replace(area, id=uuid4(), about_n=None, spacing_mm=None, total_ml=2.0),
        replace(area, id=uuid4(), lattice=Lattice.JITTERED),
    )
    text = session_text(replace(contents, marks=charted))
    assert read_session_text(text.encode(), small_atlas).marks == charted
    VALIDATOR.validate(json.loads(text))


def test_the_body_that_a_file_names_is_known_before_it_is_read(contents: SessionContents, tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    write_session_file(path, contents)
    assert body_named(path) == "female"
    page = json.loads(path.read_text(encoding="utf-8"))
    for atlas, body in (({"body": "male"}, "male"), ({"body": 3}, ""), ([], ""), (None, "")):
        path.write_text(json.dumps({**page, "atlas": atlas}), encoding="utf-8")
        assert body_named(path) == body
    for text in ("", "[]", "{", '{"atlas": {"body": "a", "body": "b"}}'):
        path.write_text(text, encoding="utf-8")
        assert body_named(path) == ""
    assert body_named(tmp_path / "gone.json") == ""
