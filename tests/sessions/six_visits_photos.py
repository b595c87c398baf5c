"""The photos of the uneven course: taken in, told from where they were taken, laid on each other, marked, saved."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from mesomap.domain.photo import Photo
from mesomap.ui.background import BesideTheWindow
from mesomap.ui.pages.patient import PatientPage
from mesomap.ui.photos.before_after import BeforeAfter
from mesomap.ui.photos.landmarks_dialog import LandmarksDialog
from mesomap.ui.photos.leaving_dialog import LeavingDialog
from mesomap.ui.photos.pair_view import Mode
from mesomap.ui.photos.pairs_dialog import PairsDialog
from mesomap.ui.photos.tab import PatientPhotos
from mesomap.ui.theme import theme
from tests.sessions.course_photos import DAMAGED, FACE_PLACES, FRONT, STRANGER, Turned, write_photos
from tests.sessions.desk_hand import DeskHand
from tests.sessions.opened import practice_of
from tests.sessions.uneven_course import visits_of

_LEFT, _NONE, _PLAIN = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier


def go_through_photos(hand: DeskHand, record: PatientPage, out: Path) -> None:
    """All of it; raises RuntimeError where something a person needs is not there."""
    hand.step("photos in")
    hand.click(record.tabs.button("photos"), "tab: Photos")
    tab = record.tab("photos")
    if not isinstance(tab, PatientPhotos):
        raise RuntimeError("there is no tab Photos")
    both_looks(hand, "10-no-photo")
    moments = {visit.number: visit.started_at for visit in visits_of(practice_of(hand.window))}
    files = write_photos(out / "files", moments)
    _take_in(hand, tab, files)
    _angles(hand, tab)
    _automatic(hand, tab)
    _marks(hand, tab)
    _hard_pairs(hand, tab)
    _save(hand, tab, out / "pair.png")
    _gone(hand, tab)


def both_looks(hand: DeskHand, name: str) -> None:
    """The same screen, light and dark."""
    for look in ("light", "dark"):
        theme.use(look)
        hand.driver.wait(200)
        hand.picture(f"{name}-{look}")
    theme.use("light")
    hand.driver.wait(60)


def _take_in(hand: DeskHand, tab: PatientPhotos, files: Sequence[Path]) -> None:
    """Let go over the window; a damaged one in the middle. Then one from the clipboard."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in files])

    def dropped() -> None:
        # Qt lets go over what was entered last.
        over = QDragEnterEvent(QPoint(200, 200), Qt.DropAction.CopyAction, mime, _LEFT, _PLAIN)
        QApplication.sendEvent(tab, over)
        if not over.isAccepted():
            raise RuntimeError("files may not be let go over the photos")
        QApplication.sendEvent(tab, QDropEvent(QPointF(200, 200), Qt.DropAction.CopyAction, mime, _LEFT, _PLAIN))

    hand.act("drag", f"{len(files)} files let go", dropped)
    hand.let_work(lambda: not tab.intake.running, "the photos")
    if len(tab.album.photos()) != len(files) - 1 or DAMAGED not in tab.side.said.text():
        raise RuntimeError(f"not taken in: {tab.side.said.text()}")
    print(tab.side.said.text())
    hand.driver.wait(400)
    both_looks(hand, "11-taken-in")
    QGuiApplication.clipboard().setImage(QImage(str(next(path for path in files if path.name == STRANGER))))
    hand.press(tab, "Paste")
    hand.let_work(lambda: not tab.intake.running, "the pasted photo")
    hand.driver.wait(200)
    hand.picture("12-pasted")


def is_idle(page: QWidget) -> bool:
    """Whether nothing is under way beside the window for this page."""
    return not any(one.busy for one in page.findChildren(BesideTheWindow))


def photo_of(tab: PatientPhotos, name: str) -> Photo:
    """The photo that came from a file."""
    return next(photo for photo in tab.album.photos() if photo.name == name)


def choose(hand: DeskHand, tab: PatientPhotos, *names: str) -> None:
    """Let go of what is chosen, tap these cards."""
    ids = {photo_of(tab, name).id: name for name in names}
    wanted = set(ids)
    for row in range(tab.list.count()):
        item = tab.list.item(row)
        photo = item.data(Qt.ItemDataRole.UserRole)
        if (photo.id in wanted) != item.isSelected():
            tab.list.scrollToItem(item)
            at = tab.list.visualItemRect(item).center()
            hand.act("tap", f"photo {photo.name}", partial(QTest.mouseClick, tab.list.viewport(), _LEFT, _PLAIN, at))
    if {photo.id for photo in tab.list.chosen()} != wanted:
        raise RuntimeError(f"{names} cannot be chosen")


def _angles(hand: DeskHand, tab: PatientPhotos) -> None:
    """Several at once by one tap."""
    hand.step("angles")
    choose(hand, tab, *(f"{number}-front.{kind}" for number, (kind, _how) in FRONT.items()), STRANGER)
    hand.click(tab.side.angles["front"], "angle: front")
    choose(hand, tab, *(f"{number}-side.jpg" for number in (1, 3, 5, 6)))
    hand.click(tab.side.angles["profile_left"], "angle: left")
    both_looks(hand, "13-angles")
    choose(hand, tab, "5-front.jpg")
    hand.picture("14-hints")


def _open_pair(hand: DeskHand, tab: PatientPhotos, before: str, after: str) -> BeforeAfter:
    choose(hand, tab, before, after)
    hand.click(tab.side.compare, f"before and after: {before}, {after}")
    pair = tab.pair
    if pair is None:
        raise RuntimeError("before and after did not open")
    hand.let_work(lambda: is_idle(pair), "the pair")
    hand.driver.wait(120)
    print(before, after, "→", pair.said.text())
    return pair


def _automatic(hand: DeskHand, tab: PatientPhotos) -> None:
    hand.step("before and after")
    pair = _open_pair(hand, tab, "1-front.jpg", "6-front.tif")
    if pair.fit is None:
        raise RuntimeError(f"not laid on: {pair.said.text()}")
    for mode in Mode:
        button = pair.modes.button(mode.value)
        if button is not None:
            hand.click(button, f"mode: {mode.value}")
            both_looks(hand, f"15-{mode.value}")
    hand.click(pair.grid, "grid")
    hand.click(pair.toned, "match light")
    hand.let_work(lambda: is_idle(pair), "the matched light")
    hand.click(pair.modes.button(Mode.SLIDER.value), "mode: slider")
    width, middle = pair.view.width(), pair.view.height() // 2

    def slid() -> None:
        QTest.mousePress(pair.view, _LEFT, _PLAIN, QPoint(round(width * pair.view.share), middle))
        for step in range(1, 11):
            QTest.mouseMove(pair.view, QPoint(round(width * (0.5 - 0.02 * step)), middle))
            QApplication.processEvents()
        QTest.mouseRelease(pair.view, _LEFT, _PLAIN, QPoint(round(width * 0.3), middle))

    hand.act("drag", "slider", slid)
    for _step in range(4):
        hand.act("key", "nearer", lambda: QTest.keyClick(pair.view, Qt.Key.Key_Plus))
    both_looks(hand, "16-nearer-grid-light")
    hand.click(pair.grid, "grid off")
    hand.click(pair.toned, "light as it is")
    hand.click(pair.ghost, "ghost")
    hand.let_work(lambda: is_idle(pair), "the ghost")
    hand.driver.wait(120)
    both_looks(hand, "17-ghost")
    print("ghost:", pair.said.text())
    hand.press(pair, "All photos")


def set_landmarks(hand: DeskHand, dialog: LandmarksDialog, how: Turned, names: Sequence[str]) -> None:
    """Tap what is asked for where it is on this photo; skip what is not wanted."""
    hand.let_work(lambda: dialog.pane.ready, "the photo")
    hand.driver.wait(100)
    while dialog.asked:
        if dialog.asked not in names:
            hand.click(dialog.skip, f"skip {dialog.asked}")
            continue
        at = dialog.pane.on_screen(QPointF(*how.place(*FACE_PLACES[dialog.asked]))).toPoint()
        hand.act("tap", dialog.asked, partial(QTest.mouseClick, dialog.pane, _LEFT, _PLAIN, at))


def _marks(hand: DeskHand, tab: PatientPhotos) -> None:
    """Landmarks on the first photo; the later one takes them over; marks of both visits drawn."""
    hand.step("marks on photos")
    choose(hand, tab, "1-front.jpg")
    hand.click(tab.side.open, "open, with marks")
    one = tab.one
    if one is None:
        raise RuntimeError("the photo did not open")
    hand.driver.wait(300)

    def landmarks(dialog: LandmarksDialog) -> None:
        set_landmarks(hand, dialog, FRONT[1][1], list(FACE_PLACES))
        hand.click(dialog.marks, "show marks")
        hand.driver.wait(400)
        hand.picture_of(dialog, "18-landmarks")
        print("landmarks:", dialog.said.text())
        hand.click(dialog.keep, "keep")

    hand.in_dialog(LandmarksDialog, one.marks.button, "landmarks", landmarks)
    hand.driver.wait(600)
    both_looks(hand, "19-marks")
    print("marks:", one.said.text())
    hand.press(one, "All photos")
    pair = _open_pair(hand, tab, "1-front.jpg", "6-front.tif")
    hand.click(pair.marks.switch, "marks")
    hand.driver.wait(1200)
    hand.click(pair.modes.button(Mode.SIDE_BY_SIDE.value), "mode: side by side")
    both_looks(hand, "20-pair-with-marks")
    print("marks:", pair.marks.said.text())
    hand.press(pair, "All photos")


def _hard_pairs(hand: DeskHand, tab: PatientPhotos) -> None:
    """Truly separate shots: refused, laid by hand; another person, another angle, a near view."""
    hand.step("hard pairs")
    for number, (before, after) in enumerate(
        (("1-side.jpg", "6-side.jpg"), ("1-front.jpg", STRANGER), ("1-front.jpg", "6-side.jpg"),
         ("1-front.jpg", "2-forehead.jpg"), ("1-front.jpg", "5-front.jpg")), 1
    ):  # fmt: skip
        pair = _open_pair(hand, tab, before, after)
        both_looks(hand, f"21-{number}-hard")
        if number == 1:
            _by_hand(hand, pair)
        hand.press(pair, "All photos")


def _by_hand(hand: DeskHand, pair: BeforeAfter) -> None:
    """Three places on both; one of them dragged."""

    def laid(dialog: PairsDialog) -> None:
        hand.let_work(lambda: dialog.before.ready and dialog.after.ready, "both photos")
        hand.driver.wait(150)
        for x, y in ((600, 500), (1300, 520), (960, 1000)):
            for pane, off in ((dialog.before, (0, 0)), (dialog.after, (40, -20))):
                at = pane.on_screen(QPointF(x + off[0], y + off[1])).toPoint()
                hand.act("tap", "place", partial(QTest.mouseClick, pane, _LEFT, _PLAIN, at))
        pane = dialog.after
        at = pane.on_screen(QPointF(1000, 980)).toPoint()

        def dragged() -> None:
            QTest.mousePress(pane, _LEFT, _PLAIN, at)
            for step in range(1, 7):
                QTest.mouseMove(pane, at + QPoint(step, step))
                QApplication.processEvents()

        hand.act("drag", "a place dragged", dragged)
        hand.picture_of(dialog, "22-by-hand-loupe")
        QTest.mouseRelease(pane, _LEFT, _PLAIN, at + QPoint(6, 6))
        print("by hand:", dialog.said.text())
        hand.click(dialog.done_button, "lay on")

    hand.in_dialog(PairsDialog, pair.by_hand, "by hand", laid)
    hand.let_work(lambda: is_idle(pair), "the pair")
    hand.driver.wait(120)
    both_looks(hand, "23-laid-by-hand")
    print("by hand:", pair.said.text())


def _save(hand: DeskHand, tab: PatientPhotos, path: Path) -> None:
    """The pair as it is seen, eyes covered, with a watermark."""
    hand.step("picture")
    pair = _open_pair(hand, tab, "1-front.jpg", "6-front.tif")
    hand.click(pair.modes.button(Mode.SLIDER.value), "mode: slider")
    path.unlink(missing_ok=True)

    def saved(dialog: LeavingDialog) -> None:
        hand.click(dialog.cover.button("eyes"), "cover: eyes")
        cover_all(hand, dialog)
        hand.click(dialog.mark.button("practice"), "watermark")
        hand.picture_of(dialog, "24-leaving")
        with hand.saving_to(path):
            hand.click(dialog.save, "save")
            hand.let_work(lambda: path.exists() and not dialog.isVisible(), "the picture")

    hand.in_dialog(LeavingDialog, pair.save, "save picture", saved)
    hand.press(pair, "All photos")


def _gone(hand: DeskHand, tab: PatientPhotos) -> None:
    """The file of one photo is gone, that of another damaged: the other photo is shown, and why. Then both are back."""
    hand.step("a photo gone")
    home = practice_of(hand.window).home
    for number, name in enumerate(("6-front.tif", "4-front.png"), 1):
        path = home.photos / photo_of(tab, name).file
        whole = path.read_bytes()
        if number == 1:
            path.unlink()
        else:
            path.write_bytes(whole[:2000] + bytes([whole[2000] ^ 1]) + whole[2001:])
        pair = _open_pair(hand, tab, "1-front.jpg", name)
        both_looks(hand, f"25-{number}-gone")
        if "Only the other photo is shown." not in pair.said.text():
            raise RuntimeError(f"{name}: {pair.said.text()}")
        hand.press(pair, "All photos")
        path.write_bytes(whole)


def cover_all(hand: DeskHand, dialog: LeavingDialog) -> None:
    """Drag over the eyes of every photo of which nobody knows where they are."""
    for row in range(dialog.list.count()):
        if "not set" not in dialog.list.item(row).text():
            continue
        dialog.list.setCurrentRow(row)
        hand.let_work(lambda: is_idle(dialog), "the photo")
        hand.driver.wait(80)
        _drag_over(hand, dialog.pane)


def _drag_over(hand: DeskHand, pane: QWidget) -> None:
    box = pane.rect()
    start, end = QPoint(box.width() * 3 // 10, box.height() * 4 // 10), QPoint(box.width() * 7 // 10, box.height() // 2)

    def dragged() -> None:
        QTest.mousePress(pane, _LEFT, _PLAIN, start)
        for step in range(1, 6):
            QTest.mouseMove(pane, start + (end - start) * step / 5)
        QTest.mouseRelease(pane, _LEFT, _PLAIN, end)

    hand.act("drag", "cover", dragged)
