"""The comparison as pages: with or without photos, which are covered and marked as the person chooses."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from mesomap.domain.errors import MesoMapError
from mesomap.domain.photo_mask import MaskPlace
from mesomap.photos.beside import PhotoWorker
from mesomap.services.outcomes import outcome_over_time
from mesomap.services.photo_pairs import VisitPhotos, fit_of_entry, photo_consent, photos_kept_back, visit_photos
from mesomap.services.photo_showing import PhotoSet, PhotoWish, landmarks_of
from mesomap.services.recorded import AnyComparison
from mesomap.ui.page_context import PageContext
from mesomap.ui.photos.cover_book import LaidPair
from mesomap.ui.photos.leaving import Leaving, Step
from mesomap.ui.photos.words import caption
from mesomap.ui.text_papers import write_file
from mesomap.ui.words import clock, language

if TYPE_CHECKING:
    from mesomap.printing.comparison_data import PrintedPhotos


def tr(text: str) -> str:
    """Translate in the context of the comparison."""
    return QCoreApplication.translate("ComparisonPaper", text)


def ask_pages(context: PageContext, found: AnyComparison, parent: QWidget) -> None:
    """Ask what goes on the pages and where to, then write them beside the window."""
    try:
        _kept_back, both = photos_of(context, found)
    except MesoMapError as error:
        context.say(error.sentence)
        return
    if not both.by_angle:
        chosen, _filter = QFileDialog.getSaveFileName(parent, tr("Save as PDF"), _name(found), "*.pdf")
        if chosen:
            write_file(context, Path(chosen), lambda: _pages(context, found, None))
        return
    from mesomap.ui.photos.leaving_dialog import LeavingDialog  # late: needed for this alone

    with PhotoWorker() as worker:
        dialog = LeavingDialog(pages_asked(context, found, worker), parent.window())
        dialog.exec()
        dialog.deleteLater()


def photos_of(context: PageContext, found: AnyComparison) -> tuple[str, VisitPhotos]:
    """Why no photo may leave ("" = it may), and the photos of both visits."""
    patient_id = context.patient.id
    kept_back = photos_kept_back(context.practice, patient_id, date.today())
    return kept_back, visit_photos(context.practice, patient_id, found.before.session.id, found.after.session.id)


def pages_asked(context: PageContext, found: AnyComparison, worker: PhotoWorker) -> Leaving:
    """The pages as a file that photos leave with."""
    kept_back, both = photos_of(context, found)
    landmarks = landmarks_of(context.practice, both.by_angle)
    consent = photo_consent(context.practice, context.patient.id, date.today())

    def make(wish: PhotoWish | None, covers: Mapping[UUID, MaskPlace], step: Step) -> bytes:
        pairs = () if wish is None else both.pairs(wish.photos)
        known = PhotoSet(pairs, covers, wish or PhotoWish(), kept_back, landmarks, consent)
        photos = _photos(context, worker, known, wish, step)
        step(0.85, tr("Drawing the pages…"))
        return _pages(context, found, photos)

    return Leaving(
        context, worker, both.by_angle, tr("Save as PDF"), _name(found), "*.pdf", make, kept_back=kept_back,
        optional=True, usual=both.usual(), offers_light=True, offers_marks=bool(landmarks),
        captions=_captions(both, found), laid=_laid(both),
    )  # fmt: skip


def _name(found: AnyComparison) -> str:
    return f"comparison-{found.before.session.number}-{found.after.session.number}.pdf"


def _laid(both: VisitPhotos) -> tuple[LaidPair, ...]:
    """Pairs whose fit was recorded."""
    by_id = {photo.id: photo for photo in both.by_angle}
    return tuple((by_id[first], by_id[second], fit_of_entry(fit)) for (first, second), fit in both.laid.items())


def _captions(both: VisitPhotos, found: AnyComparison) -> dict[UUID, str]:
    """Visit and angle of each photo, and the time where a visit has several of the angle."""
    captions = {}
    for photos, visit in ((both.before, found.before), (both.after, found.after)):
        angles = Counter(photo.angle for photo in photos)
        for photo in photos:
            words = tr("Visit {0} · {1}").format(visit.session.number, caption(photo))
            captions[photo.id] = f"{words} · {clock(photo.taken_at)}" if angles[photo.angle] > 1 else words
    return captions


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


def _pages(context: PageContext, found: AnyComparison, photos: "PrintedPhotos | None") -> bytes:
    # Printing takes long to load and is needed for this alone.
    from mesomap.printing.comparison import ComparisonData, PrintedPhotos, comparison_pdf

    practice, patient = context.practice, context.patient
    outcome = outcome_over_time(practice, patient.id)
    moment = datetime.now().astimezone()
    return comparison_pdf(
        ComparisonData(found, patient, moment, practice.audit_code, outcome, language(), photos or PrintedPhotos())
    )
