"""The undo stack: what a person expects of undo and redo, also after a restart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.commands import StackEntry, UndoStack


def _names(stack: UndoStack) -> tuple[str, str]:
    return (stack.to_undo.name if stack.to_undo else "", stack.to_redo.name if stack.to_redo else "")


def test_a_new_step_ends_the_redo_tail() -> None:
    stack = UndoStack()
    stack.done(StackEntry(1, "Place"))
    stack.done(StackEntry(2, "Fill"))
    stack.undone(2)
    assert _names(stack) == ("Place", "Fill")
    stack.done(StackEntry(4, "Erase"))
    assert _names(stack) == ("Erase", "")


def test_steps_are_undone_in_reverse_order_only() -> None:
    stack = UndoStack()
    stack.done(StackEntry(1, "Place"))
    stack.done(StackEntry(2, "Fill"))
    with pytest.raises(ValueError, match="not the next"):
        stack.undone(1)
    with pytest.raises(ValueError, match="not the next"):
        stack.redone(2)
    assert _names(stack) == ("Fill", "")


@given(st.lists(st.sampled_from(["do", "undo", "redo"]), max_size=60))
def test_a_rebuilt_stack_is_the_stack_that_was_left(wishes: list[str]) -> None:
    """However often a person did, undid and redid: the same steps are offered in the same order."""
    live, history = UndoStack(), []
    for number, wish in enumerate(wishes, 1):
        if wish == "do":
            live.done(StackEntry(number, f"step {number}"))
            history.append(("do", number, f"step {number}"))
        elif wish == "undo" and live.to_undo:
            history.append(("undo", live.to_undo.step, live.to_undo.name))
            live.undone(live.to_undo.step)
        elif wish == "redo" and live.to_redo:
            history.append(("redo", live.to_redo.step, live.to_redo.name))
            live.redone(live.to_redo.step)
    rebuilt = UndoStack.rebuilt(history)
    while live.to_undo or rebuilt.to_undo:
        assert live.to_undo == rebuilt.to_undo
        assert live.to_undo is not None
        live.undone(live.to_undo.step)
        rebuilt.undone(live.to_redo.step if live.to_redo else -1)
    while live.to_redo or rebuilt.to_redo:
        assert live.to_redo == rebuilt.to_redo
        assert live.to_redo is not None
        rebuilt.redone(live.to_redo.step)
        live.redone(live.to_redo.step)


def test_a_history_that_does_not_fit_is_noticed() -> None:
    with pytest.raises(ValueError, match="not the next"):
        UndoStack.rebuilt([("do", 1, "a"), ("undo", 7, "b")])
