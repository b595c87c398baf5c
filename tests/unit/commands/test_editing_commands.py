"""Mirror, replace and brush as commands: what they yield and what they refuse."""

from dataclasses import replace

import pytest

from mesomap.commands import MirrorMarks, ReplaceMarks
from mesomap.commands.brush import BrushAreas
from mesomap.domain.change import Change
from mesomap.domain.errors import BadInputError, NotFoundError
from mesomap.domain.marks import Mark
from mesomap.domain.place import SkinPoint
from tests.records import a_patient, a_session, a_set, an_area

SESSION = a_session(a_patient())


def test_replacing_yields_edits_first_and_then_what_split_off() -> None:
    mark, part = a_set(SESSION, 3), a_set(SESSION)
    after = mark.without(frozenset({1}))
    command = ReplaceMarks("Change dose", ((mark, after),), (part,))
    assert command.changes() == (Change(mark, after), Change(None, part))


def test_what_does_not_change_is_no_change() -> None:
    mark = a_set(SESSION)
    assert ReplaceMarks("Move", ((mark, mark),)).changes() == ()


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (replace(a_set(SESSION), points=(SkinPoint(1, 0.9, 0.9),)), "outside"),
        (replace(a_set(SESSION), points=()), "no place"),
        (replace(a_set(SESSION), volume_ml=-1.0), "volume"),
        (replace(a_set(SESSION), dose=replace(a_set(SESSION).dose, mixture="Z")), "letter"),
        (replace(an_area(SESSION), total_ml=float("nan")), "volume"),
    ],
)
def test_impossible_marks_are_refused(after: Mark, words: str) -> None:
    with pytest.raises(BadInputError, match=words):
        ReplaceMarks("Move", (), (after,)).changes()


def test_an_unknown_technique_is_refused() -> None:
    mark = a_set(SESSION)
    odd = replace(mark, dose=replace(mark.dose, technique="alchemy"))
    with pytest.raises(NotFoundError, match="alchemy"):
        ReplaceMarks("Change dose", ((mark, odd),)).changes()


def test_mirror_and_brush_create_all_their_marks_and_refuse_to_do_nothing() -> None:
    areas = (an_area(SESSION), an_area(SESSION))
    assert MirrorMarks(areas).changes() == tuple(Change(None, area) for area in areas)
    assert BrushAreas(areas).changes() == tuple(Change(None, area) for area in areas)
    assert (MirrorMarks(areas).name, BrushAreas(areas).name) == ("Mirror", "Brush")
    for command in (MirrorMarks(()), BrushAreas(())):
        with pytest.raises(BadInputError):
            command.changes()
