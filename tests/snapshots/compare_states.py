"""Pictures of two visits compared in every mode, and of photos that leave, light and dark."""

from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.photo_mask import MaskPlace, MaskShape
from mesomap.photos.beside import PhotoWorker
from mesomap.services.photo_album import PhotoAlbum
from mesomap.ui.compare.page import ComparePage
from mesomap.ui.compare.paper import pages_asked
from mesomap.ui.compare.shown import Mode
from mesomap.ui.photos.leaving_dialog import LeavingDialog
from mesomap.ui.theme import theme

#: Where the eyes and the face of the drawn example are, px.
_PLACES = {
    MaskShape.EYES: MaskPlace(MaskShape.EYES, 450, 516, 230, 70),
    MaskShape.FACE: MaskPlace(MaskShape.FACE, 450, 600, 350, 500),
}


def grab_compare(driver: WindowDriver, out: Path) -> list[Path]:
    """The first and the last visit of the first patient; the session comes back."""
    window, practice = driver.window, driver.window.desk.practice
    if practice is None:
        return []
    session = driver.page.model.service.session.id
    patient = next(one for one in practice.patients() if one.family_name == "Beispiel")
    window.records.open_comparison(patient.id)
    page = window.records.page
    if not isinstance(page, ComparePage):
        raise RuntimeError("the comparison did not open")
    page.finish()
    album = PhotoAlbum(practice, patient.id)
    visits = list(dict.fromkeys(photo.session_id for photo in album.photos() if photo.session_id is not None))
    if len(visits) > 1:
        page.show_visits(visits[0], visits[-1])
        page.finish()
    made: list[Path] = []
    for tone in ("light", "dark"):
        theme.use(tone)
        for mode in Mode:
            page.model.choose_mode(mode)
            _let_work(300)
            page.over_time.finish()
            driver.wait(100)
            made.append(driver.picture(out / f"compare-{mode}-{tone}.png"))
        page.model.choose_mode(Mode.SIDE_BY_SIDE)
        made += _leaving(page, out, tone)
    theme.use("light")
    window.open_session(session)
    driver.wait(80)
    return made


def _leaving(page: ComparePage, out: Path, tone: str) -> list[Path]:
    """The window before pages are written: no cover, eyes, face with its progress."""
    found, made = page.model.comparison, []
    if found is None:
        return []
    with PhotoWorker() as worker:
        dialog = LeavingDialog(pages_asked(page.context, found, worker), page.window())
        dialog.show()
        _let_work(1500)
        for shape in (None, *_PLACES):
            button = dialog.cover.button("none" if shape is None else shape.value)
            photo = dialog.chosen()
            if button is None or photo is None:
                raise RuntimeError("there is no photo to be covered")
            button.click()
            if shape is not None:
                dialog.covers.set(photo, shape, _PLACES[shape])
                button.click()
            if shape is MaskShape.FACE:
                dialog.progress.show_part(0.4, "")
            _let_work(200)
            path = out / f"leaving-{shape or 'none'}-{tone}.png"
            dialog.grab().save(str(path))
            made.append(path)
        dialog.reject()
        dialog.deleteLater()
    return made


def _let_work(milliseconds: int) -> None:
    """Work beside the window goes on meanwhile."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
