"""Fonts and pictures inside a PDF that this program wrote."""

from typing import Any

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFont, QImage, QPainterPath, QRawFont

from mesomap.printing.kept_pdf import KeptPdf, Stream, not_shown

#: Outlines are taken at this size, px, and scaled: no hinting, so that they are those of the font.
_SIZE_PX = 200.0
_JPEG = b"\xff\xd8"


class KeptFont:
    """A font by glyph number: outlines for a size of 1, and how far each one goes on."""

    def __init__(self, pdf: KeptPdf, value: Any) -> None:
        font = pdf.dictionary(value)
        if font.get("Subtype") != "Type0" or font.get("Encoding") != "Identity-H":
            raise not_shown()
        inner = pdf.dictionary(pdf.get(font["DescendantFonts"])[0])
        if inner.get("Subtype") != "CIDFontType2" or inner.get("CIDToGIDMap", "Identity") != "Identity":
            raise not_shown()
        data = pdf.unpacked(pdf.stream(pdf.dictionary(inner["FontDescriptor"])["FontFile2"]))
        self._raw = QRawFont(QByteArray(data), _SIZE_PX, QFont.HintingPreference.PreferNoHinting)
        if not self._raw.isValid():
            raise not_shown()
        self._widths = self._read_widths(pdf, inner.get("W", []))
        self._usual = float(inner.get("DW", 1000))
        self._outlines: dict[int, QPainterPath] = {}

    @staticmethod
    def _read_widths(pdf: KeptPdf, value: Any) -> dict[int, float]:
        """"first [w w …]" or "first last w" (ISO 32000-1, 9.7.4.3)."""
        widths: dict[int, float] = {}
        left = list(pdf.get(value))
        while left:
            first, then = int(left.pop(0)), pdf.get(left.pop(0))
            if isinstance(then, list):
                widths.update({first + place: float(width) for place, width in enumerate(then)})
            else:
                width = float(left.pop(0))
                widths.update(dict.fromkeys(range(first, int(then) + 1), width))
        return widths

    def outline(self, glyph: int) -> QPainterPath:
        """Outline at _SIZE_PX, y downwards."""
        if glyph not in self._outlines:
            self._outlines[glyph] = self._raw.pathForGlyph(glyph)
        return self._outlines[glyph]

    @property
    def size_px(self) -> float:
        """Size of the outlines."""
        return _SIZE_PX

    def advance(self, glyph: int) -> float:
        """How far the pen goes on, for a size of 1."""
        return self._widths.get(glyph, self._usual) / 1000.0


def kept_image(pdf: KeptPdf, stream: Stream) -> QImage:
    """A picture: JPEG, or plain 8 bit colours or greys, with its mask where it has one. Raises DamagedError."""
    if pdf.get(stream.info.get("Filter")) == "DCTDecode":
        image = QImage.fromData(stream.raw) if stream.raw.startswith(_JPEG) else QImage()
    else:
        image = _plain(pdf, stream)
    if image.isNull():
        raise not_shown()
    if "SMask" in stream.info:
        mask = kept_image(pdf, pdf.stream(stream.info["SMask"])).convertToFormat(QImage.Format.Format_Grayscale8)
        image = image.convertToFormat(QImage.Format.Format_ARGB32)
        image.setAlphaChannel(mask.scaled(image.size()))
    elif stream.info.get("ImageMask") or "Mask" in stream.info:
        raise not_shown()
    return image


def _plain(pdf: KeptPdf, stream: Stream) -> QImage:
    info = stream.info
    width, height, bits = int(info["Width"]), int(info["Height"]), int(info.get("BitsPerComponent", 8))
    space = pdf.get(info.get("ColorSpace"))
    formats = {"DeviceRGB": (3, QImage.Format.Format_RGB888), "DeviceGray": (1, QImage.Format.Format_Grayscale8)}
    if bits != 8 or not isinstance(space, str) or space not in formats or not 0 < width * height < 1 << 28:
        raise not_shown()
    parts, kind = formats[space]
    data = pdf.unpacked(stream)
    if len(data) < width * height * parts:
        raise not_shown()
    return QImage(data, width, height, width * parts, kind).copy()
