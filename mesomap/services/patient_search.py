"""Patients found as one types: name, number or birth date; accents, case and word order forgiven.

An index in memory: one folded text per patient. 20,000 patients are searched by looking through these texts, which is
faster than any query to the database and needs no second table that could differ from the record.
"""

import re
import unicodedata
from collections.abc import Iterable
from uuid import UUID

from mesomap.domain.patient import Patient
from mesomap.services.birth_dates import MONTHS, birth_date_spellings

#: Letters that stay after their accents were taken off, and have a plain spelling. Turkish i without its dot is an i.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n"}
)
#: German and Nordic letters are also written out.
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "Ä": "ae", "Ö": "oe", "Ü": "ue"})
_DATE_LIKE = re.compile(r"\d[\d./-]*")
_SEPARATORS = re.compile(r"[./-]+")
#: A number as the screens write it: “ID 20417”.
_ID = re.compile(r"^\s*id[\s:.]+(?=\d)", re.IGNORECASE)
_GAPS = re.compile(r"[\s,;()'’`´-]+")


def fold(text: str) -> str:
    """Small letters without accents, apostrophes and hyphens as gaps: “O’Brien-Müller” → “o brien muller”."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN)
    return _GAPS.sub(" ", "".join(letter for letter in plain if not unicodedata.combining(letter))).strip()


def search_words(text: str) -> tuple[str, ...]:
    """The words asked for, folded; dates keep their parts together, with points between them."""
    words: list[str] = []
    for part in re.split(r"[\s,;]+", _ID.sub("", text).strip()):
        if _DATE_LIKE.fullmatch(part):
            words.append(_SEPARATORS.sub(".", part))
        else:
            words.extend(fold(part).split())
    return tuple(words)


def found_spans(shown: str, text: str) -> tuple[tuple[int, int], ...]:
    """Where the words searched for stand in a shown name: start and end of each, for underlining."""
    folded: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(shown):
        for plain in fold(letter) or (" " if not unicodedata.combining(letter) else ""):
            folded.append(plain)
            places.append(place)
    line = "".join(folded)
    spans: set[tuple[int, int]] = set()
    for word in search_words(text):
        start = 0 if line.startswith(word) else line.find(f" {word}") + 1
        if start == 0 and not line.startswith(word):
            start = line.find(word)
        if start >= 0:
            spans.add((places[start], places[start + len(word) - 1] + 1))
    return tuple(sorted(spans))


class PatientIndex:
    """Patients in the order given by put(), found by words. Not for several threads at once."""

    def __init__(self, patients: Iterable[Patient] = ()) -> None:
        self._patients: dict[UUID, Patient] = {}
        self._texts: dict[UUID, tuple[str, str]] = {}
        self._rows: list[tuple[str, str, Patient]] = []
        self._stale = False
        for patient in patients:
            self.put(patient)

    def __len__(self) -> int:
        return len(self._patients)

    def __contains__(self, patient_id: UUID) -> bool:
        return patient_id in self._patients

    def patients(self) -> tuple[Patient, ...]:
        """All patients."""
        return tuple(self._patients.values())

    def put(self, patient: Patient) -> None:
        """Take in a patient, or what became of one."""
        self._patients[patient.id] = patient
        self._texts[patient.id] = _texts(patient)
        self._stale = True

    def drop(self, patient_id: UUID) -> None:
        """Forget a patient; one that is not there is no error."""
        self._patients.pop(patient_id, None)
        self._texts.pop(patient_id, None)
        self._stale = True

    def arrange(self, order: Iterable[UUID]) -> None:
        """Bring the patients into this order; it must name each of them once."""
        self._patients = {patient_id: self._patients[patient_id] for patient_id in order}
        self._stale = True
        self._current()  # now, not at the next letter

    def find(self, text: str) -> tuple[Patient, ...]:
        """Patients that hold every word of the text: whose number it is, then where the words begin words, then
        the others; within each, the order of the index. An empty text finds all.
        """
        words = search_words(text)
        if not words:
            return self.patients()
        rows = self._current()
        digits = any(word[0].isdigit() for word in words)
        for word in words:
            months = _months(word) if digits else ()
            rows = [row for row in rows if word in row[0] or (months and row[1] in months)]
        number = text.strip().casefold()
        own: list[Patient] = []
        first: list[Patient] = []
        inside: list[Patient] = []
        starts = [f" {word}" for word in words]
        for line, _month, patient in rows:
            if patient.number.casefold() == number:
                own.append(patient)
            else:
                (first if all(start in line for start in starts) else inside).append(patient)
        return (*own, *first, *inside)

    def namesakes(self, patient: Patient) -> tuple[Patient, ...]:
        """Other patients of the same name (as folded) and, when both are recorded, the same date of birth."""
        name = fold(f"{patient.given_name} {patient.family_name}")
        return tuple(
            other
            for other in self.find(name)
            if other.id != patient.id
            and fold(f"{other.given_name} {other.family_name}") == name
            and (other.birth_date == patient.birth_date or None in (other.birth_date, patient.birth_date))
        )

    def _current(self) -> list[tuple[str, str, Patient]]:
        if self._stale:
            self._rows = [(*self._texts[key], patient) for key, patient in self._patients.items()]
            self._stale = False
        return self._rows


def _texts(patient: Patient) -> tuple[str, str]:
    """The folded line of a patient, each word after a space; and the month of birth."""
    names = f"{patient.given_name} {patient.family_name}"
    line = fold(names)
    written_out = fold(unicodedata.normalize("NFC", names).translate(_WRITTEN_OUT))
    # A hyphen or apostrophe may also be left out: obrien, annakatharina.
    joined = fold(re.sub(r"['’`´-]", "", names))
    parts = dict.fromkeys((line, written_out, joined, patient.number.casefold(), *fold(patient.number).split()))
    born = patient.birth_date
    dates = birth_date_spellings(born) if born else ""
    return f" {' '.join(parts)} {dates}", MONTHS[born.month - 1] if born else ""


def _months(word: str) -> tuple[str, ...]:
    return tuple(name for name in MONTHS if name.startswith(word)) if len(word) >= 3 else ()
