"""Steps of the history, as the undo stack needs them."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class StepAction(StrEnum):
    """Whether a step was done, undone or done again."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class SavedStep:
    """One row of the step table. undoes: the number of the "do" step that an undo or redo replays."""

    number: int
    session_id: UUID | None
    name: str
    action: StepAction
    undoes: int | None = None

    @property
    def origin(self) -> int:
        """The "do" step that this entry is about."""
        return self.number if self.undoes is None else self.undoes
