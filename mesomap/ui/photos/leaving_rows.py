"""The photographs that may leave, one row each: ticked = it goes; the row that is chosen is shown large."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from mesomap.domain.photo import Photo
from mesomap.ui.typefaces import grown

_ROW_PX, _ROWS_SEEN = 44, 6
_CHECK = Qt.ItemDataRole.CheckStateRole


class _WideTick(QStyledItemDelegate):
    """A tap anywhere near the tick sets it; its box alone is too small a target."""

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
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
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
            self.item(row).setToolTip(words(photo))

    def _tell(self) -> None:
        ticked = self.going()
        if ticked != self._ticked:
            self._ticked = ticked
            self.ticked_changed.emit()
