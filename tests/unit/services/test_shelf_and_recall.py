"""The shelf: products and lots at the chair and later; and a recall from the lot to every mark."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from mesomap.atlas import Atlas
from mesomap.commands import EditSession
from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError, NotFoundError
from mesomap.domain.lot import Lot, LotRecall
from mesomap.domain.mixture import MixtureDetails, MixtureLine
from mesomap.domain.pack_code import read_pack_code
from mesomap.domain.product import Answer, Product
from mesomap.domain.session import Mixture, SessionStatus
from mesomap.services import ChartingService, Practice
from mesomap.services.recall import find_lots, trace_csv, trace_lot
from mesomap.services.shelf import (
    add_at_chair,
    add_favourite,
    add_lot,
    add_product,
    change_lot,
    change_product,
    end_vial,
    know_products,
    open_vial,
    read_shelf,
    recall_lot,
    withdraw_favourite,
)
from tests.unit.services.conftest import PAPULE, point_at

TODAY = date(2026, 11, 22)
CODE = "]d2010950600013435217271130" + "10HA24C117"


def _hold(charting: ChartingService, letter: str, *lines: MixtureLine) -> None:
    """Put lines under a letter of the session."""
    session = charting.practice.session(charting.session.id)
    others = tuple(m for m in session.mixtures if m.letter != letter)
    made = Mixture(letter=letter, name="Mix", details=MixtureDetails(lines=lines))
    charting.practice.run(EditSession(session, replace(session, mixtures=(*others, made))), session.id)


def _line(product: Product, lot: Lot, volume: str = "2.5") -> MixtureLine:
    return MixtureLine(
        product_id=product.id, lot_id=lot.id, product_name=product.name, lot_number=lot.number,
        expiry=lot.expiry, volume_ml=Decimal(volume),
    )  # fmt: skip


def test_three_fields_at_the_chair_make_product_and_lot_and_never_twice(practice: Practice) -> None:
    product, lot = add_at_chair(practice, "Filler 20", " ha24c117 ", date(2027, 11, 30))
    again, same = add_at_chair(practice, "filler  20", "HA24C117", date(2027, 11, 30))
    assert lot is not None
    assert (again.id, same) == (product.id, lot)
    assert [one.name for one in read_shelf(practice).products] == ["Filler 20"]
    completed = change_product(practice, product, manufacturer="Beispiel AG", intradermal=Answer.YES)
    assert read_shelf(practice).product(product.id) == completed


def test_a_scanned_pack_finds_its_product_by_number(practice: Practice) -> None:
    code = read_pack_code(CODE, TODAY)
    product, lot = add_at_chair(practice, "Filler 20", code.lot, date(2027, 11, 30), code=code)
    assert product.gtin == "09506000134352"
    shelf = read_shelf(practice, TODAY)
    assert shelf.product_of(read_pack_code("9506000134352", TODAY)) == product
    assert lot is not None
    assert [one.lot for one in shelf.by_number("ha24c117", product.id)] == [lot]


def test_another_expiry_for_the_same_lot_is_refused(practice: Practice) -> None:
    add_at_chair(practice, "Filler 20", "A1", date(2027, 11, 30))
    with pytest.raises(BadInputError, match=r"recorded with the expiry 2027-11-30"):
        add_at_chair(practice, "Filler 20", "A1", date(2028, 11, 30))


def test_a_lot_expires_after_its_last_day(practice: Practice) -> None:
    add_at_chair(practice, "Filler 20", "A1", TODAY)
    assert not read_shelf(practice, TODAY).lots[0].expired
    assert read_shelf(practice, TODAY + timedelta(days=1)).lots[0].expired


def test_the_lot_to_take_is_the_open_one_or_the_only_one_and_never_guessed(practice: Practice) -> None:
    product, first = add_at_chair(practice, "Filler 20", "A1", date(2027, 1, 31))
    assert first is not None
    assert read_shelf(practice, TODAY).lot_to_take(product.id) == read_shelf(practice, TODAY).lot(first.id)
    second = add_lot(practice, product, "A2", date(2028, 1, 31))
    assert read_shelf(practice, TODAY).lot_to_take(product.id) is None
    vial = open_vial(practice, second)
    taken = read_shelf(practice, TODAY).lot_to_take(product.id)
    assert taken is not None
    assert taken.lot == second
    end_vial(practice, vial, Decimal("0.4"))
    assert read_shelf(practice, TODAY).lot_to_take(product.id) is None
    change_lot(practice, first, finished=True)
    taken = read_shelf(practice, TODAY).lot_to_take(product.id)
    assert taken is not None
    assert taken.lot == second
    recall_lot(practice, second, "particles seen", TODAY, "maker's letter")
    assert read_shelf(practice, TODAY).lot_to_take(product.id) is None


def test_a_recall_stands_until_it_is_taken_back_and_both_stay(practice: Practice) -> None:
    _, lot = add_at_chair(practice, "Filler 20", "A1")
    assert lot is not None
    recall = recall_lot(practice, lot, "particles seen", TODAY)
    assert trace_lot(practice, lot).recall == recall
    recall_lot(practice, lot, "another lot was meant", TODAY, ends=recall.id)
    assert trace_lot(practice, lot).recall is None
    assert len(practice.entries(LotRecall, refers_to=lot.id)) == 2
    with pytest.raises(BadInputError, match="no reason"):
        recall_lot(practice, lot, " ", TODAY)


@pytest.mark.parametrize(
    ("number", "expiry", "bought_ml", "says"),
    [
        (" ", None, None, "no number"),
        ("A", None, Decimal(-1), "not possible"),
        ("A", None, Decimal("NaN"), "not a number"),
        ("A", date(1027, 1, 1), None, "not possible"),
    ],
)
def test_bad_lots_are_refused_with_a_sentence(
    practice: Practice, number: str, expiry: date | None, bought_ml: Decimal | None, says: str
) -> None:
    product = add_product(practice, "Filler 20")
    with pytest.raises(BadInputError, match=says):
        add_lot(practice, product, number, expiry, bought_ml=bought_ml)


def test_a_product_number_belongs_to_one_product(practice: Practice) -> None:
    add_product(practice, "Filler 20", gtin="09506000134352")
    with pytest.raises(BadInputError, match="belongs to Filler 20"):
        add_product(practice, "Other", gtin="09506000134352")
    with pytest.raises(BadInputError, match="check digit"):
        add_product(practice, "Third", gtin="09506000134353")
    with pytest.raises(BadInputError, match="already"):
        add_product(practice, "filler 20")


def test_favourites_hold_products_without_lots(practice: Practice) -> None:
    product, lot = add_at_chair(practice, "Filler 20", "A1")
    assert lot is not None
    favourite = add_favourite(practice, "Mesolift", (_line(product, lot),))
    assert [(line.product_id, line.lot_id, line.lot_number) for line in favourite.lines] == [(product.id, None, "")]
    with pytest.raises(BadInputError, match="already"):
        add_favourite(practice, "mesolift", (_line(product, lot),))
    withdraw_favourite(practice, favourite)
    assert read_shelf(practice).favourites == ()


def test_a_recall_finds_every_session_patient_region_and_mark_of_the_lot_and_no_other(
    practice: Practice, charting: ChartingService, atlas: Atlas
) -> None:
    product, lot = add_at_chair(practice, "Filler 20", "A1", date(2027, 11, 30))
    _, other = add_at_chair(practice, "Filler 20", "B2", date(2027, 11, 30))
    assert lot is not None
    assert other is not None
    lot = change_lot(practice, lot, bought_ml=Decimal(10))
    _hold(charting, "A", _line(product, lot))
    _hold(charting, "B", _line(product, other))
    charting = ChartingService(practice, atlas, charting.session.id)
    charting.place([point_at(atlas, 40, 0), point_at(atlas, 42, 0)], PAPULE, 0.05)
    charting.place([point_at(atlas, 60, 0)], replace(PAPULE, mixture="B"), 0.05)
    trace = trace_lot(practice, lot)
    (found,) = trace.sessions
    (mark,) = found.marks
    assert (found.id, found.family_name, found.letters) == (charting.session.id, "Beispiel", ("A",))
    assert (mark.points, mark.about, mark.volume_ml) == (2, False, 0.1)
    assert mark.region_ids == charting.marks[0].region_ids
    assert (trace.patients, trace.marks, trace.points) == (1, 1, 2)
    assert (trace.drawn_ml, trace.left_ml, trace.complete) == (Decimal("2.5"), Decimal("7.5"), True)


def test_a_voided_session_is_shown_and_not_counted(practice: Practice, charting: ChartingService) -> None:
    product, lot = add_at_chair(practice, "Filler 20", "A1")
    assert lot is not None
    _hold(charting, "A", _line(product, lot))
    session = practice.session(charting.session.id)
    practice.run(EditSession(session, replace(session, status=SessionStatus.VOIDED)), session.id)
    trace = trace_lot(practice, lot)
    assert len(trace.sessions) == 1
    assert (trace.patients, trace.drawn_ml) == (0, Decimal(0))


def test_a_line_without_a_volume_makes_the_rest_an_upper_limit(practice: Practice, charting: ChartingService) -> None:
    product, lot = add_at_chair(practice, "Filler 20", "A1")
    assert lot is not None
    _hold(charting, "A", replace(_line(product, lot), volume_ml=None))
    assert trace_lot(practice, lot).complete is False


def test_lots_are_found_by_number_and_an_unknown_one_is_said(practice: Practice) -> None:
    _, first = add_at_chair(practice, "Filler 20", "ha 24")
    _, second = add_at_chair(practice, "Other", "HA24")
    assert find_lots(practice, "Ha24") == (first, second)
    with pytest.raises(NotFoundError, match="No lot “X”"):
        find_lots(practice, "X")


def test_the_csv_holds_a_row_a_mark_and_nothing_a_spreadsheet_runs(
    practice: Practice, charting: ChartingService, atlas: Atlas
) -> None:
    product, lot = add_at_chair(practice, "=cmd", "A1")
    assert lot is not None
    _hold(charting, "A", _line(product, lot))
    ChartingService(practice, atlas, charting.session.id).place([point_at(atlas, 40, 0)], PAPULE, 0.05)
    lines = trace_csv(trace_lot(practice, lot)).decode("utf-8-sig").split("\r\n")
    assert len(lines) == 3
    assert lines[1].startswith("A1,'=cmd,1,")


def test_vials_end_after_they_were_opened(practice: Practice) -> None:
    _, lot = add_at_chair(practice, "Toxin", "T1")
    assert lot is not None
    opened = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    with pytest.raises(BadInputError, match="before it was opened"):
        open_vial(practice, lot, opened_at=opened, use_by=opened - timedelta(hours=1))
    vial = open_vial(practice, lot, opened_at=now() - timedelta(hours=2), volume_ml=Decimal("2.5"))
    assert read_shelf(practice).lots[0].vial == vial


def test_lots_of_a_session_from_elsewhere_are_put_on_the_shelf_once(
    practice: Practice, charting: ChartingService
) -> None:
    product = Product(id=UUID(int=5), entered_at=now(), name="From elsewhere")
    lot = Lot(id=UUID(int=6), entered_at=now(), product_id=product.id, number="X9", expiry=date(2027, 1, 31))
    _hold(charting, "A", _line(product, lot), MixtureLine(product_name="Without a lot"))
    session = practice.session(charting.session.id)
    know_products(practice, session)
    know_products(practice, session)
    assert [one.name for one in practice.entries(Product)] == ["From elsewhere"]
    (found,) = find_lots(practice, "x9")
    assert len(trace_lot(practice, found).sessions) == 1
