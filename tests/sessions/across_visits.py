"""A course of six visits and more, compared in every mode by real clicks."""

from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from mesomap.services.cumulative import Over
from mesomap.ui.compare.page import ComparePage
from mesomap.ui.compare.shown import Mode
from mesomap.ui.compare.visit_strip import VisitCard
from mesomap.ui.pages.patient import PatientPage
from mesomap.ui.pages.patient_overview import PatientOverview
from mesomap.ui.theme import theme
from tests.sessions.desk_hand import DeskHand
from tests.sessions.opened import open_window, practice_of

#: The patient of the demonstration with the longest course on the same skin, and the visits it must have.
_PATIENT, _LEAST_VISITS = "Ejemplo", 6
_LEFT, _PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
_LOOKS = ("light", "dark")


def run_visits(out: Path, home: Path) -> None:
    """All of it; raises RuntimeError where something a person needs is not there."""
    window = open_window(home)
    hand = DeskHand(window, out / "visits")
    hand.step("to the page")
    hand.type_in(window.patients.findChildren(QLineEdit)[0], _PATIENT, "name")
    hand.press(window.patients.card, "Open record")
    record = window.records.page
    if not isinstance(record, PatientPage):
        raise RuntimeError("the patient's page is not open")
    overview = record.tab("overview")
    if isinstance(overview, PatientOverview):
        overview.finish()
    _pictures(hand, "1-overview")
    hand.press(record, "Compare visits")
    page = window.records.page
    if not isinstance(page, ComparePage):
        raise RuntimeError("the comparison did not open")
    visits = len(page.strip.cards)
    if visits < _LEAST_VISITS:
        raise RuntimeError(f"{visits} visits, {_LEAST_VISITS} are wanted")
    _every_pair(hand, page)
    _modes(hand, page)
    _views_and_zoom(hand, page)
    _distances(hand, page)
    _over_time(hand, page)
    _paper(hand, page, out / "comparison.pdf")
    hand.write_acts(out / "acts-visits.csv")
    whole = practice_of(window).verify()
    window.close()
    if not whole.ok:
        raise RuntimeError("; ".join(whole.findings))
    slowest = max(hand.acts, key=lambda act: act.ms)
    print(f"{visits} visits, {len(hand.acts)} acts, slowest {slowest.ms:.0f} ms: {slowest.what}")
    for _first, name in hand.steps:
        held = [act.ms for n, act in enumerate(hand.acts) if hand.step_of(n) == name]
        print(f"{name:16s} {len(held):4d} acts, slowest {max(held):7.1f} ms")


def _pictures(hand: DeskHand, name: str) -> None:
    """The same screen, light and dark."""
    for look in _LOOKS:
        theme.use(look)
        hand.driver.wait(120)
        hand.picture(f"{name}-{look}")
    theme.use("light")
    hand.driver.wait(60)


def _numbers(page: ComparePage) -> tuple[int, int]:
    page.finish()
    found = page.model.comparison
    if found is None:
        raise RuntimeError("nothing is compared")
    return found.before.session.number, found.after.session.number


def _every_pair(hand: DeskHand, page: ComparePage) -> None:
    """One visit after the other taken in by its card: every two neighbours of the course lie beside each other."""
    hand.step("every pair")
    cards = sorted(page.strip.cards.values(), key=lambda card: card.x())
    for earlier, later in pairwise(cards):
        _take(hand, page, earlier, later)
        _tell(page)
    hand.press(page, "Swap")
    swapped = _numbers(page)
    hand.press(page, "Swap")
    if _numbers(page) != swapped[::-1]:
        raise RuntimeError("swapping twice does not lead back")


def _take(hand: DeskHand, page: ComparePage, *wanted: VisitCard) -> None:
    """Tap the card that is not compared yet, and again the other one where it gave way."""
    for _tap in range(4):
        page.finish()
        found = page.model.comparison
        shown = () if found is None else (found.before.session.id, found.after.session.id)
        missing = [card for card in wanted if card.session_id not in shown]
        if not missing:
            return
        page.strip.ensureWidgetVisible(missing[0])
        QApplication.processEvents()
        hand.click(missing[0], f"visit: {missing[0].accessibleName()}")
    raise RuntimeError(f"the visits cannot be chosen: {page.error()}")


def _tell(page: ComparePage) -> None:
    page.finish()
    found = page.model.comparison
    if found is None:
        raise RuntimeError(f"not compared: {page.error()}")
    match = found.match
    figures = [int(flags.sum()) for flags in (match.repeated, match.moved, match.new, match.dropped)]
    before, after = _numbers(page)
    print("{:3d} → {:3d}: repeated {:4d}, moved {:4d}, new {:4d}, dropped {:4d}".format(before, after, *figures))


def _modes(hand: DeskHand, page: ComparePage) -> None:
    hand.step("modes")
    # Two visits that differ: one left regions out, the other did not.
    cards = sorted(page.strip.cards.values(), key=lambda card: card.x())
    _take(hand, page, cards[1], cards[2])
    for mode in (Mode.OVERLAY, Mode.DIFFERENCE, Mode.SIDE_BY_SIDE):
        hand.click(page.modes.button(mode), f"mode: {mode}")
        _pictures(hand, f"2-{mode.value.replace('_', '-')}")
    hand.click(page.figures, "figures away")
    hand.picture("3-figures-away")
    hand.click(page.figures, "figures back")


def _views_and_zoom(hand: DeskHand, page: ComparePage) -> None:
    """Every view with marks; then nearer with the wheel and aside by a drag: both maps look at the same place."""
    hand.step("views and zoom")
    first = page.views.chosen_key()
    for key in list(page.views.keys()):
        hand.click(page.views.button(key), f"view: {key}")
    hand.picture("4-other-view")
    hand.click(page.views.button(first), f"view: {first}")
    left, right = page.maps

    def turned() -> None:
        at = QPointF(left.rect().center())
        wheel = QWheelEvent(
            at, QPointF(left.mapToGlobal(at.toPoint())), QPoint(), QPoint(0, 360), Qt.MouseButton.NoButton,
            _PLAIN, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(left, wheel)

    hand.act("drag", "wheel: nearer", turned)
    middle = right.rect().center()

    def dragged() -> None:
        QTest.mousePress(right, _LEFT, _PLAIN, middle)
        for step in range(1, 9):
            QTest.mouseMove(right, middle + QPoint(6 * step, 3 * step))
            QApplication.processEvents()
        QTest.mouseRelease(right, _LEFT, _PLAIN, middle + QPoint(48, 24))

    hand.act("drag", "drag: aside", dragged)
    if left.context().scale != right.context().scale or page.model.viewport.zoom <= 1:
        raise RuntimeError("the maps do not look at the same place")
    _pictures(hand, "5-nearer")


def _distances(hand: DeskHand, page: ComparePage) -> None:
    """Other distances; one that cannot be is said and put back; then as they were."""
    hand.step("distances")
    field = page.limits.fields[1]
    shipped = field.text()
    hand.enter(field, "40", "moved up to, mm")
    _tell(page)
    hand.picture("6-distances")
    hand.enter(field, "1", "an impossible distance, mm")
    page.finish()
    if not page.error() or field.text() != "40":
        raise RuntimeError("an impossible distance was taken")
    hand.picture("7-impossible")
    hand.enter(field, shipped, "moved up to, mm")
    page.finish()


def _over_time(hand: DeskHand, page: ComparePage) -> None:
    """All visits from the first to the last: mL per cm², number of treatments, days of rest."""
    hand.step("over time")
    cards = sorted(page.strip.cards.values(), key=lambda card: card.x())
    _take(hand, page, cards[0], cards[-1])
    page.finish()
    if page.over_time.count != len(cards):
        raise RuntimeError(f"{page.over_time.count} of {len(cards)} visits count over time")
    hand.click(page.modes.button(Mode.OVER_TIME), "mode: over time")
    for over in Over:
        hand.click(page.over_card.track.button(over), f"measure: {over}")
        page.maps[1].grab()
        page.over_time.finish()
        hand.driver.wait(80)
        if page.over_time.steps(page.model.viewport.view_key) is None:
            raise RuntimeError(f"no map of {over}")
        _pictures(hand, f"8-over-time-{over.value.replace('_', '-')}")
    print(page.over_card.basis().replace("\n", " "))


def _paper(hand: DeskHand, page: ComparePage, path: Path) -> None:
    hand.step("paper")
    hand.click(page.modes.button(Mode.SIDE_BY_SIDE), "mode: side by side")
    path.unlink(missing_ok=True)
    with hand.saving_to(path):
        hand.press(page, "Save as PDF")
        hand.let_work(lambda: path.exists() and path.read_bytes()[-6:].strip().endswith(b"%%EOF"), "the PDF")
