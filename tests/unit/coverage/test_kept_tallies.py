"""Figures that are kept are those that would be worked out anew, and change with the marks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from mesomap.atlas import Atlas
from mesomap.coverage import kept_tallies, tally
from mesomap.coverage.figures import Tally
from mesomap.coverage.kept_tallies import KeptTallies
from mesomap.domain.body_size import PatientScale
from mesomap.domain.marks import InjectionSet, Mark
from tests.unit.coverage.test_tally import middle, tapped

RADII: dict[str, float | None] = {"papule": 6.0}
SCALE = PatientScale(1.1)


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many marks were worked out, one number for each piece of work."""
    asked: list[int] = []

    def counted(atlas: Atlas, marks: Sequence[Mark], scale: PatientScale, radii: Mapping[str, float | None]) -> Tally:
        asked.append(len(marks))
        return tally(atlas, marks, scale, radii)

    monkeypatch.setattr(kept_tallies, "tally", counted)
    return asked


def two_taps(atlas: Atlas) -> tuple[InjectionSet, InjectionSet]:
    return tapped(middle(atlas, "chest.left")), tapped(middle(atlas, "chest.right"))


def test_the_same_marks_read_again_are_not_worked_out_again(small_atlas: Atlas, worked_out: list[int]) -> None:
    kept, marks = KeptTallies(), two_taps(small_atlas)
    first = kept.of(small_atlas, marks, SCALE, RADII)
    assert first == tally(small_atlas, marks, SCALE, RADII)
    assert kept.of(small_atlas, [replace(mark) for mark in marks], SCALE, RADII) is first
    assert worked_out == [2]


def test_whatever_changes_is_worked_out_anew(small_atlas: Atlas, worked_out: list[int]) -> None:
    kept, (one, other) = KeptTallies(), two_taps(small_atlas)
    edited = replace(one, volume_ml=0.3)
    asked: list[tuple[tuple[Mark, ...], PatientScale, dict[str, float | None]]] = [
        ((one, other), SCALE, RADII),
        ((edited, other), SCALE, RADII),
        ((one,), SCALE, RADII),
        ((one, other), PatientScale(), RADII),
        ((one, other), SCALE, {"papule": None}),
    ]
    for marks, scale, radii in asked:
        assert kept.of(small_atlas, marks, scale, radii) == tally(small_atlas, marks, scale, radii)
    assert worked_out == [2, 2, 1, 2, 2]


def test_what_is_known_from_elsewhere_is_taken(small_atlas: Atlas, worked_out: list[int]) -> None:
    kept, marks = KeptTallies(), two_taps(small_atlas)
    known = tally(small_atlas, marks, SCALE, RADII)
    kept.know(small_atlas, marks, SCALE, RADII, known)
    assert kept.of(small_atlas, marks, SCALE, RADII) is known
    assert worked_out == []
