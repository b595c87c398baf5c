"""Metadata out of a file, the picture's own bytes as they were: no recompression.

JPEG (ITU-T T.81 annex B): only segments a decoder needs, the ICC profile and Adobe's colour transform stay. PNG
(W3C, third edition): only critical chunks and those of colour stay. WebP (RFC 9649): VP8X, ICCP, ALPH, VP8, VP8L stay.
What follows the end of a picture (a second picture, a film) goes.
"""

import re
import struct

from mesomap.domain.errors import BadInputError

_CUT = "The picture is cut off or damaged. Copy it from the camera again."
_MOVES = "The picture moves (it has several frames). Save one frame as a picture and take that in."
#: A marker inside coded data: not a stuffed byte, a restart or a fill byte.
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_APP0, _APP2, _APP14, _APP15, _COM = 0xE0, 0xE2, 0xEE, 0xEF, 0xFE
_EXTENSIONS = range(0xF0, 0xFE)
_PNG_STAYS = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT")
)
_WEBP_STAYS = frozenset((b"VP8X", b"ICCP", b"ALPH", b"VP8 ", b"VP8L"))
_ANIMATED, _EXIF, _XMP = 0x02, 0x08, 0x04


def strip_jpeg(data: bytes) -> bytes:
    """The JPEG up to its first end of image, without comments, Exif, XMP, IPTC, thumbnails and other pictures.

    Raises BadInputError when it is cut off.
    """
    kept = [b"\xff\xd8"]
    place = 2
    while True:
        marker, place = _next_marker(data, place)
        if marker == _EOI:
            kept.append(b"\xff\xd9")
            return b"".join(kept)
        if place + 2 > len(data):
            raise BadInputError(_CUT)
        length = struct.unpack_from(">H", data, place)[0]
        body = data[place + 2 : place + length]
        if length < 2 or len(body) != length - 2:
            raise BadInputError(_CUT)
        stays = _segment(marker, body)
        if stays is not None:
            kept.append(struct.pack(">BBH", 0xFF, marker, len(stays) + 2) + stays)
        place += length
        if marker == _SOS:
            found = _MARKER.search(data, place)
            if found is None:
                raise BadInputError(_CUT)
            kept.append(data[place : found.start()])
            place = found.start()


def _next_marker(data: bytes, place: int) -> tuple[int, int]:
    """The marker at a place, and where its segment begins; fill bytes are passed over."""
    if data[place : place + 1] != b"\xff":
        raise BadInputError(_CUT)
    while data[place : place + 1] == b"\xff":
        place += 1
    if place >= len(data):
        raise BadInputError(_CUT)
    return data[place], place + 1


def _segment(marker: int, body: bytes) -> bytes | None:
    """What stays of a segment, None = nothing."""
    if marker == _APP0:
        # Version, density; a thumbnail of its own would follow.
        return body[:12] + b"\0\0" if body.startswith(b"JFIF\0") and len(body) >= 14 else None
    if marker == _APP2:
        return body if body.startswith(b"ICC_PROFILE\0") else None
    if marker == _APP14:
        return body[:12] if body.startswith(b"Adobe") else None
    if _APP0 < marker <= _APP15 or marker == _COM or marker in _EXTENSIONS:
        return None
    return body


def strip_png(data: bytes) -> bytes:
    """The PNG without texts, times, Exif and unknown chunks. Raises BadInputError when it is cut off or moves."""
    kept = [data[:8]]
    place = 8
    while True:
        if place + 12 > len(data):
            raise BadInputError(_CUT)
        length, name = struct.unpack_from(">I4s", data, place)
        end = place + 12 + length
        if end > len(data):
            raise BadInputError(_CUT)
        if name == b"acTL":
            raise BadInputError(_MOVES)
        if name in _PNG_STAYS:
            kept.append(data[place:end])
        place = end
        if name == b"IEND":
            return b"".join(kept)


def strip_webp(data: bytes) -> bytes:
    """The WebP without Exif, XMP and unknown chunks. Raises BadInputError when it is cut off or moves."""
    end = 8 + int(struct.unpack_from("<I", data, 4)[0])
    if end > len(data):
        raise BadInputError(_CUT)
    kept: list[bytes] = []
    place = 12
    while place + 8 <= end:
        name, length = struct.unpack_from("<4sI", data, place)
        body = data[place + 8 : place + 8 + length]
        if len(body) != length:
            raise BadInputError(_CUT)
        if name == b"VP8X":
            if len(body) < 10 or body[0] & _ANIMATED:
                raise BadInputError(_MOVES if len(body) >= 10 else _CUT)
            body = bytes([body[0] & ~(_EXIF | _XMP)]) + body[1:]
        elif name in (b"ANIM", b"ANMF"):
            raise BadInputError(_MOVES)
        if name in _WEBP_STAYS:
            kept.append(struct.pack("<4sI", name, length) + body + b"\0" * (length & 1))
        place += 8 + length + (length & 1)
    whole = b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(whole) + 4) + b"WEBP" + whole
