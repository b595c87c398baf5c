"""Command: marks set out anew on the other side of the body."""

from collections.abc import Sequence
from dataclasses import dataclass

from mesomap.domain.change import Change
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import Mark


@dataclass(frozen=True, slots=True)
class MirrorMarks:
    """New marks that repeat others on the other side; all of them are one step."""

    copies: Sequence[Mark]

    @property
    def name(self) -> str:
        """Name of the step."""
        return "Mirror"

    def changes(self) -> tuple[Change, ...]:
        """The new marks. Raises BadInputError when nothing is left to set out."""
        if not self.copies:
            raise BadInputError("Nothing to mirror: this lies on the midline, or the other side is charted already.")
        return tuple(Change(None, mark) for mark in self.copies)
