"""Logs and the crash hook: ids and error kinds only, never names, notes or values of a record."""

import logging
import logging.handlers
import sys
import traceback
from pathlib import Path
from types import TracebackType

_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


def start_logging(folder: Path) -> None:
    """Write logs to a rotating file in `folder` (created, for the owner alone). Where that fails: no log."""
    root = logging.getLogger("mesomap")
    root.setLevel(logging.INFO)
    if any(isinstance(handler, logging.handlers.RotatingFileHandler) for handler in root.handlers):
        return
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = logging.handlers.RotatingFileHandler(
            folder / "mesomap.log", maxBytes=500_000, backupCount=3, encoding="utf-8"
        )
        (folder / "mesomap.log").chmod(0o600)
    except OSError:
        return
    handler.setFormatter(logging.Formatter(_FORMAT))
    root.addHandler(handler)


def crash_words(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Where an unexpected error arose: kind, files and lines. The message is left out, it may hold a
    record.
    """
    frames = traceback.extract_tb(trace)
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames[-8:]))
    return f"{kind.__name__} at {places}"


def install_crash_hook() -> None:
    """Unexpected errors go to the log and, in one sentence, to stderr; the window stays open."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        words = crash_words(kind, trace)
        logging.getLogger("mesomap.app").error("unexpected: %s", words)
        sys.stderr.write(f"MesoMap met a mistake in the program ({words}). What was saved is saved.\n")

    sys.excepthook = hook
