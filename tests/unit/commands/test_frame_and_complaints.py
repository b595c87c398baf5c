"""Commands on the frame and the pain drawing: one change each, refused in a sentence."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from mesomap.commands import PlaceInjections
from mesomap.commands.complaints import DrawComplaint, EditComplaint, EraseComplaints
from mesomap.commands.frame import EditFrame
from mesomap.commands.late import ChartedLate
from mesomap.domain.complaint import Complaint, ComplaintKind
from mesomap.domain.errors import BadInputError, NotFoundError
from mesomap.domain.marks import Dose, InjectionSet, Origin
from mesomap.domain.place import SkinPoint
from mesomap.domain.session import Frame, Session, SessionStatus
from tests.records import NOON, a_patient, a_session

RING = (SkinPoint(0, 0.2, 0.2), SkinPoint(1, 0.2, 0.2), SkinPoint(2, 0.2, 0.2))


@pytest.fixture
def session() -> Session:
    return a_session(a_patient())


def an_area(session: Session, **values: Any) -> Complaint:
    made = Complaint(
        id=uuid4(),
        session_id=session.id,
        kind=ComplaintKind.AREA,
        region_ids=("back_upper.left",),
        entered_at=NOON,
        outline=(RING,),
    )
    return replace(made, **values)


def test_an_edit_of_the_frame_is_one_change(session: Session) -> None:
    after = replace(session, frame=Frame(place="Room 1"))
    (change,) = EditFrame(session, after, NOON).changes()
    assert (change.before, change.after) == (session, after)
    assert EditFrame(session, session, NOON).changes() == ()


@pytest.mark.parametrize(
    ("frame", "says"),
    [
        (Frame(ended_at=NOON - timedelta(minutes=1)), "before the start"),
        (Frame(ended_at=NOON + timedelta(days=1)), "end lies in the future"),
        (Frame(indication_keys=("nothing",)), "not an indication"),
        (Frame(indication_keys=("scars", "scars")), "chosen twice"),
        (Frame(reaction="x" * 20_001), "too long"),
    ],
)
def test_an_impossible_frame_is_refused(session: Session, frame: Frame, says: str) -> None:
    with pytest.raises(BadInputError, match=says):
        EditFrame(session, replace(session, frame=frame), NOON + timedelta(hours=1)).changes()


def test_what_surrounds_a_signed_session_stays(session: Session) -> None:
    signed = replace(session, status=SessionStatus.SIGNED)
    with pytest.raises(BadInputError, match="no draft any more"):
        EditFrame(signed, replace(signed, frame=Frame(place="Elsewhere")), NOON).changes()


def test_a_complaint_is_drawn_changed_and_erased(session: Session) -> None:
    area = an_area(session, intensity=4)
    (drawn,) = DrawComplaint(area).changes()
    assert (drawn.before, drawn.after) == (None, area)
    (changed,) = EditComplaint(area, {"intensity": 5}).changes()
    assert changed.after == replace(area, intensity=5)
    assert EditComplaint(area, {"intensity": 4}).changes() == ()
    (gone,) = EraseComplaints((area,), (area.id,)).changes()
    assert (gone.before, gone.after) == (area, None)
    with pytest.raises(NotFoundError):
        EraseComplaints((), (area.id,)).changes()


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"outline": ()}, "no outline"),
        ({"outline": (RING[:2],)}, "too few corners"),
        ({"intensity": 12}, "not on the scale"),
        ({"outline": ((SkinPoint(0, 2.0, 0.0), *RING),)}, "outside its triangle"),
        ({"remark": "x" * 20_001}, "too long"),
        ({"kind": ComplaintKind.TRIGGER_POINT}, "one place"),
    ],
)
def test_an_impossible_complaint_is_refused(session: Session, values: dict[str, object], says: str) -> None:
    with pytest.raises(BadInputError, match=says):
        DrawComplaint(an_area(session, **values)).changes()


def test_only_new_marks_that_do_not_say_when_are_dated_to_the_visit(session: Session) -> None:
    visit = NOON - timedelta(days=2)

    def dated(done_at: object) -> InjectionSet:
        command = PlaceInjections(
            session_id=session.id,
            points=(SkinPoint(0, 0.2, 0.2),),
            dose=Dose(technique="papule"),
            volume_ml=None,
            origin=Origin.TAP,
            done_at=NOON if done_at is None else NOON - timedelta(hours=1),
            entered_at=NOON,
        )
        late = ChartedLate(command, visit)
        assert late.name == command.name
        mark = late.changes()[0].after
        assert isinstance(mark, InjectionSet)
        return mark

    assert dated(None).done_at == visit
    assert dated(None).entered_at == NOON
    assert dated("stated").done_at == NOON - timedelta(hours=1)
    edit = EditFrame(session, replace(session, frame=Frame(place="Room 1")), NOON)
    assert ChartedLate(edit, visit).changes() == edit.changes()
