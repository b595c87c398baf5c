"""The undo stack: numbers and names of steps; their changes stay in the change table until they are needed.

Rebuilt from the history after a restart, with the redo tail.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StackEntry:
    """A step that can be undone or done again."""

    step: int
    name: str


class UndoStack:
    """Two lists, no limit. done/undone/redone report what was committed; they never refuse."""

    def __init__(self) -> None:
        self._undo: list[StackEntry] = []
        self._redo: list[StackEntry] = []

    @classmethod
    def rebuilt(cls, history: Iterable[tuple[str, int, str]]) -> "UndoStack":
        """From rows (action "do", "undo" or "redo"; number of the "do" step; name), oldest first.

        Raises ValueError when an undo or redo does not fit what came before.
        """
        stack = cls()
        for action, step, name in history:
            if action == "do":
                stack.done(StackEntry(step, name))
            elif action == "undo":
                stack.undone(step)
            else:
                stack.redone(step)
        return stack

    @property
    def to_undo(self) -> StackEntry | None:
        """The step that undo would take back, or None."""
        return self._undo[-1] if self._undo else None

    @property
    def to_redo(self) -> StackEntry | None:
        """The step that redo would do again, or None."""
        return self._redo[-1] if self._redo else None

    def done(self, entry: StackEntry) -> None:
        """A new step was committed: the redo tail ends here."""
        self._undo.append(entry)
        self._redo.clear()

    def undone(self, step: int) -> None:
        """The last step was taken back. Raises ValueError for any other."""
        self._move(step, self._undo, self._redo)

    def redone(self, step: int) -> None:
        """The last undone step was done again. Raises ValueError for any other."""
        self._move(step, self._redo, self._undo)

    @staticmethod
    def _move(step: int, source: list[StackEntry], target: list[StackEntry]) -> None:
        if not source or source[-1].step != step:
            raise ValueError(f"step {step} is not the next one")
        target.append(source.pop())
