"""A scene that grows from the one before shows what a scene made anew would show, whatever was edited in between."""

from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mesomap.atlas import Atlas
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Lattice, Mark, Origin
from mesomap.render.marks_in_view import MarkProjector, ViewScene
from tests.records import NOON

VIEWS = ("body_front", "body_back")

#: What a hand does: (kind, place in the list as a share).
steps = st.lists(st.tuples(st.sampled_from(["add", "area", "erase", "change", "undo"]), st.floats(0, 1)), max_size=12)


def some_points(atlas: Atlas, share: float) -> InjectionSet:
    places = ((60, 0), (-50, -30), (40, 60), (0, -80))[: 1 + int(share * 3)]
    found = [atlas.locate_one(VIEWS[share > 0.7], x + 5 * share, y) for x, y in places]
    return InjectionSet(
        id=uuid4(), session_id=uuid4(), points=tuple(place for place in found if place is not None),
        dose=Dose(technique="papule", mixture="ABCD"[int(share * 3.99)], depth_mm=2.0), volume_ml=0.05,
        origin=Origin.TAP, done_at=NOON, entered_at=NOON, region_ids=("chest.left",),
    )  # fmt: skip


def an_area(atlas: Atlas, share: float) -> AreaRecord:
    corners = ((40, 0), (40 + 50 * share + 5, 0), (60, 45))
    ring = tuple(place for place in (atlas.locate_one("body_front", *corner) for corner in corners) if place)
    return AreaRecord(
        id=uuid4(), session_id=uuid4(), outline=(ring,), region_ids=("chest.left",),
        dose=Dose(technique="nappage", mixture="B"), lattice=Lattice.HEX, spacing_mm=10.0, about_n=7, total_ml=1.0,
        origin=Origin.FILL, done_at=NOON, entered_at=NOON,
    )  # fmt: skip


def shown(scene: ViewScene) -> tuple[object, ...]:
    points = scene.points
    looks = [scene.styles[style] for style in points.style.tolist()]
    areas = [(area.mark_id, area.style, area.path.boundingRect()) for area in scene.areas]
    return points.xy.tolist(), looks, points.mark.tolist(), points.number.tolist(), areas, scene.visible_count


def edited(atlas: Atlas, marks: list[Mark], kind: str, share: float) -> list[Mark]:
    row = min(int(share * len(marks)), len(marks) - 1)
    if kind in {"add", "area"} or not marks:
        return [*marks, an_area(atlas, share) if kind == "area" else some_points(atlas, share)]
    if kind == "change":
        changed = replace(marks[row], dose=replace(marks[row].dose, mixture="D"))
        return [*marks[:row], changed, *marks[row + 1 :]]
    return marks[:-1] if kind == "undo" else marks[:row] + marks[row + 1 :]


@settings(max_examples=40, deadline=None)
@given(steps=steps)
def test_a_scene_that_grows_is_the_scene_made_anew(atlas: Atlas, steps: list[tuple[str, float]]) -> None:
    projector, marks = MarkProjector(atlas), list[Mark]()
    for kind, share in steps:
        marks = edited(atlas, marks, kind, share)
        for view in VIEWS:
            assert shown(projector.scene(view, tuple(marks))) == shown(MarkProjector(atlas).scene(view, marks))


def test_one_more_mark_looks_at_no_mark_of_before(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    projector, marks = MarkProjector(atlas), [some_points(atlas, 0.4) for _ in range(5)]
    projector.scene("body_front", marks)
    asked: list[int] = []
    plain = MarkProjector._knows

    def knows(self: MarkProjector, key: str, mark: InjectionSet) -> bool:
        asked.append(1)
        return plain(self, key, mark)

    monkeypatch.setattr(MarkProjector, "_knows", knows)
    projector.scene("body_front", [*marks, some_points(atlas, 0.6)])
    assert len(asked) == 1
