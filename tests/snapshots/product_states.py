"""Pictures of products, lots, mixtures and recalls, in both themes and with long names."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.services.mixing import line_of
from mesomap.services.shelf import add_favourite, add_lot, add_product, read_shelf, recall_lot
from mesomap.ui.pages.practice import PracticePage
from mesomap.ui.shelf.recall_section import RecallSection
from mesomap.ui.theme import theme

_LONG = "Hyaluronic acid 1 %, non-cross-linked, with the longest product name of the whole practice"


def grab_products(driver: WindowDriver, out: Path) -> list[Path]:
    """The card of a mixture from its offer to a scan; products and lots; a recall; what a patient was given."""
    made: list[Path] = []
    window = driver.window
    practice = window.desk.practice
    if practice is None:
        return made
    product = add_product(practice, _LONG, manufacturer="Laboratories of the Example, Ltd.")
    lot = add_lot(practice, product, "MV23-0419-LONG-LOT", date(2026, 6, 30), bought_ml=Decimal(20))
    line = line_of(product, read_shelf(practice).lot(lot.id), Decimal("2.5"))
    add_favourite(practice, "Mesolift of the practice, with a long name", (line,))
    found = driver.page.model.service.session.id
    session = practice.new_session(practice.patients()[0].id, window.desk.atlas())
    window.open_session(session.id)
    driver.wait(200)
    made.append(driver.picture(out / "mixture-offer.png"))
    desk = driver.page.dosing.mixing
    desk.add_line(line)
    recall_lot(practice, lot, "Particles were seen in some vials of this lot", date(2026, 11, 20), "The maker's letter")
    driver.click(driver.page.dose.head.products_button())
    made += _themes(driver, out, "mixture-card")
    QTest.keyClicks(desk.card.scan, "01095060001343521727113010AB21X7")
    QTest.keyClick(desk.card.scan, Qt.Key.Key_Return)
    driver.wait(80)
    made.append(driver.picture(out / "mixture-which.png"))
    driver.page.dosing.put_away()
    window.records.open_practice("products")
    driver.wait(80)
    made += _themes(driver, out, "products")
    window.records.open_practice("recall")
    page = window.records.page
    assert isinstance(page, PracticePage)
    section = page.section("recall")
    assert isinstance(section, RecallSection)
    section.look(next(one.lot.number for one in read_shelf(practice).lots if one.recall is not None and one.lot != lot))
    driver.wait(80)
    made += _themes(driver, out, "recall")
    window.records.open_patient(practice.patients()[0].id, "given")
    driver.wait(80)
    made += _themes(driver, out, "given")
    window.open_session(found)
    return made


def _themes(driver: WindowDriver, out: Path, name: str) -> list[Path]:
    made = []
    for key in ("light", "dark"):
        theme.use(key)
        driver.wait(80)
        made.append(driver.picture(out / f"{name}-{key}.png"))
    theme.use("light")
    return made
