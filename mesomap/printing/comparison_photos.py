"""Photographs of both visits on the printed comparison, pair by pair; covers and watermark are part of the pixels.

The pictures are painted anew: what a camera wrote beside its pixels (place, maker, time) is not in them.
"""

from functools import partial

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

from mesomap.domain.photo import LaidBy
from mesomap.domain.photo_mask import MaskShape
from mesomap.printing.comparison_data import ComparisonData, PrintedPhotos
from mesomap.printing.comparison_photo_marks import MarksOver, Over, marks_over
from mesomap.printing.flow import Piece
from mesomap.printing.plain_text import printable
from mesomap.printing.sheet import (
    CONTENT_WIDTH,
    INK,
    LEADING,
    MARGIN,
    UNITS,
    Sheet,
    Weight,
    fitted,
    paper_font,
    wrapped,
)
from mesomap.printing.wording import day, moment, tr
from mesomap.render.watermark import draw_watermark
from mesomap.services.photo_showing import Pixels, ShownPair

_GAP, _TITLE_PT, _HEAD_PT, _CAPTION_PT, _NOTE_PT = 12.0, 20.0, 12.0, 11.0, 11.0
#: No picture is higher: one or two pairs have half a page each, of more three stand on a page. No picture is finer than
#: so many pixels per inch, and none larger than so many bytes, so that a page stays below three million.
_HIGH_PT, _HIGH_OF_MANY_PT, _DPI, _MOST_BYTES = 310.0, 205.0, 220.0, 420_000
#: Size and lines of what is said below the title, and of the title of a consent so many letters.
_SAID_PT, _MOST_LINES, _LONGEST_TITLE = 7.5, 4, 90
#: How Qt writes photographs into a PDF.
_JPEG_QUALITY = 94
#: Ground where a photo that is laid on another shows nothing.
_GROUND = QColor("#EEF0F2")


def photo_pieces(data: ComparisonData) -> list[Piece]:
    """A title and every pair, or one line why there are none; nothing when photos were not asked for."""
    photos = data.photos
    if photos.left_out:
        line = f"{tr('Photos are left out.')} {photos.left_out}"
        return [Piece(_NOTE_PT + 8, partial(_draw_line, line))]
    if not photos.pairs:
        return []
    said = _title_words(photos)
    lines, _ = wrapped(printable(said), paper_font(_SAID_PT), CONTENT_WIDTH * UNITS, _MOST_LINES)
    high = _TITLE_PT + 2 + len(lines) * _SAID_PT * LEADING
    pieces = [Piece(high, partial(_draw_title, said), with_next=True)]
    highest = _HIGH_PT if len(photos.pairs) < 3 else _HIGH_OF_MANY_PT
    for pair in photos.pairs:
        high = _picture_height(pair, highest)
        below = _CAPTION_PT * (2 if photos.wish.marks else 1) + 10
        pieces += [Piece(_HEAD_PT + high + below, partial(_draw_pair, data, pair, high))]
    return pieces


def angle_word(angle: str) -> str:
    """A standard angle in words; one's own words as they are."""
    known = {
        "front": tr("Front"), "three_quarter_right": tr("¾ right"), "three_quarter_left": tr("¾ left"),
        "profile_right": tr("Profile right"), "profile_left": tr("Profile left"), "back": tr("Back"),
        "": tr("Angle not said"),
    }  # fmt: skip
    return known.get(angle, angle)


def how_laid(pair: ShownPair) -> str:
    """In one line: how the later photo lies on the earlier one and how sure that is, or that it does not."""
    if any(side is None or side.pixels is None for side in (pair.before, pair.after)):
        return ""
    if pair.fit is None:
        return tr("Not laid on each other; both as they were taken.")
    error = "< 0.1" if pair.fit.error_px < 0.05 else f"{pair.fit.error_px:.1f}"
    if pair.laid_by is LaidBy.HAND:
        words = tr("The later photo laid on the earlier one by hand: {0} places, median error {1} px.")
    else:
        words = tr("The later photo laid on the earlier one by the program: {0} places agree, median error {1} px.")
    said = [words.format(pair.fit.points, error)]
    if pair.toned:
        said.append(tr("Light matched for display only."))
    return " ".join(said)


def _draw_line(words: str, sheet: Sheet, y: float) -> None:
    sheet.text(MARGIN, y + 8, words, width=CONTENT_WIDTH, size=8)


def _draw_title(said: str, sheet: Sheet, y: float) -> None:
    sheet.text(MARGIN, y + 8, tr("Photos before and after"), width=300, size=10, weight=Weight.STRONG)
    sheet.lines(MARGIN, y + 15, said, width=CONTENT_WIDTH, most=_MOST_LINES, size=_SAID_PT, colour=INK.quiet)


def _title_words(photos: PrintedPhotos) -> str:
    """Under which consent the photos leave, and what was done to them."""
    said = [tr("With photo consent in date on the day of printing.")]
    if photos.consent is not None:
        words = tr("With photo consent “{0}” of {1}, in date on the day of printing.")
        title = printable(photos.consent.title)
        short = title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1].rstrip()}…"
        said = [words.format(short, day(photos.consent.signed_at.astimezone().date()))]
    if photos.wish.mask is MaskShape.EYES:
        said.append(tr("Eyes covered."))
    elif photos.wish.mask is MaskShape.FACE:
        said.append(tr("Face covered."))
    if photos.wish.marks:
        said.append(tr("Marks: a reference body is fitted to a person, places are approximate."))
    said.append(tr("A difference of photos shows no effect."))
    return " ".join(said)


def _pane_width() -> float:
    return (CONTENT_WIDTH - _GAP) / 2


def _picture_height(pair: ShownPair, highest_pt: float) -> float:
    """Both panes of a pair are equally high: as the higher picture needs in its width, up to the limit."""
    shapes = [
        side.pixels[1] / side.pixels[0]
        for side in (pair.before, pair.after)
        if side is not None and side.pixels is not None
    ]
    return min(highest_pt, _pane_width() * max(shapes, default=0.2))


def _draw_pair(data: ComparisonData, pair: ShownPair, height: float, sheet: Sheet, y: float) -> None:
    width = _pane_width()
    (angle,), size = fitted(angle_word(pair.pair.angle), 150, 8.5, 7, weight=Weight.STRONG, most=1)
    used = sheet.text(MARGIN, y + 6, angle, width=152, size=size, weight=Weight.STRONG)
    sheet.text(MARGIN + used + 8, y + 6, how_laid(pair), width=CONTENT_WIDTH - used - 8, size=7, colour=INK.quiet)
    top = y + _HEAD_PT
    for number, (side, x) in enumerate(zip((pair.before, pair.after), (MARGIN, MARGIN + width + _GAP), strict=True)):
        session = data.visits[number].session
        box = sheet.box(x, top, width, height)
        name, noted = f"{tr('Session')} {session.number}", ""
        if side is None:
            _draw_gap(sheet, x, top, width, height, tr("No photo of this angle at this session."))
            sheet.text(x, top + height + 7, name, width=width, size=7.5)
            continue
        if side.pixels is None:
            _draw_gap(sheet, x, top, width, height, side.left_out)
            left = x
        else:
            found = marks_over(pair, side, data.visits[number].laid) if data.photos.wish.marks else MarksOver(None, "")
            left = _draw_picture(sheet, box, side.pixels, data.photos, found.over) / UNITS
            noted = found.words
        words = f"{name} · {moment(side.photo.taken_at.astimezone())}"
        sheet.text(left, top + height + 7, words, width=x + width - left, size=7.5)
        sheet.text(left, top + height + 7 + _CAPTION_PT, noted, width=x + width - left, size=7, colour=INK.quiet)


def _draw_gap(sheet: Sheet, x: float, y: float, width: float, height: float, words: str) -> None:
    """A frame that says why there is no picture in it."""
    sheet.frame(x, y, width, height)
    sheet.lines(x + 10, y + height / 2 - 12, words, width=width - 20, most=3, size=8, colour=INK.quiet)


def _draw_picture(sheet: Sheet, box: QRectF, pixels: Pixels, photos: PrintedPhotos, over: Over | None) -> float:
    """The whole photo in the middle of its pane; returns its left edge."""
    scale = min(box.width() / pixels[0], box.height() / pixels[1])
    target = QRectF(0, 0, pixels[0] * scale, pixels[1] * scale)
    target.moveCenter(box.center())
    image = printed_image(pixels, target.width() / UNITS, photos.wish.watermark, over)
    sheet.painter.drawImage(target, image)
    return target.left()


def printed_image(pixels: Pixels, width_pt: float, watermark: str, over: Over | None = None) -> QImage:
    """The photo scaled down for so many points of paper, marks and watermark burnt in, opaque; small enough for a page
    of six.
    """
    width, height, data = pixels
    whole = QImage(data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    share = min(1.0, width_pt / 72 * _DPI / width)
    while True:
        size = QSize(max(1, round(width * share)), max(1, round(height * share)))
        image = QImage(size, QImage.Format.Format_RGB32)
        image.fill(_GROUND)
        painter = QPainter(image)
        painter.drawImage(
            0, 0, whole.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        )
        if over is not None:
            over(painter, QRectF(image.rect()), size.width() / width_pt)
        draw_watermark(painter, QRectF(image.rect()), watermark, paper_font(8, Weight.STRONG))
        painter.end()
        if _jpeg_bytes(image) <= _MOST_BYTES or min(size.width(), size.height()) < 200:
            return image
        share *= 0.85


def _jpeg_bytes(image: QImage) -> int:
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(held, b"jpeg")
    writer.setQuality(_JPEG_QUALITY)
    writer.write(image)
    return held.size()
