"""The worker seen from the program: one process, started when first needed, ended when it takes too long."""

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from mesomap.domain.errors import BadInputError
from mesomap.domain.photo_mask import MaskPlace
from mesomap.photos.fit import Fit
from mesomap.photos.hints import Hints
from mesomap.photos.kinds import check_size, kind_of
from mesomap.photos.taken import Taken
from mesomap.photos.worker import Answer, Head, read_message, write_message

#: A picture that takes longer is not meant to be read, s.
TIME_LIMIT_S = 20.0
_START = "from mesomap.photos.worker import serve; serve()"
#: What the worker must not know, and what keeps its libraries to one thread of little memory.
_SECRETS = ("MESOMAP_PASSPHRASE",)
_QUIET = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2", "OPENCV_LOG_LEVEL": "SILENT"}


class PhotoWorker:
    """Decodes pictures in another process. Calls come one after the other, from any thread; close() ends the process
    until the next call, end() (and the end of a with block) for good.
    """

    def __init__(self, time_limit_s: float = TIME_LIMIT_S) -> None:
        self._limit_s = time_limit_s
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = False
        self._lock = threading.Lock()

    def __enter__(self) -> "PhotoWorker":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.end()

    @property
    def process_id(self) -> int | None:
        """Of the process that runs, None = none does."""
        return None if self._process is None else self._process.pid

    def take_in(self, data: bytes, name: str = "") -> Taken:
        """One picture as it came. Raises BadInputError with a sentence that fits it."""
        check_size(len(data))
        kind_of(data)
        head, (kept, thumbnail) = self._ask({"work": "take", "name": name}, [data], 2)
        return Taken(
            media_type=head["media_type"],
            kept=kept,
            thumbnail=thumbnail,
            width_px=head["width_px"],
            height_px=head["height_px"],
            orientation=head["orientation"],
            taken_at=head["taken_at"],
            hints=Hints(**head["hints"]),
            notes=tuple(head["notes"]),
        )

    def pixels(self, data: bytes, orientation: int, longest_px: int = 0) -> NDArray[np.uint8]:
        """(h, w, 3) RGB, upright, in the screen's colours; read-only. Raises BadInputError."""
        head, (raw,) = self._ask({"work": "show", "orientation": orientation, "longest_px": longest_px}, [data], 1)
        return np.frombuffer(raw, np.uint8).reshape(head["shape"])

    def align(self, first: bytes, second: bytes, orientations: tuple[int, int]) -> Fit:
        """How the second picture lies on the first. Raises BadInputError when that is not certain."""
        head, _ = self._ask({"work": "align", "orientations": orientations}, [first, second], 0)
        return Fit(**head)

    def levels(
        self,
        data: bytes,
        orientation: int,
        size: tuple[int, int],
        fit: Fit | None = None,
        factors: tuple[float, float, float] | None = None,
        covers: Sequence[MaskPlace] = (),
    ) -> list[tuple[int, int, bytes]]:
        """Width, height and BGRA bytes of the full size and of halves of it. fit: laid in a frame of size (w, h);
        factors: of linear red, green, blue, for display; covers: what of the photo is covered. Raises BadInputError.
        """
        matrix = None if fit is None else fit.matrix.tolist()
        head: Head = {"work": "levels", "orientation": orientation, "size": size, "matrix": matrix, "factors": factors}
        head["covers"] = [(one.shape, one.x, one.y, one.half_width, one.half_height, one.turn_deg) for one in covers]
        answer, parts = self._ask(head, [data], None)
        return [(shape[1], shape[0], part) for shape, part in zip(answer["shapes"], parts, strict=True)]

    def tone_factors(
        self, first: bytes, second: bytes, orientations: tuple[int, int], widths: tuple[int, int], fit: Fit
    ) -> tuple[float, float, float]:
        """Factors of linear light that bring the second to the tones of the first. Raises BadInputError."""
        head = {"work": "tones", "orientations": orientations, "widths": widths, "matrix": fit.matrix.tolist()}
        answer, _ = self._ask(head, [first, second], 0)
        red, green, blue = answer["factors"]
        return red, green, blue

    def close(self) -> None:
        """End the process; the next call starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue

    def end(self) -> None:
        """End the process, and start no other: work that still goes on in another thread is refused."""
        self._ended = True
        self.close()

    def _ask(self, head: Head, parts: list[bytes], expected: int | None) -> Answer:
        with self._lock:
            answer, found = self._exchange(head, parts)
        if "refused" in answer:
            raise BadInputError(answer["refused"])
        if "broke" in answer or expected not in (None, len(found)):
            raise BadInputError("The picture cannot be read. Save it anew with another program and take it in again.")
        return answer, found

    def _exchange(self, head: Head, parts: list[bytes]) -> Answer:
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        timer = threading.Timer(self._limit_s, process.kill)
        timer.daemon = True
        timer.start()
        try:
            write_message(process.stdin, head, parts)
            return read_message(process.stdout)
        except (EOFError, OSError, ValueError) as error:
            late = not timer.is_alive()
            self.close()
            if late:
                raise BadInputError(
                    f"The picture took longer than {self._limit_s:g} s to read. Save it smaller and take it in again."
                ) from error
            raise BadInputError("The picture could not be read within its limits of memory.") from error
        finally:
            timer.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        # Another thread may end it at any moment: what is handed out is held here.
        process = self._process
        if not self._ended and (process is None or process.poll() is not None):
            self.close()
            environment = {name: value for name, value in os.environ.items() if name not in _SECRETS} | _QUIET
            package = str(Path(__file__).resolve().parents[2])
            environment["PYTHONPATH"] = os.pathsep.join(filter(None, (package, environment.get("PYTHONPATH", ""))))
            process = self._process = subprocess.Popen(
                [sys.executable, "-c", _START],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
        if self._ended or process is None:
            self.close()
            raise BadInputError("The picture was not read, as nobody waits for it any more.")
        return process
