"""The uneven course of six visits as a practitioner goes through it: page, words to find by, maps, maps over time."""

import os
import shutil
import subprocess
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from mesomap.app.application import make_application
from mesomap.atlas import Bodies
from mesomap.services import DEMO_PASSPHRASE
from mesomap.services.cumulative import Over
from mesomap.ui.compare.page import ComparePage
from mesomap.ui.compare.shown import Mode
from mesomap.ui.compare.visit_strip import VisitCard
from mesomap.ui.pages.patient import PatientPage
from mesomap.ui.pages.patient_overview import PatientOverview
from mesomap.ui.photos.leaving_dialog import LeavingDialog
from tests.sessions.desk_hand import DeskHand
from tests.sessions.opened import open_window, practice_of
from tests.sessions.six_visits_photos import both_looks, cover_all, go_through_photos
from tests.sessions.uneven_course import AREAS_ONLY, BROKEN_OFF, FAMILY, ON_OLDER_BODY, make_course

_NO_SCROLL, _PLAIN = Qt.ScrollPhase.NoScrollPhase, Qt.KeyboardModifier.NoModifier


def run_course(out: Path, home: Path) -> None:
    """All of it; raises RuntimeError where something a person needs is not there."""
    make_application()
    shutil.rmtree(home, ignore_errors=True)
    make_course(home, Bodies(), date.today()).close()
    window = open_window(home)
    hand = DeskHand(window, out / "course")
    record = _to_the_page(hand)
    _page(hand, record)
    page = _compare(hand, record)
    _pairs(hand, page)
    _other_body(hand, page)
    _nothing_in_common(hand, page)
    _over_time(hand, page)
    record = _to_the_page(hand)
    go_through_photos(hand, record, out)
    _outcome(hand, record)
    _paper(hand, _compare(hand, record), out / "comparison.pdf")
    _by_command(out, home)
    record = _to_the_page(hand)
    _ghosts(hand, record)
    hand.write_acts(out / "acts-course.csv")
    whole = practice_of(window).verify()
    window.close()
    if not whole.ok:
        raise RuntimeError("; ".join(whole.findings))
    _tell(hand)


def _tell(hand: DeskHand) -> None:
    for _first, name in hand.steps:
        held = [act for n, act in enumerate(hand.acts) if hand.step_of(n) == name]
        if held:
            slowest = max(held, key=lambda act: act.ms)
            print(f"{name:22s} {len(held):4d} acts, slowest {slowest.ms:7.1f} ms: {slowest.what}")


def _to_the_page(hand: DeskHand) -> PatientPage:
    hand.step("to the page")
    window = hand.window
    window.show_patients()
    hand.type_in(window.patients.findChildren(QLineEdit)[0], FAMILY, "name")
    hand.press(window.patients.card, "Open record")
    record = window.records.page
    if not isinstance(record, PatientPage):
        raise RuntimeError("the patient's page is not open")
    return record


def _page(hand: DeskHand, record: PatientPage) -> None:
    """Cards, what is open, and visits found by region, technique, product and lot."""
    hand.step("page")
    overview = record.tab("overview")
    if not isinstance(overview, PatientOverview):
        raise RuntimeError("there is no tab Overview")
    overview.finish()
    both_looks(hand, "01-page")
    practice = practice_of(hand.window)
    lines = [
        line
        for visit in practice.sessions()
        for mixture in visit.mixtures
        if mixture.details is not None
        for line in mixture.details.lines
    ]
    lot = next((line.lot_number for line in lines if line.lot_number), "")
    product = next((line.product_name for line in lines if line.product_name.isascii()), "")
    for words, most in (("scalp", 1), ("nappage", 3), (product, 5), (lot, 5), ("scalp neck", 0), ("Mesolift", 6)):
        hand.type_in(overview.filter, words, "words")
        hand.driver.wait(60)
        found = len(overview.cards)
        print(f"“{words}”: {found} visits")
        if found > most or (most and not found):
            raise RuntimeError(f"“{words}” finds {found} visits")
        hand.picture(f"02-words-{words.split()[0].lower()}")
    overview.filter.clear()


def _compare(hand: DeskHand, record: PatientPage) -> ComparePage:
    hand.step("compare")
    hand.press(record, "Compare visits")
    page = hand.window.records.page
    if not isinstance(page, ComparePage):
        raise RuntimeError("the comparison did not open")
    page.finish()
    return page


def card_of(page: ComparePage, number: int) -> VisitCard:
    """The card of a visit by its number."""
    return next(card for card in page.strip.cards.values() if f"Visit {number}," in card.accessibleName())


def take(hand: DeskHand, page: ComparePage, *numbers: int) -> None:
    """Tap the card that is not compared yet, and again the other one where it gave way."""
    for _tap in range(4):
        page.finish()
        missing = [card for card in (card_of(page, one) for one in numbers) if not card.isChecked()]
        if not missing:
            return
        page.strip.ensureWidgetVisible(missing[0])
        QApplication.processEvents()
        hand.click(missing[0], f"visit: {missing[0].accessibleName()}")
    raise RuntimeError(f"the visits cannot be chosen: {page.error()}")


def _pairs(hand: DeskHand, page: ComparePage) -> None:
    """Neighbours of the course that this body reads, in every mode."""
    for before, after in pairwise((1, BROKEN_OFF, AREAS_ONLY, 5, 6)):
        hand.step(f"{before} and {after}")
        take(hand, page, before, after)
        page.finish()
        found = page.model.comparison
        if found is None:
            raise RuntimeError(page.error())
        match = found.match
        figures = [int(flags.sum()) for flags in (match.repeated, match.moved, match.new, match.dropped)]
        print("{} → {}: repeated {}, moved {}, new {}, dropped {}".format(before, after, *figures), page.sentence())
        for mode in (Mode.OVERLAY, Mode.DIFFERENCE, Mode.SIDE_BY_SIDE):
            hand.click(page.modes.button(mode), f"mode: {mode}")
            both_looks(hand, f"03-{before}-{after}-{mode.value}")
    _nearer(hand, page)
    hand.press(page, "Swap")
    page.finish()
    hand.picture("04-swapped")
    hand.press(page, "Swap")


def _nearer(hand: DeskHand, page: ComparePage) -> None:
    """The wheel over one map; both look at the same place."""
    hand.step("nearer")
    left, right = page.maps
    front = left if left.isVisible() else right

    def turned() -> None:
        at = QPointF(front.rect().center())
        glob = QPointF(front.mapToGlobal(at.toPoint()))
        wheel = QWheelEvent(
            at, glob, QPoint(), QPoint(0, 480), Qt.MouseButton.NoButton, _PLAIN, _NO_SCROLL, False
        )  # fmt: skip
        QApplication.sendEvent(front, wheel)

    hand.act("drag", "wheel: nearer", turned)
    if left.context().scale != right.context().scale and left.isVisible() and right.isVisible():
        raise RuntimeError("the maps do not look at the same place")
    both_looks(hand, "05-nearer")
    hand.click(page.views.button(page.views.chosen_key()), "the whole view")


def _other_body(hand: DeskHand, page: ComparePage) -> None:
    """A visit of another version of the body: said, and what was recorded of it is there."""
    hand.step("another body")
    take(hand, page, ON_OLDER_BODY, 6)
    both_looks(hand, "06-other-body")
    if not page.error():
        raise RuntimeError("another version of the body is not said")


def _nothing_in_common(hand: DeskHand, page: ComparePage) -> None:
    hand.step("nothing in common")
    take(hand, page, BROKEN_OFF, AREAS_ONLY)
    page.finish()
    both_looks(hand, "07-nothing-in-common")
    if "No region was treated at both visits." not in page.sentence():
        raise RuntimeError(f"it is not said that no region is in common: {page.sentence()}")


def _over_time(hand: DeskHand, page: ComparePage) -> None:
    hand.step("over time")
    take(hand, page, 1, 6)
    page.finish()
    hand.click(page.modes.button(Mode.OVER_TIME), "mode: over time")
    for over in Over:
        hand.click(page.over_card.track.button(over), f"measure: {over}")
        page.maps[1].grab()
        page.over_time.finish()
        hand.driver.wait(80)
        both_looks(hand, f"08-over-time-{over.value}")
        print(page.over_card.basis().replace("\n", " "))


def _outcome(hand: DeskHand, record: PatientPage) -> None:
    hand.step("outcome")
    hand.click(record.tabs.button("outcome"), "tab: Over time")
    both_looks(hand, "30-outcome")


def _paper(hand: DeskHand, page: ComparePage, path: Path) -> None:
    """The first and the last visit as pages, with photos whose eyes are covered, their marks, a watermark."""
    hand.step("paper")
    take(hand, page, 1, 6)
    page.finish()
    path.unlink(missing_ok=True)

    def saved(dialog: LeavingDialog) -> None:
        hand.click(dialog.cover.button("eyes"), "cover: eyes")
        hand.click(dialog.mark.button("practice"), "watermark")
        if dialog.marks.isVisible():
            hand.click(dialog.marks, "marks on the photos")
        cover_all(hand, dialog)
        hand.picture_of(dialog, "32-pages-leave")
        with hand.saving_to(path):
            hand.click(dialog.save, "save")
            hand.let_work(lambda: path.exists() and not dialog.isVisible(), "the pages")

    hand.in_dialog(LeavingDialog, hand.button(page, "Save as PDF"), "save as PDF", saved)


#: What is asked by command, and how the program must end.
_COMMANDS = (
    (("1", "6"), 0), (("5", "6", "--json"), 0), ((str(BROKEN_OFF), str(AREAS_ONLY)), 0), ((str(ON_OLDER_BODY), "6"), 0),
    (("1", "6", "--out", "by-command.pdf", "--photos", "--mask", "eyes", "--watermark", "--marks"), 0), (("1", "1"), 3),
    (("1", "99"), 3), (("1", "6", "--moved", "1"), 3), ((str(ON_OLDER_BODY), "6", "--out", "one-map.pdf"), 0),
)  # fmt: skip


def _by_command(out: Path, home: Path) -> None:
    """The same questions by command, on a copy: the window has the practice."""
    copy = out / "home-by-command"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(home, copy, ignore=shutil.ignore_patterns("*.lock"))
    environment = {**os.environ, "MESOMAP_HOME": str(copy), "MESOMAP_PASSPHRASE": DEMO_PASSPHRASE}
    said = []
    for words, code in _COMMANDS:
        asked = [str(out / word) if word.endswith(".pdf") else word for word in words]
        program = [sys.executable, "-m", "mesomap.app.entry", "compare", *asked]
        done = subprocess.run(program, capture_output=True, text=True, env=environment)
        said.append(f"$ mesomap compare {' '.join(words)}\n{done.stdout}{done.stderr}")
        if done.returncode != code or "Traceback" in done.stderr:
            raise RuntimeError(f"compare {words} ended with {done.returncode}: {done.stderr[-300:]}")
    (out / "by-command.txt").write_text("\n".join(said), encoding="utf-8")


def _ghosts(hand: DeskHand, record: PatientPage) -> None:
    """A new session; every earlier one under the pen."""
    hand.step("ghosts")
    hand.press(record, "New session")
    page = hand.driver.page
    hand.driver.wait(200)
    hand.view("head_front")
    hand.key(Qt.Key.Key_G, "ghosts")
    for number in range(page.model.ghosts.count):
        print("ghost:", page.ghost_bar.words().replace("\n", " "))
        hand.picture(f"31-ghost-{number}")
        if page.ghost_bar.back.isEnabled():
            hand.click(page.ghost_bar.back, "the one before")
