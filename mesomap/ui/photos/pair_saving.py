"""The pair as it is seen, saved as a picture: consent, then cover and watermark, then written beside the window."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from mesomap.domain.errors import BadInputError, MesoMapError
from mesomap.domain.photo import Photo
from mesomap.domain.photo_mask import MaskPlace, MaskShape
from mesomap.photos.beside import PhotoWorker
from mesomap.photos.fit import Fit
from mesomap.services.photo_pairs import check_photos_leave
from mesomap.services.photo_showing import PhotoWish
from mesomap.ui.page_context import PageContext
from mesomap.ui.photos.leaving import Leaving, Step
from mesomap.ui.photos.leaving_dialog import LeavingDialog
from mesomap.ui.photos.pair_drawing import PairLook
from mesomap.ui.photos.pair_export import PairPicture, pair_image, picture_png
from mesomap.ui.photos.pair_pictures import PairWork


def tr(text: str) -> str:
    """Translate in the context of photographs."""
    return QCoreApplication.translate("Photos", text)


def ask_picture(
    context: PageContext, worker: PhotoWorker, pair: tuple[Photo, Photo], look: PairLook, fit: Fit, *, toned: bool,
    lies: bool, notes: tuple[str, ...], parent: QWidget,
) -> None:  # fmt: skip
    """Let the pair be saved as it is seen. look, fit, toned: of the picture in the window; lies: whether the fit was
    found or set, not only guessed; notes: what it must say.
    """
    try:
        check_photos_leave(context.practice, context.patient.id, date.today())
        work = PairWork(context.practice.photo_files, worker, *pair)
    except MesoMapError as error:
        context.say(error.sentence)
        return

    def make(wish: PhotoWish | None, covers: Mapping[UUID, MaskPlace], step: Step) -> bytes:
        assert wish is not None
        if wish.mask is not None and not all(photo.id in covers for photo in pair):
            raise BadInputError("A cover was asked for, and where it goes is not known on both photos. Set it.")
        words = iter((tr("Reading the earlier photo…"), tr("Reading the later photo…")))
        made = work.make(fit, search=False, toned=toned, covers=covers, went=lambda part: step(part, next(words, "")))
        step(0.6, tr("Drawing the picture…"))
        said = (covered_words(wish.mask), *notes)
        image = pair_image(PairPicture(look, said, wish.watermark), made.before, made.after)
        step(0.8, tr("Writing the file…"))
        return picture_png(image)

    laid = ((*pair, fit),) if lies else ()
    name = f"{pair[0].taken_at:%Y-%m-%d}-{pair[1].taken_at:%Y-%m-%d}.png"
    asked = Leaving(
        context, worker, pair, tr("Save picture"), name, tr("Pictures (*.png)"), make, whole=True, laid=laid
    )
    dialog = LeavingDialog(asked, parent.window())
    dialog.exec()
    dialog.deleteLater()


def covered_words(mask: MaskShape | None) -> str:
    """What a picture says of its cover."""
    return {MaskShape.EYES: tr("Eyes covered"), MaskShape.FACE: tr("Face covered")}.get(mask, "") if mask else ""
