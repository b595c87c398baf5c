"""Whether a HEIC file is whole: its boxes one after the other (ISO/IEC 14496-12, 4.2).

A picture in tiles, as telephones write it, is decoded by the library even where tiles are missing at its end.
"""

import struct

from mesomap.domain.errors import BadInputError
from mesomap.photos.pictures import CUT

_HEAD, _LONG_HEAD = 8, 16
#: What is in the picture, and its coded pixels; few pixels may lie in a box within the first instead.
_FACTS, _PIXELS, _FEW_PIXELS = b"meta", b"mdat", b"idat"
#: Coded pixels never hold so many zeros, but a copy that was broken off is often filled up with them, as it was to be
#: as long as the picture.
_FILLED = 1024


def check_whole(data: bytes) -> None:
    """Raises BadInputError when a box that the picture needs goes on behind the end of the file, or is not there.

    What follows behind them may be anything: some makers write notes of their own there.
    """
    seen: set[bytes] = set()
    place = 0
    while place + _HEAD <= len(data):
        size, name = struct.unpack_from(">I4s", data, place)
        if size == 1 and place + _LONG_HEAD <= len(data):
            size = struct.unpack_from(">Q", data, place + _HEAD)[0]
        elif size == 0:
            size = len(data) - place
        if size < _HEAD or place + size > len(data):
            if name in (_FACTS, _PIXELS):
                raise BadInputError(CUT)
            break
        if name == _PIXELS and size > _FILLED and not any(data[place + size - _FILLED : place + size]):
            raise BadInputError(CUT)
        seen.add(name)
        place += size
    if _FACTS not in seen or not (_PIXELS in seen or _FEW_PIXELS in data):
        raise BadInputError(CUT)
