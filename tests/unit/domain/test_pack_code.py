"""Codes of packs: the table of forms beside this file, and what holds for every code.

The table holds forms as they are found on packs (some from public examples, named in its last column, most constructed
by the rules); `sent` is written with Python escapes. "~" behind an expiry: the pack names the month only.
"""

import csv
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.domain.errors import BadInputError
from mesomap.domain.gs1_numbers import gs1_check_digit, pack_date
from mesomap.domain.gs1_text import GS
from mesomap.domain.pack_code import PackCode, read_pack_code

TODAY = date(2026, 11, 22)
with (Path(__file__).parent / "gs1_samples.csv").open(encoding="utf-8", newline="") as table:
    SAMPLES = list(csv.DictReader(table))
READ = [row for row in SAMPLES if not row["refused"]]
REFUSED = [row for row in SAMPLES if row["refused"]]
LOTS = st.text("ABCXYZ0123456789-/.", min_size=1, max_size=20)
GTINS = st.integers(0, 10**13 - 1).map(lambda n: f"{n:013d}").map(lambda body: body + str(gs1_check_digit(body)))
DAYS = st.dates(date(2000, 1, 1), date(2070, 12, 31))


def _sent(row: dict[str, str]) -> str:
    return row["sent"].encode("latin-1", "backslashreplace").decode("unicode_escape")


def _more(code: PackCode) -> str:
    if code.mended:
        return "mended"
    if code.alternatives:
        return f"alternatives={len(code.alternatives)}"
    if code.unread:
        return f"unread={','.join(code.unread)}"
    if code.produced:
        return f"produced={code.produced.day}"
    if code.best_before:
        return f"best_before={code.best_before.day}"
    return "" if code.count is None else f"count={code.count}"


def test_there_are_at_least_sixty_forms() -> None:
    assert len({row["sent"] for row in READ}) >= 60
    assert len({row["sent"] for row in REFUSED}) >= 30


@pytest.mark.parametrize("row", READ, ids=lambda row: row["form"])
def test_a_form_found_on_packs_is_read(row: dict[str, str]) -> None:
    code = read_pack_code(_sent(row), TODAY)
    expiry = "" if code.expiry is None else f"{code.expiry.day}{'' if code.expiry.day_given else '~'}"
    assert {
        "gtin": code.gtin, "lot": code.lot, "expiry": expiry, "serial": code.serial,
        "national": ",".join(code.national), "more": _more(code),
    } == {key: row[key] for key in ("gtin", "lot", "expiry", "serial", "national", "more")}  # fmt: skip


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: row["form"])
def test_what_is_wrong_or_half_read_is_refused_with_a_sentence(row: dict[str, str]) -> None:
    with pytest.raises(BadInputError, match=row["refused"]) as caught:
        read_pack_code(_sent(row), TODAY)
    assert caught.value.sentence.endswith(".")


@given(GTINS, LOTS, LOTS, DAYS, st.permutations(["01", "10", "17", "21"]))
def test_every_order_of_fields_with_separators_is_read_back(
    gtin: str, lot: str, serial: str, day: date, order: list[str]
) -> None:
    values = {"01": gtin, "10": lot, "17": f"{day:%y%m%d}", "21": serial}
    code = read_pack_code("]d2" + GS.join(key + values[key] for key in order), TODAY)
    assert (code.gtin, code.lot, code.serial) == (gtin, lot, serial)
    assert code.expiry is not None
    assert code.expiry.day == day
    assert not code.alternatives


@given(GTINS, LOTS, LOTS, DAYS)
def test_a_lost_separator_is_never_passed_over(gtin: str, lot: str, serial: str, day: date) -> None:
    """Without its separators the true reading is the one taken, one that is offered, or the code is refused."""
    try:
        code = read_pack_code(f"01{gtin}17{day:%y%m%d}10{lot}21{serial}", TODAY)
    except BadInputError:
        return
    assert (lot, serial) in [(reading.lot, reading.serial) for reading in (code, *code.alternatives)]


@given(GTINS, st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(gtin: str, place: int, more: int) -> None:
    wrong = gtin[:place] + str((int(gtin[place]) + more) % 10) + gtin[place + 1 :]
    with pytest.raises(BadInputError, match="check digit"):
        read_pack_code(f"]d201{wrong}", TODAY)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    with suppress(BadInputError):
        code = read_pack_code(text, TODAY)
        assert code.product_keys or code.lot or code.fields or code.serial or code.expiry


@given(GTINS, LOTS, DAYS, st.data())
def test_a_code_cut_off_names_no_wrong_expiry(gtin: str, lot: str, day: date, data: st.DataObject) -> None:
    whole = f"]d201{gtin}17{day:%y%m%d}10{lot}"
    cut = data.draw(st.integers(1, len(whole)))
    try:
        code = read_pack_code(whole[:cut], TODAY)
    except BadInputError:
        return
    assert code.gtin in ("", gtin)
    assert code.expiry is None or code.expiry.day == day


@given(st.integers(2000, 2099), DAYS)
def test_two_digits_of_a_year_are_at_most_fifty_years_ahead(year: int, day: date) -> None:
    found = pack_date(f"{day:%y%m}01", "expiry", date(year, 6, 1)).day.year
    assert found % 100 == day.year % 100
    assert -50 < found - year + 0.5 < 51


def test_a_scanner_that_sends_separators_is_believed() -> None:
    sent = "010950600013435217271130" + "1012345ABC21XYZ"
    assert read_pack_code(sent, TODAY, separates=True).alternatives == ()
    assert len(read_pack_code(sent, TODAY).alternatives) == 1


def test_a_code_made_to_keep_the_program_busy_is_refused() -> None:
    with pytest.raises(BadInputError):
        read_pack_code("10" + "".join(str(n) for n in range(710, 718)) * 12, TODAY)
