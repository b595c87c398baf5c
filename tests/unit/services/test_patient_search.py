"""Search as one types: names, numbers and birth dates in every usual spelling."""

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.atlas import Atlas
from mesomap.domain.patient import Patient
from mesomap.services import ChartingService, Practice
from mesomap.services.patient_search import PatientIndex, fold, found_spans
from tests.unit.services.conftest import PASSPHRASE


def person(given_name: str, family_name: str, number: str = "1", born: date | None = None) -> Patient:
    return Patient(id=uuid4(), number=number, family_name=family_name, given_name=given_name, birth_date=born)


PEOPLE = (
    person("Zoë", "Müller-Lüdenscheidt", "20417", date(1979, 5, 14)),
    person("Seán", "O’Brien", "20588", date(1985, 12, 3)),
    person("Łukasz", "Sørensen", "7", date(1914, 1, 9)),
    person("Anna", "Groß", "20231", date(1979, 5, 1)),
    person("İpek", "Çelik", "88"),
    person("عمر", "100%_x", "90"),
)


def found(text: str) -> list[str]:
    return [patient.given_name for patient in PatientIndex(PEOPLE).find(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ID 20417", ["Zoë"]),
        ("id: 20588", ["Seán"]),
        ("müll", ["Zoë"]), ("MULLER", ["Zoë"]), ("mueller", ["Zoë"]), ("ludenscheidt zoe", ["Zoë"]),
        ("Müller, Zoë", ["Zoë"]), ("müller-lüd", ["Zoë"]), ("  zo  ", ["Zoë"]),
        ("o'brien", ["Seán"]), ("obrien", ["Seán"]), ("brien sean", ["Seán"]),
        ("sorensen lukasz", ["Łukasz"]), ("soerensen", ["Łukasz"]), ("gross", ["Anna"]), ("GROSS", ["Anna"]),
        ("celik ipek", ["İpek"]), ("عم", ["عمر"]), ("%_", ["عمر"]), ("nobody", []), ("anna nobody", []),
    ],
)  # fmt: skip
def test_names_are_found_whatever_the_accents_case_and_order(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    ["1979-05-14", "14.05.1979", "14.5.1979", "14/05/1979", "14-5-1979", "14.05.79", "14051979", "19790514",
     "14 may 1979", "14 May 79", "may 14 1979", "14.05", "1979-05-1", "zoe 1979", "1979 mull"],
)  # fmt: skip
def test_a_birth_date_is_found_in_every_usual_spelling(text: str) -> None:
    assert found(text)[0] == "Zoë"


def test_a_year_or_a_month_finds_everyone_born_then() -> None:
    assert found("1979") == ["Zoë", "Anna"]
    assert found("05.1979") == ["Zoë", "Anna"]
    assert found("dec 1985") == ["Seán"]
    assert found("may") == []  # a month alone is a name


def test_while_a_date_is_typed_the_patient_never_vanishes() -> None:
    for spelling in ("14.05.1979", "1979-05-14", "14/5/1979"):
        for length in range(1, len(spelling) + 1):
            assert "Zoë" in found(spelling[:length]), spelling[:length]


def test_the_own_number_comes_first_then_beginnings_then_the_rest() -> None:
    assert found("7")[0] == "Łukasz"
    assert found("20231") == ["Anna"]
    people = (person("Johanna", "A", "1"), person("Anna", "B", "2"), person("X", "Anna", "anna"))
    assert [p.number for p in PatientIndex(people).find("anna")] == ["anna", "2", "1"]


def test_a_changed_patient_is_found_by_the_new_name_only() -> None:
    index = PatientIndex(PEOPLE)
    index.put(replace(PEOPLE[3], family_name="Neu"))
    assert [p.given_name for p in index.find("neu")] == ["Anna"]
    assert index.find("groß") == ()
    index.drop(PEOPLE[3].id)
    assert index.find("neu") == ()
    assert len(index) == len(PEOPLE) - 1


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=30))
def test_no_text_breaks_the_search_and_a_name_finds_itself(given_name: str, family_name: str, text: str) -> None:
    patient = person(given_name, family_name)
    index = PatientIndex((patient,))
    index.find(text)
    assert all(0 <= start < end <= len(family_name) for start, end in found_spans(family_name, text))
    letters = [w for w in family_name.split() if w.isascii() and w.isalpha()]
    assert index.find(" ".join(letters)) == (patient,)


@given(st.text(alphabet="aäáâåöøüßçñłœæij’- ", max_size=20))
def test_composed_and_decomposed_spellings_are_the_same(name: str) -> None:
    assert fold(unicodedata.normalize("NFD", name)) == fold(unicodedata.normalize("NFC", name))


def test_found_letters_are_marked_where_they_stand() -> None:
    name = "Zoë Müller-Lüdenscheidt"
    assert [name[a:b] for a, b in found_spans(name, "lud zoe")] == ["Zoë", "Lüd"]
    assert [name[a:b] for a, b in found_spans(name, "scheidt")] == ["scheidt"]
    assert found_spans(name, "1979") == ()
    assert [x for a, b in found_spans("Anna Groß", "gross") for x in ("Anna Groß"[a:b],)] == ["Groß"]


def test_the_practice_finds_new_edited_and_lately_seen_patients_first(
    practice: Practice, atlas: Atlas, home: Path
) -> None:
    old = practice.new_patient(family_name="Beispiel", given_name="Uta", birth_date=date(1970, 2, 1))
    new = practice.new_patient(family_name="Beispiel", given_name="Eva")
    practice.new_session(new.id, atlas, started_at=datetime(2024, 1, 1, tzinfo=UTC))
    assert practice.find_patients("beispiel") == (new, old)
    session = practice.new_session(old.id, atlas, started_at=datetime(2025, 1, 1, tzinfo=UTC))
    assert practice.find_patients("beispiel") == (old, new)
    edited = practice.edit_patient(new, replace(new, given_name="Evá", number="77"))
    assert practice.find_patients("77 evA") == (edited,)
    ChartingService(practice, atlas, session.id).set_mixture("A", "x")
    assert practice.find_patients("1970-02") == (old,)
    assert practice.patients("beispiel") == (edited, old)
    practice.close()
    with Practice.open(home, PASSPHRASE) as again:
        assert again.find_patients() == (old, edited)
