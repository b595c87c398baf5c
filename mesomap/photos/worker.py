"""The process in which pictures are decoded: limits of its own, nothing to read but what it is handed.

Messages both ways: 4 bytes length of a JSON head, the head, then the parts whose lengths the head lists.
"""

import json
import os
import struct
import sys
from collections.abc import Callable
from typing import IO, Any

from mesomap.domain.errors import MesoMapError

#: Address space of the process, bytes: two pictures of the largest size and the libraries.
MEMORY_BYTES = 3 << 30

Head = dict[str, Any]
Answer = tuple[Head, list[bytes]]


def write_message(stream: IO[bytes], head: Head, parts: list[bytes]) -> None:
    """Send one message. Raises OSError."""
    text = json.dumps({**head, "parts": [len(part) for part in parts]}).encode("utf-8")
    stream.write(struct.pack(">I", len(text)) + text)
    for part in parts:
        stream.write(part)
    stream.flush()


def read_message(stream: IO[bytes]) -> Answer:
    """Receive one message. Raises EOFError when the other side is gone."""
    (length,) = struct.unpack(">I", _exactly(stream, 4))
    head: Head = json.loads(_exactly(stream, length))
    return head, [_exactly(stream, size) for size in head.pop("parts")]


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise EOFError
    return data


def _limit() -> None:
    """Memory limit and no core dumps, where the system knows them."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _take(head: Head, parts: list[bytes]) -> Answer:
    from dataclasses import asdict

    from mesomap.photos.taking import take_in

    found = take_in(parts[0], head["name"])
    hints = asdict(found.hints)
    facts = {
        "media_type": found.media_type,
        "width_px": found.width_px,
        "height_px": found.height_px,
        "orientation": found.orientation,
        "taken_at": found.taken_at,
        "notes": found.notes,
        "hints": hints,
    }
    return facts, [found.kept, found.thumbnail]


def _show(head: Head, parts: list[bytes]) -> Answer:
    from mesomap.photos.pictures import pixels

    found = pixels(parts[0], head["orientation"], head["longest_px"])
    return {"shape": found.shape}, [found.tobytes()]


def _align(head: Head, parts: list[bytes]) -> Answer:
    from dataclasses import asdict

    from mesomap.photos.alignment import align
    from mesomap.photos.pictures import greys

    first, second = (greys(part, turn) for part, turn in zip(parts, head["orientations"], strict=True))
    return asdict(align(first, second)), []


def _levels(head: Head, parts: list[bytes]) -> Answer:
    from mesomap.domain.photo_mask import MaskPlace, MaskShape
    from mesomap.photos.levels import levels

    covers = [MaskPlace(MaskShape(shape), *figures) for shape, *figures in head["covers"]]
    found = levels(parts[0], head["orientation"], tuple(head["size"]), head["matrix"], head["factors"], covers)
    return {"shapes": [one.shape for one in found]}, [one.tobytes() for one in found]


def _tones(head: Head, parts: list[bytes]) -> Answer:
    from mesomap.photos.levels import tone_factors

    return {"factors": tone_factors(parts[0], parts[1], head["orientations"], head["widths"], head["matrix"])}, []


_WORKS: dict[str, Callable[[Head, list[bytes]], Answer]] = {
    "take": _take,
    "show": _show,
    "align": _align,
    "levels": _levels,
    "tones": _tones,
}


def _answer(head: Head, parts: list[bytes]) -> Answer:
    try:
        return _WORKS[head["work"]](head, parts)
    except MesoMapError as error:
        return {"refused": error.sentence}, []
    except MemoryError:
        return {"refused": "The picture needs more memory than it may take. Save it smaller and take it in again."}, []
    except Exception as error:
        # A decoder may break on a hostile file in ways of its own; the name of the error holds nothing of the picture.
        return {"broke": type(error).__name__}, []


def serve() -> None:
    """Answer until the other side is gone."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # What a library prints must not get between the messages.
    os.dup2(2, 1)
    _limit()
    while True:
        try:
            head, parts = read_message(source)
            write_message(target, *_answer(head, parts))
        except (EOFError, OSError):
            return
