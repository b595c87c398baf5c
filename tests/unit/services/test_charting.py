"""Charting a session on the synthetic body: gestures, undo, restart, figures."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mesomap.atlas import Atlas
from mesomap.domain.change import Change
from mesomap.domain.errors import BadInputError, DamagedError, NotFoundError, NotWritableError
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Lattice, Origin
from mesomap.domain.place import AtlasRef, SkinPoint
from mesomap.services import ChartingService, Practice, Remembered
from mesomap.storage import Database, SavedStep, StepAction
from tests.unit.services.conftest import PAPULE, point_at, reopened


def test_a_tap_is_recorded_at_once_and_is_there_after_a_restart(
    charting: ChartingService, home: Path
) -> None:
    place = point_at(charting.atlas, 60, 0)
    mark = charting.place([place], PAPULE, 0.05)
    assert charting.marks == (mark,)
    assert mark.region_ids == ("chest.left",)
    assert mark.origin is Origin.TAP
    assert mark.done_at.utcoffset() is not None
    again = reopened(charting, home)
    assert again.marks == (mark,)
    assert again.undo_name == "Place"
    again.practice.close()


def test_late_charting_keeps_both_times(charting: ChartingService) -> None:
    done = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
    mark = charting.place([point_at(charting.atlas, 60, 0)], PAPULE, None, done_at=done)
    assert mark.done_at == done
    assert mark.entered_at > done


def test_a_place_that_is_no_charted_skin_is_refused(charting: ChartingService) -> None:
    atlas = charting.atlas
    holes = [tri for tri in range(4000) if atlas.region_id_at(SkinPoint(tri, 0.3, 0.3)) is None]
    assert holes, "the synthetic body has a mouth"
    with pytest.raises(BadInputError, match="not skin"):
        charting.place([SkinPoint(holes[0], 0.3, 0.3)], PAPULE, 0.05)
    assert charting.marks == ()
    assert not charting.can_undo


def test_listeners_hear_of_every_change_and_of_no_failure(charting: ChartingService) -> None:
    heard: list[tuple[Change, ...]] = []
    stop = charting.on_changed(heard.append)
    mark = charting.place([point_at(charting.atlas, 60, 0)], PAPULE, 0.05)
    charting.undo()
    charting.redo()
    with pytest.raises(BadInputError):
        charting.place([], PAPULE, 0.05)
    charting.undo()
    charting.undo()  # nothing left: no error, nothing heard
    assert heard == [
        (Change(None, mark),),
        (Change(mark, None),),
        (Change(None, mark),),
        (Change(mark, None),),
    ]
    stop()
    charting.redo()
    assert len(heard) == 4


def test_undo_and_redo_survive_a_restart_with_their_tail(charting: ChartingService, home: Path) -> None:
    marks = [charting.place([point_at(charting.atlas, x, 0)], PAPULE, 0.05) for x in (40, 60, 80)]
    charting.erase([marks[0].id])
    charting.set_mixture("A", "saline")
    charting.undo()
    charting.undo()
    assert charting.marks == tuple(marks)
    again = reopened(charting, home)
    assert (again.undo_name, again.redo_name) == ("Place", "Erase")
    again.redo()
    assert again.marks == tuple(marks[1:])
    again.redo()
    assert again.session.mixtures[0].name == "saline"
    while again.can_undo:
        again.undo()
    assert again.marks == ()
    assert again.session.mixtures == ()
    while again.can_redo:
        again.redo()
    assert again.marks == tuple(marks[1:])
    assert again.practice.verify().findings == ()
    again.practice.close()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    wishes=st.lists(st.sampled_from(["place", "stamp", "erase", "point", "mix", "undo", "redo"]), max_size=14)
)
def test_whatever_is_done_memory_and_database_agree(
    practice: Practice, atlas: Atlas, wishes: list[str]
) -> None:
    patient = practice.new_patient(family_name="P", given_name="Q")
    charting = ChartingService(practice, atlas, practice.new_session(patient.id, atlas).id)
    for step, wish in enumerate(wishes):
        _do(charting, wish, step)
        fresh = ChartingService(practice, atlas, charting.session.id)
        assert fresh.marks == charting.marks
        assert fresh.session == charting.session
        assert (fresh.undo_name, fresh.redo_name) == (charting.undo_name, charting.redo_name)
    assert practice.verify().ok


def _do(charting: ChartingService, wish: str, step: int) -> None:
    marks = charting.marks
    if wish == "place":
        charting.place([point_at(charting.atlas, 20 + step, 5 * step)], PAPULE, 0.05)
    elif wish == "stamp":
        places = [point_at(charting.atlas, -20 - 3 * i, step) for i in range(3)]
        charting.place(places, PAPULE, None, Origin.STAMP)
    elif wish == "erase" and marks:
        charting.erase([marks[step % len(marks)].id])
    elif wish == "point" and marks:
        charting.erase({marks[-1].id: frozenset({0})})
    elif wish == "mix":
        charting.set_mixture("ABC"[step % 3], f"mixture {step}")
    elif wish == "undo":
        charting.undo()
    elif wish == "redo":
        charting.redo()


def test_marks_that_come_back_take_their_old_places_and_the_others_are_not_read_again(
    charting: ChartingService, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = [charting.place([point_at(charting.atlas, x, 0)], PAPULE, 0.05) for x in (20, 30, 40, 50, 60)]
    charting.erase([marks[1].id, marks[3].id])
    stayed = charting.marks
    monkeypatch.setattr(Database, "marks", lambda *_any: pytest.fail("every mark of the session was read"))
    charting.undo()
    assert charting.marks == tuple(marks)
    assert [mark for mark in charting.marks if any(mark is one for one in stayed)] == list(stayed)
    charting.undo()
    charting.redo()
    assert charting.marks == tuple(marks)


def test_a_failed_commit_leaves_memory_and_undo_as_they_were(
    charting: ChartingService, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = charting.place([point_at(charting.atlas, 60, 0)], PAPULE, 0.05)

    def full(*_: Any, **__: Any) -> None:
        raise NotWritableError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(Database, "commit", full)
        for attempt in (
            lambda: charting.place([point_at(charting.atlas, 70, 0)], PAPULE, 0.05),
            charting.undo,
            lambda: charting.erase([mark.id]),
            lambda: charting.set_mixture("A", "x"),
        ):
            with pytest.raises(NotWritableError):
                attempt()
    assert charting.marks == (mark,)
    assert charting.undo_name == "Place"
    assert charting.session.mixtures == ()
    charting.undo()
    assert not charting.marks


def test_values_are_asked_at_first_use_and_remembered_then(charting: ChartingService, home: Path) -> None:
    assert charting.remembered("papule") is None
    assert charting.practice.used_techniques() == ()
    charting.place([point_at(charting.atlas, 60, 0)], PAPULE, 0.05)
    assert charting.remembered("papule") == Remembered(depth_mm=2.0, volume_ml=0.05, mixture="A")
    charting.fill("chest.left", PAPULE, 0.02, spacing_mm=15.0)
    charting.place([point_at(charting.atlas, 60, 0)], replace(PAPULE, depth_mm=None), 0.03)
    again = reopened(charting, home)
    assert again.remembered("papule") == Remembered(volume_ml=0.03, spacing_mm=15.0, mixture="A")
    assert again.remembered("nappage") is None
    assert again.practice.used_techniques() == ("papule",)
    again.practice.close()


def test_a_fill_records_what_the_preview_showed(charting: ChartingService) -> None:
    shown = charting.preview_fill("chest.left", PAPULE, 0.02, spacing_mm=15.0)
    assert charting.marks == ()
    assert shown.total_ml == pytest.approx(0.02 * shown.count)
    mark = charting.fill("chest.left", PAPULE, 0.02, spacing_mm=15.0, preview=shown)
    assert isinstance(mark, InjectionSet)
    assert (mark.points, mark.outline) == (shown.points, shown.outline)
    assert mark.origin is Origin.FILL
    assert {charting.atlas.region_id_at(point) for point in mark.points} == {"chest.left"}
    charting.undo()
    assert charting.marks == ()


def test_a_density_technique_fills_as_one_area(charting: ChartingService) -> None:
    nappage = Dose(technique="nappage", mixture="A", depth_mm=1.5)
    mark = charting.fill("forehead.mid", nappage, 0.005, spacing_mm=8.0, lattice=Lattice.SQUARE)
    assert isinstance(mark, AreaRecord)
    assert mark.about_n is not None
    assert mark.about_n > 50
    assert mark.total_ml == pytest.approx(0.005 * mark.about_n)
    with pytest.raises(BadInputError, match="as an area"):
        charting.place([point_at(charting.atlas, 60, 0)], nappage, 0.005)


@pytest.mark.parametrize("spacing", [0.0, -1.0, float("nan"), 0.1, 500.0])
def test_an_impossible_spacing_is_refused(charting: ChartingService, spacing: float) -> None:
    with pytest.raises(BadInputError, match="spacing"):
        charting.fill("chest.left", PAPULE, 0.02, spacing_mm=spacing)
    assert charting.marks == ()


def test_an_unknown_region_is_refused(charting: ChartingService) -> None:
    with pytest.raises(NotFoundError, match="nose"):
        charting.fill("nose.mid", PAPULE, 0.02, spacing_mm=10.0)


def test_the_tally_follows_every_step(charting: ChartingService) -> None:
    places = [point_at(charting.atlas, x, 0) for x in (40, 60, 80)]
    charting.place(places[:2], PAPULE, 0.05)
    first = charting.tally()
    assert first.total.volume_ml == pytest.approx(0.1)
    charting.place(places[2:], PAPULE, 0.05)
    second = charting.tally()
    assert second.total.volume_ml == pytest.approx(0.15)
    assert second.total.covered_cm2 is not None
    assert first.total.covered_cm2 is not None
    assert second.total.covered_cm2 > first.total.covered_cm2
    charting.undo()
    assert charting.tally().total.covered_cm2 == pytest.approx(first.total.covered_cm2)


def test_the_radius_of_the_practice_counts(charting: ChartingService) -> None:
    charting.place([point_at(charting.atlas, 60, 0)], PAPULE, 0.05)
    charting.practice.set_effect_radius_mm("papule", 5.0)
    small = charting.tally().total.covered_cm2
    charting.practice.set_effect_radius_mm("papule", 10.0)
    large = charting.tally().total.covered_cm2
    assert small is not None
    assert large is not None
    assert large / small == pytest.approx(4.0, rel=0.05)


def test_a_session_of_another_body_is_not_drawn_on_this_one(practice: Practice, atlas: Atlas) -> None:
    patient = practice.new_patient(family_name="P", given_name="Q")
    session = practice.new_session(patient.id, atlas)
    older = AtlasRef("mesomap-body", "0.0.1", "female")
    other = Atlas(older, atlas.regions, atlas.views, atlas.geometry, atlas.folder)
    with pytest.raises(BadInputError, match="was charted on"):
        ChartingService(practice, other, session.id)


def test_a_history_that_does_not_fit_is_damage_and_no_crash(
    practice: Practice, atlas: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = practice.new_patient(family_name="P", given_name="Q")
    session = practice.new_session(patient.id, atlas)
    torn = (SavedStep(9, session.id, "Place", StepAction.UNDO, 7),)
    monkeypatch.setattr(Database, "steps", lambda *_: torn)
    with pytest.raises(DamagedError, match="history of session 1"):
        ChartingService(practice, atlas, session.id)


def test_the_scale_is_frozen_when_the_session_begins(practice: Practice, atlas: Atlas) -> None:
    patient = practice.new_patient(family_name="P", given_name="Q", height_cm=190, weight_kg=110)
    session = practice.new_session(patient.id, atlas)
    assert session.patient_scale == atlas.scale_for(190, 110).length
    practice.edit_patient(patient, replace(patient, weight_kg=60.0))
    assert practice.session(session.id).patient_scale == session.patient_scale
    assert practice.new_session(patient.id, atlas).patient_scale != session.patient_scale
