"""All techniques in one list: name, family, star for the favourites; and the card of one."""

from functools import cache

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mesomap.domain.skin_layers import SkinLayer
from mesomap.domain.technique import SymbolFamily, Technique, techniques
from mesomap.render.symbols import Style, draw_symbol
from mesomap.services.patient_search import fold
from mesomap.ui.controls.buttons import IconButton, PaintedButton
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.scrolled import scrolled
from mesomap.ui.icons import draw_icon
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font, grown
from mesomap.ui.words import language, technique_name, tr


class TechniqueRow(PaintedButton):
    """Symbol, name, how it is charted, and a star to tap."""

    starred = Signal(str, bool)

    def __init__(self, key: str, *, favourite: bool, chosen: bool) -> None:
        super().__init__()
        self.key = key
        self._favourite = favourite
        self.setCheckable(True)
        self.setChecked(chosen)
        self.setFixedHeight(12 + grown(38))
        self.setText(technique_name(key))
        self.setAccessibleName(self.text())
        self.setToolTip(self.text())
        self._describe()

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(280, 50)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The right end toggles the star, the rest chooses."""
        if event.position().x() > self.width() - 46:
            self.setDown(False)
            self._star()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """S toggles the star; Enter chooses, as the space bar does."""
        if event.key() == Qt.Key.Key_S:
            self._star()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _star(self) -> None:
        self._favourite = not self._favourite
        self._describe()
        self.starred.emit(self.key, self._favourite)
        self.update()

    def _describe(self) -> None:
        starred = self.tr("favourite; S takes the star away")
        self.setAccessibleDescription(starred if self._favourite else self.tr("S makes it a favourite"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Row."""
        tokens = theme.tokens()
        painter = QPainter(self)
        self.paint_ground(painter, QRectF(self.rect()), tokens.colour("sunken") if self.isChecked() else None)
        known = techniques()[self.key]
        symbol = Style(known.symbol_family, SkinLayer.DERMIS, None)
        middle = QRectF(8, 0, 32, self.height()).center()
        draw_symbol(painter, symbol, tokens, middle, 1.7, halo=False, colour=tokens.colour("text"))
        room = self.width() - 100
        painter.setFont(font("strong" if self.isChecked() else "control"))
        painter.setPen(tokens.colour("text"))
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(50, 6, room, grown(20)), flags, words)
        painter.setFont(font("small"))
        painter.setPen(tokens.colour("text3"))
        charted = tr("charted as area") if known.is_density else tr("charted as points")
        words = painter.fontMetrics().elidedText(
            f"{family_word(known.symbol_family)} · {charted}", Qt.TextElideMode.ElideRight, room
        )
        painter.drawText(QRectF(50, 5 + grown(20), room, grown(18)), flags, words)
        star = QRectF(self.width() - 36, self.height() / 2 - 10, 20, 20)
        draw_icon(painter, "star", star, tokens.colour("text" if self._favourite else "line2"), 2.0)


class TechniquePicker(QFrame):
    """A panel over the side panel, not a dialog: charting goes on behind it. Escape or close puts it away."""

    chosen = Signal(str)
    starred = Signal(str, bool)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._search = QLineEdit()
        self._search.setPlaceholderText(self.tr("Search techniques"))
        self._search.setAccessibleName(self._search.placeholderText())
        self._search.textChanged.connect(self._filter)
        self._search.returnPressed.connect(self._choose_first)
        self._none = plain_label("small2", self.tr("No technique is called that."))
        self._none.hide()
        close = IconButton("close", self.tr("Close"))
        close.clicked.connect(self.put_away)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._search, 1)
        head.addWidget(close)
        self._rows: list[TechniqueRow] = []
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 6, 0)
        self._column.setSpacing(1)
        inner = QWidget()
        inner.setLayout(self._column)
        scroll = scrolled(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 12, 6, 12)
        whole.addLayout(head)
        whole.addWidget(self._none)
        whole.addWidget(scroll, 1)
        self.hide()

    def open_with(self, favourites: list[str], current: str) -> None:
        """Show all techniques, favourites first."""
        for row in self._rows:
            row.deleteLater()
        self._rows = []
        while self._column.count():
            self._column.takeAt(0)
        ordered = [*favourites, *(key for key in techniques() if key not in favourites)]
        for key in ordered:
            row = TechniqueRow(key, favourite=key in favourites, chosen=key == current)
            row.clicked.connect(lambda _checked=False, k=key: self._choose(k))
            row.starred.connect(self.starred)
            self._column.addWidget(row)
            self._rows.append(row)
        self._column.addStretch(1)
        self._search.clear()
        self.show()
        self.raise_()
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> None:
        """Hide."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
            return
        super().keyPressEvent(event)

    def _choose(self, key: str) -> None:
        self.chosen.emit(key)
        self.put_away()

    def _filter(self, text: str) -> None:
        wanted = fold(text).split()
        for row in self._rows:
            names = _searched(row.key)
            row.setVisible(all(word in names for word in wanted))
        self._none.setVisible(all(row.isHidden() for row in self._rows))

    def _choose_first(self) -> None:
        first = next((row for row in self._rows if not row.isHidden()), None)
        if first is not None and self._search.text().strip():
            self._choose(first.key)

    def search_field(self) -> QLineEdit:
        """The field that narrows the list."""
        return self._search

    def shown(self) -> list[str]:
        """Keys of the rows that are shown."""
        return [row.key for row in self._rows if not row.isHidden()]

    def row(self, key: str) -> TechniqueRow:
        """The row of a technique. Raises StopIteration when there is none."""
        return next(row for row in self._rows if row.key == key)


@cache
def _searched(key: str) -> str:
    """Everything a technique is called, in all languages, without accents."""
    known = techniques()[key]
    return fold(" ".join([key, *known.names.values(), known.aliases]))


def family_word(family: SymbolFamily) -> str:
    """The shape that stands for a technique, in words."""
    return {
        SymbolFamily.PAPULE: tr("circle"),
        SymbolFamily.NAPPAGE: tr("diamond"),
        SymbolFamily.POINT: tr("square"),
        SymbolFamily.STROKE: tr("triangle"),
        SymbolFamily.LINEAR: tr("capsule"),
        SymbolFamily.SURFACE: tr("grid"),
    }[family]


class InfoCard(QFrame):
    """What the sources say about a technique. Nothing on it is filled in anywhere."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._title = plain_label("title")
        self._title.setWordWrap(True)
        close = IconButton("close", self.tr("Close"))
        close.clicked.connect(self.hide)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(close)
        inner = QWidget()
        self._lines = QVBoxLayout(inner)
        self._lines.setContentsMargins(0, 0, 8, 0)
        self._lines.setSpacing(4)
        scroll = scrolled(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 10, 10, 14)
        whole.addLayout(head)
        whole.addWidget(scroll, 1)
        self.hide()

    def show_technique(self, known: Technique) -> None:
        """Names, ranges, needle, sources, confidence, note: all as the table has them."""
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._title.setText(known.name(language()))
        for label, value in self.facts(known):
            caption, words = plain_label("small", label), plain_label("", value)
            caption.setWordWrap(True)
            words.setWordWrap(True)
            self._lines.addWidget(caption)
            self._lines.addWidget(words)
            self._lines.addSpacing(4)
        self._lines.addStretch(1)
        self.show()
        self.raise_()

    def facts(self, known: Technique) -> list[tuple[str, str]]:
        """Captions and words, as the table has them."""
        def span(limits: tuple[float, float] | None, unit: str) -> str:
            if limits is None:
                return self.tr("not in the sources")
            low, high = limits
            if unit == "°":
                return f"{low:g}°" if low == high else f"{low:g}–{high:g}°"
            return f"{low:g} {unit}" if low == high else f"{low:g}–{high:g} {unit}"

        return [
            (self.tr("Depth in the sources"), span(known.depth_range_mm, "mm")),
            (self.tr("Volume per puncture in the sources"), span(known.volume_range_ml, "mL")),
            (self.tr("Spacing in the sources"), span(known.spacing_range_mm, "mm")),
            (self.tr("Angle in the sources"), span(known.angle_range_deg, "°")),
            (self.tr("Intended layer"), known.target_layer or "–"),
            (self.tr("Needle"), known.needle or "–"),
            (self.tr("Used on"), known.body_areas or "–"),
            (self.tr("Also called"), known.aliases or "–"),
            (self.tr("Sources"), known.sources or "–"),
            (self.tr("How sure"), known.confidence or "–"),
            (self.tr("Note"), known.note or "–"),
        ]

    def event(self, event: QEvent) -> bool:
        """Escape closes."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.hide()
            return True
        return super().event(event)
