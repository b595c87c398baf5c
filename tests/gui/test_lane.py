"""One thread beside the window's, its work in order."""

import os
import sys
import threading
from functools import partial

import pytest

from mesomap.ui.lane import Lane


def test_work_is_done_in_order_and_waited_for() -> None:
    lane, order = Lane(), list[int]()
    for number in range(50):
        lane.start(partial(order.append, number))
    lane.wait()
    assert order == list(range(50))
    assert not lane.at_work
    lane.end()


def test_at_its_end_what_waits_is_dropped_and_what_runs_is_waited_for() -> None:
    lane, begun, go_on = Lane(), threading.Event(), threading.Event()
    done: list[str] = []

    def first() -> None:
        begun.set()
        assert go_on.wait(10)
        done.append("first")

    lane.start(first)
    lane.start(lambda: done.append("second"))
    assert begun.wait(10)
    threading.Timer(0.02, go_on.set).start()
    lane.end()
    assert done == ["first"]
    assert not lane.at_work


def test_work_that_breaks_ends_neither_the_thread_nor_the_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    lane, told, done = Lane(), list[str](), list[str]()
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: told.append(str(error)))

    def broken() -> None:
        raise ValueError("broken")

    lane.start(broken)
    lane.start(lambda: done.append("next"))
    lane.wait()
    assert (told, done) == (["broken"], ["next"])
    lane.end()


@pytest.mark.parametrize("refused", [False, True])
def test_it_stands_back_where_it_may(monkeypatch: pytest.MonkeyPatch, refused: bool) -> None:
    asked: list[int] = []

    def set_priority(_which: int, thread: int, _nice: int) -> None:
        asked.append(thread)
        if refused:
            raise PermissionError

    monkeypatch.setattr(os, "setpriority", set_priority, raising=False)
    lane, done = Lane(), list[int]()
    lane.start(lambda: done.append(threading.get_native_id()))
    lane.wait()
    lane.end()
    assert len(done) == 1
    assert asked == (done if sys.platform == "linux" else [])
