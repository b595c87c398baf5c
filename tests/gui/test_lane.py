"""Lanes: work in order beside the window's thread, and the threads that do it."""

import os
import sys
import threading
import time
import weakref
from functools import partial

import pytest

from mesomap.ui.lane import Crew, Lane


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
    crew, done = Crew(), list[int]()
    lane = Lane(crew)
    lane.start(lambda: done.append(threading.get_native_id()))
    lane.wait()
    crew.end()
    assert len(done) == 1
    assert asked == (done if sys.platform == "linux" else [])


def test_lanes_with_work_at_a_time_have_a_thread_each_and_share_it_with_those_to_come() -> None:
    crew, go_on = Crew(), threading.Event()
    begun = [threading.Event() for _ in range(3)]

    def wait(event: threading.Event) -> None:
        event.set()
        assert go_on.wait(10)

    lanes = [Lane(crew) for _ in begun]
    for lane, event in zip(lanes, begun, strict=True):
        lane.start(partial(wait, event))
    assert all(event.wait(10) for event in begun)
    assert crew.threads == 3
    go_on.set()
    for number in range(200):
        later, done = Lane(crew), list[int]()
        later.start(partial(done.append, number))
        later.wait()
        assert done == [number]
    assert crew.threads <= 4, "one may be on its way to rest when the next lane comes"
    assert not crew.at_work
    crew.end()
    assert crew.threads == 0


def test_a_thread_with_nothing_to_do_ends_and_another_begins() -> None:
    crew, used = Crew(rest_s=0.02), list[int]()
    lane = Lane(crew)
    lane.start(lambda: used.append(threading.get_native_id()))
    lane.wait()
    for _ in range(500):
        if not crew.threads:
            break
        time.sleep(0.02)
    assert crew.threads == 0
    lane.start(lambda: used.append(threading.get_native_id()))
    lane.wait()
    assert len(used) == 2
    crew.end()


def test_a_lane_goes_with_its_owner() -> None:
    crew = Crew()
    lane = Lane(crew)
    lane.start(lambda: None)
    lane.wait()
    gone = weakref.ref(lane)
    del lane
    for _ in range(500):
        if gone() is None:
            break
        time.sleep(0.02)
    assert gone() is None, "its thread rests and does not keep it"
    crew.end()
