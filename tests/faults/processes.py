"""Programs of their own to kill: forked from a server that has everything loaded, so that a thousand take minutes."""

import multiprocessing
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.faults.campaign import NotRunError

_PRELOADED = ["tests.faults.children", "mesomap.storage.opening", "mesomap.storage.replacing"]
PATIENCE_S = 60.0


class Child:
    """A running child: what it says comes through its pipe, one object at a time, until it ends."""

    def __init__(self, work: Callable[..., None], *arguments: Any) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_PRELOADED)
        self.talk, theirs = context.Pipe()
        self.process = context.Process(target=work, args=(theirs, *arguments), daemon=True)
        self.process.start()
        theirs.close()

    @property
    def pid(self) -> int:
        """Its number."""
        assert self.process.pid is not None
        return self.process.pid

    def says(self) -> Any:
        """The next thing it says. Raises EOFError when it is gone."""
        if not self.talk.poll(PATIENCE_S):
            self.kill()
            raise TimeoutError("a child said nothing for a minute")
        return self.talk.recv()

    def rest(self) -> list[Any]:
        """Everything it said until its end; what was cut off in the middle of a word does not count."""
        said = []
        try:
            while True:
                said.append(self.says())
        except (EOFError, ConnectionResetError, OSError):
            return said

    def kill(self) -> None:
        """SIGKILL; no destructor, no flush, no goodbye."""
        self.process.kill()

    def end(self) -> int:
        """Wait for its end; its exit code."""
        self.process.join(PATIENCE_S)
        code = self.process.exitcode
        self.talk.close()
        self.process.close()
        return -999 if code is None else code


def killed_after(child: Child, seconds: float) -> list[Any]:
    """Kill a child so many seconds from now; everything that it said before."""
    time.sleep(seconds)
    child.kill()
    said = child.rest()
    child.end()
    return said


def span_of(work: Callable[..., None], *arguments: str) -> float:
    """Seconds that the work takes from its first word when nobody kills it."""
    child = Child(work, *arguments)
    child.says()
    start = time.monotonic()
    child.rest()
    child.end()
    return time.monotonic() - start


def require_strace() -> None:
    """Raises NotRunError when system calls cannot be traced here."""
    try:
        command = ["strace", "-f", "-e", "trace=fsync", "true"]
        done = subprocess.run(command, capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotRunError("strace is not installed") from error
    if done.returncode:
        raise NotRunError("strace may not trace here")


@contextmanager
def traced(pid: int, log: Path, *options: str) -> Iterator[None]:
    """strace on a running process and its threads, from the moment the block begins until the process ends."""
    command = ["strace", "-f", "-y", "-p", str(pid), "-o", str(log), *options]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as tracer:
        assert tracer.stderr is not None
        line = tracer.stderr.readline()
        if "attached" not in line:
            tracer.kill()
            raise NotRunError(f"strace could not attach: {line.strip()}")
        try:
            yield
        finally:
            try:
                tracer.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                tracer.kill()


def wait_for(talk: Connection) -> None:
    """In a child: wait until the campaign says that it may go on."""
    talk.recv()


def leave() -> None:
    """In a child: end at once, without closing anything in order."""
    os._exit(0)
