"""What a mark carries besides its place survives the session file, and what cannot be is refused."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mesomap.domain.errors import BadInputError
from mesomap.domain.intended_layer import INTENDED_LAYERS
from mesomap.domain.marks import InjectionSet
from mesomap.domain.needle import Device, DeviceKind, Insertion, Needle
from mesomap.domain.session import Mixture
from mesomap.exchange import SessionContents, read_session_text, session_text
from tests.unit.exchange.test_schema import VALIDATOR

WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=200)
DEVICES = st.builds(
    Device,
    kind=st.sampled_from(DeviceKind),
    model=WORDS,
    mode=WORDS,
    settings=WORDS,
    shots=st.none() | st.integers(0, 1_000_000),
)


@st.composite
def entered(draw: st.DrawFn) -> tuple[Needle | None, Insertion | None, float | None]:
    """A needle, an insertion that fits it, and the depth that follows."""
    length = draw(st.none() | st.floats(0.1, 100.0))
    needle = Needle(
        gauge=draw(st.none() | st.integers(10, 40)),
        length_mm=length,
        lot=draw(WORDS),
        single_use=draw(st.none() | st.booleans()),
    )
    most = 100.0 if length is None else length
    if draw(st.booleans()):
        insertion = Insertion(inserted_mm=draw(st.floats(0.0, most)), angle_deg=draw(st.floats(0.0, 90.0)))
        return draw(st.sampled_from((None, needle))), insertion, insertion.depth_mm
    return needle, None, draw(st.none() | st.floats(0.0, most))


@settings(max_examples=40)
@given(
    needle=entered(),
    device=st.none() | DEVICES,
    layer=st.sampled_from(("", *INTENDED_LAYERS, "own words")),
    total=st.none() | st.floats(0.0, 1000.0),
)
def test_all_that_a_mark_carries_comes_back(
    contents: SessionContents,
    small_atlas: Any,
    needle: tuple[Needle | None, Insertion | None, float | None],
    device: Device | None,
    layer: str,
    total: float | None,
) -> None:
    first = contents.marks[0]
    assert isinstance(first, InjectionSet)
    held, insertion, depth = needle
    dose = replace(
        first.dose, depth_mm=depth, insertion=insertion, needle=held, device=device, intended_layer=layer
    )
    mark = replace(first, dose=dose, volume_ml=None, given_total_ml=total, plan_id=None)
    text = session_text(SessionContents(session=contents.session, marks=(mark,)))
    VALIDATOR.validate(json.loads(text))
    assert read_session_text(text.encode(), small_atlas).marks == (mark,)


def test_what_was_drawn_up_comes_back_and_is_left_out_where_nothing_is_recorded(
    contents: SessionContents, small_atlas: Any
) -> None:
    assert "drawn_ml" not in session_text(contents)
    mixtures = (Mixture(letter="A", name="HA", drawn_ml=5.0), Mixture(letter="B", drawn_ml=0.0))
    text = session_text(SessionContents(session=replace(contents.session, mixtures=mixtures), marks=()))
    VALIDATOR.validate(json.loads(text))
    assert read_session_text(text.encode(), small_atlas).session.mixtures == mixtures


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"insertion": {"inserted_mm": 4, "angle_deg": 91}}, r"insertion.angle_deg: 91 is not possible"),
        ({"insertion": {"inserted_mm": 4}}, "“angle_deg” is missing"),
        ({"insertion": {"inserted_mm": 4, "angle_deg": 90}, "depth_mm": 1.5}, "does not follow"),
        ({"needle": {"length_mm": 1}, "depth_mm": 1.5}, "more than the needle is long"),
        ({"needle": {"gauge": 300}}, "needle.gauge: 300 is not possible"),
        ({"needle": {"single_use": "yes"}}, "needle.single_use: true or false"),
        ({"needle": {"lot": "x" * 201}}, "needle.lot: the text is longer"),
        ({"device": {"model": "U"}}, "“kind” is missing"),
        ({"device": {"kind": "magic"}}, "device.kind: “magic”"),
        ({"device": {"kind": "gun", "shots": -1}}, "device.shots: -1 is not possible"),
        ({"intended_layer": "x" * 61}, "intended_layer: The intended layer is too long"),
        ({"given_total_ml": 2.0}, "given_total_ml: a volume of each point is given too"),
    ],
)
def test_what_no_needle_can_do_is_refused_with_its_place(
    document: dict[str, Any], small_atlas: Any, fields: dict[str, Any], says: str
) -> None:
    document["marks"][0].update(fields)
    with pytest.raises(BadInputError, match=r"marks\[0\].*" + says):
        read_session_text(json.dumps(document).encode(), small_atlas)
