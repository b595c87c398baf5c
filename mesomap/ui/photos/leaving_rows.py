"""The photographs that may leave, one row each: ticked = it goes; the row that is chosen is shown large."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from mesomap.domain.photo import Photo
from mesomap.ui.icons import draw_icon
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import grown

_ROW_PX, _ROWS_SEEN, _TICK_PX = 48, 6, 22
_CHECK = Qt.ItemDataRole.CheckStateRole


class _WideTick(QStyledItemDelegate):
    """The tick as the program draws it. A tap anywhere near it sets it; its box alone is too small a target."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """The style's own tick gives way to an empty picture, over which paint() draws."""
        super().initStyleOption(option, index)
        if index.data(_CHECK) is not None:
            feature = QStyleOptionViewItem.ViewItemFeature
            option.features = (option.features & ~feature.HasCheckIndicator) | feature.HasDecoration
            option.decorationSize = QSize(grown(_TICK_PX), grown(_TICK_PX))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The row, and the tick at its left end."""
        super().paint(painter, option, index)
        if index.data(_CHECK) is None:
            return
        enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        side = grown(_TICK_PX)
        box = QRectF(option.rect.left() + 10, option.rect.center().y() - side / 2 + 0.5, side, side)
        tokens, ticked = theme.tokens(), Qt.CheckState(index.data(_CHECK)) is Qt.CheckState.Checked
        ink = tokens.colour("text" if enabled else "text3")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink if ticked else tokens.colour("text3"), 1.5))
        painter.setBrush(ink if ticked else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
        if ticked:
            draw_icon(painter, "check", box.adjusted(2, 2, -2, -2), tokens.colour("onink"), 2.5)
        painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """A tap at the left end of the row, or the space key."""
        if not isinstance(event, QMouseEvent):
            return super().editorEvent(event, model, option, index)
        near = event.position().x() < option.rect.left() + grown(_ROW_PX)
        if index.data(_CHECK) is None or event.type() is not QEvent.Type.MouseButtonRelease or not near:
            return False
        ticked = Qt.CheckState(index.data(_CHECK)) is Qt.CheckState.Checked
        return model.setData(index, Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked, _CHECK)


class LeavingRows(QListWidget):
    """ticked_changed() when another set of photographs is to go. usual None: all go and there is nothing to tick."""

    ticked_changed = Signal()

    def __init__(self, photos: tuple[Photo, ...], usual: frozenset[UUID] | None) -> None:
        super().__init__()
        self._photos = photos
        self.setObjectName("covers")
        self.setAccessibleName(self.tr("Photos and their covers"))
        self.setItemDelegate(_WideTick(self))
        for photo in photos:
            item = QListWidgetItem()
            item.setSizeHint(QSize(10, grown(_ROW_PX)))
            if usual is not None:
                item.setCheckState(Qt.CheckState.Checked if photo.id in usual else Qt.CheckState.Unchecked)
            self.addItem(item)
        # Six rows are seen at once; more are scrolled to.
        self.setFixedHeight(grown(_ROW_PX) * min(_ROWS_SEEN, max(1, self.count())) + 4)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._ticked = self.going()
        self.itemChanged.connect(self._tell)

    def going(self) -> frozenset[UUID]:
        """The photographs that are to go."""
        return frozenset(
            photo.id
            for row, photo in enumerate(self._photos)
            if self.item(row).data(_CHECK) is None or self.item(row).checkState() is Qt.CheckState.Checked
        )

    def photo(self) -> Photo | None:
        """The one that is shown."""
        row = self.currentRow()
        return self._photos[row] if 0 <= row < len(self._photos) else None

    def show_words(self, words: Callable[[Photo], str]) -> None:
        """What each row says."""
        for row, photo in enumerate(self._photos):
            self.item(row).setText(words(photo))
            self.item(row).setToolTip(words(photo).replace("\n", " · "))

    def _tell(self) -> None:
        ticked = self.going()
        if ticked != self._ticked:
            self._ticked = ticked
            self.ticked_changed.emit()
