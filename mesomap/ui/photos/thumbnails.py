"""The list of photographs: thumbnails with day and angle; pictures come after the list is there."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from mesomap.domain.errors import MesoMapError
from mesomap.domain.photo import Photo
from mesomap.storage.photo_files import PhotoFiles
from mesomap.ui.background import BesideTheWindow, raise_again
from mesomap.ui.photos.decoding import JpegDecoder, jpeg_decoder
from mesomap.ui.photos.words import angle_words, caption, hint_words, moment_words, tr
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font, grown
from mesomap.ui.words import day

_CARD_WIDE_PX, _PICTURE_HIGH_PX = 196, 148
#: Two lines of words under the picture, at 100 % of the text, and the edges of a card.
_LINE_PX, _EDGES_PX = 19, 20
_PHOTO, _PICTURE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
#: Pictures are read so many at a time, so that the first appear at once.
_AT_ONCE = 12


class _CardPainter(QStyledItemDelegate):
    """A thumbnail, its day, its angle and the first hint; chosen = framed and ticked."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All cards are the same."""
        return QSize(_CARD_WIDE_PX, _PICTURE_HIGH_PX + _EDGES_PX + 2 * grown(_LINE_PX))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The card."""
        photo, picture = index.data(_PHOTO), index.data(_PICTURE)
        tokens = theme.tokens()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        here = bool(option.state & QStyle.StateFlag.State_HasFocus)
        box = QRectF(option.rect).adjusted(5, 5, -5, -5)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = tokens.colour("text") if chosen or here else tokens.colour("line")
        line = Qt.PenStyle.DashLine if here and not chosen else Qt.PenStyle.SolidLine
        painter.setPen(QPen(frame, 2 if chosen else 1, line))
        painter.setBrush(tokens.colour("panel"))
        painter.drawRoundedRect(box, 12, 12)
        well = QRectF(box.left() + 1, box.top() + 1, box.width() - 2, _PICTURE_HIGH_PX)
        shape = QPainterPath()
        shape.addRoundedRect(well.adjusted(0, 0, 0, 12), 11, 11)
        painter.setClipPath(shape)
        painter.setClipRect(well, Qt.ClipOperation.IntersectClip)
        painter.fillRect(well, tokens.colour("sunken"))
        if isinstance(picture, QPixmap):
            painter.drawPixmap(well, picture, _middle(picture, well))
        painter.setClipping(False)
        if chosen:
            self._tick(painter, QRectF(box.right() - 34, box.top() + 8, 26, 26))
        self._words(
            painter,
            photo,
            QRect(int(box.left()) + 10, int(well.bottom()) + 5, int(box.width()) - 20, 2 * grown(_LINE_PX)),
        )
        painter.restore()

    @staticmethod
    def _tick(painter: QPainter, box: QRectF) -> None:
        tokens = theme.tokens()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.colour("text"))
        painter.drawEllipse(box)
        painter.setPen(QPen(tokens.colour("onink"), 2))
        middle = box.center()
        painter.drawPolyline([middle + QPointF(-6, 0), middle + QPointF(-2, 4), middle + QPointF(6, -5)])

    @staticmethod
    def _words(painter: QPainter, photo: Photo, box: QRect) -> None:
        tokens = theme.tokens()
        painter.setFont(font("strong"))
        painter.setPen(tokens.colour("text"))
        high = grown(_LINE_PX)
        upper = QRect(box.left(), box.top(), box.width(), high)
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, day(photo.taken_at.astimezone()))
        painter.setFont(font("small"))
        painter.setPen(tokens.colour("amber") if photo.hints else tokens.colour("text2"))
        parts = [angle_words(photo.angle) or tr("angle not said"), *(hint_words(name) for name in photo.hints)]
        words = painter.fontMetrics().elidedText(" · ".join(parts), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(QRect(box.left(), box.top() + high, box.width(), high), Qt.AlignmentFlag.AlignVCenter, words)


class PhotoList(QListWidget):
    """Photographs as cards; a tap chooses or lets go. changed() after every choice."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setSelectionMode(QListWidget.SelectionMode.MultiSelection)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_CardPainter(self))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Photographs"))
        self._beside = BesideTheWindow(self)
        self._pictures: dict[str, QPixmap] = {}
        self._asked: set[str] = set()
        self.itemSelectionChanged.connect(self.changed)
        theme.changed.connect(self.viewport().update)

    def show_photos(self, photos: Sequence[Photo], files: PhotoFiles) -> None:
        """Newest first; those that were chosen stay chosen. Pictures that are not known yet are read beside.

        Cards that are there already stay where they are, so that a few more among hundreds cost little.
        """
        wanted = {photo.id for photo in photos}
        self.blockSignals(True)
        row = 0
        for photo in reversed(photos):
            while row < self.count() and self._photo(row).id not in wanted:
                self.takeItem(row)
            if row >= self.count() or self._photo(row).id != photo.id:
                self.insertItem(row, QListWidgetItem())
            self._show(self.item(row), photo)
            row += 1
        while self.count() > row:
            self.takeItem(row)
        self.blockSignals(False)
        self.changed.emit()
        known = self._pictures.keys() | self._asked
        missing = [photo.thumbnail for photo in reversed(photos) if photo.thumbnail not in known]
        self._asked.update(missing)
        for start in range(0, len(missing), _AT_ONCE):
            names = missing[start : start + _AT_ONCE]
            self._beside.run(
                partial(_read, files, names, jpeg_decoder()), done=partial(self._place, names), failed=raise_again
            )

    def photos(self) -> list[Photo]:
        """Those that are shown, earliest first."""
        return [self._photo(row) for row in reversed(range(self.count()))]

    def _photo(self, row: int) -> Photo:
        photo: Photo = self.item(row).data(_PHOTO)
        return photo

    def _show(self, item: QListWidgetItem, photo: Photo) -> None:
        if item.data(_PHOTO) == photo:
            return
        item.setData(_PHOTO, photo)
        item.setData(_PICTURE, self._pictures.get(photo.thumbnail))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{caption(photo)} · {moment_words(photo)}")

    def chosen(self) -> list[Photo]:
        """Chosen photographs, earliest first."""
        found = [item.data(_PHOTO) for item in self.selectedItems()]
        return sorted(found, key=lambda photo: (photo.taken_at, str(photo.id)))

    def choose(self, ids: Sequence[UUID]) -> None:
        """Choose these and no others."""
        wanted = set(ids)
        # One word of it to the column beside, not one for each card.
        self.blockSignals(True)
        for row in range(self.count()):
            self.item(row).setSelected(self.item(row).data(_PHOTO).id in wanted)
        self.blockSignals(False)
        self.changed.emit()
        self.viewport().update()

    def _place(self, asked: Sequence[str], found: dict[str, QImage]) -> None:
        # One that could not be read is asked for again when the list is read again.
        self._asked.difference_update(asked)
        self._pictures |= {name: QPixmap.fromImage(image) for name, image in found.items()}
        for row in range(self.count()):
            item = self.item(row)
            name = item.data(_PHOTO).thumbnail
            if name in found:
                item.setData(_PICTURE, self._pictures[name])


def _read(files: PhotoFiles, names: Sequence[str], decoder: JpegDecoder, _progress: object) -> dict[str, QImage]:
    """Thumbnails that can be read."""
    found = {}
    for name in names:
        try:
            image = decoder.image(files.read(name))
        except MesoMapError:
            continue
        if not image.isNull():
            found[name] = image
    return found


def _middle(picture: QPixmap, well: QRectF) -> QRectF:
    """The part of the picture that fills the well."""
    scale = max(well.width() / picture.width(), well.height() / picture.height())
    wide, high = well.width() / scale, well.height() / scale
    return QRectF((picture.width() - wide) / 2, (picture.height() - high) / 2, wide, high)
