"""The pages of a PDF that this program wrote, drawn as they are: for papers that were signed and are kept as bytes."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QTransform

from mesomap.printing.kept_fonts import KeptFont, kept_image
from mesomap.printing.kept_pdf import KeptPdf, Operator, Page, Tokens, not_shown

_CAPS = (Qt.PenCapStyle.FlatCap, Qt.PenCapStyle.RoundCap, Qt.PenCapStyle.SquareCap)
_JOINS = (Qt.PenJoinStyle.SvgMiterJoin, Qt.PenJoinStyle.RoundJoin, Qt.PenJoinStyle.BevelJoin)


@dataclass(frozen=True, slots=True)
class _State:
    """The graphics state (ISO 32000-1, 8.4), as far as our papers use it."""

    fill: QColor = field(default_factory=lambda: QColor(0, 0, 0))
    stroke: QColor = field(default_factory=lambda: QColor(0, 0, 0))
    fill_part: float = 1.0
    stroke_part: float = 1.0
    width: float = 1.0
    cap: Qt.PenCapStyle = Qt.PenCapStyle.FlatCap
    join: Qt.PenJoinStyle = Qt.PenJoinStyle.SvgMiterJoin
    miter: float = 10.0
    dashes: tuple[float, ...] = ()
    dash_offset: float = 0.0
    font: KeptFont | None = None
    font_size: float = 0.0


class KeptPages:
    """Pages to look at. Raises DamagedError when the bytes are not such a PDF; drawing raises it, too."""

    def __init__(self, data: bytes) -> None:
        self.pdf = KeptPdf(data)
        self.images: dict[str, QImage] = {}

    def __len__(self) -> int:
        return len(self.pdf.pages)

    def size_points(self, index: int) -> tuple[float, float]:
        """Width and height of a page, points (1/72 inch)."""
        page = self.pdf.pages[index]
        return page.width, page.height

    def picture(self, index: int, dpi: float) -> QImage:
        """A page on white paper. Safe in another thread. Raises DamagedError."""
        page, scale = self.pdf.pages[index], dpi / 72.0
        made = QImage(QSize(round(page.width * scale), round(page.height * scale)), QImage.Format.Format_RGB32)
        made.fill(Qt.GlobalColor.white)
        painter = QPainter(made)
        try:
            painter.setRenderHints(
                QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
            )
            painter.setTransform(QTransform(scale, 0, 0, -scale, 0, page.height * scale))
            _Drawing(self, page, painter).run()
        except (ValueError, KeyError, TypeError, IndexError, ZeroDivisionError, OverflowError):
            raise not_shown() from None
        finally:
            painter.end()
        return made


class _Drawing:
    """Carries out the steps of one page."""

    def __init__(self, owner: KeptPages, page: Page, painter: QPainter) -> None:
        self._owner, self._pdf, self._page, self._painter = owner, owner.pdf, page, painter
        self._state = _State()
        self._stack: list[_State] = []
        #: A font belongs to the thread that made it.
        self._fonts: dict[str, KeptFont] = {}
        self._path = QPainterPath()
        self._clip: Qt.FillRule | None = None
        self._line = self._text = QTransform()
        odd, winding = Qt.FillRule.OddEvenFill, Qt.FillRule.WindingFill
        self._acts: dict[str, Callable[..., None]] = {
            "q": self._save, "Q": self._restore, "cm": self._transform, "gs": self._named_state,
            "w": lambda width: self._set(width=width), "J": lambda cap: self._set(cap=_CAPS[cap]),
            "j": lambda join: self._set(join=_JOINS[join]), "M": lambda limit: self._set(miter=limit),
            "d": lambda dashes, offset: self._set(dashes=tuple(dashes), dash_offset=offset),
            "cs": lambda _name: None, "CS": lambda _name: None,
            **dict.fromkeys(("sc", "scn", "rg", "g", "k"), lambda *parts: self._set(fill=_colour(parts))),
            **dict.fromkeys(("SC", "SCN", "RG", "G", "K"), lambda *parts: self._set(stroke=_colour(parts))),
            "m": lambda x, y: self._path.moveTo(x, y), "l": lambda x, y: self._path.lineTo(x, y),
            "c": lambda *six: self._path.cubicTo(*six), "h": lambda: self._path.closeSubpath(),
            "re": lambda x, y, w, h: self._path.addRect(QRectF(x, y, w, h)),
            "S": lambda: self._paint(None, stroke=True), "n": lambda: self._paint(None),
            "f": lambda: self._paint(winding), "f*": lambda: self._paint(odd),
            "B": lambda: self._paint(winding, stroke=True), "B*": lambda: self._paint(odd, stroke=True),
            "W": lambda: setattr(self, "_clip", winding), "W*": lambda: setattr(self, "_clip", odd),
            "BT": self._begin_text, "ET": lambda: None, "Tf": self._font, "Tm": self._text_matrix,
            "Td": self._move_text, "Tj": self._show, "Do": self._picture,
        }  # fmt: skip

    def run(self) -> None:
        """All of it."""
        operands: list[Any] = []
        try:
            for one in Tokens(self._page.steps):
                if not isinstance(one, Operator):
                    operands.append(one)
                    continue
                act = self._acts.get(one.word)
                if act is None:
                    raise not_shown()
                act(*operands)
                operands = []
        finally:
            while self._stack:
                self._restore()

    def _set(self, **values: Any) -> None:
        self._state = replace(self._state, **values)

    def _save(self) -> None:
        self._stack.append(self._state)
        self._painter.save()

    def _restore(self) -> None:
        self._state = self._stack.pop()
        self._painter.restore()

    def _transform(self, *six: float) -> None:
        self._painter.setTransform(QTransform(*six), True)

    def _resource(self, kind: str, name: str) -> Any:
        return self._pdf.dictionary(self._page.resources[kind])[name]

    def _named_state(self, name: str) -> None:
        state = self._pdf.dictionary(self._resource("ExtGState", name))
        if self._pdf.get(state.get("SMask", "None")) != "None" or state.get("BM", "Normal") != "Normal":
            raise not_shown()
        self._set(fill_part=float(state.get("ca", 1.0)), stroke_part=float(state.get("CA", 1.0)))

    # -- shapes

    def _paint(self, rule: Qt.FillRule | None, *, stroke: bool = False) -> None:
        state, painter = self._state, self._painter
        if rule is not None:
            self._path.setFillRule(rule)
            painter.setOpacity(state.fill_part)
            painter.fillPath(self._path, state.fill)
        if stroke:
            painter.setOpacity(state.stroke_part)
            painter.strokePath(self._path, self._pen())
        if self._clip is not None:
            self._path.setFillRule(self._clip)
            painter.setClipPath(self._path, Qt.ClipOperation.IntersectClip)
        self._path, self._clip = QPainterPath(), None

    def _pen(self) -> QPen:
        state = self._state
        pen = QPen(state.stroke, state.width, Qt.PenStyle.SolidLine, state.cap, state.join)
        pen.setMiterLimit(state.miter)
        if state.dashes and any(state.dashes):
            # Dashes of a pen are counted in its widths, and come in pairs.
            width = state.width or 1.0
            dashes = state.dashes * (1 + len(state.dashes) % 2)
            pen.setDashPattern([dash / width for dash in dashes])
            pen.setDashOffset(state.dash_offset / width)
        return pen

    # -- text

    def _begin_text(self) -> None:
        self._line = self._text = QTransform()

    def _font(self, name: str, size: float) -> None:
        if name not in self._fonts:
            self._fonts[name] = KeptFont(self._pdf, self._resource("Font", name))
        self._set(font=self._fonts[name], font_size=size)

    def _text_matrix(self, *six: float) -> None:
        self._line = self._text = QTransform(*six)

    def _move_text(self, x: float, y: float) -> None:
        self._line = self._text = QTransform.fromTranslate(x, y) * self._line

    def _show(self, codes: bytes) -> None:
        font, size, painter = self._state.font, self._state.font_size, self._painter
        if font is None or len(codes) % 2:
            raise not_shown()
        scale = size / font.size_px
        painter.setOpacity(self._state.fill_part)
        for place in range(0, len(codes), 2):
            glyph = int.from_bytes(codes[place : place + 2], "big")
            # Outlines have y downwards, text space has it upwards.
            to_text = QTransform(scale, 0, 0, -scale, 0, 0) * self._text
            painter.fillPath(to_text.map(font.outline(glyph)), self._state.fill)
            self._text = QTransform.fromTranslate(font.advance(glyph) * size, 0) * self._text

    # -- pictures

    def _picture(self, name: str) -> None:
        images = self._owner.images
        value = self._resource("XObject", name)
        key = repr(value)
        if key not in images:
            stream = self._pdf.stream(value)
            if stream.info.get("Subtype") != "Image":
                raise not_shown()
            images[key] = kept_image(self._pdf, stream)
        painter = self._painter
        painter.save()
        painter.setOpacity(self._state.fill_part)
        painter.setTransform(QTransform(1, 0, 0, -1, 0, 1), True)
        painter.drawImage(QRectF(QPointF(0, 0), QPointF(1, 1)), images[key])
        painter.restore()


def _colour(parts: tuple[Any, ...]) -> QColor:
    """Grey, red-green-blue or cyan-magenta-yellow-black; patterns are not drawn."""
    values = [min(max(float(part), 0.0), 1.0) for part in parts]
    if len(values) == 1:
        return QColor.fromRgbF(values[0], values[0], values[0])
    if len(values) == 3:
        return QColor.fromRgbF(*values)
    if len(values) == 4:
        return QColor.fromCmykF(*values)
    raise not_shown()
