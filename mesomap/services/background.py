"""How the window runs long work off its thread: services stay plain functions that report progress."""

from collections.abc import Callable
from typing import Protocol, TypeVar

T = TypeVar("T")

#: Reports how far the work is (0 to 1) and in words what it does.
Progress = Callable[[float, str], None]


class Runner(Protocol):
    """Runs work somewhere and brings the result back to the caller's thread."""

    def run(
        self,
        work: Callable[[Progress], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        progress: Progress | None = None,
    ) -> None:
        """Start the work.

        Exactly one of done and failed is called afterwards, in the thread that called run.
        """
        ...


class RunNow:
    """The runner of the command line and of tests: at once, in this thread."""

    def run(
        self,
        work: Callable[[Progress], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        progress: Progress | None = None,
    ) -> None:
        """Run the work now; an error goes to failed, never up."""
        try:
            result = work(progress or _silent)
        except Exception as error:
            failed(error)
            return
        done(result)


def _silent(_part: float, _words: str) -> None:
    return None
