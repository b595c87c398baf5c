"""What is drawn follows an edited mark, although it keeps its id and its number of points."""

from dataclasses import replace
from uuid import uuid4

import pytest

from mesomap.atlas import Atlas
from mesomap.domain.body_size import PatientScale
from mesomap.domain.marks import Dose, InjectionSet, Origin
from mesomap.domain.place import SkinPoint
from mesomap.render.footprints import FootprintPaths
from mesomap.render.marks_in_view import MarkProjector
from tests.records import NOON


def at(atlas: Atlas, x: float, y: float) -> SkinPoint:
    found = atlas.locate_one("body_front", x, y)
    assert found is not None
    return found


def one_point(place: SkinPoint) -> InjectionSet:
    return InjectionSet(
        id=uuid4(), session_id=uuid4(), points=(place,), dose=Dose(technique="papule", mixture="A", depth_mm=2.0),
        volume_ml=0.05, origin=Origin.TAP, done_at=NOON, entered_at=NOON, region_ids=("chest.left",),
    )  # fmt: skip


def test_a_moved_point_is_drawn_at_its_new_place_and_after_undo_at_its_old(atlas: Atlas) -> None:
    projector = MarkProjector(atlas)
    mark = one_point(at(atlas, 60, 0))
    moved = replace(mark, points=(at(atlas, 70, 20),))
    for record, place in ((mark, (60, 0)), (moved, (70, 20)), (mark, (60, 0))):
        assert projector.scene("body_front", (record,)).points.xy[0] == pytest.approx(place, abs=0.1)


def test_a_changed_dose_changes_the_symbol(atlas: Atlas) -> None:
    projector = MarkProjector(atlas)
    mark = one_point(at(atlas, 60, 0))
    changed = replace(mark, dose=replace(mark.dose, mixture="C"))
    letters = []
    for record in (mark, changed):
        scene = projector.scene("body_front", (record,))
        letters.append(scene.styles[scene.points.style[0]].mixture)
    assert letters == ["A", "C"]


def test_the_footprint_follows_a_moved_point(atlas: Atlas) -> None:
    paths = FootprintPaths(atlas)
    mark = one_point(at(atlas, 60, 0))
    middles = []
    for record in (mark, replace(mark, points=(at(atlas, 70, 20),))):
        ((path, _),) = paths.paths("body_front", (record,), {"papule": 8.0}, PatientScale())
        middles.append(path.boundingRect().center().toTuple())
    assert middles[0] == pytest.approx((60, 0), abs=1.5)
    assert middles[1] == pytest.approx((70, 20), abs=1.5)
