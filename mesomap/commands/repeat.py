"""Command: marks of an earlier session charted anew in this one, with the names of their mixtures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mesomap.commands.marks import check_place
from mesomap.domain.change import Change
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import InjectionSet, Mark
from mesomap.domain.session import Mixture, Session, checked_letter


@dataclass(frozen=True, slots=True)
class RepeatMarks:
    """Copies of earlier marks, and mixtures whose names the session takes over; all of it is one step."""

    session: Session
    copies: Sequence[Mark]
    mixtures: Sequence[Mixture] = ()

    @property
    def name(self) -> str:
        """Name of the step."""
        return "As last time"

    def changes(self) -> tuple[Change, ...]:
        """The session with the names it lacked, and the new marks. A letter that has a name keeps it.

        Raises BadInputError when nothing is left to repeat, or a value is impossible.
        """
        if not self.copies:
            raise BadInputError("Nothing to repeat: no region is chosen, or all of it is charted already.")
        for mark in self.copies:
            check_place(mark.dose, mark.volume_ml if isinstance(mark, InjectionSet) else mark.total_ml)
        return (*self._named(), *(Change(None, mark) for mark in self.copies))

    def _named(self) -> tuple[Change, ...]:
        known = {mixture.letter: mixture for mixture in self.session.mixtures}
        missing = {checked_letter(m.letter): m for m in self.mixtures if m.letter not in known}
        if not missing:
            return ()
        mixtures = tuple(sorted((known | missing).values(), key=lambda mixture: mixture.letter))
        return (Change(self.session, replace(self.session, mixtures=mixtures)),)
