"""The printed chart: an archive PDF whose text can be searched and says what was recorded."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pikepdf
import pytest

from mesomap.domain.errors import NotFoundError, NotWritableError
from mesomap.domain.session import Mixture
from mesomap.domain.technique import techniques
from mesomap.printing import ChartData, print_chart
from mesomap.printing.options import A4, LETTER, PanelWish, Paper
from mesomap.printing.wording import short_names
from tests.unit.printing.conftest import marks_on
from tests.unit.printing.pdf_text import pages_text, steps, text_places

Printed = Callable[..., Path]


def test_it_is_pdf_a_1b(printed: Printed) -> None:
    with pikepdf.open(printed()) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFA1"
        assert intent.DestOutputProfile.N == 3
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "1B"
        assert not pdf.is_encrypted
        assert pdf.pdf_version == "1.4"
        assert "/ID" in pdf.trailer
        assert "/AcroForm" not in pdf.Root
        assert "/OpenAction" not in pdf.Root


def test_nothing_is_transparent(printed: Printed) -> None:
    with pikepdf.open(printed()) as pdf:
        for page in pdf.pages:
            assert "/Group" not in page
            for state in page.Resources.ExtGState.values():
                assert float(state.get("/ca", 1)) == 1
                assert float(state.get("/CA", 1)) == 1
                assert state.get("/SMask", "/None") == "/None"
            for picture in page.Resources.XObject.values():
                assert "/SMask" not in picture
                assert "/Group" not in picture
                assert "/Mask" not in picture


def test_every_font_is_embedded_and_can_be_read(printed: Printed) -> None:
    with pikepdf.open(printed()) as pdf:
        for page in pdf.pages:
            assert len(page.Resources.Font) > 1
            for font in page.Resources.Font.values():
                (descendant,) = font.DescendantFonts
                assert "/FontFile2" in descendant.FontDescriptor
                assert "/ToUnicode" in font


def test_it_is_one_a4_page_that_says_everything(printed: Printed) -> None:
    path = printed(patient={"allergies": ("lidocaine (urticaria, 2019)",)}, session={"remark": "Pressed 5 min."})
    (text,) = pages_text(path)
    for part in (
        "Mesotherapy session chart", "Laurent, Marie", "20417", "12 Mar 1980 (46 y)", "Allergy: lidocaine",
        "Papule", "Intradermal micro-deposit, pattern", "Nappage, pattern", "about 1234", "2.50", "1.5",
        "Hyaluronic acid 1 %", "Pressed 5 min.", "34-abcdef01", "Page 1 of 1", "radius of effect assumed",
        "synthetic-body", str(UUID("11111111-2222-4333-8444-555555555555")), "Draft",
    ):  # fmt: skip
        assert part in " ".join(text.split()), part
    with pikepdf.open(path) as pdf:
        assert [round(float(x)) for x in pdf.pages[0].MediaBox] == [0, 0, 595, 842]


def test_a_tap_is_not_called_a_pattern(printed: Printed, small_atlas: Any) -> None:
    (text,) = pages_text(printed(marks=marks_on(small_atlas)[:1]))
    assert "Papule" in text
    assert "pattern" not in text


def test_no_allergy_recorded_means_no_box_and_no_word(printed: Printed) -> None:
    (text,) = pages_text(printed())
    assert "llerg" not in text


def test_an_empty_session_prints(printed: Printed) -> None:
    (text,) = pages_text(printed(marks=()))
    assert "Total" in text


@pytest.mark.parametrize("paper", [A4, LETTER])
def test_long_tables_go_on_and_say_so(printed: Printed, small_atlas: Any, paper: Paper) -> None:
    first = marks_on(small_atlas)[0]
    many = tuple(
        replace(first, id=UUID(int=100 + i), dose=replace(first.dose, depth_mm=1.0 + i / 10)) for i in range(90)
    )
    pages = pages_text(printed(marks=many, paper=paper))
    assert len(pages) == 3
    shown = len(re.findall(r"\nPapule", pages[0])) - 1  # once in the legend
    assert f"and {90 - shown} more rows, on the next pages" in pages[0]
    assert sum(len(re.findall(r"\nPapule", page)) for page in pages) == 90 + 1


def test_long_remarks_go_on(printed: Printed) -> None:
    words = [f"word{i}" for i in range(900)]
    pages = pages_text(printed(session={"remark": " ".join(words)}))
    assert len(pages) > 1
    whole = " ".join(" ".join(pages).split())
    assert all(word in whole for word in words)


HOSTILE = [
    "<b>Bold</b> & <img src='file:///etc/passwd'>",
    "=cmd|' /C calc'!A0",
    "O'Brien-Ünal, Žofie Łucja",
    "Τσίπρας Алексей",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_printed_as_it_is_written(printed: Printed, name: str) -> None:
    (text,) = pages_text(printed(patient={"family_name": name, "given_name": ""}))
    assert f"\n{name}" in text.replace(" \n", " ")


def test_turning_marks_cannot_turn_a_dose(printed: Printed) -> None:
    mixtures = (Mixture(letter="A", name="Evil \u202e05.0 gm"),)
    (text,) = pages_text(printed(patient={"family_name": "Right\u202etfeL"}, session={"mixtures": mixtures}))
    assert "Right[U+202E]tfeL" in text
    assert "Evil [U+202E]05.0 gm" in text
    assert "\u202e" not in text


@pytest.mark.parametrize("name", ["a\u0301" * 1000, "x" * 10_000, "a\x00b", "عربي 中文", "\ud800"])
def test_no_name_breaks_the_print(printed: Printed, name: str) -> None:
    with pikepdf.open(printed(patient={"family_name": name})) as pdf:
        assert len(pdf.pages) == 1


def test_a_file_in_the_way_of_the_folder_is_named(
    small_atlas: Any, make_data: Callable[..., ChartData], qapp: Any, tmp_path: Path
) -> None:
    assert qapp is not None
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(NotWritableError, match=r"chart\.pdf cannot be written"):
        print_chart(tmp_path / "file" / "chart.pdf", small_atlas, make_data())


def test_a_failed_print_leaves_the_old_chart(
    small_atlas: Any, make_data: Callable[..., ChartData], qapp: Any, tmp_path: Path
) -> None:
    assert qapp is not None
    path = tmp_path / "chart.pdf"
    path.write_text("the old one")
    data = make_data()
    nameless = replace(data.rows[0], region_id="no_such_region")
    with pytest.raises(NotFoundError):
        print_chart(path, small_atlas, replace(data, rows=(nameless, *data.rows)))
    assert path.read_text() == "the old one"
    assert [entry.name for entry in tmp_path.iterdir()] == ["chart.pdf"]


def test_the_radii_of_all_techniques_are_printed(printed: Printed, small_atlas: Any) -> None:
    first = marks_on(small_atlas)[0]
    known = [key for key, technique in techniques().items() if technique.effect_radius_mm is not None]
    many = tuple(
        replace(first, id=UUID(int=100 + i), dose=replace(first.dose, technique=key)) for i, key in enumerate(known)
    )
    text = " ".join(pages_text(printed(marks=many))[0].split())
    for key in known:
        radius = techniques()[key].effect_radius_mm
        assert f"{short_names('en')[key]} {radius:.1f} mm" in text


def test_a_mixture_that_marks_name_by_letter_only_is_listed(printed: Printed) -> None:
    (text,) = pages_text(printed())
    listed = text[text.index("Name as recorded") :]
    assert "Hyaluronic acid 1 %" in listed
    assert "C" in listed.split("Other", 1)[1].split()[:4], "the nappage of mixture C has no name, only its letter"


def test_letter_paper_says_the_same_as_a4(printed: Printed) -> None:
    (on_a4,) = pages_text(printed())
    path = printed(paper=LETTER)
    (on_letter,) = pages_text(path)
    assert on_letter == on_a4
    with pikepdf.open(path) as pdf:
        assert [round(float(x)) for x in pdf.pages[0].MediaBox] == [0, 0, 612, 792]
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "1B"


@pytest.mark.parametrize("paper", [A4, LETTER])
@pytest.mark.parametrize("allergies", [1, 90, 400])
def test_nothing_stands_outside_the_paper_or_on_the_footer(
    printed: Printed, small_atlas: Any, paper: Paper, allergies: int
) -> None:
    first = marks_on(small_atlas)[0]
    many = tuple(
        replace(first, id=UUID(int=100 + i), dose=replace(first.dose, technique=key, mixture="ABCDEFGH"[i % 8]))
        for i, key in enumerate(techniques())
    )
    session = {
        "mixtures": tuple(Mixture(letter=letter, name="Invented mixture " * 12) for letter in "ABCDEFGH"),
        "remark": "Invented remark. " * 300,
    }
    path = printed(
        marks=many,
        session={**session, "indication": "Invented indication " * 12},
        paper=paper,
        patient={"allergies": ("latex",) * allergies, "family_name": "Invented-Name " * 14},
    )
    page_one = text_places(path)[0]
    remarks = next(y for text, _, y in page_one if text == "Remarks")
    total = next((y for text, _, y in page_one if text == "Total"), None)
    assert total is None or total > remarks + 8, "the table ends above the remarks"
    for page in text_places(path):
        foot = min(y for text, _, y in page if text.startswith("Page "))
        for text, x, y in page:
            assert 20 <= x <= paper.width - 20, text
            assert 20 <= y <= paper.height - 20, text
            assert y > foot + 4 or abs(y - foot) < 12, text


def test_grey_has_no_colour(printed: Printed) -> None:
    with pikepdf.open(printed(grey=True)) as pdf:
        for operands, operator in steps(pdf.pages[0]):
            if operator in ("rg", "RG", "scn", "SCN", "sc", "SC"):
                numbers = [float(value) for value in operands if isinstance(value, (int, Decimal))]
                assert len(set(numbers)) <= 1, operands


def test_panels_asked_for_stand_in_their_order(printed: Printed) -> None:
    (text,) = pages_text(printed(panels=(PanelWish("body_back"), PanelWish("body_front"))))
    back, front = text.index("\nBody back"), text.index("\nBody front")
    assert back < front
