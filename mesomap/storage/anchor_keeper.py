"""The anchor of an open practice: written at every commit without waiting for the disk, and durably now and then.

A program that is killed leaves what it wrote to the system, so the newest state is there; a power cut may leave an
older one or half of it, which is passed over: an anchor that lags raises no alarm.
"""

import logging
import time
from pathlib import Path
from typing import BinaryIO

from mesomap.domain.errors import MesoMapError
from mesomap.storage.anchor import Anchor, anchor_text, read_anchor, write_anchor

_log = logging.getLogger(__name__)

#: A commit waits for the disk a second time at most this often.
_DURABLE_S = 10.0
LIVE_NAME = "anchor.live"


def newest_anchor(path: Path, key: bytes) -> Anchor | None:
    """The newer of anchor.json and what lies beside it; None when anchor.json is missing, damaged or foreign."""
    durable = read_anchor(path, key)
    live = None if durable is None else read_anchor(path.with_name(LIVE_NAME), key)
    if durable is None or live is None or live.head.sequence <= durable.head.sequence:
        return durable
    return live


class AnchorKeeper:
    """Writes one practice's anchor. An error is logged, never raised: the commit it follows is durable already."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._live: BinaryIO | None = None
        self._length = 0
        self._last: tuple[Anchor, bytes] | None = None
        self._durable: Anchor | None = None
        self._durable_at = 0.0

    def write(self, anchor: Anchor, key: bytes) -> None:
        """Keep the anchor; key: the audit subkey."""
        same_breaks = self._durable is not None and self._durable.breaks == anchor.breaks
        self._last = (anchor, key)
        if not same_breaks or time.monotonic() - self._durable_at >= _DURABLE_S:
            self._write_durably()
            return
        try:
            self._write_live(anchor_text(key, anchor))
        except OSError:
            self._let_go()
            self._write_durably()

    def _write_live(self, text: bytes) -> None:
        if self._live is None:
            self._live = self._path.with_name(LIVE_NAME).open("wb", buffering=0)
            self._path.with_name(LIVE_NAME).chmod(0o600)
            self._length = 0
        self._live.seek(0)
        self._live.write(text)
        if len(text) < self._length:
            self._live.truncate()
        self._length = len(text)

    def _write_durably(self) -> None:
        if self._last is None:
            return
        anchor, key = self._last
        try:
            write_anchor(self._path, key, anchor)
        except MesoMapError:
            _log.info("anchor not written at audit number %d", anchor.head.sequence)
            return
        self._durable, self._durable_at = anchor, time.monotonic()

    def close(self) -> None:
        """Make the last anchor durable and take away what lies beside it."""
        if self._last is not None and self._durable != self._last[0]:
            self._write_durably()
        kept = self._last is None or self._durable == self._last[0]
        self._last = None
        self._let_go()
        if kept:
            self._path.with_name(LIVE_NAME).unlink(missing_ok=True)

    def _let_go(self) -> None:
        if self._live is not None:
            self._live.close()
            self._live = None

    def __del__(self) -> None:
        """A practice that is dropped without closing it keeps no file open; what was written is there."""
        self._let_go()
