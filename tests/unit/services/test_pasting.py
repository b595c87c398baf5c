"""Copy and paste: the same skin, another place, another session and patient; nothing personal travels along."""

import json
from contextlib import suppress
from dataclasses import replace
from uuid import UUID

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mesomap.atlas import Atlas, SkinArray
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Mark, Origin
from mesomap.domain.needle import Device, DeviceKind, Needle
from mesomap.services import ChartingService, pasting
from mesomap.services.carrying import Push, transplanted
from mesomap.services.pasting import Clip, Landing, anchor, clip_of, clip_text, copied, landing, paste
from tests.unit.services.conftest import PAPULE, point_at
from tests.unit.services.test_last_session import next_visit

NAPPAGE = Dose(technique="nappage", mixture="B", depth_mm=1.0)


def a_set(mark: Mark) -> InjectionSet:
    assert isinstance(mark, InjectionSet)
    return mark


def everything(charting: ChartingService) -> dict[UUID, frozenset[int] | None]:
    return {mark.id: None for mark in charting.marks}


def other_patient(charting: ChartingService, weight_kg: float = 95.0) -> ChartingService:
    """A session of someone larger."""
    practice = charting.practice
    patient = practice.new_patient(family_name="Muster", given_name="Eva", height_cm=180, weight_kg=weight_kg)
    return ChartingService(practice, charting.atlas, practice.new_session(patient.id, charting.atlas).id)


def push_to(charting: ChartingService, clip: Clip, x: float, y: float, view: str = "body_front") -> Push:
    """The pen holds the clip by its anchor over a place of a view."""
    start = anchor(charting.atlas, clip)
    assert start is not None
    return Push(view, start, point_at(charting.atlas, x, y, view))


def test_a_clip_holds_places_and_doses_and_nothing_of_the_patient(charting: ChartingService) -> None:
    charting.set_mixture("A", "Procaine")
    dose = replace(PAPULE, needle=Needle(gauge=30, lot="LOT-77"), device=Device(kind=DeviceKind.GUN, model="M1"))
    charting.place([point_at(charting.atlas, 60, 10)], dose, 0.05, remark="bled near the mole")
    text = clip_text(copied(charting, everything(charting)))
    for word in ("Beispiel", "Anna", "bled", "LOT-77", str(charting.patient.id), str(charting.session.id)):
        assert word not in text
    assert str(charting.session.patient_scale) not in text
    assert json.loads(text)["marks"][0]["technique"] == "papule"


def test_the_same_skin_in_the_next_session_with_its_mixture(charting: ChartingService) -> None:
    charting.set_mixture("A", "Procaine")
    tap = charting.place([point_at(charting.atlas, 60, 10), point_at(charting.atlas, 80, 10)], PAPULE, 0.05)
    area = charting.fill("chest.right", NAPPAGE, 0.01, spacing_mm=30)
    clip = clip_of(clip_text(copied(charting, everything(charting))).encode(), charting.atlas)
    assert (clip.points, clip.areas) == (2, 1)
    today = next_visit(charting)
    found = paste(today, clip)
    first, second = today.marks
    assert found.marks == (first, second)
    assert (a_set(first).points, first.dose, a_set(first).volume_ml) == (tap.points, PAPULE, 0.05)
    assert isinstance(second, AreaRecord)
    assert isinstance(area, AreaRecord)
    assert (second.outline, second.about_n, second.total_ml) == (area.outline, area.about_n, area.total_ml)
    assert second.spacing_mm == pytest.approx(30)
    assert {first.origin, second.origin} == {Origin.REPEAT}
    assert today.session.mixture("A") == charting.session.mixture("A")
    today.undo()
    assert (today.marks, today.session.mixtures) == ((), ())


def test_pasting_where_it_is_already_adds_nothing(charting: ChartingService) -> None:
    charting.place([point_at(charting.atlas, 60, 10)], PAPULE, 0.05)
    charting.fill("chest.right", NAPPAGE, 0.01, spacing_mm=30)
    clip = copied(charting, everything(charting))
    with pytest.raises(BadInputError, match="charted here already"):
        paste(charting, clip)
    assert landing(charting, clip).held == 2


def test_part_of_a_fill_travels_without_its_outline_and_with_its_share(charting: ChartingService) -> None:
    fill = a_set(charting.fill("chest.left", PAPULE, 0.02, spacing_mm=60))
    clip = copied(charting, {fill.id: frozenset({0, 2})})
    (mark,) = clip.marks
    assert (a_set(mark).points, mark.outline, mark.spacing_mm) == ((fill.points[0], fill.points[2]), (), None)


def test_the_spacing_is_that_of_the_patient_it_is_pasted_on(charting: ChartingService) -> None:
    charting.fill("chest.left", PAPULE, 0.02, spacing_mm=60)
    larger = other_patient(charting)
    paste(larger, copied(charting, everything(charting)))
    (mark,) = larger.marks
    assert mark.spacing_mm == pytest.approx(60 * larger.scale.length / charting.scale.length)


def test_a_shift_keeps_the_shape_and_a_letter_in_use_keeps_its_name(charting: ChartingService) -> None:
    atlas = charting.atlas
    charting.set_mixture("A", "Procaine")
    charting.place([point_at(atlas, x, y) for x in (40, 60) for y in (0, 20)], PAPULE, 0.05)
    clip = copied(charting, everything(charting))
    today = other_patient(charting)
    today.set_mixture("A", "Saline")
    today.place([point_at(atlas, 10, -70)], PAPULE, 0.05)
    paste(today, clip, push_to(charting, clip, -60, -20))
    before, after = (atlas.position(SkinArray.of(a_set(mark).points)) for mark in (charting.marks[0], today.marks[1]))
    gaps = [np.linalg.norm(xyz[:, None] - xyz[None], axis=2) for xyz in (before, after)]
    assert gaps[1] == pytest.approx(gaps[0], abs=1.5)
    assert after[np.argmax(after[:, 1]), 1] > after.mean(axis=0)[1]
    mixture = today.session.mixture("A")
    assert mixture is not None
    assert mixture.name == "Saline"


def test_what_pointed_up_still_does_on_the_back(charting: ChartingService) -> None:
    atlas = charting.atlas
    places = [point_at(atlas, 60, 0), point_at(atlas, 60, 15), point_at(atlas, 60, 30)]
    push = Push("body_back", places[0], point_at(atlas, 40, 0, "body_back"))
    height = atlas.position(transplanted(atlas, SkinArray.of(places), push))[:, 1]
    assert np.all(np.diff(height) > 8)


def test_points_off_the_body_are_left_out_and_counted(
    charting: ChartingService, monkeypatch: pytest.MonkeyPatch
) -> None:
    atlas = charting.atlas
    charting.place([point_at(atlas, x, 0) for x in (5, 20, 120)], PAPULE, 0.05)
    clip = copied(charting, everything(charting))
    push = push_to(charting, clip, 80, 60)

    def skin_ends(body: Atlas, places: SkinArray, way: Push) -> SkinArray:
        found = transplanted(body, places, way)
        found.tri[-1] = -1
        return found

    # The body of the tests has no rim that a pattern could hang over; the shipped ones have eyes and mouth.
    monkeypatch.setattr(pasting, "transplanted", skin_ends)
    today = other_patient(charting)
    found = paste(today, clip, push)
    assert (found.off_points, [a_set(mark).count for mark in today.marks]) == (1, [2])
    assert found.off_words.startswith("1 point finds no skin")
    last = Clip(clip.atlas, (a_set(clip.marks[0]).without(frozenset({0, 1})),))
    with pytest.raises(BadInputError, match="None of it finds skin"):
        paste(today, last, push)


def test_points_beyond_the_chart_follow_their_neighbours_around_the_body(charting: ChartingService) -> None:
    atlas = charting.atlas
    charting.place([point_at(atlas, x, 0) for x in (5, 20, 60, 120)], PAPULE, 0.05)
    clip = copied(charting, everything(charting))
    today = other_patient(charting)
    paste(today, clip, Push("body_front", a_set(clip.marks[0]).points[0], point_at(atlas, 150, 0)))
    (mark,) = today.marks
    assert mark.region_ids == ("back_upper.left",)
    assert a_set(mark).count == 4
    before, after = (atlas.position(SkinArray.of(a_set(m).points)) for m in (charting.marks[0], mark))
    gaps = [np.linalg.norm(np.diff(xyz, axis=0), axis=1) for xyz in (before, after)]
    assert gaps[1] == pytest.approx(gaps[0], rel=0.2)


def test_an_area_finds_skin_whole_or_is_left_out(charting: ChartingService) -> None:
    charting.fill("chest.left", NAPPAGE, 0.01, spacing_mm=60)
    clip = copied(charting, everything(charting))
    found = landing(other_patient(charting), clip, push_to(charting, clip, -80, 60))
    assert (found.marks, found.off_areas) == ((), 1)
    assert "1 area" in found.off_words


def test_the_sentence_counts_what_is_left_out() -> None:
    assert Landing((), 1).off_words == "1 point finds no skin there and is left out."
    assert Landing((), 3, 1).off_words == "3 points and 1 area find no skin there and are left out."
    assert Landing(()).off_words == ""


def test_nothing_selected_another_body_and_any_other_text_are_refused(charting: ChartingService) -> None:
    with pytest.raises(BadInputError, match="Nothing is selected"):
        copied(charting, {})
    charting.place([point_at(charting.atlas, 60, 10)], PAPULE, 0.05)
    clip = copied(charting, everything(charting))
    with pytest.raises(BadInputError, match="another body"):
        landing(charting, replace(clip, atlas=replace(clip.atlas, version="9.9.9")))
    text = clip_text(clip)
    with pytest.raises(BadInputError, match="copied on the male body; this session is on the female one"):
        clip_of(text.replace('"female"', '"male"').encode(), charting.atlas)
    for other in ("", "hello", "{}", "[]", '{"atlas": 3}', text[:-40], text.replace("papule", "magic")):
        with pytest.raises(BadInputError, match="cannot be pasted here"):
            clip_of(other.encode(), charting.atlas)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=80), st.integers(0, 400))
def test_no_damaged_text_does_worse_than_a_sentence(charting: ChartingService, junk: bytes, at: int) -> None:
    if not charting.marks:
        charting.place([point_at(charting.atlas, 60, 10)], PAPULE, 0.05)
    text = clip_text(copied(charting, everything(charting))).encode()
    cut = at % len(text)
    found = None
    with suppress(BadInputError):
        found = clip_of(text[:cut] + junk + text[cut:], charting.atlas)
    assert found is None or found.points == 1
