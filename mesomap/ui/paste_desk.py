"""Copy and paste in the window: clipboard, tool, bar and keys."""

import atexit
from functools import cache

from PySide6.QtCore import QByteArray, QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from mesomap.domain.errors import MesoMapError
from mesomap.services.pasting import Clip, Landing, clip_of, clip_text, copied
from mesomap.ui.canvas.paste_bar import PasteBar
from mesomap.ui.canvas.selection_bar import SelectionBar
from mesomap.ui.canvas.tools.paste import PasteTool, clip_words
from mesomap.ui.canvas.tools.select import SelectTool
from mesomap.ui.canvas.tools.tool import Tool
from mesomap.ui.charting_keys import add_shortcut
from mesomap.ui.session_model import SessionModel

#: A type of our own: other programs do not take skin points for text.
MIME = "application/x-mesomap-marks"


@cache
def _let_go_at_exit() -> None:
    """See that no marks stay on the clipboard when the program ends: Qt could not hand them over any more."""
    atexit.register(_let_go)


def _let_go() -> None:
    if QGuiApplication.instance() is not None:
        clipboard = QGuiApplication.clipboard()
        data = clipboard.mimeData()
        if data is not None and data.hasFormat(MIME):
            clipboard.clear()


class PasteDesk(QObject):
    """Copies the selection, takes what was copied on the pen. tool_wanted(key) asks the page."""

    tool_wanted = Signal(str)

    def __init__(
        self, model: SessionModel, select: SelectTool, selection: SelectionBar, canvas: QWidget, page: QWidget
    ) -> None:
        super().__init__(page)
        self._model, self._select = model, select
        self.tool = PasteTool(model, self)
        self.bar = PasteBar(canvas)
        self._active: Tool | None = None
        self._offered = False
        selection.copy_asked.connect(self.copy)
        self.bar.paste_asked.connect(self.paste)
        self.bar.same_place_asked.connect(self.tool.confirm)
        self.bar.put_away_asked.connect(self.tool.revert)
        self.tool.pasted.connect(self._pasted)
        self.tool.put_away.connect(self._left)
        select.selection_changed.connect(self._show)
        add_shortcut(page, "Ctrl+C", self.copy)
        add_shortcut(page, "Ctrl+X", self.cut)
        add_shortcut(page, "Ctrl+V", self.paste)

    def show_for(self, tool: Tool | None) -> None:
        """The bar that fits the active tool."""
        self._active = tool
        self._show()

    def copy(self) -> bool:
        """Put the selection on the clipboard; why not is told."""
        try:
            clip = copied(self._model.service, self._select.selected)
        except MesoMapError as error:
            self._model.told.emit(error.sentence)
            return False
        data = QMimeData()
        data.setData(MIME, QByteArray(clip_text(clip).encode()))
        QGuiApplication.clipboard().setMimeData(data)
        _let_go_at_exit()
        self._offered = True
        self._model.told.emit(self.tr("Copied {0}").format(clip_words(self.tool, clip)))
        return True

    def cut(self) -> None:
        """Copy the selection, then take it away."""
        if self.copy():
            self._select.delete()

    def paste(self) -> None:
        """Take what was copied on the pen."""
        clip = self._clip()
        if clip is None:
            return
        self.tool.take(clip)
        self.tool_wanted.emit(self.tool.key)

    def _clip(self) -> Clip | None:
        data = QGuiApplication.clipboard().mimeData()
        if data is None or not data.hasFormat(MIME):
            self._model.told.emit(self.tr("No marks were copied"))
            return None
        try:
            return clip_of(bytes(data.data(MIME).data()), self._model.atlas)
        except MesoMapError as error:
            self._model.told.emit(error.sentence)
            return None

    def _pasted(self, landing: Landing) -> None:
        self.tool_wanted.emit(self._select.key)
        self._select.select({mark.id: None for mark in landing.marks})
        if landing.off_words:
            self._model.told.emit(landing.off_words)

    def _left(self) -> None:
        if self._active is self.tool:
            self.tool_wanted.emit(self._select.key)

    def _show(self) -> None:
        if self._active is self.tool and self.tool.holds():
            shown = self.tool.shown()
            words = clip_words(self.tool, Clip(self._model.atlas.ref, shown.marks))
            self.bar.show_held(self.tr("Tap where to paste: {0}").format(words))
        elif self._active is self._select and not self._select.selected and self._offered:
            self.bar.show_offer(self.tr("Marks were copied"))
        else:
            self.bar.show_offer("")
