"""The pages of a print as they will come out of the printer: one below the other, drawn when they are seen."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from mesomap.ui.page_source import PageSource
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font

_GAP_PX = 18
_ZOOM_STEP = 1.25
_LEAST_ZOOM, _MOST_ZOOM = 0.4, 3.0
#: Screen pixels per point at 100 %.
_PX_PER_PT = 96.0 / 72.0


class PageStack(QScrollArea):
    """Scrolls over the pages. moved(page, pages) and zoomed(zoom) tell what is shown; page counts from 1."""

    moved = Signal(int, int)
    zoomed = Signal(float)

    def __init__(self, job: PageSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Preview"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._job = job
        self._sheets = _Sheets(job)
        self.setWidget(self._sheets)
        self._zoom = 1.0
        #: Until the person zooms, a whole page fills the height.
        self._fitted = True
        self._asking = QTimer(self, singleShot=True, interval=30)
        self._asking.timeout.connect(self._ask)
        self.verticalScrollBar().valueChanged.connect(self._look)
        job.laid_out.connect(self._lay_out)
        job.page_drawn.connect(self._sheets.show_page)

    @property
    def page(self) -> int:
        """The page in the middle of the view, from 1; 0 while there is none."""
        return self._sheets.page_at(self.verticalScrollBar().value() + self.viewport().height() // 2)

    @property
    def zoom(self) -> float:
        """1 = as large as on paper, as far as the screen tells its size."""
        return self._zoom

    def zoom_by(self, factor: float) -> None:
        """Zoom about the middle of the view."""
        self._fitted = False
        self._set_zoom(self._zoom * factor)

    def zoom_in(self) -> None:
        """One step nearer."""
        self.zoom_by(_ZOOM_STEP)

    def zoom_out(self) -> None:
        """One step away."""
        self.zoom_by(1 / _ZOOM_STEP)

    def fit(self) -> None:
        """The whole page; when it is shown whole already, its whole width."""
        width = self._zoom_for(self.viewport().width() - 2 * _GAP_PX, 10**6)
        self._fitted = not self._fitted
        self._set_zoom(self._fit_zoom() if self._fitted else width)

    def turn_to(self, page: int) -> None:
        """Bring a page (from 1) to the top of the view."""
        count = self._job.count
        if count:
            self.verticalScrollBar().setValue(self._sheets.top_of(min(max(page, 1), count) - 1) - _GAP_PX // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A fitted page stays fitted."""
        super().resizeEvent(event)
        if self._fitted:
            self._set_zoom(self._fit_zoom())
        self._look()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and wheel zoom; the wheel alone scrolls."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1.1 if event.angleDelta().y() > 0 else 1 / 1.1)
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """+ and − zoom, 0 fits, Page up and down turn the page."""
        keys: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Plus: self.zoom_in, Qt.Key.Key_Minus: self.zoom_out, Qt.Key.Key_0: self.fit,
            Qt.Key.Key_PageDown: lambda: self.turn_to(self.page + 1),
            Qt.Key.Key_PageUp: lambda: self.turn_to(self.page - 1),
        }  # fmt: skip
        act = keys.get(Qt.Key(event.key()))
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def _fit_zoom(self) -> float:
        return self._zoom_for(self.viewport().width() - 2 * _GAP_PX, self.viewport().height() - 2 * _GAP_PX)

    def _zoom_for(self, width: int, height: int) -> float:
        paper_width, paper_height = self._job.paper_size()
        return min(width / (paper_width * _PX_PER_PT), height / (paper_height * _PX_PER_PT))

    def _set_zoom(self, zoom: float) -> None:
        zoom = min(max(zoom, _LEAST_ZOOM), _MOST_ZOOM)
        bar = self.verticalScrollBar()
        middle = (bar.value() + self.viewport().height() / 2) / max(self._sheets.height(), 1)
        self._zoom = zoom
        self._sheets.lay_out(zoom * _PX_PER_PT)
        bar.setValue(round(middle * self._sheets.height() - self.viewport().height() / 2))
        self.zoomed.emit(zoom)
        self._look()

    def _lay_out(self) -> None:
        if self._fitted:
            self._zoom = min(max(self._fit_zoom(), _LEAST_ZOOM), _MOST_ZOOM)
            self.zoomed.emit(self._zoom)
        self._sheets.lay_out(self._zoom * _PX_PER_PT)
        self._look()

    def _look(self) -> None:
        if self._job.count:
            self.moved.emit(self.page, self._job.count)
            # While a zoom or a scroll goes on, the pages held are stretched; drawn anew is what it comes to rest at.
            self._asking.start()

    def _ask(self) -> None:
        top = self.verticalScrollBar().value()
        seen = self._sheets.pages_between(top, top + self.viewport().height())
        self._job.want(seen, self._zoom * 96.0 * self.devicePixelRatioF())


class _Sheets(QWidget):
    """White sheets one below the other, with the pictures of the pages as far as they are drawn."""

    def __init__(self, job: PageSource) -> None:
        super().__init__()
        self._job = job
        self._px_per_pt = 1.0

    def lay_out(self, px_per_pt: float) -> None:
        """Take the size of all pages at this scale."""
        self._px_per_pt = px_per_pt
        self.resize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        """All pages with gaps between them."""
        sheet = self._sheet()
        count = self._job.count or 1
        return QSize(sheet.width() + 2 * _GAP_PX, count * (sheet.height() + _GAP_PX) + _GAP_PX)

    def _sheet(self) -> QSize:
        width, height = self._job.paper_size()
        return QSize(round(width * self._px_per_pt), round(height * self._px_per_pt))

    def top_of(self, index: int) -> int:
        """Upper edge of a page in this widget."""
        return _GAP_PX + index * (self._sheet().height() + _GAP_PX)

    def _box(self, index: int) -> QRect:
        return QRect(QPoint(_GAP_PX, self.top_of(index)), self._sheet())

    def page_at(self, y: int) -> int:
        """The page at this height, from 1; 0 when nothing is laid out."""
        count = self._job.count
        return min(max((y - _GAP_PX) // (self._sheet().height() + _GAP_PX), 0), count - 1) + 1

    def pages_between(self, top: int, bottom: int) -> tuple[int, ...]:
        """Indices of the pages that show between these heights, from above."""
        count = self._job.count
        return tuple(i for i in range(count) if self._box(i).bottom() >= top and self._box(i).top() <= bottom)

    def show_page(self, index: int) -> None:
        """A page was drawn."""
        self.update(self._box(index))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Sheets with a hairline; a word while a page is not drawn yet."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        seen = event.rect()
        for index in self.pages_between(seen.top(), seen.bottom()) or (0,):
            box = self._box(index)
            painter.fillRect(box, Qt.GlobalColor.white)
            picture = self._job.picture(index)
            if picture is not None:
                painter.drawImage(QRectF(box), picture, QRectF(QImage.rect(picture)))
            else:
                painter.setPen(Qt.GlobalColor.darkGray)
                painter.setFont(font("small", 13))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.tr("Drawing the page…"))
            painter.setPen(QPen(theme.tokens().colour("line2"), 1))
            painter.drawRect(QRectF(box).adjusted(-0.5, -0.5, 0.5, 0.5))
