"""Invented signatures of the demonstration: strokes, and their picture as PNG."""

import math
import struct
import zlib
from itertools import pairwise
from random import Random

from mesomap.domain.consent import InkStroke

_WIDE, _HIGH = 640, 180
_PARTS = 1000
_STEP_MS = 8


def demo_signature(dice: Random) -> tuple[InkStroke, ...]:
    """Two or three strokes of loops that lean to the right: nobody's name."""
    strokes, x, ms = [], 500.0, 0
    for _ in range(dice.randint(2, 3)):
        loops, tall, lean = dice.randint(2, 5), dice.uniform(120, 330), dice.uniform(40, 130)
        count = loops * 14
        xs, ys, times, pressure = [], [], [], []
        for step in range(count):
            turn = step / 14 * 2 * math.pi
            xs.append(round(x + step * dice.uniform(4, 6) + lean * math.cos(turn)))
            ys.append(round(560 - tall * math.sin(turn) * (0.5 + 0.5 * math.cos(step / count * 3))))
            times.append(ms + step * _STEP_MS)
            pressure.append(round(450 + 300 * math.sin(step / count * math.pi)))
        strokes.append(InkStroke(x=tuple(xs), y=tuple(ys), ms=tuple(times), pressure=tuple(pressure)))
        x, ms = x + count * 5 + 60, ms + count * _STEP_MS + 250
    return tuple(strokes)


def ink_png(strokes: tuple[InkStroke, ...]) -> bytes:
    """The strokes black on white, a grey PNG of 640 x 180 pixels (PNG specification, W3C 2003)."""
    rows = [bytearray(b"\xff" * _WIDE) for _ in range(_HIGH)]
    scale = _HIGH / _PARTS
    for stroke in strokes:
        places = list(zip(stroke.x, stroke.y, strict=True))
        for (x0, y0), (x1, y1) in pairwise(places):
            steps = max(1, round(math.hypot(x1 - x0, y1 - y0) * scale * 2))
            for step in range(steps + 1):
                part = step / steps
                _dot(rows, (x0 + (x1 - x0) * part) * scale, (y0 + (y1 - y0) * part) * scale)
    body = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows), 6)
    head = struct.pack(">IIBBBBB", _WIDE, _HIGH, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _dot(rows: list[bytearray], x: float, y: float) -> None:
    for row in (int(y), int(y) + 1):
        for column in (int(x), int(x) + 1):
            if 0 <= row < _HIGH and 0 <= column < _WIDE:
                rows[row][column] = 0


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
