"""Icons: own drawings on a 24 grid, 1.75 stroke, round caps; rendered in the colour and size asked for."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_DRAWINGS: dict[str, str] = {
    "undo": '<path d="M8 6 4 10l4 4"/><path d="M4.5 10H14a5.5 5.5 0 0 1 0 11h-3"/>',
    "redo": '<path d="m16 6 4 4-4 4"/><path d="M19.5 10H10a5.5 5.5 0 0 0 0 11h3"/>',
    "lock": (
        '<rect x="5" y="10.5" width="14" height="10" rx="2.5"/>'
        '<path d="M8 10.5V7.5a4 4 0 0 1 8 0v3"/><path d="M12 14.5v2"/>'
    ),
    "check": '<path d="m5 12.5 4.5 4.5L19 7"/>',
    "alert": '<path d="M12 4 2.8 20h18.4z"/><path d="M12 10v4.5"/><path d="M12 17.4v.1"/>',
    "place": (
        '<circle cx="12" cy="12" r="2.6" fill="currentColor" stroke="none"/>'
        '<path d="M12 3v4.2M12 16.8V21M3 12h4.2M16.8 12H21"/>'
    ),
    "fill": (
        '<path d="M4 9.5 10 4l8.5 2.5L20.5 15 13 20.5 5 18z" stroke-dasharray="2.6 2.4"/>'
        '<g fill="currentColor" stroke="none"><circle cx="9.6" cy="10" r="1.3"/>'
        '<circle cx="14.6" cy="10" r="1.3"/><circle cx="12" cy="14.2" r="1.3"/>'
        '<circle cx="16.6" cy="14.2" r="1.3"/><circle cx="8" cy="14.6" r="1.3"/></g>'
    ),
    "erase": (
        '<path d="m9 20-5-5a1.8 1.8 0 0 1 0-2.6L12.4 4a1.8 1.8 0 0 1 2.6 0l5 5a1.8 1.8 0 0 1 0 '
        '2.6L11.6 20z"/><path d="m8.2 8.2 7.6 7.6"/><path d="M9 20h11"/>'
    ),
    "select": '<path d="M5 4.5 19.5 11l-6.3 2.2L11 19.5z"/>',
    "brush": (
        '<path d="M3.5 17.5c3.5-6 6-1 9-5s4.5-7 8-7"/><g fill="currentColor" stroke="none">'
        '<circle cx="3.6" cy="17.4" r="1.9"/><circle cx="9" cy="13.9" r="1.9"/><circle cx="14" cy="10.4" r="1.9"/>'
        '<circle cx="20" cy="5.6" r="1.9"/></g>'
    ),
    "line": (
        '<path d="M4.5 19.5 19 5"/><path d="M12.5 4.5H19.5V11.5"/>'
        '<circle cx="4.6" cy="19.4" r="2.2" fill="currentColor" stroke="none"/>'
    ),
    "area": (
        '<path d="M12 2.8c-4.6 0-7.2 3.2-7.2 7.6 0 5.2 3.4 10.8 7.2 10.8s7.2-5.6 7.2-10.8c0-4.4-2.6-7.6-7.2-7.6z"/>'
        '<g fill="currentColor" stroke="none"><circle cx="9" cy="9.4" r="1.3"/><circle cx="15" cy="9.4" r="1.3"/>'
        '<circle cx="12" cy="13" r="1.3"/><circle cx="9.6" cy="16.2" r="1.3"/><circle cx="14.4" cy="16.2" r="1.3"/></g>'
    ),
    "fan": (
        '<path d="M5 19 7 4.5M5 19 14.5 7.5M5 19l14.5-2.5M5 19l13-7"/>'
        '<circle cx="5" cy="19" r="2.2" fill="currentColor" stroke="none"/>'
    ),
    "stroke": '<path d="M3.5 9.5 14 4M4.5 14 18 7M6 18.2 20 11M10 20.5l10-5"/>',
    "stamp": (
        '<rect x="4" y="4" width="16" height="16" rx="2.5"/><g fill="currentColor" stroke="none">'
        '<circle cx="8.4" cy="8.4" r="1.3"/><circle cx="12" cy="8.4" r="1.3"/><circle cx="15.6" cy="8.4" r="1.3"/>'
        '<circle cx="8.4" cy="12" r="1.3"/><circle cx="12" cy="12" r="1.3"/><circle cx="15.6" cy="12" r="1.3"/>'
        '<circle cx="8.4" cy="15.6" r="1.3"/><circle cx="12" cy="15.6" r="1.3"/><circle cx="15.6" cy="15.6" r="1.3"/>'
        "</g>"
    ),
    "hex": (
        '<g fill="currentColor" stroke="none"><circle cx="4.5" cy="6" r="1.5"/>'
        '<circle cx="12" cy="6" r="1.5"/><circle cx="19.5" cy="6" r="1.5"/>'
        '<circle cx="8.25" cy="12" r="1.5"/><circle cx="15.75" cy="12" r="1.5"/>'
        '<circle cx="4.5" cy="18" r="1.5"/><circle cx="12" cy="18" r="1.5"/>'
        '<circle cx="19.5" cy="18" r="1.5"/></g>'
    ),
    "square": (
        '<g fill="currentColor" stroke="none"><circle cx="5" cy="5.5" r="1.5"/>'
        '<circle cx="12" cy="5.5" r="1.5"/><circle cx="19" cy="5.5" r="1.5"/><circle cx="5" cy="12" r="1.5"/>'
        '<circle cx="12" cy="12" r="1.5"/><circle cx="19" cy="12" r="1.5"/><circle cx="5" cy="18.5" r="1.5"/>'
        '<circle cx="12" cy="18.5" r="1.5"/><circle cx="19" cy="18.5" r="1.5"/></g>'
    ),
    "jittered": (
        '<g fill="currentColor" stroke="none"><circle cx="5.2" cy="4.8" r="1.5"/>'
        '<circle cx="11" cy="7.2" r="1.5"/><circle cx="19.8" cy="5.4" r="1.5"/>'
        '<circle cx="7.4" cy="11.2" r="1.5"/><circle cx="16.6" cy="13.4" r="1.5"/>'
        '<circle cx="4.2" cy="18.6" r="1.5"/><circle cx="12.9" cy="17.2" r="1.5"/>'
        '<circle cx="19" cy="19.2" r="1.5"/></g>'
    ),
    "more": (
        '<g fill="currentColor" stroke="none"><circle cx="5.5" cy="12" r="1.9"/>'
        '<circle cx="12" cy="12" r="1.9"/><circle cx="18.5" cy="12" r="1.9"/></g>'
    ),
    "measure": ('<path d="m3.5 15.5 12-12 5 5-12 12z"/><path d="m7 12 2.2 2.2M10 9l2.8 2.8M13 6l2.2 2.2"/>'),
    "angle": '<path d="M3 19.5h18"/><path d="M5.5 19.5 18 6"/><path d="M12 19.5a6.6 6.6 0 0 0-2-4.6"/>',
    "complaint": (
        '<path d="M4.5 12.5c0-5 4.5-8.5 9-7.5s7 5.5 5 10-8 6-11 3.5-3-3.5-3-6z"/><path d="m7 15 6-9M9.6 18.4 17 7.4"/>'
        '<path d="m14 17.6 4.6-6.8"/>'
    ),
    "lasso": '<path d="M5 12.5C5 7.5 9.5 4 14 5s7 5.5 5 10-8 6-11 3.5-3-3.5-3-6z" stroke-dasharray="2.6 2.4"/>',
    "trigger": '<circle cx="12" cy="12" r="5.4"/><path d="M12 3v18M3 12h18"/>',
    "plan": (
        '<circle cx="7" cy="7" r="3.2" stroke-dasharray="2.4 1.7"/><circle cx="17" cy="17" r="3.2" '
        'stroke-dasharray="2.4 1.7"/><path d="m13.2 7.2 2.4 2.4 4.4-5"/><path d="m4.2 14.2 5.6 5.6M9.8 14.2l-5.6 5.6"/>'
    ),
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "minus": '<path d="M5 12h14"/>',
    "fit": (
        '<path d="M4 9V5.5A1.5 1.5 0 0 1 5.5 4H9M15 4h3.5A1.5 1.5 0 0 1 20 5.5V9M20 15v3.5a1.5 1.5 0 '
        '0 1-1.5 1.5H15M9 20H5.5A1.5 1.5 0 0 1 4 18.5V15"/>'
    ),
    "back": '<path d="m14.5 5-7 7 7 7"/>',
    "next": '<path d="m9.5 5 7 7-7 7"/>',
    "up": '<path d="m5 15 7-7 7 7"/>',
    "down": '<path d="m5 9 7 7 7-7"/>',
    "search": '<circle cx="10.8" cy="10.8" r="6.3"/><path d="m15.6 15.6 5 5"/>',
    "user": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.8-4 3.7-6 7.5-6s6.7 2 7.5 6"/>',
    "sun": (
        '<circle cx="12" cy="12" r="4"/>'
        '<path d="M12 2.5v2.6M12 18.9v2.6M2.5 12h2.6M18.9 12h2.6M5.3 5.3l1.8 1.8M16.9 16.9l1.8 '
        '1.8M5.3 18.7l1.8-1.8M16.9 7.1l1.8-1.8"/>'
    ),
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.2l3.4 2"/>',
    "grid": (
        '<rect x="4" y="4" width="7" height="7" rx="1.5"/>'
        '<rect x="13" y="4" width="7" height="7" rx="1.5"/>'
        '<rect x="4" y="13" width="7" height="7" rx="1.5"/>'
        '<rect x="13" y="13" width="7" height="7" rx="1.5"/>'
    ),
    "shield": (
        '<path d="M12 3 4.5 6v5.5c0 4.8 3.2 8 7.5 9.5 4.3-1.5 7.5-4.7 7.5-9.5V6z"/><path d="m8.8 12 2.4 2.4 4.2-4.4"/>'
    ),
    "eye": (
        '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/>'
        '<circle cx="12" cy="12" r="2.8"/>'
    ),
    "layers": ('<path d="m12 3.5 9 4.8-9 4.8-9-4.8z"/><path d="m3 12.5 9 4.8 9-4.8"/><path d="m3 16.6 9 4.8 9-4.8"/>'),
    "syringe": (
        '<path d="m3 21 4-4"/><path d="m6.2 13.4 7.6-7.6 4.4 4.4-7.6 7.6H6.2z"/>'
        '<path d="m16 8 4-4M17.6 2.4l4 4"/><path d="m10 9.6 2 2M8 11.6l1.4 1.4"/>'
    ),
    "vial": (
        '<path d="M8.5 3.5h7M9.5 3.5v4.2c0 .7-2.5 1.6-2.5 3.6v7.2a2 2 0 0 0 2 2h6a2 2 0 0 0 2-2v-7.2c0-2-2.5-2.9'
        '-2.5-3.6V3.5"/><path d="M7 13.5h10"/>'
    ),
    "gear": (
        '<path d="M4 7h9M18 7h2M4 17h2M11 17h9"/><circle cx="15.5" cy="7" r="2.5"/><circle cx="8.5" cy="17" r="2.5"/>'
    ),
    "doc": '<path d="M6 3.5h8l4.5 4.5v12.5H6z"/><path d="M14 3.5V8h4.5M9 12.5h6.5M9 16h6.5"/>',
    "print": (
        '<path d="M7 9V3.8h10V9"/><rect x="3.5" y="9" width="17" height="8" rx="2"/>'
        '<path d="M7 14h10v6.2H7z" fill="none"/>'
    ),
    "pen": (
        '<path d="m4 20 1.2-4.6L16.4 4.2a2 2 0 0 1 2.8 0l.6.6a2 2 0 0 1 0 2.8L8.6 18.8z"/><path d="m14.4 6.2 3.4 3.4"/>'
    ),
    "mirror": (
        '<path d="M12 3v18" stroke-dasharray="2.4 2.2"/>'
        '<path d="M8.5 7 3 17h5.5z" fill="currentColor"/><path d="M15.5 7 21 17h-5.5z"/>'
    ),
    "again": '<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.2"/><path d="M20 4.2v5h-5"/><path d="M12 8v4.4l2.8 1.8"/>',
    "moon": '<path d="M20 14.2A8.2 8.2 0 0 1 9.8 4 8.2 8.2 0 1 0 20 14.2z"/>',
    "info": '<circle cx="12" cy="12" r="8.8"/><path d="M12 11.2v5M12 7.8v.1"/>',
    "close": '<path d="M6 6l12 12M18 6 6 18"/>',
    "star": '<path d="m12 3.8 2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8z"/>',
}


_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="{c}" stroke-width="{w}" '
    'stroke-linecap="round" stroke-linejoin="round">{d}</svg>'
)


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str, width: float) -> QSvgRenderer:
    drawing = _DRAWINGS[name].replace("currentColor", colour)
    return QSvgRenderer(QByteArray(_SVG.format(c=colour, w=width, d=drawing).encode()))


def draw_icon(painter: QPainter, name: str, box: QRectF, colour: QColor, width: float = 1.75) -> None:
    """Draw an icon into a square box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(painter.opacity() * colour.alphaF())
    _renderer(name, colour.name(), width).render(painter, box)
    painter.restore()


@lru_cache(maxsize=256)
def icon_pixmap(name: str, colour: str, px: int, dpr: float) -> QPixmap:
    """An icon as a pixmap of px logical pixels."""
    pixmap = QPixmap(round(px * dpr), round(px * dpr))
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw_icon(painter, name, QRectF(0, 0, px, px), QColor(colour))
    painter.end()
    return pixmap


def icon(name: str, colour: str) -> QIcon:
    """An icon for push buttons, sharp up to 2x."""
    return QIcon(icon_pixmap(name, colour, 20, 2.0))
