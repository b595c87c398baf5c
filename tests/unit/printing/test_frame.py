"""The frame of a session on paper: only what is recorded; needles, plan and pain drawing where there are some."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pikepdf
import pytest

from mesomap.domain.complaint import Complaint, ComplaintKind
from mesomap.domain.marks import InjectionSet
from mesomap.domain.needle import Device, DeviceKind, Insertion, Needle
from mesomap.domain.plan import PlannedMark, PlanOutcome
from mesomap.domain.session import Frame, Mixture
from mesomap.printing import ChartData
from mesomap.printing.mark_list import listed_marks
from mesomap.printing.options import LETTER
from mesomap.printing.pages import ChartPages
from mesomap.services.before_facts import BeforeFacts
from tests.unit.printing.conftest import NOW, SESSION_ID, marks_on
from tests.unit.printing.pdf_text import pages_text

Printed = Callable[..., Path]
FRAME = Frame(
    ended_at=NOW + timedelta(minutes=41), entered_at=NOW + timedelta(days=1), place="Room 2",
    qualification="mesotherapy", antisepsis="Chlorhexidine 0.5 %", anaesthesia="Lidocaine cream", reaction="Redness",
)  # fmt: skip
NEEDLE = Needle(gauge=30, length_mm=4.0, lot="N4711", single_use=True)
GUN = Device(kind=DeviceKind.GUN, model="Invented Gun", mode="single shot", shots=120)


def one_line(path: Path) -> str:
    """All text of a PDF with single blanks."""
    return " ".join(" ".join(pages_text(path)).split())


def carrying(small_atlas: Any) -> tuple[InjectionSet, ...]:
    """The taps, once with needle and gun, once with nothing recorded."""
    tap = marks_on(small_atlas)[0]
    assert isinstance(tap, InjectionSet)
    insertion = Insertion(inserted_mm=3.0, angle_deg=30.0)
    dose = replace(tap.dose, needle=NEEDLE, device=GUN, insertion=insertion, intended_layer="dermis")
    return replace(tap, dose=dose), replace(tap, id=UUID(int=55))


def area_and_trigger(small_atlas: Any) -> list[Complaint]:
    """A painful area on the chest and a trigger point beside it."""
    tap, filled, _ = marks_on(small_atlas)
    assert isinstance(tap, InjectionSet)
    common: dict[str, Any] = {"session_id": SESSION_ID, "entered_at": NOW}
    return [
        Complaint(id=UUID(int=40), kind=ComplaintKind.AREA, region_ids=("chest.right",), outline=filled.outline,
                  intensity=7, **common),
        Complaint(id=UUID(int=41), kind=ComplaintKind.TRIGGER_POINT, region_ids=("chest.left",),
                  points=tap.points[:1], intensity=9, **common),
    ]  # fmt: skip


def test_what_is_recorded_of_the_frame_is_printed(printed: Printed) -> None:
    text = one_line(printed(session={"frame": FRAME}))
    for part in (
        "21 Nov 2026, 14:22–15:03 +00:00", "Entered 22 Nov 2026, 14:22 +00:00", "Place Room 2",
        "Skin antisepsis Chlorhexidine 0.5 %", "Anaesthesia Lidocaine cream", "Immediate reaction Redness",
        "Dr Example, mesotherapy",
    ):  # fmt: skip
        assert part in text, part


def test_what_is_not_recorded_of_the_frame_has_no_word(printed: Printed) -> None:
    text = one_line(printed(session={"frame": Frame(entered_at=NOW)}))
    for word in ("Entered", "Place", "antisepsis", "Anaesthesia", "reaction", "Needles", "Planned", "Pain drawing"):
        assert word not in text, word


def test_consent_cautions_and_sheets_of_the_day_are_printed(printed: Printed) -> None:
    facts = BeforeFacts(
        consent_title="Consent to mesotherapy", consent_version=2, consent_signed=date(2026, 5, 3),
        cautions=("Allergy (latex)", "Pregnancy"), sheets=("After the session, 1",),
    )  # fmt: skip
    text = one_line(printed(before=facts))
    for words in (
        "Consent to mesotherapy, version 2, signed 3 May 2026",
        "Allergy (latex); Pregnancy",
        "After the session, 1",
    ):
        assert words in text
    assert "Cautions" not in one_line(printed())


def test_drawn_up_and_left_stand_beside_what_was_used(printed: Printed) -> None:
    mixtures = (Mixture(letter="A", name="One", drawn_ml=1.0), Mixture(letter="B", name="Two"))
    text = one_line(printed(session={"mixtures": mixtures}))
    used = text[text.index("Left, mL") :]
    assert "1.00 0.04 0.96 One" in used
    assert "– " in used[used.index("One") : used.index("Two")], "not known how much was drawn up"


def test_needles_and_devices_stand_by_technique(printed: Printed, small_atlas: Any) -> None:
    text = one_line(printed(marks=carrying(small_atlas)))
    for part in ("Needles and devices", "30G 4 mm, lot N4711, single use", "Injection gun, Invented Gun, single shot"):
        assert part in text, part
    rows = text[text.index("Injections by region") : text.index("Total")]
    assert rows.count("Papule") == 1, "another needle is no other row"


def test_the_list_says_what_changes_from_mark_to_mark(small_atlas: Any) -> None:
    with_needle, without = carrying(small_atlas)
    again = replace(with_needle, id=UUID(int=56))
    late = replace(without, id=UUID(int=57), entered_at=NOW + timedelta(days=2), remark="bruise")
    last = replace(late, id=UUID(int=58), remark="")
    first, second, third, fourth, fifth = listed_marks(small_atlas, [with_needle, again, without, late, last])
    assert "30G 4 mm" in " ".join(first.more)
    assert "3.0 mm at 30° inserted" in " ".join(first.more)
    assert "intended layer: dermis" in " ".join(first.more)
    assert second.more == ()
    assert " ".join(third.more) == "needle, device, layer: –", "the needle of the line above is not its needle"
    assert "entered 23 Nov 2026, 14:22 +00:00" in " ".join(fourth.more)
    assert "remark: bruise" in " ".join(fourth.more)
    assert " ".join(fifth.more) == "remark: –", "the remark of the line above is not its remark"


def test_what_was_planned_and_not_done_is_counted(printed: Printed, small_atlas: Any) -> None:
    tap, filled, area = marks_on(small_atlas)
    assert isinstance(filled, InjectionSet)
    turns = (PlanOutcome.DONE, PlanOutcome.SKIPPED, PlanOutcome.MOVED)
    plan = [
        PlannedMark(id=UUID(int=60), session_id=SESSION_ID, mark=filled, source_mark_id=UUID(int=2),
                    outcomes=tuple(turns[i % 3] for i in range(filled.count))),
        PlannedMark(id=UUID(int=61), session_id=SESSION_ID, mark=area, source_mark_id=UUID(int=3),
                    outcomes=(PlanOutcome.PLANNED,)),
        PlannedMark(id=UUID(int=62), session_id=SESSION_ID, mark=tap, source_mark_id=UUID(int=1),
                    outcomes=(PlanOutcome.DONE,) * 2),
    ]  # fmt: skip
    text = one_line(printed(planned=plan))
    told = text[text.index("Planned and not done as planned") :]
    skipped = sum(1 for i in range(filled.count) if i % 3 == 1)
    assert f"Chest, right Intradermal micro-deposit {skipped} " in told
    assert "about 1234" in told
    assert "Papule" not in told[: told.index("Remarks") if "Remarks" in told else None], "what was done has no line"


@pytest.mark.parametrize("marks", [None, ()])
def test_the_pain_drawing_has_its_panel(printed: Printed, small_atlas: Any, marks: Any) -> None:
    text = one_line(printed(complaints=area_and_trigger(small_atlas), marks=marks))
    assert "Pain drawing: Body front" in text
    assert " 7 " in text
    assert " 9 " in text


def test_everything_at_once_is_still_pdf_a_without_transparency(printed: Printed, small_atlas: Any) -> None:
    path = printed(
        complaints=area_and_trigger(small_atlas), marks=carrying(small_atlas), session={"frame": FRAME},
        list_marks=True, paper=LETTER, grey=True,
    )  # fmt: skip
    with pikepdf.open(path) as pdf:
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "1B"
        for page in pdf.pages:
            assert "/Group" not in page
            for state in page.Resources.ExtGState.values():
                assert float(state.get("/ca", 1)) == float(state.get("/CA", 1)) == 1
            for picture in page.Resources.get("/XObject", {}).values():
                assert "/SMask" not in picture


def test_every_row_is_tagged_in_some_panel(small_atlas: Any, make_data: Callable[..., ChartData], qapp: Any) -> None:
    assert qapp is not None
    data = make_data()
    pages = ChartPages(small_atlas, data)
    contents = pages.drawer.contents()
    assert {row.number for row in data.rows} == set().union(*(content.numbers for content in contents))
