"""Figures and dates as they are printed."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from mesomap.domain.technique import LANGUAGES, techniques
from mesomap.printing import wording


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (wording.ml(None), "–"),
        (wording.ml(0.0), "0.00"),
        (wording.ml(1.4), "1.40"),
        (wording.ml(0.004), "0.004"),
        (wording.mm(None), "–"),
        (wording.mm(1.5), "1.5"),
        (wording.mm(0.25), "0.25"),
        (wording.mm(4.0), "4.0"),
        (wording.cm2(None), "–"),
        (wording.cm2(39.04), "39.0"),
        (wording.cm2(140.4), "140"),
        (wording.cm2(0.52), "0.52"),
        (wording.density(None), "–"),
        (wording.density(0.25), "0.25"),
        (wording.density(1.84), "1.8"),
        (wording.day(date(2026, 3, 4)), "4 Mar 2026"),
        (wording.day(None), "–"),
    ],
)
def test_wording(written: str, shown: str) -> None:
    assert written == shown


def test_a_moment_says_its_offset() -> None:
    zone = timezone(timedelta(hours=5, minutes=30))
    assert wording.moment(datetime(2026, 11, 21, 14, 2, tzinfo=zone)) == "21 Nov 2026, 14:02 +05:30"
    assert wording.moment(datetime(2026, 11, 21, 14, 2, tzinfo=UTC)) == "21 Nov 2026, 14:02 +00:00"


def test_age_turns_on_the_birthday() -> None:
    assert wording.age_years(date(1980, 3, 12), date(2026, 3, 11)) == 45
    assert wording.age_years(date(1980, 3, 12), date(2026, 3, 12)) == 46


def test_short_names_keep_what_tells_techniques_apart() -> None:
    names = wording.short_names("en")
    assert names["papule"] == "Papule"
    assert names["nappage"] == "Nappage"
    assert names["linear_retrograde"] == "Linear threading, retrograde"
    assert names["needle_free_jet"] == "Needle-free (jet injector)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_short_names_are_unique(language: str) -> None:
    names = wording.short_names(language)
    assert len(set(names.values())) == len(names) == len(techniques())
