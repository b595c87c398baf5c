"""As last time: found, repeated when asked, by region, once, in one step."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from mesomap.atlas import Atlas, SkinArray
from mesomap.commands.mixtures import DrawUp
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Mark, Origin
from mesomap.domain.needle import Device, DeviceKind, Needle
from mesomap.domain.session import Frame, SessionStatus
from mesomap.services import ChartingService, Practice
from mesomap.services.last_session import LastSession, last_session, other_mixtures, same_course, to_repeat
from mesomap.services.planning import repeat
from tests.records import a_patient, a_session
from tests.unit.services.conftest import PAPULE, point_at

NAPPAGE = Dose(technique="nappage", mixture="B", depth_mm=1.0)


def next_visit(before: ChartingService) -> ChartingService:
    """A session of the same patient, 28 days later."""
    started = before.session.started_at + timedelta(days=28)
    session = before.practice.new_session(before.patient.id, before.atlas, started_at=started)
    return ChartingService(before.practice, before.atlas, session.id)


def last_of(charting: ChartingService) -> LastSession:
    """The last session, which must be there."""
    found = last_session(charting.practice, charting.session, charting.atlas)
    assert found is not None
    return found


def points_of(marks: tuple[Mark, ...]) -> list[tuple[float, ...]]:
    """Places of all single injections."""
    return [tuple(point) for mark in marks if isinstance(mark, InjectionSet) for point in mark.points]


def test_a_total_is_repeated_with_its_points_and_what_was_drawn_up_is_not(charting: ChartingService) -> None:
    charting.set_mixture("A", "Procaine 2 %")
    charting.run(DrawUp(charting.session, "A", 5.0))
    places = [point_at(charting.atlas, x, 10) for x in (-60, 40, 60, 80)]
    charting.place(places, PAPULE, None, Origin.LINE, total_ml=2.0)
    today = next_visit(charting)
    (copy,) = repeat(today, last_of(today), {"chest.left"})
    assert isinstance(copy, InjectionSet)
    assert (copy.count, copy.volume_ml) == (3, None)
    assert copy.given_total_ml == pytest.approx(1.5)
    (mixture,) = today.session.mixtures
    assert (mixture.name, mixture.drawn_ml) == ("Procaine 2 %", None)


def test_all_of_last_time_is_repeated_in_one_step_and_undone_in_one(charting: ChartingService) -> None:
    charting.set_mixture("A", "Procaine 2 %")
    tap = charting.place([point_at(charting.atlas, 60, 10)], PAPULE, 0.05, remark="bled a little")
    area = charting.fill("chest.right", NAPPAGE, 0.01, spacing_mm=15)
    today = next_visit(charting)
    copies = repeat(today, last_of(today))
    assert today.marks == copies
    first, second = copies
    assert isinstance(first, InjectionSet)
    assert isinstance(second, AreaRecord)
    assert isinstance(area, AreaRecord)
    assert (first.points, first.dose, first.volume_ml, first.origin) == (tap.points, PAPULE, 0.05, Origin.REPEAT)
    assert (second.about_n, second.total_ml, second.outline) == (area.about_n, area.total_ml, area.outline)
    assert {mark.id for mark in copies}.isdisjoint({tap.id, area.id})
    assert all(mark.session_id == today.session.id and mark.done_at > tap.done_at for mark in copies)
    assert first.remark == ""
    assert [(m.letter, m.name) for m in today.session.mixtures] == [("A", "Procaine 2 %")]
    assert [row.about_points for row in today.tally().rows] == [row.about_points for row in charting.tally().rows]
    today.undo()
    assert today.marks == ()
    assert today.session.mixtures == ()
    today.redo()
    assert today.marks == copies


def test_less_these_repeats_only_the_regions_chosen(charting: ChartingService) -> None:
    atlas = charting.atlas
    both = charting.place([point_at(atlas, 60, 10), point_at(atlas, -60, 10)], PAPULE, 0.05)
    charting.fill("chest.right", NAPPAGE, 0.01, spacing_mm=15)
    today = next_visit(charting)
    (copy,) = repeat(today, last_of(today), {"chest.left"})
    assert isinstance(copy, InjectionSet)
    assert copy.points == both.points[:1]
    assert copy.region_ids == ("chest.left",)


def test_a_fill_keeps_its_outline_and_skips_points_charted_by_now(charting: ChartingService) -> None:
    fill = charting.fill("chest.left", PAPULE, 0.02, spacing_mm=20)
    assert isinstance(fill, InjectionSet)
    today = next_visit(charting)
    (whole,) = to_repeat(today, last_of(today))
    assert whole.outline == fill.outline
    today.place([fill.points[1]], PAPULE, 0.02)
    (rest,) = to_repeat(today, last_of(today))
    assert isinstance(rest, InjectionSet)
    assert (rest.points, rest.outline) == ((fill.points[0], *fill.points[2:]), fill.outline)


def test_repeating_twice_adds_nothing(charting: ChartingService) -> None:
    charting.place([point_at(charting.atlas, 60, 10)], PAPULE, 0.05)
    charting.fill("chest.right", NAPPAGE, 0.01, spacing_mm=15)
    today = next_visit(charting)
    copies = repeat(today, last_of(today))
    with pytest.raises(BadInputError, match="charted or planned already"):
        repeat(today, last_of(today))
    assert today.marks == copies


def test_no_region_chosen_repeats_nothing(charting: ChartingService) -> None:
    charting.place([point_at(charting.atlas, 60, 10)], PAPULE, 0.05)
    today = next_visit(charting)
    with pytest.raises(BadInputError, match="no region is chosen"):
        repeat(today, last_of(today), frozenset())
    assert not today.can_undo


def test_a_letter_in_use_keeps_its_meaning_and_the_difference_is_told(charting: ChartingService) -> None:
    atlas = charting.atlas
    for letter, name in (("A", "Procaine 2 %"), ("B", "Buflomedil"), ("C", "Vitamin C")):
        charting.set_mixture(letter, name)
        charting.place([point_at(atlas, 60, 10)], Dose(technique="papule", mixture=letter), 0.05)
    today = next_visit(charting)
    today.set_mixture("A", "Saline")
    today.place([point_at(atlas, 20, -40)], Dose(technique="papule", mixture="B"), 0.05)
    assert [(o.letter, o.then, o.here) for o in other_mixtures(today, last_of(today))] == [
        ("A", "Procaine 2 %", "Saline"),
        ("B", "Buflomedil", ""),
    ]
    repeat(today, last_of(today))
    assert [(m.letter, m.name) for m in today.session.mixtures] == [("A", "Saline"), ("C", "Vitamin C")]


def test_the_last_session_has_marks_is_earlier_and_is_of_this_patient(
    practice: Practice, charting: ChartingService, atlas: Atlas
) -> None:
    charting.place([point_at(atlas, 60, 10)], PAPULE, 0.05)
    assert last_session(practice, charting.session, charting.atlas) is None
    empty = next_visit(charting)
    today = next_visit(empty)
    later = next_visit(today)
    later.place([point_at(atlas, 0, 0)], PAPULE, 0.05)
    assert last_of(today).session.id == charting.session.id
    other = practice.new_patient(family_name="Muster", given_name="Eva")
    assert last_session(practice, practice.new_session(other.id, atlas), atlas) is None
    practice.edit_session(charting.session, status=SessionStatus.VOIDED)
    assert last_session(practice, today.session, today.atlas) is None


def test_a_session_of_the_same_course_goes_before_a_later_one_of_another(practice: Practice, atlas: Atlas) -> None:
    patient = practice.new_patient(family_name="Muster", given_name="Eva")
    started = datetime(2026, 3, 2, 9, tzinfo=UTC)
    for day, indication in enumerate(("Mesolift, 1 of 4", "Neck pain", "")):
        session = practice.new_session(
            patient.id, atlas, indication=indication, started_at=started + timedelta(days=7 * day)
        )
        ChartingService(practice, atlas, session.id).place([point_at(atlas, 60, 10)], PAPULE, 0.05)
    later = started + timedelta(days=60)
    for indication, expected in (("mesolift, 2 of 4", "Mesolift, 1 of 4"), ("Knee", ""), ("", "")):
        today = practice.new_session(patient.id, atlas, indication=indication, started_at=later)
        found = last_session(practice, today, atlas)
        assert found is not None
        assert found.session.indication == expected
        practice.edit_session(today, status=SessionStatus.VOIDED)


def test_courses_are_told_apart_by_what_was_picked_before_by_what_was_written() -> None:
    session = a_session(a_patient())
    face = replace(session, indication="Face", frame=Frame(indication_keys=("mesolift", "glow")))
    assert same_course(face, replace(session, indication="Peel", frame=Frame(indication_keys=("glow",))))
    assert not same_course(face, replace(session, indication="Face", frame=Frame(indication_keys=("hair",))))
    assert same_course(face, replace(session, indication="face, 3 of 4"))
    assert not same_course(session, session)


def test_the_lot_of_last_time_is_not_repeated(charting: ChartingService) -> None:
    needle, gun = Needle(gauge=30, lot="N-1"), Device(kind=DeviceKind.GUN, mode="burst", shots=40)
    charting.place([point_at(charting.atlas, 60, 10)], replace(PAPULE, needle=needle, device=gun), 0.05)
    charting.place([point_at(charting.atlas, 40, 10)], replace(PAPULE, needle=Needle(lot="N-2")), 0.05)
    today = next_visit(charting)
    first, second = to_repeat(today, last_of(today))
    assert (first.dose.needle, first.dose.device) == (Needle(gauge=30), Device(kind=DeviceKind.GUN, mode="burst"))
    assert second.dose.needle is None


def test_the_spacing_of_a_fill_follows_the_size_of_the_patient(charting: ChartingService) -> None:
    fill = charting.fill("chest.left", NAPPAGE, 0.01, spacing_mm=15)
    assert isinstance(fill, AreaRecord)
    patient = charting.patient
    charting.practice.edit_patient(patient, replace(patient, weight_kg=90.0))
    today = next_visit(charting)
    (copy,) = repeat(today, last_of(today))
    assert copy.spacing_mm == pytest.approx(15 * today.scale.length / charting.scale.length)
    assert copy.spacing_mm != 15
    density = [service.tally().rows[0] for service in (charting, today)]
    assert density[0].about_points == density[1].about_points


def test_a_point_next_to_a_charted_one_is_still_repeated(charting: ChartingService) -> None:
    atlas = charting.atlas
    charting.place([point_at(atlas, 60, 10), point_at(atlas, 60, 20)], PAPULE, 0.05)
    today = next_visit(charting)
    today.place([point_at(atlas, 60, 14)], PAPULE, 0.05)
    today.place([point_at(atlas, 60, 20)], Dose(technique="papule", mixture="B"), 0.05)
    (copy,) = repeat(today, last_of(today))
    assert isinstance(copy, InjectionSet)
    there = atlas.project("body_front", SkinArray.of(copy.points)).xy
    assert np.allclose(there, [[60, 10], [60, 20]], atol=0.1)
