"""The comparison as pages: with or without photos, which are covered and marked as the person chooses."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from mesomap.domain.errors import MesoMapError
from mesomap.domain.photo import Photo
from mesomap.domain.photo_mask import MaskPlace
from mesomap.photos.beside import PhotoWorker
from mesomap.services.comparing import Comparison
from mesomap.services.outcomes import outcome_over_time
from mesomap.services.photo_pairs import PhotoPair, fit_of_entry, photo_pairs, photos_kept_back
from mesomap.services.photo_showing import PhotoSet, PhotoWish, landmarks_of
from mesomap.ui.pages.page_context import PageContext
from mesomap.ui.photos.cover_book import LaidPair
from mesomap.ui.photos.leaving import Leaving, Step
from mesomap.ui.photos.words import caption
from mesomap.ui.text_papers import write_file
from mesomap.ui.words import language

if TYPE_CHECKING:
    from mesomap.printing.comparison_data import PrintedPhotos


def tr(text: str) -> str:
    """Translate in the context of the comparison."""
    return QCoreApplication.translate("ComparisonPaper", text)


def ask_pages(context: PageContext, found: Comparison, parent: QWidget) -> None:
    """Ask what goes on the pages and where to, then write them beside the window."""
    try:
        _kept_back, pairs = photos_of(context, found)
    except MesoMapError as error:
        context.say(error.sentence)
        return
    if not pairs:
        chosen, _filter = QFileDialog.getSaveFileName(parent, tr("Save as PDF"), _name(found), "*.pdf")
        if chosen:
            write_file(context, Path(chosen), lambda: _pages(context, found, None))
        return
    from mesomap.ui.photos.leaving_dialog import LeavingDialog  # late: needed for this alone

    with PhotoWorker() as worker:
        dialog = LeavingDialog(pages_asked(context, found, worker), parent.window())
        dialog.exec()
        dialog.deleteLater()


def photos_of(context: PageContext, found: Comparison) -> tuple[str, tuple[PhotoPair, ...]]:
    """Why no photo may leave ("" = it may), and the pairs of both visits."""
    patient_id = context.patient.id
    kept_back = photos_kept_back(context.practice, patient_id, date.today())
    return kept_back, photo_pairs(context.practice, patient_id, found.before.session.id, found.after.session.id)


def pages_asked(context: PageContext, found: Comparison, worker: PhotoWorker) -> Leaving:
    """The pages as a file that photos leave with."""
    kept_back, pairs = photos_of(context, found)
    landmarks = landmarks_of(context.practice, pairs)

    def make(wish: PhotoWish | None, covers: Mapping[UUID, MaskPlace], step: Step) -> bytes:
        known = PhotoSet(pairs, covers, wish or PhotoWish(), kept_back, landmarks)
        photos = _photos(context, worker, known, wish, step)
        step(0.85, tr("Drawing the pages…"))
        return _pages(context, found, photos)

    photos = tuple(one for pair in pairs for one in (pair.before, pair.after) if one is not None)
    return Leaving(
        context, worker, photos, tr("Save as PDF"), _name(found), "*.pdf", make, kept_back=kept_back, optional=True,
        offers_light=True, offers_marks=bool(landmarks), captions=_captions(pairs, found), laid=_laid(pairs),
    )  # fmt: skip


def _name(found: Comparison) -> str:
    return f"comparison-{found.before.session.number}-{found.after.session.number}.pdf"


def _laid(pairs: tuple[PhotoPair, ...]) -> tuple[LaidPair, ...]:
    """Pairs whose fit was recorded."""
    return tuple(
        (pair.before, pair.after, fit_of_entry(pair.laid))
        for pair in pairs
        if pair.before is not None and pair.after is not None and pair.laid is not None
    )


def _captions(pairs: tuple[PhotoPair, ...], found: Comparison) -> dict[UUID, str]:
    """Visit and angle of each photo."""
    numbers = (found.before.session.number, found.after.session.number)
    sides: list[tuple[Photo | None, int]] = []
    for pair in pairs:
        sides += [(pair.before, numbers[0]), (pair.after, numbers[1])]
    return {
        photo.id: tr("Visit {0} · {1}").format(number, caption(photo)) for photo, number in sides if photo is not None
    }


def _photos(
    context: PageContext, worker: PhotoWorker, known: PhotoSet, wish: PhotoWish | None, step: Step
) -> "PrintedPhotos":
    """The photos as they may leave; what was not asked for is left out in silence, what may not leave is said."""
    from mesomap.printing.comparison_data import PrintedPhotos, printed_photos

    if wish is None and not known.kept_back:
        return PrintedPhotos()

    def went(done: int, of: int) -> None:
        step(0.8 * done / max(of, 1), tr("Photos {0} of {1}…").format(done + 1, of))

    return printed_photos(context.practice.photo_files, worker, known, went)


def _pages(context: PageContext, found: Comparison, photos: "PrintedPhotos | None") -> bytes:
    # Printing takes long to load and is needed for this alone.
    from mesomap.printing.comparison import ComparisonData, PrintedPhotos, comparison_pdf

    practice, patient = context.practice, context.patient
    outcome = outcome_over_time(practice, patient.id)
    moment = datetime.now().astimezone()
    return comparison_pdf(
        ComparisonData(found, patient, moment, practice.audit_code, outcome, language(), photos or PrintedPhotos())
    )
